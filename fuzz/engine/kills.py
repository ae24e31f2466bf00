#!/usr/bin/env python3
"""Names the files of a folder that show planted faults to a harness, small ones where it can choose:
kills.py HARNESS FOLDER [DIGESTS] < names of faults. HARNESS is a program of the faults variant; with DIGESTS, as the harness of the
release variant prints them, a fault that breaks no property counts where the digest of an input changes."""
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
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    harness, folder, *digests = sys.argv[1:]
    faults = sys.stdin.read().split()
    found = shown(harness, [folder], faults)
    by_property = len(found)
    if digests:
        found.update(shown(harness, [folder], [f for f in faults if f not in found], digests[0]))
    for file in sorted({pathlib.Path(file).name for file, _ in found.values()}):
        print(file)
    print(f"{len(found)} of {len(faults)} faults shown, {by_property} by the property", file=sys.stderr)


if __name__ == "__main__":
    main()
