#!/usr/bin/env bash
# Everything that CI checks, in order. Each step adds to the totals; the last line is `N passed, N failed, N skipped`.
set -u
cd "$(dirname "$0")/../.." || exit 1
jobs=$(nproc)
passed=0 failed=0 skipped=0
log=build/test-logs
mkdir -p $log

step() { printf '\n== %s\n' "$*"; }
ok() { passed=$((passed + 1)); }
bad() {
    failed=$((failed + 1))
    echo "FAILED: $*"
}

# Counts the totals that cmocka or TAP lines in a log state; a program that ends badly without naming a test is one failure.
count() {
    local name=$1 status=$2 file=$3 p f s
    p=$(grep -cE '^(\[       OK \]|ok )' "$file")
    f=$(grep -cE '^(\[  FAILED  \] [a-z_]+$|not ok )' "$file")
    s=$(grep -cE '^\[  SKIPPED \] [a-z_]+$' "$file")
    [ "$status" != 0 ] && [ "$f" = 0 ] && f=1
    [ "$status" = 0 ] && [ "$p" = 0 ] && [ "$s" = 0 ] && { f=1; echo "$name ran no test"; }
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    if [ "$f" != 0 ]; then
        echo "FAILED: $name (exit $status)"
        grep -vE '^\[ (RUN     |      OK) \]' "$file" | tail -40
    fi
}

units() {
    local cc=$1 t
    step "unit tests, $cc, ASan and UBSan"
    if ! make --no-print-directory -s -k -j"$jobs" VARIANT=asan CC="$cc" variant >$log/build-"$cc" 2>&1; then
        grep -v '^  CC' $log/build-"$cc" | head -30
        bad "build with $cc"
    fi
    for t in $(find src -name '*_test.c' | sort); do
        t=${t#src/} t=build/asan-$cc/test/${t%.c}
        [ -x "$t" ] || { bad "$t was not built"; continue; }
        timeout 300 "$t" >$log/one 2>&1
        count "$t" $? $log/one
    done
    echo "$passed passed, $failed failed so far"
}

step "the tool"
make --no-print-directory -s -j"$jobs" all >$log/build 2>&1 && ok || { tail -30 $log/build; bad "make all"; }

units gcc
units clang

step "command line"
for t in src/cli/test/*_test.sh; do
    timeout 600 bash "$t" >$log/one 2>&1
    count "$t" $? $log/one
done

step "golden vectors"
build/assay vectors lint && ok || bad "assay vectors lint"

step "the suite over the reference testee"
build/assay run -q -- build/assay testee && ok || bad "assay run -- assay testee"

step "planted faults"
src/dev/faults.sh >$log/one 2>&1
count "planted faults" $? $log/one
tail -1 $log/one

step "installing"
src/dist/install_test.sh >$log/one 2>&1
count "installing" $? $log/one

step "branch coverage"
src/dev/coverage.sh && ok || bad "coverage below its floor"

step "lint"
src/dev/lint.sh && ok || bad "make lint"

printf '\n%d passed, %d failed, %d skipped\n' $passed $failed $skipped
[ $failed = 0 ]
