#!/usr/bin/env python3
"""Names the files of a folder that show planted faults to a harness, small ones where it can choose.

usage: kills.py [--hidden] HARNESS FOLDER [DIGESTS] < names of faults

HARNESS is a program of the faults variant. With DIGESTS, as the harness of the release variant prints them, a fault counts too where it
breaks no property but the digest of an input changes. --hidden: names the faults that no file shows.
"""
import json
import pathlib
import subprocess
import sys

TIMEOUT_SECONDS = 3


def shown(harness, folders, faults, digests=None):
    """fault -> (file, token) for those that the inputs show"""
    command = [harness, "--timeout", str(TIMEOUT_SECONDS), "--faults", "/dev/stdin", *(["--expect", digests] if digests else []), *folders]
    run = subprocess.run(command, input="".join(f"{f}\n" for f in faults), stdout=subprocess.PIPE, text=True, check=True)
    lines = map(json.loads, run.stdout.splitlines())
    return {line["fault"]: (line["file"], line["token"]) for line in lines if line["file"]}


def main():
    hidden = sys.argv[1:2] == ["--hidden"]
    arguments = sys.argv[1 + hidden:]
    if len(arguments) not in (2, 3):
        sys.exit(__doc__)
    harness, folder, *digests = arguments
    faults = sys.stdin.read().split()
    found = shown(harness, [folder], faults, *digests)
    for line in [f for f in faults if f not in found] if hidden else sorted({pathlib.Path(file).name for file, _ in found.values()}):
        print(line)
    print(f"{len(found)} of {len(faults)} faults shown", file=sys.stderr)


if __name__ == "__main__":
    main()
