#!/usr/bin/env bash
# Plants every fault of src/wire/base/fault.def in the reference testee, one by one, and wants a named vector to catch it. The judge
# is the release build, which holds no fault. Prints TAP; the last line says how many were caught.
# Usage: faults.sh [NAME...]
set -u
cd "$(dirname "$0")/../.." || exit 1
export build=${BUILD:-build}
export results=$build/faults
export ASSAY_VECTORS=conformance/vectors
make --no-print-directory -s -j"$(nproc)" CC=gcc BUILD="$build" all >/dev/null &&
    make --no-print-directory -s -j"$(nproc)" CC=gcc BUILD="$build" VARIANT=faults "$build/faults-gcc/assay" >/dev/null || exit 1
rm -rf "$results" && mkdir -p "$results"
names=${*:-$(sed -n 's/^FAULT(\([A-Z0-9_]*\), "[^"].*/\1/p' src/wire/base/fault.def)}

# Leaves the result of the run with one fault (or with "none") in $results.
run_one() {
    local fault=()
    [ "$1" = none ] || fault=(env "TW_FAULT=$1")
    timeout 120 "$build/assay" run -q --json "$results/$1.json" -- "${fault[@]}" "$build/faults-gcc/assay" testee \
        >"$results/$1.txt" 2>&1
    echo $? >"$results/$1.status"
}
export -f run_one
# shellcheck disable=SC2086 # a list of names
printf '%s\n' none $names | xargs -P "$(nproc)" -I{} bash -c 'run_one {}'

# shellcheck disable=SC2086
python3 src/dev/faults_table.py "$results" $names
