"""Prints the long options that the man page tells of for one verb, sorted. man_options.py PAGE VERB

Options of the verbs that look at bytes stand in the section's common lists, which say who takes them; for all
others, each verb has its own .Ss.
"""
import re
import sys

LOOKING = ("decode", "encode", "transcode", "explain")


def options(text):
    found = set()
    for line in text.splitlines():
        if re.match(r"\.(It |Op )?Fl\b", line):
            found.update("--" + name for name in re.findall(r"Fl -([a-z]+(?:-[a-z]+)*)", line))
    return found


def section(page, heading):
    match = re.search(r"^" + re.escape(heading) + r"\n(.*?)(?=^\.S[hs] |\Z)", page, re.M | re.S)
    return match.group(1) if match else ""


def looking(page, verb):
    text = re.search(r"^\.Sh LOOKING AT BYTES\n(.*?)(?=^\.Sh )", page, re.M | re.S).group(1)
    common, limits, verbs = re.split(r"^\.Bl -tag -width Ds\n", text, maxsplit=3, flags=re.M)[1:]
    own = re.search(r"^\.It Cm " + verb + r"\b(.*?)(?=^\.It Cm |\Z)", verbs, re.M | re.S).group(1)
    found = options(common) | options(own)
    return found if verb == "encode" else found | options(limits)


def main():
    page = open(sys.argv[1], encoding="utf-8").read()
    verb = sys.argv[2]
    if verb in LOOKING:
        found = looking(page, verb)
    else:
        found = options(section(page, ".Ss assay " + verb))
    for name in sorted(found | {"--help"}):
        print(name)


main()
