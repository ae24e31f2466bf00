#!/usr/bin/env python3
"""Reads `llvm-cov export -summary-only` on standard input and prints branch coverage a file; exit 1 below the floor given."""
import json
import os
import sys

floor = float(sys.argv[1])
files = []
for entry in json.load(sys.stdin)["data"][0]["files"]:
    name = os.path.relpath(entry["filename"], "src")
    if "_test.c" in name or "/test/" in name:
        continue
    branches = entry["summary"]["branches"]
    files.append((name, branches["covered"], branches["count"]))
files.sort(key=lambda f: f[1] - f[2])
for name, covered, count in files:
    if covered < count:
        print(f"  {100 * covered / count:6.2f} %  {covered:4d} of {count:4d}  {name}")
covered, count = sum(f[1] for f in files), sum(f[2] for f in files)
share = 100 * covered / count
print(f"branch coverage of src/wire: {share:.2f} % ({covered} of {count}), floor {floor:g} %")
sys.exit(0 if share >= floor else 1)
