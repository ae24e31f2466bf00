#!/usr/bin/env python3
"""Reads the results that faults.sh left in a folder (NAME.json for each fault, none.json without one) and says as TAP which faults a
named vector caught. How far a vector can go depends on the rule: breaking a must has to fail; breaking a should has to warn at
least; where the specification leaves the rule open no answer is wrong, and the vector has to show another outcome than without the
fault. (Depths between 60 and 999 are such a case too: their rule is a should, but both answers are legal.)
Usage: faults_table.py FOLDER NAME..."""
import json
import pathlib
import re
import sys

BASE = pathlib.Path("src/wire/base")
rule_of = dict(re.findall(r'^FAULT\((\w+), "([^"]+)"', (BASE / "fault.def").read_text(), re.M))
strength_of = dict(re.findall(r'^RULE\(\w+, "([^"]+)", (\w+),', (BASE / "rules.def").read_text(), re.M))


def named(folder, name):
    """id -> case of the named vectors that were run; nothing where there was no result"""
    try:
        cases = json.loads((folder / f"{name}.json").read_text())["cases"]
    except OSError:
        return {}
    return {case["id"]: case for case in cases if "@" not in case["id"]}


def caught(strength, clean, spoiled):
    """(what the vectors do, their ids), the gravest first; (None, []) where they do nothing"""
    changed = [case for case in spoiled.values() if case["id"] in clean and
               (case["verdict"], case["outcome"], case.get("detail")) !=
               tuple(clean[case["id"]].get(key) for key in ("verdict", "outcome", "detail"))]
    fails = [case["id"] for case in changed if case["verdict"] == "fail"]
    warns = [case["id"] for case in changed if case["verdict"] == "warn"]
    notes = [case["id"] for case in changed if case["verdict"] == "note"]
    if fails:
        return "fail", fails
    if warns and strength != "must":
        return "warn", warns
    if notes and strength != "must":
        return "show another outcome", notes
    return None, []


def main():
    folder, names = pathlib.Path(sys.argv[1]), sys.argv[2:]
    clean = named(folder, "none")
    count = 0
    for number, name in enumerate(names, 1):
        strength = strength_of.get(rule_of.get(name))
        how, ids = caught(strength, clean, named(folder, name))
        count += how is not None
        if strength is None:
            print(f"not ok {number} - {name}: not in fault.def, or its rule is not in rules.def")
        elif how:
            print(f"ok {number} - {name} ({strength}): {len(ids)} named vectors {how}, first {ids[0]}")
        else:
            print(f"not ok {number} - {name} ({strength}): no named vector caught it")
    # The same run without a fault must be green, or the above proves nothing.
    green = (folder / "none.status").read_text().strip() == "0" and clean
    print(f"{'ok' if green else 'not ok'} {len(names) + 1} - no fault: {'green' if green else 'the run is not green'}")
    if not green:
        sys.stdout.writelines(f"# {line}\n" for line in (folder / "none.txt").read_text().splitlines()[-5:])
    print(f"{count} of {len(names)} planted faults caught by named vectors")
    return 0 if green and count == len(names) else 1


sys.exit(main())
