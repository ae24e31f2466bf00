#!/usr/bin/env python3
"""Draws thriftwire.3 from the public headers, in the order of src/wire/thriftwire.h: what the page says is what the headers say.
Usage: api.py VERSION > thriftwire.3"""
import pathlib
import re
import sys

SRC = pathlib.Path(__file__).resolve().parent.parent


def escape(line):
    line = line.replace("\\", "\\e")
    return "\\&" + line if line.startswith((".", "'")) else line


def comment_text(comment):
    """The lines of a comment without its marks."""
    body = comment.strip()[2:-2]
    return [re.sub(r"^\s*\* ?", "", line).rstrip() for line in body.strip().splitlines()]


def prose(lines):
    """Paragraphs, and indented lines as they are."""
    out, literal = [], False
    for line in lines:
        indented = line.startswith("    ")
        if indented and not literal:
            out.append(".Bd -literal -offset indent")
        if literal and not indented and line.strip():
            out.append(".Ed")
        literal = indented or (literal and not line.strip())
        if line.strip():
            # mdoc wants each sentence on a line of its own
            text = line if literal else re.sub(r"(?<=[^.])(\.|\.\)) (?=[A-Za-z0-9])", r"\1\n", line.strip())
            out += map(escape, text.split("\n"))
        elif not literal and out and out[-1] != ".Pp":
            out.append(".Pp")
    if literal:
        out.append(".Ed")
    while out and out[-1] == ".Pp":
        out.pop()
    return out


def blocks(text):
    """(comment or None, declaration) of everything at the top level."""
    text = re.sub(r"^#(?:.*\\\n)*.*$", "", text, flags=re.M)
    at, comment = 0, None
    while True:
        match = re.compile(r"\s*(/\*.*?\*/)?\s*", re.S).match(text, at)
        if match.group(1):
            comment, at = match.group(1), match.end()
            if text.startswith("/*", at):
                continue
        else:
            at = match.end()
        if at >= len(text):
            return
        depth, end = 0, at
        while True:
            if text.startswith("/*", end):
                end = text.index("*/", end) + 2
                continue
            c = text[end]
            depth += (c == "{") - (c == "}")
            end += 1
            if depth == 0 and (c == ";" or (c == "}" and "(" in text[at:end].split("{")[0])):
                break
        declaration = text[at:end]
        if "(" in declaration.split("{")[0] and declaration.rstrip().endswith("}"):
            declaration = declaration.split("{")[0].rstrip() + ";"  # an inline function: its prototype
        yield comment, declaration
        at, comment = end, None


def names(declaration):
    found = re.findall(r"\b(tw_\w+)\s*\(", declaration.split("{")[0])
    return found[:1]


def page(version):
    headers = re.findall(r'#include "(wire/[^"]+)"', (SRC / "wire/thriftwire.h").read_text())
    functions, sections = [], []
    for header in headers:
        text = (SRC / header).read_text()
        first = re.match(r"\s*(/\*.*?\*/)", text, re.S)
        body = [f".Ss {header}", *prose(comment_text(first.group(1)))]
        for comment, declaration in blocks(text[first.end():]):
            functions += names(declaration)
            body += [".Pp", ".Bd -literal", *map(escape, declaration.strip().splitlines()), ".Ed"]
            if comment:
                body += [".Pp", *prose(comment_text(comment))]
        sections += body
    umbrella = re.match(r"\s*(/\*.*?\*/)", (SRC / "wire/thriftwire.h").read_text(), re.S).group(1)
    yield f'.\\" Drawn from the headers of thriftwire {version} by src/man/api.py.'
    yield from (".Dd November 21, 2026", ".Dt THRIFTWIRE 3", ".Os", ".Sh NAME", ".Nm thriftwire",
                ".Nd the wire formats of Apache Thrift", ".Sh LIBRARY", "libthriftwire, by pkg-config thriftwire", ".Sh SYNOPSIS",
                ".In thriftwire.h", ".Pp",
                "Compile and link with what", ".Ql pkg-config --cflags --libs thriftwire", "prints.",
                ".Sh DESCRIPTION")
    yield from prose(comment_text(umbrella))
    yield from sections
    yield from (".Sh SEE ALSO", ".Xr assay 1")


if __name__ == "__main__":
    text = "\n".join(page(sys.argv[1] if len(sys.argv) > 1 else "0"))
    print(re.sub(r"\.Pp\n(?=\.(Bd|Ss|Pp))", "", text))
