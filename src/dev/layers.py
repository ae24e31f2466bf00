#!/usr/bin/env python3
"""Proves the layers of src/layers.txt: every include of every file under src/ and fuzz/ is of its own folder or of one that its
folder may include. What stands in src/ is included from there, what stands in fuzz/ from the root. Prints one line per breach and exits 1; `--self-test` plants breaches and wants them found."""
import pathlib
import re
import sys
import tempfile

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)


def load(path):
    """folder -> folders that it may include"""
    layers = {}
    for line in path.read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            folder, _, may = line.partition(":")
            layers[folder.strip()] = may.split()
    return layers


def owner(layers, path):
    """the longest folder of layers.txt that holds the path"""
    return max((f for f in layers if path.startswith(f + "/")), key=len, default=None)


def files(src):
    """(name as it is included, file) of everything that is checked"""
    for root, base in ((src, src), (src.parent / "fuzz", src.parent)):
        for file in sorted([*root.rglob("*.c"), *root.rglob("*.h")]):
            yield file.relative_to(base).as_posix(), file


def exists(src, include):
    return ((src.parent if include.startswith("fuzz/") else src) / include).exists()


def allowed(layers, folder, path):
    target = owner(layers, path)
    if target == folder:
        return True
    # A name such as `wire` stands for all folders below it.
    return any(path.startswith(may + "/") and (may not in layers or target == may) for may in layers[folder])


def transitive(layers):
    """layers whose lists do not hold what the folders they name may include"""
    for folder, may in layers.items():
        for other in may:
            for beyond in layers.get(other, []):
                if not any(beyond == m or beyond.startswith(m + "/") for m in may):
                    yield f"layers.txt: {folder} may include {other}, but not {beyond}, which {other} may"


def breaches(src):
    layers = load(src / "layers.txt")
    yield from transitive(layers)
    for name, file in files(src):
        folder = owner(layers, name)
        if folder is None:
            if name != "wire/thriftwire.h" and not name.startswith("wire/test/"):
                yield f"{name}: its folder does not stand in layers.txt"
            continue
        for include in INCLUDE.findall(file.read_text()):
            if not exists(src, include):
                yield f'{name}: "{include}" is not written from {"the root" if include.startswith("fuzz/") else "src/"}'
            elif "/test/" in include or include.startswith("wire/test/"):
                if not (name.endswith("_test.c") or "/test/" in name):
                    yield f"{name}: includes {include}, which is for tests"
            elif not allowed(layers, folder, include):
                yield f"{name}: {folder} may not include {include}"


def self_test():
    plant = {
        "../fuzz/one.c": '#include "wire/value/v.h"\n',
        "wire/value/fuzzing.c": '#include "fuzz/one.c"\n',
        "wire/base/a.h": "",
        "wire/value/b.c": '#include "wire/base/a.h"\n',
        "wire/base/up.c": '#include "wire/value/v.h"\n',
        "wire/value/v.h": "",
        "wire/value/gone.c": '#include "wire/base/none.h"\n',
    }
    with tempfile.TemporaryDirectory() as folder:
        src = pathlib.Path(folder) / "src"
        src.mkdir()
        (src / "layers.txt").write_text("wire/base:\nwire/value: wire/base\nfuzz: wire/value wire/base\n")
        for name, text in plant.items():
            (src / name).parent.mkdir(parents=True, exist_ok=True)
            (src / name).write_text(text)
        found = list(breaches(src))
    want = ["wire/value/fuzzing.c: wire/value may not include fuzz/one.c",
            "wire/base/up.c: wire/base may not include wire/value/v.h",
            'wire/value/gone.c: "wire/base/none.h" is not written from src/']
    if sorted(found) != sorted(want):
        sys.exit(f"layers.py --self-test: found {found}")


if __name__ == "__main__":
    if sys.argv[1:] == ["--self-test"]:
        self_test()
        sys.exit(0)
    problems = list(breaches(pathlib.Path("src")))
    print(*problems, sep="\n", end="\n" if problems else "")
    sys.exit(1 if problems else 0)
