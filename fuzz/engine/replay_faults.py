#!/usr/bin/env python3
"""Which planted faults turn `make replay` red: plants each of src/wire/base/fault.def and replays the committed corpus, a digest that
changes counting as well as a property that fails.

usage: replay_faults.py [--golden]

Writes build/reports/replay-faults.json. Faults that no input shows must have a line, NAME REASON, in fuzz/engine/replay_unshown.txt,
and no other may. With --golden all the golden vectors that can be specimens are tried for those too: none may show what the corpus
does not.

exit status: 0 all as stated; 1 not so
"""
import collections
import json
import os
import pathlib
import re
import subprocess
import sys

import kills

BUILD = pathlib.Path(os.environ.get("BUILD", "build"))
UNSHOWN = pathlib.Path("fuzz/engine/replay_unshown.txt")
# The first shows nearly all, so that the others have little left to do.
ORDER = ["differential", "round_trip", "notation_text", "generate_encode"]


def make(variant, *targets):
    if subprocess.run(["make", "--no-print-directory", "-s", f"-j{os.cpu_count()}", f"BUILD={BUILD}", f"VARIANT={variant}", "CC=gcc", *targets],
                      stdout=subprocess.DEVNULL, check=False).returncode:
        sys.exit(f"the {variant} build failed")


def hunt(names, faults, inputs):
    """fault -> (harness, token). inputs: harness -> [(folder, list of digests or None)]"""
    found = {}
    for name in names:
        for folder, digests in inputs(name):
            left = [f for f in faults if f not in found]
            for fault, (_, token) in kills.shown(BUILD / "faults-gcc/fuzz" / name, [folder], left, digests).items():
                found[fault] = (name, token)
    return found


def committed(name):
    return [(f"corpus/{name}", None), (f"corpus/{name}", f"corpus/{name}.digest"), ("corpus/regressions", None)]


def golden(name):
    folder = BUILD / "fuzz/golden" / name
    folder.mkdir(parents=True, exist_ok=True)
    if subprocess.run([sys.executable, "fuzz/engine/seed_text.py", name, folder], check=False).returncode:
        subprocess.run([BUILD / "release-gcc/fuzz-seed", "conformance/vectors", folder], check=True)
    digests = BUILD / "fuzz/golden" / f"{name}.digest"
    with open(digests, "w") as out:
        subprocess.run([BUILD / "release-gcc/fuzz" / name, "--digest", folder], stdout=out, check=False)
    return [(folder, digests)]


def stated():
    lines = (line.split(None, 1) for line in UNSHOWN.read_text().splitlines() if line.strip() and line[0] != "#")
    return {name: reason.strip() for name, reason in lines}


def main():
    faults = re.findall(r"^FAULT\((\w+),", pathlib.Path("src/wire/base/fault.def").read_text(), re.M)
    names = sorted((p.stem for p in pathlib.Path("fuzz").glob("*.c")), key=lambda n: (ORDER.index(n) if n in ORDER else len(ORDER), n))
    make("faults", "fuzz-variant")
    make("release", "fuzz-variant", f"{BUILD}/release-gcc/fuzz-seed")
    found = hunt(names, faults, committed)
    reasons = stated()
    left = [f for f in faults if f not in found]
    wrong = [f"{f}: no input shows it, and {UNSHOWN} has no line for it" for f in left if f not in reasons]
    wrong += [f"{f}: {UNSHOWN} has a line for it, and {found[f][0]} shows it" for f in reasons if f in found]
    wrong += [f"{f}: {UNSHOWN} names no fault" for f in reasons if f not in faults]
    if sys.argv[1:] == ["--golden"]:
        for fault, (name, token) in hunt(names, left, golden).items():
            wrong.append(f"{fault}: a golden vector shows it to {name} ({token}), and no seed does: make seeds FUZZ={name}")
    by_digest = [f for f, (_, token) in found.items() if token == "digest"]
    reports = BUILD / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    (reports / "replay-faults.json").write_text(json.dumps({"faults": len(faults), "shown": found, "not shown": left}, indent=1) + "\n")
    count = collections.Counter(name for name, _ in found.values())
    print(f"{len(found)} of {len(faults)} planted faults turn the replay red, {len(found) - len(by_digest)} by a property:",
          ", ".join(f"{name} {n}" for name, n in count.most_common()))
    for kind, n in collections.Counter(reasons[f].split(":")[0] for f in left if f in reasons).most_common():
        print(f"  {n} not shown, {kind}")
    print(*wrong, sep="\n", end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
