#!/usr/bin/env bash
# Plants every fault of src/wire/base/fault.def in the reference testee, one by one, and wants a named vector to turn red. The judge is
# the release build, which holds no fault. A fault that only changes what this codec chose where the specification is open leaves a
# testee's outcome among those allowed: those must be caught by `assay vectors lint`, which holds the codec to its choices.
# Prints TAP; the last line says how many were caught. Usage: faults.sh [NAME...]
set -u
cd "$(dirname "$0")/../.." || exit 1
make --no-print-directory -s -j"$(nproc)" all && make --no-print-directory -s -j"$(nproc)" VARIANT=faults build/faults-gcc/assay || exit 1
mkdir -p build/faults
export planted=build/faults-gcc/assay

try() { # NAME: prints one TAP line without its number
    local name=$1 out=build/faults/$1 found
    timeout 60 build/assay run -q --strict --fail-fast --skip '**@**' --json "$out.json" -- env TW_FAULT="$name" $planted testee \
        >/dev/null 2>&1
    found=$(python3 -c '
import json, sys
try:
    cases = json.load(open(sys.argv[1]))["cases"]
    print(next(c["id"] for c in cases if c["verdict"].startswith("fail") and "@" not in c["id"]))
except (OSError, StopIteration):
    pass' "$out.json")
    [ -n "$found" ] && { echo "ok - $name: $found"; return; }
    found=$(TW_FAULT=$name timeout 60 $planted vectors lint 2>&1 | grep -m1 -o '[a-z]*/[a-z0-9.-]*\.json:[0-9]*: .*')
    [ -n "$found" ] && { echo "ok - $name: lint: $found"; return; }
    echo "not ok - $name: no named vector turned red"
}
export -f try

names=${*:-$(sed -n 's/^FAULT(\([A-Z0-9_]*\),.*/\1/p' src/wire/base/fault.def)}
printf '%s\n' $names | xargs -P "$(nproc)" -I{} bash -c 'try {}' | sort >build/faults/log
nl -w1 -s' ' build/faults/log | sed -E 's/^([0-9]+) (ok|not ok) - /\2 \1 - /'
all=$(wc -l <build/faults/log)
# The same without a fault must be green, or the above proves nothing.
if build/assay run -q --strict --skip '**@**' -- $planted testee >/dev/null 2>&1 && $planted vectors lint >/dev/null; then
    echo "ok $((all + 1)) - no fault: green"
else
    echo "not ok $((all + 1)) - no fault: not green"
fi
echo "$(grep -c '^ok' build/faults/log) of $all planted faults caught by named vectors"
