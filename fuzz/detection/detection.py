#!/usr/bin/env python3
"""How soon the harnesses find planted faults like those that Thrift's implementations have had, and what simpler ways of fuzzing
find of them in the same time. Writes a table.

usage: detection.py [--seconds N] [--seeds N] [--baseline-seconds N] [--jobs N] [--out FILE.md] [FAULT...]

For each fault of faults.txt and each of --seeds seeds the harness named there is run by libFuzzer, from the committed corpus, until it
fails or --seconds have gone by. What fails must say a token of that harness, and the same input must pass without the fault. The
baselines are the same engine, sanitizers and seeds: `decode_touches_all` alone with no property but that nothing crashes, and `round_trip`.
"from nothing" is the named harness with an empty corpus.

exit status: 0 every fault was found with every seed; 1 not so; 2 usage; 3 a build failed; 130 interrupted, and no table was written
"""
import argparse
import concurrent.futures
import datetime
import json
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
BUILD = TOP / os.environ.get("BUILD", "build")
PROGRAMS = BUILD / "libfuzzer-faults-clang" / "fuzz"
CLEAN = BUILD / "faults-gcc" / "fuzz"
SAID = re.compile(r"^fuzz: (?P<harness>[a-z0-9_]+): (?P<token>[a-z0-9-]+)(?: \(|:)", re.M)
STOPPED = threading.Event()  # interrupted: what waits is not begun


def wanted():
    """[(fault, harness, like)] of faults.txt"""
    rows = []
    for line in (TOP / "fuzz/detection/faults.txt").read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            fact, _, like = line.partition("#")
            rows.append((*fact.split(), like.strip()))
    return rows


def shows(program, fault, file):
    """the token that the replayer reports of one input, "crash" where it ends otherwise, None where the property holds"""
    done = subprocess.run([program, file], env=dict(os.environ, TW_FAULT=fault), capture_output=True, text=True, errors="replace", check=False)
    if done.returncode == 0:
        return None
    said = SAID.search(done.stdout + done.stderr)
    return said["token"] if said else "crash"


def hunt(harness, fault, corpus, seconds, seed, crash_only=False):
    """(seconds, token) of the first finding that needs the fault, or None"""
    if STOPPED.is_set():
        return None
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        (work / "corpus").mkdir()
        (work / "found").mkdir()
        if corpus and (TOP / "corpus" / harness).is_dir():
            for file in (TOP / "corpus" / harness).iterdir():
                shutil.copy(file, work / "corpus")
        began = time.monotonic()
        command = [PROGRAMS / harness, f"-max_total_time={seconds}", f"-seed={seed}", "-timeout=10", "-rss_limit_mb=2048",
                   "-malloc_limit_mb=1024", "-use_value_profile=1", "-max_len=4098", f"-dict={TOP}/fuzz/dict/thrift.dict",
                   f"-artifact_prefix={work}/found/", work / "corpus"]
        environment = dict(os.environ, TW_FAULT=fault, ASAN_OPTIONS="allocator_may_return_null=1:detect_leaks=1")
        done = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, errors="replace", check=False)
        took = time.monotonic() - began
        for file in sorted((work / "found").iterdir()):
            said = SAID.search(done.stderr)
            token = said["token"] if said else "crash"
            if crash_only and said:
                continue
            # A finding that is there without the fault says nothing of it.
            if shows(CLEAN / harness, "", file) is None:
                return took, token
    return None


def build():
    for variant, compiler in (("libfuzzer-faults", "clang"), ("faults", "gcc")):
        done = subprocess.run(["make", "--no-print-directory", "-s", f"-j{os.cpu_count()}", f"VARIANT={variant}", f"CC={compiler}", "fuzz-variant"],
                              cwd=TOP, check=False)
        if done.returncode != 0:
            sys.exit(3)


def one(row, options):
    fault, harness, like = row
    hunts = [hunt(harness, fault, True, options.seconds, seed) for seed in range(1, options.seeds + 1)]
    result = {"fault": fault, "harness": harness, "like": like,
              "seconds": [round(h[0], 1) if h else None for h in hunts],
              "token": next((h[1] for h in hunts if h), None)}
    simple = options.baseline_seconds
    if simple:
        for name, found in (("from_nothing", hunt(harness, fault, False, simple, 1)),
                            ("round_trip", hunt("round_trip", fault, True, simple, 1)),
                            ("crash_only", hunt("decode_touches_all", fault, True, simple, 1, crash_only=True))):
            result[name] = round(found[0], 1) if found else None
    if not STOPPED.is_set():
        print(f"{fault:36} {harness:20} {result['seconds']} {result['token']}", flush=True)
    return result


def cell(seconds):
    return "-" if seconds is None else f"{seconds:.1f}"


def table(results, options):
    found = sum(all(s is not None for s in r["seconds"]) for r in results)
    version = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=TOP, capture_output=True, text=True, check=False).stdout.strip()
    clang = subprocess.run(["clang", "--version"], capture_output=True, text=True, check=False).stdout.splitlines()[0]
    yield "# Planted faults that fuzzing finds"
    yield ""
    yield (f"{found} of {len(results)} planted faults were found with each of {options.seeds} seeds within {options.seconds} s, from the committed corpus, "
           "by the harness that names the property. Seconds include starting the program and reading the corpus.")
    if options.baseline_seconds:
        count = {k: sum(r[k] is not None for r in results) for k in ("from_nothing", "round_trip", "crash_only")}
        yield (f"In {options.baseline_seconds} s with one seed: {count['from_nothing']} by the same harness with no corpus, {count['round_trip']} by the "
               f"round trip alone, {count['crash_only']} by crashes alone (decode, ASan and UBSan).")
    yield ""
    yield (f"{datetime.date.today()}, revision {version}, {clang}, libFuzzer with ASan and UBSan, {platform.machine()}, {os.cpu_count()} processors, "
           f"{options.jobs} at a time. Made by `make fuzz-detection`.")
    yield ""
    seeds = " | ".join(f"seed {n}" for n in range(1, options.seeds + 1))
    yield f"| fault | like | harness | token | {seeds} | from nothing | round trip | crash only |"
    yield "|---|---|---|---|" + "---:|" * (options.seeds + 3)
    for r in results:
        yield (f"| {r['fault']} | {r['like']} | {r['harness']} | {r['token'] or '-'} | " + " | ".join(cell(s) for s in r["seconds"]) +
               f" | {cell(r.get('from_nothing'))} | {cell(r.get('round_trip'))} | {cell(r.get('crash_only'))} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--baseline-seconds", type=int, default=20, help="0: no baselines")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--out", type=pathlib.Path, default=BUILD / "reports" / "detection.md")
    parser.add_argument("faults", nargs="*")
    options = parser.parse_args()
    rows = [row for row in wanted() if not options.faults or row[0] in options.faults]
    if unknown := set(options.faults) - {row[0] for row in rows}:
        parser.error(f"faults.txt has no {min(unknown)}")
    build()
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        try:
            results = list(pool.map(lambda row: one(row, options), rows))
        except KeyboardInterrupt:
            STOPPED.set()
            raise
    options.out.parent.mkdir(parents=True, exist_ok=True)
    text = "\n".join(table(results, options)) + "\n"
    options.out.write_text(text)
    options.out.with_suffix(".json").write_text(json.dumps(results, indent=1) + "\n")
    missed = [r["fault"] for r in results if None in r["seconds"]]
    print(f"{len(results) - len(missed)} of {len(results)} found; {options.out}" + (f"; not found: {' '.join(missed)}" if missed else ""))
    return 1 if missed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        print("interrupted: no table was written", file=sys.stderr)
        sys.exit(130)
