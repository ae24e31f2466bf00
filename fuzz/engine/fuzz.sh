#!/usr/bin/env bash
# Fuzzes every harness for a while and prints a table: executions, new units, branch coverage, findings. Ends with 1 where an input
# was written that shows a finding again; what the engine's own exit status says is not looked at. Interrupted, it stops the engines,
# shows what there is so far, and ends with 130.
# Usage: fuzz.sh [libfuzzer|afl|cmplog] [NAME...]     TIME: seconds each (60); JOBS: harnesses at a time (2)
set -u
cd "$(dirname "$0")/../.." || exit 1
export engine=${1:-libfuzzer} build=${BUILD:-build} time=${TIME:-60}
jobs=${JOBS:-2}
shift $(($# > 0 ? 1 : 0))
names=${*:-$(cd fuzz && printf '%s\n' *.c | sed 's/\.c$//')}
for name in $names; do
    [ -f "fuzz/$name.c" ] || { echo "no harness \"$name\": there are $(cd fuzz && echo *.c | sed 's/\.c//g')" >&2; exit 2; }
done
case $engine in
libfuzzer) export cc=clang ;;
afl | cmplog) export cc=afl-clang-fast AFL_QUIET=1 ;;
*) echo "no engine \"$engine\"" >&2; exit 2 ;;
esac
export work=$build/fuzz/$engine
targets() { for n in $names; do echo "$build/$1/fuzz/$n"; done; }
make_variant() { # VARIANT CC
    # shellcheck disable=SC2046 # a list of files
    make --no-print-directory -s -j"$(nproc)" BUILD="$build" VARIANT="$1" CC="$2" $(targets "$1-$2") >"$build/fuzz-build.log" 2>&1 ||
        { grep -v '^  ' "$build/fuzz-build.log" | head -30; echo "fuzz: the $1 build failed" >&2; exit 1; }
}
mkdir -p "$build"
make_variant "$([ "$engine" = libfuzzer ] && echo libfuzzer || echo afl)" $cc
[ "$engine" != cmplog ] || AFL_LLVM_CMPLOG=1 make_variant cmplog $cc
make_variant release gcc
[ "$engine" = libfuzzer ] || make --no-print-directory -s BUILD="$build" VARIANT=release CC=gcc "$build/release-gcc/fuzz/afl_mutator.so"
make_variant coverage clang
ulimit -c 0

about() { "$build/release-gcc/fuzz/$1" --describe | python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$2"; }
# Runs an engine so that an interruption reaches it: behind `timeout` it is in a process group of its own.
engine_of() { # NAME COMMAND...
    local name=$1
    shift
    timeout $((time * 2 + 60)) "$@" >"$work/$name/log" 2>&1 &
    echo $! >"$work/$name/pid"
    wait $!
    rm -f "$work/$name/pid"
}
# The longest input that the harness looks at.
longest() { about "$1" max_len; }
# Without the value profile: it makes a run four times as slow, and reaches no more branches even after as many executions.
with_libfuzzer() { # NAME
    # The first folder is the one that libFuzzer writes into: never the committed one.
    local corpora=("$work/$1/corpus")
    [ ! -d "corpus/$1" ] || corpora+=("corpus/$1")
    [ ! -d corpus/regressions ] || corpora+=(corpus/regressions)
    local dict=()
    [ ! -f fuzz/dict/thrift.dict ] || dict=(-dict=fuzz/dict/thrift.dict)
    ASAN_OPTIONS=allocator_may_return_null=1:abort_on_error=1:symbolize=1:dedup_token_length=3 engine_of "$1" \
        "$build/libfuzzer-clang/fuzz/$1" -max_total_time="$time" -timeout=10 -rss_limit_mb=2048 -max_len="$(longest "$1")" \
        -print_final_stats=1 "${dict[@]}" -artifact_prefix="$work/$1/findings/" "${corpora[@]}"
    sed -n 's/^stat::number_of_executed_units: *//p; s/^stat::new_units_added: *//p' "$work/$1/log" | head -2 | paste -sd' ' >"$work/$1/stats"
}
with_afl() { # NAME
    local cmplog=() mutator=() dict=()
    [ "$engine" != cmplog ] || cmplog=(-c "$build/cmplog-$cc/fuzz/$1")
    local library=$build/release-gcc/fuzz/afl_mutator.so
    [ ! -f "$library" ] || mutator=("AFL_CUSTOM_MUTATOR_LIBRARY=$(realpath "$library")")
    [ ! -f fuzz/dict/thrift.dict ] || dict=(-x fuzz/dict/thrift.dict)
    engine_of "$1" env AFL_NO_UI=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_FAST_CAL=1 \
        "${mutator[@]}" afl-fuzz -V "$time" -S main -m none -t 2000 -G "$(longest "$1")" "${dict[@]}" "${cmplog[@]}" -i "corpus/$1" \
        -o "$work/$1/corpus" -- "$build/afl-$cc/fuzz/$1"
    cp "$work/$1/corpus/main/crashes"/id* "$work/$1/corpus/main/hangs"/id* "$work/$1/findings/" 2>/dev/null
    sed -n 's/^execs_done *: *//p; s/^corpus_found *: *//p' "$work/$1/corpus/main/fuzzer_stats" 2>/dev/null | paste -sd' ' >"$work/$1/stats"
}
# Branches of what the harness is about that the work corpus takes.
coverage_of() { # NAME
    local out=$work/$1/coverage program=$build/coverage-clang/fuzz/$1
    local inputs=()
    for folder in "$work/$1/corpus" "$work/$1/corpus/main/queue" "corpus/$1"; do
        [ ! -d "$folder" ] || inputs+=("$folder")
    done
    LLVM_PROFILE_FILE=$out.%p.profraw "$program" --timeout 20 "${inputs[@]}" >/dev/null 2>&1
    llvm-profdata merge -sparse "$out".*.profraw -o "$out.profdata" 2>/dev/null || { echo -; return; }
    # shellcheck disable=SC2046 # a list of sources
    llvm-cov export "$program" -instr-profile="$out.profdata" -summary-only $(about "$1" covers) 2>/dev/null |
        python3 -c 'import json, sys; b = json.load(sys.stdin)["data"][0]["totals"]["branches"]; print("%.1f" % b["percent"])' || echo -
    rm -f "$out".*.profraw
}
interrupted() { [ -f "$work/interrupted" ]; }
one() { # NAME
    ! interrupted || return 0
    local began=$EPOCHREALTIME
    rm -rf "${work:?}/$1/findings" && mkdir -p "$work/$1/corpus" "$work/$1/findings"
    [ "$engine" = libfuzzer ] || rm -rf "$work/$1/corpus" && mkdir -p "$work/$1/corpus"
    if [ "$engine" = libfuzzer ]; then with_libfuzzer "$1"; else with_afl "$1"; fi
    local seconds execs new found
    seconds=$(python3 -c "print($EPOCHREALTIME - $began)")
    read -r execs new <"$work/$1/stats" || true
    found=$(find "$work/$1/findings" -type f ! -name 'slow-unit-*' | wc -l)
    local branches=-
    interrupted || branches=$(coverage_of "$1")
    printf '%-24s %12s %9.0f %9s %9s %9s\n' "$1" "${execs:-0}" "$(python3 -c "print(${execs:-0} / $seconds)")" "${new:-0}" \
        "$branches" "$found" | tee "$work/$1/row"
}
export -f one interrupted about longest engine_of with_libfuzzer with_afl coverage_of
printf '%-24s %12s %9s %9s %9s %9s\n' harness executions exec/s 'new units' 'branch %' findings
# In the background, where an interruption of the terminal does not reach: what runs then is still to tell what it did.
stop() {
    touch "$work/interrupted"
    for pid in "$work"/*/pid; do [ ! -f "$pid" ] || kill -INT "$(cat "$pid")" 2>/dev/null; done
}
mkdir -p "$work" && rm -f "$work/interrupted" "$work"/*/pid
trap stop INT TERM HUP
# shellcheck disable=SC2086 # a list of names
printf '%s\n' $names | xargs -P "$jobs" -I{} bash -c 'one {}' &
all=$!
while kill -0 $all 2>/dev/null; do wait $all; done

# Every finding, with one line that shows it again.
status=0
for name in $names; do
    while read -r file; do
        status=1
        echo
        "$build/release-gcc/fuzz/$name" "$file" | grep -E '^fuzz:' || grep -m3 -E 'ERROR: |SUMMARY: |runtime error' "$work/$name/log"
        echo "file:  $file"
        echo "repro: make replay FUZZ=$name FILE=$file VARIANT=asan"
    done < <(find "$work/$name/findings" -type f ! -name 'slow-unit-*' | sort)
    ! interrupted || continue
    # A log that ends without the engine's own end and without a finding is a run that did not happen.
    if [ ! -s "$work/$name/stats" ] && [ -z "$(find "$work/$name/findings" -type f)" ]; then
        status=1
        echo "$name: the engine did not run: $(tail -2 "$work/$name/log" | paste -sd' ')"
    fi
done
! interrupted || { echo "interrupted" >&2; exit 130; }
exit $status
