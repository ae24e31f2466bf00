#!/bin/sh
# Rewrites what is derived from real runs: known failures, profiles, and who confirms the vectors. Run `make conformance ALL=1` first, on
# a quiet machine; this reads the results that it left. Look at the difference before committing it: every new line of
# known failures wants a reason, and `assay known --check FILE --strict-reasons` names those without one.
#   TESTEES   some of them by name; all unless given. Only those with a result are touched
#   PARTIAL=1 also patterns that only most of their cases show
set -u
cd "$(dirname "$0")/../.."

build=${BUILD:-build}
assay=$build/assay
worst=0
testees=${TESTEES:-$(for file in conformance/testees/*/testee.json; do basename "$(dirname "$file")"; done)}
partial=
[ "${PARTIAL:-0}" = 1 ] && partial=--partial

worse() {
    [ "$1" -gt "$worst" ] && worst=$1
}

set --
for name in $testees; do
    folder=conformance/testees/$name
    result=$build/reports/$name.json
    [ -s "$result" ] || {
        echo "$name: no result in $result"
        continue
    }
    # The reference has nothing to be known, and makes no list.
    if [ "$name" != reference ] || [ -f "$folder/known-failures.txt" ]; then
        "$assay" known --update "$folder/known-failures.txt" --result "$result" $partial || worse $?
        "$assay" known --check "$folder/known-failures.txt" --strict-reasons || worse $?
    fi
    "$assay" profile --update "$folder/profile.txt" --result "$result" || worse $?
    set -- "$@" "$result"
done
[ $# -eq 0 ] && {
    echo "regenerate: no results; run make conformance ALL=1" >&2
    exit 2
}
"$assay" vectors confirm "$@" conformance/vectors || worse $?
"$assay" vectors lint --confirmed conformance/vectors || worse $?
exit "$worst"
