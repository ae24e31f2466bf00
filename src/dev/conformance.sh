#!/bin/sh
# Checks the implementations under conformance/testees and prints the matrix. `make conformance` calls it.
#   TESTEES   some of them by name; all unless given
#   ALL=1     passing derived cases are in the results too, so that regenerate.sh finds shorter lists
#   PIN=1     fails an outcome that is another than in the testee's profile.txt, instead of telling of it
#   STRICT=1  makes an unavailable one an error (3)
#   JOBS      processes of one testee at a time; three for each processor unless given, since one that hangs only costs time
# Ends with the worst status of the runs, which are those of `assay run`.
set -u
cd "$(dirname "$0")/../.."

build=${BUILD:-build}
assay=$build/assay
reports=$build/reports
all=$(for file in conformance/testees/*/testee.json; do basename "$(dirname "$file")"; done)
testees=${TESTEES:-$all}
jobs=${JOBS:-$((3 * $(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)))}
# Libraries with many faults restart often. The sizes that vectors claim lie on either side of 768 MiB by far, so that
# it does not depend on the machine who is killed.
limits="--restarts 500 --max-rss 768"

mkdir -p "$reports"
for name in $testees; do
    [ -f "conformance/testees/$name/testee.json" ] && continue
    echo "conformance: there is no testee $name; there are: $(echo $all)" >&2
    exit 2
done
[ -x "$assay" ] || {
    echo "conformance: $assay is not built; run make" >&2
    exit 2
}

# Of two statuses the one that matters more.
worse() {
    for status in 130 70 2 5 3 1 4; do
        if [ "$1" -eq "$status" ] || [ "$2" -eq "$status" ]; then
            echo "$status"
            return
        fi
    done
    [ "$1" -ne 0 ] && echo "$1" || echo "$2"
}

# The command of testee $1, quoted for eval. Its words that begin with build/ follow $BUILD.
command_of() {
    python3 -c '
import json, shlex, sys
words = json.load(open("conformance/testees/%s/testee.json" % sys.argv[1]))["command"]
print(shlex.join(sys.argv[2] + w[5:] if w.startswith("build/") else w for w in words))' "$1" "$build"
}

progress() {
    printf '%-16s %s\n' "$name" "$*"
}

worst=0
unavailable=0
given=$(mktemp "$reports/matrix.XXXXXX") # the arguments of `assay matrix`, one a line
trap 'rm -f "$given"' EXIT
trap 'exit 130' INT TERM

for name in $testees; do
    began=$(date +%s)
    log=$reports/$name.setup.log
    rm -f "$reports/$name.json"
    BUILD=$build "conformance/testees/$name/setup" >"$log" 2>&1
    status=$?
    if [ $status -ne 0 ]; then
        reason=$(tail -n 1 "$log" | tr '\t' ' ')
        if [ $status -eq 75 ]; then
            progress "unavailable: $reason"
            unavailable=1
        else
            progress "setup failed ($status):"
            sed 's/^/    /' "$log"
            reason="setup failed: $reason"
            worst=$(worse "$worst" 3)
        fi
        printf '%s\n' --unavailable "$name=${reason:-no reason given}" >>"$given"
        continue
    fi

    progress "running"
    known=conformance/testees/$name/known-failures.txt
    profile=conformance/testees/$name/profile.txt
    eval "set -- $(command_of "$name")"
    set -- --vectors conformance/vectors --json "$reports/$name.json" --jobs "$jobs" $limits -q -- "$@"
    [ -f "$known" ] && set -- --known "$known" "$@"
    [ "${ALL:-0}" = 1 ] && set -- --all "$@"
    if [ -f "$profile" ]; then
        [ "${PIN:-0}" = 1 ] && set -- --pin-profile "$profile" "$@" || set -- --profile "$profile" "$@"
    fi
    "$assay" run "$@" >"$reports/$name.txt" 2>&1
    status=$?
    progress "$(tail -n 1 "$reports/$name.txt") ($(($(date +%s) - began)) s, status $status)"
    [ $status -eq 0 ] && sed -n '/from the profile /s/^/    /p' "$reports/$name.txt" || sed 's/^/    /' "$reports/$name.txt"
    worst=$(worse "$worst" "$status")
    if [ -s "$reports/$name.json" ]; then
        printf '%s\n' "$reports/$name.json" >>"$given"
    else
        printf '%s\n' --unavailable "$name=no result: assay run ended with status $status" >>"$given"
    fi
    [ $status -eq 130 ] && break
done

set --
while IFS= read -r argument; do set -- "$@" "$argument"; done <"$given"
echo
"$assay" matrix "$@" --markdown "$reports/matrix.md" || worst=$(worse "$worst" $?)
[ "$unavailable" -eq 0 ] || [ "${STRICT:-0}" != 1 ] || worst=$(worse "$worst" 3)
exit "$worst"
