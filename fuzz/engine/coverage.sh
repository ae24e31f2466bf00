#!/usr/bin/env bash
# Branch coverage of src/wire by the committed corpus under all harnesses: HTML in build/fuzz/coverage/html, and a comparison with
# fuzz/coverage.json, which holds the percentage that each file must reach. Ends with 1 below it.
# Usage: coverage.sh [--write]     --write: state what is reached now, rounded down, as the floor
set -eu
cd "$(dirname "$0")/../.."
build=${BUILD:-build}
out=$build/fuzz/coverage
programs=$build/coverage-clang/fuzz
make --no-print-directory -s -j"$(nproc)" BUILD="$build" VARIANT=coverage CC=clang fuzz-variant >"$build/fuzz-build.log" 2>&1 ||
    { grep -v '^  ' "$build/fuzz-build.log" | head -30; exit 1; }
rm -rf "$out" && mkdir -p "$out/html"
objects=()
for program in "$programs"/*; do
    name=${program##*/}
    LLVM_PROFILE_FILE=$out/$name.%p.profraw "$program" "corpus/$name" corpus/regressions >"$out/$name.log" 2>&1 ||
        { cat "$out/$name.log"; echo "fuzz-coverage: $name fails"; exit 1; }
    objects+=(-object "$program")
done
llvm-profdata merge -sparse "$out"/*.profraw -o "$out/all.profdata"
rm "$out"/*.profraw
llvm-cov show "${objects[@]:1}" -instr-profile="$out/all.profdata" -format=html -show-branches=count -output-dir="$out/html" src/wire \
    2>"$out/show.log"
llvm-cov export "${objects[@]:1}" -instr-profile="$out/all.profdata" -summary-only src/wire 2>"$out/export.log" >"$out/summary.json"
python3 fuzz/engine/coverage_floor.py "$out/summary.json" fuzz/coverage.json "$@"
echo "$out/html/index.html shows every branch"
