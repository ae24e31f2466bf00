#!/usr/bin/env python3
"""Reads `llvm-cov export -summary-only` on standard input and prints the branch coverage of each file of src/wire that is not
wholly covered, and of all; exit 1 below the floor given, or where a source file is missing from the export."""
import json
import pathlib
import sys

floor = float(sys.argv[1])
src = pathlib.Path("src").resolve()
counted = {}
for entry in json.load(sys.stdin)["data"][0]["files"]:
    name = pathlib.Path(entry["filename"]).resolve().relative_to(src).as_posix()
    if not name.endswith("_test.c") and "/test/" not in name:
        counted[name] = entry["summary"]["branches"]
for name, branches in sorted(counted.items(), key=lambda item: item[1]["covered"] - item[1]["count"]):
    if branches["covered"] < branches["count"]:
        print(f"  {branches['percent']:6.2f} %  {branches['covered']:4d} of {branches['count']:4d}  {name}")

ONLY_FAULTS = {"wire/base/fault.c"}  # without planted faults there is no code in it
sources = {file.relative_to(src).as_posix() for file in (src / "wire").rglob("*.c") if "test" not in file.parts}
absent = sorted(name for name in sources - set(counted) - ONLY_FAULTS if not name.endswith("_test.c"))
for name in absent:
    print(f"  {name} is in no test program")
covered, count = (sum(branches[key] for branches in counted.values()) for key in ("covered", "count"))
share = 100 * covered / count
print(f"branch coverage of src/wire: {share:.2f} % ({covered} of {count}), floor {floor:g} %")
sys.exit(0 if share >= floor and not absent else 1)
