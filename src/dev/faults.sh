#!/usr/bin/env bash
# Plants every fault of src/wire/base/fault.def in the reference testee, one by one, and wants a named vector to turn red. The judge is
# the release build, which holds no fault. Prints TAP; the last line says how many were caught.
# Usage: faults.sh [NAME...]
set -u
cd "$(dirname "$0")/../.." || exit 1
make --no-print-directory -s -j"$(nproc)" all && make --no-print-directory -s -j"$(nproc)" VARIANT=faults build/faults-gcc/assay || exit 1
names=${*:-$(sed -n 's/^FAULT(\([A-Z0-9_]*\),.*/\1/p' src/wire/base/fault.def)}
result=build/faults-result.json
all=0 caught=0
for name in $names; do
    all=$((all + 1))
    rm -f $result
    timeout 120 build/assay run -q --json $result -- env TW_FAULT="$name" build/faults-gcc/assay testee >/dev/null 2>&1
    vector=$(python3 - "$result" <<'P'
import json, sys
try:
    cases = json.load(open(sys.argv[1]))["cases"]
except OSError:
    sys.exit()
red = [c["id"] for c in cases if c["verdict"].startswith("fail") and "@" not in c["id"]]
print(red[0] if red else "", len(red))
P
)
    if [ -n "${vector%% *}" ]; then
        caught=$((caught + 1))
        echo "ok $all - $name: ${vector#* } named vectors, first ${vector%% *}"
    else
        echo "not ok $all - $name: no named vector turned red"
    fi
done
# The same run without a fault must be green, or the above proves nothing.
all=$((all + 1))
if build/assay run -q -- build/faults-gcc/assay testee >/dev/null 2>&1; then
    echo "ok $all - no fault: green"
else
    echo "not ok $all - no fault: the run is not green"
fi
echo "$caught of $((all - 1)) planted faults caught by named vectors"
