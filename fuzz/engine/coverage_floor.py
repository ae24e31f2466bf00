#!/usr/bin/env python3
"""Compares branch coverage with its floor: coverage_floor.py SUMMARY FLOOR [--write]. The floor is a percentage for every file."""
import json
import pathlib
import sys


def reached(summary):
    """file -> percentage of branches, and that of all"""
    data = json.loads(pathlib.Path(summary).read_text())["data"][0]
    for file in data["files"]:
        if file["summary"]["branches"]["count"]:
            yield "src/" + file["filename"].split("/src/")[-1], file["summary"]["branches"]["percent"]
    yield "total", data["totals"]["branches"]["percent"]


def main():
    summary, path = sys.argv[1:3]
    now = dict(reached(summary))
    if sys.argv[3:] == ["--write"]:
        pathlib.Path(path).write_text(json.dumps({k: int(v) for k, v in sorted(now.items())}, indent=2) + "\n")
    floor = json.loads(pathlib.Path(path).read_text())
    below = [f"{file}: {now.get(file, 0):.1f} % of branches, the floor is {least}" for file, least in floor.items()
             if now.get(file, 0) < least]
    print(f"branch coverage of src/wire by the corpus: {now['total']:.1f} %")
    print(*below, sep="\n", end="\n" if below else "")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
