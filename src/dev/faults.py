#!/usr/bin/env python3
"""Runs the named vectors over the reference testee once for each planted fault. Started by faults.sh, which builds what it needs.
Usage: faults.py BUILD [--sample | NAME...]

--sample takes every n-th fault, at least 24 of them, beginning with another one after each commit, and those that the last commit
added. The fault NONE changes nothing: given by name it makes the run fail, as it must."""
import concurrent.futures
import datetime
import json
import os
import pathlib
import re
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


def run_one(build, folder, name):
    """The named vectors' cases by id under one fault; none where the run gave no result. And its exit status."""
    environment = dict(os.environ, TW_FAULT=name)
    file = folder / f"{name}.json"
    command = [f"{build}/assay", "run", "-q", "--named", "--json", str(file), "--", f"{build}/faults-gcc/assay", "testee"]
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=SECONDS, check=False)
        (folder / f"{name}.txt").write_text(done.stdout + done.stderr)
        return {case["id"]: case for case in json.loads(file.read_text())["cases"]}, done.returncode
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        (folder / f"{name}.txt").write_text(f"{error}\n")
        return {}, None


def run_all(build, names):
    folder = pathlib.Path(build) / "faults"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if old.is_file():
            old.unlink()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(names, pool.map(lambda name: run_one(build, folder, name), names)))


class Tap:
    def __init__(self):
        self.count = self.failed = 0

    def line(self, good, text):
        self.count += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.count} - {text}")


def main():
    build, words = sys.argv[1], sys.argv[2:]
    planted, strengths = judge.faults(), judge.rules()
    names = sample(list(planted)) if words == ["--sample"] else words or list(planted)
    began = time.monotonic()
    results = run_all(build, ["", "NONE", *(name for name in names if name != "NONE")])
    tap, found, turned = Tap(), [], set()
    clean, status = results[""]
    # The run without a fault must be green, or all that follows proves nothing.
    tap.line(status == 0 and clean, f"no fault: {len(clean)} named vectors{'' if status == 0 else ', and the run is not green'}")
    # And a fault that does nothing must not count as caught, however little its rule asks.
    nothing = judge.turned(clean, results["NONE"][0])
    tap.line(bool(results["NONE"][0]) and judge.caught("open", nothing) == (None, []), "a fault that changes nothing is caught by nothing")
    for name in names:
        rule, sentence = planted.get(name, (None, ""))
        strength = strengths.get(rule, "open")
        changed = judge.turned(clean, results[name][0])
        turned.update(changed)
        how, ids = judge.caught(strength, changed)
        if name != "NONE" and rule not in strengths:
            tap.line(False, f"{name}: not in fault.def, or its rule is not in rules.def")
        elif how:
            tap.line(True, f"{name} ({strength}): {len(ids)} named vectors {how}, first {ids[0]}")
        else:
            others = f"; {len(changed)} turn, which is not enough for a {strength}, first {next(iter(changed))}" if changed else ""
            tap.line(False, f"{name} ({strength}): no named vector caught it{others}")
        found.append((name, rule, strength, sentence, how, ids))
    rules, wrong = judge.rules_without(planted)
    for text in wrong:
        tap.line(False, text)
    if not words:
        idle = [name for name in clean if name not in turned]
        faults_report.write(pathlib.Path(build) / "reports", found, rules, idle, len(clean))
        print(f"{len(rules)} rules that no fault breaks, each with its reason; {len(idle)} of {len(clean)} named vectors that no fault "
              f"turns: {build}/reports/faults.md")
    print(f"{sum(how is not None for *_, how, _ in found)} of {len(names)} planted faults caught by named vectors "
          f"in {time.monotonic() - began:.0f} s; there are {len(planted)}")
    return 1 if tap.failed else 0


sys.exit(main())
