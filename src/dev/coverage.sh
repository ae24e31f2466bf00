#!/usr/bin/env bash
# Branch coverage of src/wire by its unit tests and the golden vectors. Prints a line for every file that is not wholly covered, and
# the total; exit 1 below the floor. A branch is a condition of the source seen true, or seen false.
set -eu
cd "$(dirname "$0")/../.."
floor=95
build=${BUILD:-build}
out=$build/coverage-clang
profile=$out/profile
make --no-print-directory -s -k -j"$(nproc)" VARIANT=coverage CC=clang BUILD="$build" variant >"$build/coverage.log" 2>&1 || {
    grep -v '^  ' "$build/coverage.log" | head -30
    echo "coverage: the tests do not build"
    exit 1
}
rm -rf "$profile" && mkdir -p "$profile"
mapfile -t tests < <(cd src && find wire -name '*_test.c' | sort | sed "s|\(.*\)\.c|$out/test/\1|" && echo "$out/test/suite/vector/golden_test")
export profile
run_one() {
    name=$(echo "${1#*/test/}" | tr / -)
    LLVM_PROFILE_FILE=$profile/$name.profraw "$1" >"$profile/$name.log" 2>&1 && return
    tail -20 "$profile/$name.log"
    echo "coverage: $1 failed"
    return 1
}
export -f run_one
# One argument a process: xargs ends with 123 where any of them failed.
printf '%s\n' "${tests[@]}" | xargs -P "$(nproc)" -I{} bash -c 'run_one {}'
llvm-profdata merge -sparse "$profile"/*.profraw -o "$profile/all.profdata"
objects=()
for test in "${tests[@]:1}"; do objects+=(-object "$test"); done
llvm-cov export "${tests[0]}" "${objects[@]}" -instr-profile="$profile/all.profdata" -summary-only src/wire 2>"$profile/export.log" |
    python3 src/dev/coverage_table.py $floor
