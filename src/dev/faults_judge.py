"""What is known of the planted faults, and whether a vector caught one. Pure: nothing is run or printed here."""
import pathlib
import re

BASE = pathlib.Path("src/wire/base")
UNPLANTED = pathlib.Path("src/dev/faults_unplanted.txt")


def faults():
    """name -> (rule, sentence), in the order of fault.def"""
    text = (BASE / "fault.def").read_text()
    return {name: (rule, sentence) for name, rule, sentence in re.findall(r'^FAULT\((\w+), "([^"]+)", "([^"]+)"\)$', text, re.M)}


def rules():
    """rule -> its strength, in the order of rules.def"""
    return dict(re.findall(r'^RULE\(\w+, "([^"]+)", (\w+),', (BASE / "rules.def").read_text(), re.M))


def reasons():
    """rule -> why no fault breaks it"""
    lines = [line.split(None, 1) for line in UNPLANTED.read_text().splitlines() if line and not line.startswith("#")]
    return {words[0]: words[1] if len(words) > 1 else "" for words in lines}


def turned(clean, spoiled):
    """ids of the named vectors of which another verdict or outcome was seen than without the fault -> their verdicts"""
    def seen(case):
        return case["verdict"], case["outcome"], case.get("detail")
    return {name: case["verdict"] for name, case in spoiled.items() if name in clean and seen(case) != seen(clean[name])}


def caught(strength, changed):
    """(how, by which ids), the gravest first; (None, []) where the fault was not caught.

    How far a vector can go depends on the rule: breaking a must has to fail; breaking a should has to warn at least; where the
    specification leaves the rule open no answer is wrong, and the vector has to show another outcome than without the fault.
    (Depths between 60 and 999 are such a case too: their rule is a should, but both answers are legal.)"""
    ways = [("fail", "fail")]
    if strength != "must":
        ways += [("warn", "warn"), ("note", "show another outcome")]
    for verdict, how in ways:
        ids = [name for name, seen in changed.items() if seen == verdict]
        if ids:
            return how, ids
    return None, []


def rules_without(planted):
    """(rule -> reason or None for those that no fault breaks, what is wrong with the list of reasons)"""
    strengths, told = rules(), reasons()
    broken = {rule for rule, _ in planted.values()}
    wrong = [f"{rule}: there is no such rule" for rule in told if rule not in strengths]
    wrong += [f"{rule}: there is a fault, and a reason why there is none" for rule in told if rule in broken]
    wrong += [f"{rule}: neither a fault nor a reason" for rule in strengths if rule not in broken and not told.get(rule)]
    return {rule: told.get(rule) for rule in strengths if rule not in broken}, wrong
