#!/usr/bin/env python3
"""Writes text as specimens, one file each, for the harnesses that read text: seed_text.py HARNESS FOLDER.
Ends with 3 for a harness that reads none."""
import json
import pathlib
import re
import sys

VECTORS = pathlib.Path("conformance/vectors")


def vector_files():
    for path in sorted(VECTORS.rglob("*.json")):
        file = json.loads(path.read_text())
        if "tests" in file:
            yield file


def notations():
    """the parameter's second bit: a message; the first: which protocol it is sent by"""
    for file in vector_files():
        for number, test in enumerate(file["tests"]):
            for key in ("value", "message"):
                if isinstance(test.get(key), str):
                    yield (0 if key == "value" else 2) + number % 2, test[key]


def replies():
    """a line of each kind, and sessions, of the bytes of small vectors"""
    kinds = ["1 ok {n} {hex}\n", "7 reject why it is so\r\n", "2 part {hex}\n2 part -\n2 ok ? {hex}\n", "3 fault {hex}\n",
             "4 unsupported\n", "4 error too-long\n", "5 nomem\n6 handed-up 14\n", "0 hello {{\"name\":\"x\"}}\n", "8 part {hex}\n8 reject\n"]
    number = 0
    for file in vector_files():
        for test in file["tests"]:
            digits = "".join(line.split("|")[0] for line in test["wire"]).replace(" ", "")
            if not re.fullmatch("([0-9a-f]{2}){1,40}", digits):
                continue
            number += 1
            if number % 8 == 0:
                yield number % 256, kinds[number // 8 % len(kinds)].format(n=len(digits) // 2, hex=digits)


def files():
    """files of a single vector"""
    for file in vector_files():
        for test in file["tests"]:
            if re.search(r"\*\d{5}", " ".join(test["wire"])):
                continue  # what the harness does not look at
            yield 0, json.dumps({**{k: v for k, v in file.items() if k not in ("tests", "about")}, "tests": [test]}, ensure_ascii=False)


def lists():
    """each distinct form of line, and short lists"""
    for path in sorted(pathlib.Path("conformance/testees").glob("*/known-failures.txt")):
        lines = path.read_text().splitlines(keepends=True)
        for at in range(0, len(lines), 7):
            yield 0, "".join(lines[at:at + at % 3 + 1])
    yield 0, "a/b  fail:crash  versions=>=0.17,<0.20  until=2026-12-31  partial  issue=X-1  # why\r\n\n# words\n"
    yield 0, "a/b  fail:crash  issue=X-1\na/b  fail:crash  issue=X-2  # again\n"
    yield 0, "a/*  warn:diverges  varies  issue=X-1\na/*  fail:hang  issue=X-1\n"


MAKERS = {"notation_text": notations, "testee_lines": replies, "vector_loader": files, "known_failures_loader": lists}

NOT_TEXT = 3

if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[2])
    if sys.argv[1] not in MAKERS:
        sys.exit(NOT_TEXT)
    for i, (parameter, text) in enumerate(MAKERS[sys.argv[1]]()):
        data = text.encode()
        if len(data) <= 2048:
            (folder / f"{i:05}").write_bytes(bytes([0xff, parameter]) + data)
