#!/usr/bin/env bash
# Everything that CI checks, in order. Each step adds to the totals; the last line is `N passed, N failed, N skipped`.
set -u
cd "$(dirname "$0")/../.." || exit 1
export BUILD=${BUILD:-build}
ASSAY=$(realpath -m "$BUILD/assay") # what the scripts test
export ASSAY
jobs=$(nproc)
passed=0 failed=0 skipped=0
export log=$BUILD/test-logs
rm -rf "$log" && mkdir -p "$log"

step() { printf '\n== %s\n' "$*"; }
ok() { passed=$((passed + 1)); }
bad() {
    failed=$((failed + 1))
    echo "FAILED: $*"
}
build() { make --no-print-directory -s -j"$jobs" BUILD="$BUILD" "$@"; }

# Adds what the cmocka or TAP lines of a log say. A program that ends badly without naming a test is one failure, and so is one
# that runs none.
count() { # NAME STATUS LOG
    local name=$1 status=$2 file=$3 p f s
    p=$(grep -cE '^(\[       OK \]|ok )' "$file")
    f=$(grep -cE '^(\[  FAILED  \] [a-z0-9_]+$|not ok )' "$file")
    s=$(grep -cE '^\[  SKIPPED \] [a-z0-9_]+$' "$file")
    # cmocka names a test that failed or was skipped twice: where it stands, and at the end.
    if grep -q '^\[==========\]' "$file"; then
        f=$(grep -E '^\[  FAILED  \] [a-z0-9_]+$' "$file" | sort -u | wc -l)
        s=$(grep -E '^\[  SKIPPED \] [a-z0-9_]+$' "$file" | sort -u | wc -l)
    fi
    [ "$status" != 0 ] && [ "$f" = 0 ] && f=1
    [ "$status" = 0 ] && [ "$p" = 0 ] && [ "$s" = 0 ] && {
        f=1
        echo "$name ran no test"
    }
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    if [ "$f" != 0 ]; then
        echo "FAILED: $name (exit $status)"
        grep -vE '^(\[ (RUN     |      OK) \]|ok )' "$file" | tail -40
    fi
}

# One test program; its output and status go to files named after it.
run_one() { # PROGRAM TEST
    local file=$log/${2//\//-} used TIMEFORMAT=%U # of the processor: the wall clock says more of the machine than of the test
    {
        time {
            timeout 300 "$1" >"$file.log" 2>&1
            echo $? >"$file.status"
        }
    } 2>"$file.seconds"
    used=$(cut -d. -f1 "$file.seconds")
    [ "$used" -lt 20 ] || echo "slow: $2 took $used s of processor time"
}
export -f run_one

units() { # COMPILER
    local cc=$1 t began=$EPOCHSECONDS before=$passed
    step "unit tests, $cc, ASan and UBSan"
    if ! build -k VARIANT=asan CC="$cc" variant fuzz-tests >"$log/build-$cc" 2>&1; then
        grep -v '^  ' "$log/build-$cc" | head -30
        bad "build with $cc"
    fi
    echo "built in $((EPOCHSECONDS - began)) s"
    began=$EPOCHSECONDS
    local tests=() run=()
    mapfile -t tests < <({ cd src && find . -name '*_test.c' && cd .. && find fuzz -name '*_test.c'; } | sed 's|^\./||; s|\.c$||' | sort)
    for t in "${tests[@]}"; do
        [ -x "$BUILD/asan-$cc/test/$t" ] && run+=("$BUILD/asan-$cc/test/$t $cc-$t")
    done
    printf '%s\n' "${run[@]}" | xargs -P "$jobs" -L1 bash -c 'run_one "$0" "$1"'
    for t in "${tests[@]}"; do
        [ -x "$BUILD/asan-$cc/test/$t" ] || {
            bad "$t was not built with $cc"
            continue
        }
        local file=$log/$cc-${t//\//-}
        count "$t ($cc)" "$(cat "$file.status")" "$file.log"
    done
    echo "$((passed - before)) passed in $((EPOCHSECONDS - began)) s"
}

# A script that prints TAP.
script() { # NAME COMMAND...
    local name=$1 file began=$EPOCHSECONDS before=$passed
    shift
    file=$log/${name// /-}.log
    timeout 600 "$@" >"$file" 2>&1
    count "$name" $? "$file"
    echo "$name: $((passed - before)) passed in $((EPOCHSECONDS - began)) s"
}

step "the tool"
build all >"$log/build" 2>&1 && ok || { tail -30 "$log/build"; bad "make all"; }

units gcc
units clang

step "command line"
for t in src/cli/test/*_test.sh; do script "$(basename "$t" .sh)" bash "$t"; done

step "golden vectors"
"$BUILD/assay" vectors lint --confirmed && ok || bad "assay vectors lint"

step "the suite over the reference testee"
"$BUILD/assay" run -q -- "$BUILD/assay" testee && ok || bad "assay run -- assay testee"

step "planted faults"
script "planted faults" src/dev/faults.sh --sample
tail -1 "$log/planted-faults.log"

step "fuzzing harnesses"
for cc in gcc clang; do
    script "replay of the corpus, $cc" env VARIANT=asan CC=$cc fuzz/engine/replay.sh
done
script "replay of the corpus" fuzz/engine/replay.sh
script "self-tests of the harnesses" fuzz/engine/selftest.sh
script "fuzzing in CI" python3 fuzz/ci/test_fuzz_ci.py

step "installing"
script "installing" src/dist/install_test.sh

step "branch coverage"
src/dev/coverage.sh && ok || bad "coverage below its floor"

step "lint"
src/dev/lint.sh && ok || bad "make lint"

printf '\n%d passed, %d failed, %d skipped\n' $passed $failed $skipped
[ $failed = 0 ]
