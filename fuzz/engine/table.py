#!/usr/bin/env python3
"""Compares the table of harnesses in fuzz/README.md with the files, the tokens that a file uses with those it declares, the sources
that it says it covers with those there are, and the folders of corpus/ with the harnesses; `--write` writes the table. Exit 1 where
they differ."""
import pathlib
import re
import sys

README = pathlib.Path("fuzz/README.md")
HEAD = "| harness | what must hold | the fault that proves it |\n|---|---|---|\n"


def rows():
    for path in sorted(pathlib.Path("fuzz").glob("*.c")):
        text = path.read_text()
        about = text[text.index("const fuzz_harness fuzz_this"):]
        name, fault = (re.search(rf'\.{key} = "([^"]*)"', about)[1] for key in ("name", "self_test"))
        sentence = "".join(re.findall(r'"([^"]*)"', re.search(r"\.property =(.*?),\n    \.", about, re.S)[1]))
        declared = set(re.findall(r'"([^"]+)"', re.search(r"tokens\[\] = \{(.*?)\};", text, re.S)[1]))
        unknown = set(re.findall(r'prop_fail\(run,\s*"([^"]+)"', text)) - declared
        if unknown:
            sys.exit(f"{path}: fails with {sorted(unknown)}, which are not among its tokens")
        if name != path.stem:
            sys.exit(f"{path}: calls itself {name}")
        covers = re.search(r"\.covers =(.*?),\n    \.", about, re.S)
        for source in "".join(re.findall(r'"([^"]*)"', covers[1])).split() if covers else ():
            if not pathlib.Path(source).exists():
                sys.exit(f"{path}: covers {source}, which is not there")
        yield f"| `{name}` | {sentence} | `{fault}` |\n"


def check_corpus():
    for folder in pathlib.Path("corpus").iterdir():
        if folder.is_dir() and folder.name != "regressions" and not pathlib.Path(f"fuzz/{folder.name}.c").exists():
            sys.exit(f"{folder}: there is no fuzz/{folder.name}.c")


def main():
    check_corpus()
    text = README.read_text()
    start = text.index(HEAD) + len(HEAD)
    end = text.index("\n\n", start - 1) + 1
    now = text[:start] + "".join(rows()) + text[end:]
    if sys.argv[1:] == ["--write"]:
        README.write_text(now)
    elif now != text:
        print("fuzz/README.md: the table of harnesses does not match the files: run fuzz/engine/table.py --write")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
