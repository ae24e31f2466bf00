#!/usr/bin/env python3
"""Runs the named vectors over the reference testee once for each planted fault. Started by faults.sh, which builds what it needs.
Usage: faults.py BUILD [--sample | NAME...]

--sample takes every n-th fault, at least 24 of them, beginning with another one after each commit, and those that the last commit
added. The fault NONE changes nothing: given by name it makes the run fail, as it must.

Vectors of many bytes, or with a budget, take most of the time of a run. So the others come first, and all of them only for the faults
that none of those caught; with all faults, also for those of the rules that the slow vectors are about."""
import concurrent.futures
import datetime
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

import faults_judge as judge
import faults_report

SAMPLE = 24
SECONDS = 300  # for one fault


def git(*words):
    done = subprocess.run(["git", *words], capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else ""


def sample(names):
    """Every stride-th fault from a start that moves on by one with each commit, or each day where there is no git; and new ones."""
    turn = git("rev-list", "--count", "HEAD").strip()
    turn = int(turn) if turn.isdigit() else datetime.date.today().toordinal()
    stride = max(1, len(names) // SAMPLE)
    chosen = set(names[turn % stride::stride])
    chosen.update(re.findall(r"^\+FAULT\((\w+),", git("diff", "-U0", "HEAD~1", "--", str(judge.BASE / "fault.def")), re.M))
    print(f"# sample {turn % stride + 1} of {stride}")
    return [name for name in names if name in chosen]


def is_slow(vector):
    """Takes long: many bytes, on the wire or inflated, or a budget, for which a testee is started and measured alone."""
    most = 512 if "zlib" in vector["stack"] else 4096
    return "budget" in vector or any(int(times) >= most for line in vector["wire"] for times in re.findall(r"\*\s*(\d+)", line.split("|")[0]))


def copy_small(to):
    """A folder with all vectors but the slow ones; returns the rules of those that were left out."""
    topics = {file: json.loads(file.read_text()) for file in pathlib.Path(os.environ["ASSAY_VECTORS"]).glob("*/*.json")}
    slow = {test["id"]: test["rule"] for topic in topics.values() for test in topic["tests"] if is_slow(test)}
    stand_in = next(test["id"] for topic in topics.values() for test in topic["tests"]
                    if test["expect"] == "accept" and test["id"] not in slow)
    for file, topic in topics.items():
        topic["tests"] = [test for test in topic["tests"] if test["id"] not in slow]
        for test in topic["tests"]:
            if test.get("twin") in slow:  # a twin has to be there; which one it is means nothing to a run
                test["twin"] = stand_in
        if not topic["tests"]:
            continue
        (to / file.parent.name).mkdir(parents=True, exist_ok=True)
        (to / file.parent.name / file.name).write_text(json.dumps(topic))
    return set(slow.values())


def run_one(build, vectors, name):
    """The named vectors' cases by id under one fault; none where the run gave no result. And its exit status."""
    folder = pathlib.Path(build) / "faults"
    environment = dict(os.environ, TW_FAULT=name, ASSAY_VECTORS=str(vectors))
    file = folder / f"{name}.json"
    file.unlink(missing_ok=True)
    command = [f"{build}/assay", "run", "-q", "--named", "--json", str(file), "--", f"{build}/faults-gcc/assay", "testee"]
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=SECONDS, check=False)
        (folder / f"{name}.txt").write_text(done.stdout + done.stderr)
        return {case["id"]: case for case in json.loads(file.read_text())["cases"]}, done.returncode
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        (folder / f"{name}.txt").write_text(f"{error}\n")
        return {}, None


class Runs:
    """Runs over one set of vectors, and the one without a fault that they are held against."""

    def __init__(self, build, vectors):
        self.build, self.vectors = build, vectors
        self.clean, self.status = run_one(build, vectors, "")

    def turned(self, names):
        """name -> the vectors that turned under the fault -> their verdicts"""
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            runs = pool.map(lambda name: run_one(self.build, self.vectors, name), names)
            return {name: judge.turned(self.clean, cases) for name, (cases, _) in zip(names, runs)}


class Tap:
    def __init__(self):
        self.count = self.failed = 0

    def line(self, good, text):
        self.count += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.count} - {text}")


def find(build, planted, strengths, names, tap):
    """name -> the vectors that turned, for each fault of names and NONE; and every vector of the full set"""
    folder = pathlib.Path(build) / "faults"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "vectors").mkdir(parents=True)
    slow_rules = copy_small(folder / "vectors")
    small = Runs(build, folder / "vectors")
    changed = small.turned(["NONE", *names])
    full = Runs(build, os.environ["ASSAY_VECTORS"])
    every = len(names) == len(planted)
    again = [name for name in names if not judge.caught(strength_of(name, planted, strengths), changed[name])[0] or
             (every and planted[name][0] in slow_rules)]
    for name, more in full.turned(again).items():
        changed[name].update(more)
    # The runs without a fault must be green, or all that follows proves nothing.
    green = small.status == 0 == full.status and bool(small.clean) and set(small.clean) <= set(full.clean)
    tap.line(green, f"no fault: {len(full.clean)} named vectors, {'all green' if green else 'not all of them green or run'}")
    return changed, full.clean


def strength_of(name, planted, strengths):
    return strengths.get(planted[name][0]) if name in planted else "open"


def main():
    build, words = sys.argv[1], sys.argv[2:]
    planted, strengths = judge.faults(), judge.rules()
    names = sample(list(planted)) if words == ["--sample"] else words or list(planted)
    began, tap, found, turned = time.monotonic(), Tap(), [], set()
    changed, vectors = find(build, planted, strengths, names, tap)
    # A fault that does nothing must not count as caught, however little its rule asks.
    tap.line(judge.caught("open", changed["NONE"]) == (None, []), "a fault that changes nothing is caught by nothing")
    for name in names:
        rule, sentence = planted.get(name, ("", ""))
        strength, seen = strength_of(name, planted, strengths), changed[name]
        turned.update(seen)
        how, ids = judge.caught(strength, seen)
        if name != "NONE" and rule not in strengths:
            tap.line(False, f"{name}: not in fault.def, or its rule is not in rules.def")
        elif how:
            tap.line(True, f"{name} ({strength}): {len(ids)} named vectors {how}, first {ids[0]}")
        else:
            others = f"; {len(seen)} turn, which is not enough for a {strength}, first {next(iter(seen))}" if seen else ""
            tap.line(False, f"{name} ({strength}): no named vector caught it{others}")
        found.append((name, rule, strength, sentence, how, ids))
    rules, wrong = judge.rules_without(planted)
    for text in wrong:
        tap.line(False, text)
    if not words:
        idle = [name for name in vectors if name not in turned]
        faults_report.write(pathlib.Path(build) / "reports", found, rules, idle, len(vectors))
        print(f"{len(rules)} rules that no fault breaks, each with its reason; {len(idle)} of {len(vectors)} named vectors that no "
              f"fault turns: {build}/reports/faults.md")
    print(f"{sum(how is not None for *_, how, _ in found)} of {len(names)} planted faults caught by named vectors "
          f"in {time.monotonic() - began:.0f} s; there are {len(planted)}")
    return 1 if tap.failed else 0


sys.exit(main())
