#!/usr/bin/env python3
"""Names, for every planted fault that a harness finds among the files of a folder, the smallest file that shows it:
kills.py HARNESS FOLDER < names of faults. HARNESS is a program of the faults variant."""
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys


def shown(harness, folder, fault):
    """(size, name) of the smallest file, or None"""
    run = subprocess.run([harness, "--json", "--timeout", "3", folder], env={**os.environ, "TW_FAULT": fault},
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    failing = [json.loads(line) for line in run.stdout.splitlines() if '"token": null' not in line]
    return min(((os.path.getsize(f["file"]), pathlib.Path(f["file"]).name) for f in failing), default=None)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    faults = sys.stdin.read().split()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        best = list(pool.map(lambda fault: shown(sys.argv[1], sys.argv[2], fault), faults))
    for name in sorted({b[1] for b in best if b}):
        print(name)
    print(f"{sum(b is not None for b in best)} of {len(faults)} faults shown", file=sys.stderr)
