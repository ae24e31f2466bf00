#!/usr/bin/env bash
# Plants the faults of src/wire/base/fault.def in the reference testee, one by one, and wants a named vector to catch each. The judge
# is the release build, which holds no fault. Prints TAP, then counts. What caught what is in build/reports/faults.md and .json.
# Usage: faults.sh [--sample | NAME...]     without arguments: all of them
set -u
cd "$(dirname "$0")/../.." || exit 1
build=${BUILD:-build}
export ASSAY_VECTORS=conformance/vectors
make --no-print-directory -s -j"$(nproc)" CC=gcc BUILD="$build" all >/dev/null &&
    make --no-print-directory -s -j"$(nproc)" CC=gcc BUILD="$build" VARIANT=faults "$build/faults-gcc/assay" \
        "$build/faults-gcc/test/wire/base/fault_test" >/dev/null || exit 1
# How faults are switched on, which other builds cannot test.
switches=$("$build/faults-gcc/test/wire/base/fault_test" 2>&1) || {
    printf '%s\nnot ok 1 - switching faults on\n' "$switches" | grep -v '^\['
    exit 1
}
exec python3 src/dev/faults.py "$build" "$@"
