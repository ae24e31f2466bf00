#!/usr/bin/env bash
# Branch coverage of src/wire by its unit tests and the golden vectors. Prints a line per file and the total; exit 1 below the
# floor. A branch is a condition of the source seen both true and false.
set -eu
cd "$(dirname "$0")/../.."
floor=95
out=build/coverage-clang
make --no-print-directory -s -j"$(nproc)" VARIANT=coverage CC=clang variant >/dev/null
rm -rf $out/profile && mkdir -p $out/profile
tests=$(find $out/test/wire -type f -executable | sort; echo $out/test/suite/vector/golden_test)
for t in $tests; do
    LLVM_PROFILE_FILE=$out/profile/$(basename "$t").profraw "$t" >$out/profile/log 2>&1 ||
        { cat $out/profile/log; echo "coverage: $t failed"; exit 1; }
done
llvm-profdata merge -sparse $out/profile/*.profraw -o $out/profile/all.profdata
objects=
for t in $tests; do objects="$objects -object $t"; done
# shellcheck disable=SC2086
llvm-cov export $objects -instr-profile=$out/profile/all.profdata -summary-only src/wire 2>/dev/null |
    python3 src/dev/coverage_table.py $floor
