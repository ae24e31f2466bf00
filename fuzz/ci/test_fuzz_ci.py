#!/usr/bin/env python3
"""Tests of fuzz-ci, with a script in the engine's place. Prints TAP."""
import importlib.machinery
import importlib.util
import json
import os
import pathlib
import sys
import tempfile
import traceback
import xml.etree.ElementTree as xml

HERE = pathlib.Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE))
NAME = "differential"
FAILURE = f"fuzz: {NAME}: verdict (varint.overflow): the codec says <&\"' \\x00\x01\x1b, the other says \ufffe malformed"
# Alone with one file the engine runs it; else it fuzzes, and writes what the test wants under the prefix.
ENGINE = """#!/bin/sh
for a; do
    case $a in -artifact_prefix=*) prefix=${{a#*=}} ;; esac
    last=$a
done
if [ -z "$prefix" ]; then
    grep -q bad "$last" || exit 0
    cat {folder}/failure >&2
    exit 77
fi
{fuzzing}
exit {status}
"""
UNITS = "echo 'stat::number_of_executed_units: 1234' >&2"


def load(folder):
    os.environ["BUILD"] = str(folder)
    loader = importlib.machinery.SourceFileLoader("fuzz_ci", str(HERE / "fuzz-ci"))
    spec = importlib.util.spec_from_loader("fuzz_ci", loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def run(folder, fuzzing, status):
    """(module, result, folder of reports) of a fuzzing run by such an engine"""
    ci = load(folder)
    program = folder / "libfuzzer-clang/fuzz" / NAME
    program.parent.mkdir(parents=True)
    (folder / "failure").write_text(FAILURE + "\n")
    program.write_text(ENGINE.format(folder=folder, fuzzing=fuzzing, status=status))
    program.chmod(0o755)
    out = folder / "out"
    out.mkdir()
    return ci, ci.fuzz(NAME, 1, out), out


def test_a_reproducer_that_fails_again_is_a_finding(folder):
    _, result, _ = run(folder, f"printf bad >${{prefix}}crash-1; {UNITS}", 77)
    [finding] = result["findings"]
    assert (finding["token"], finding["rule"], finding["bytes"]) == ("verdict", "varint.overflow", b"bad".hex())
    assert pathlib.Path(finding["file"]).read_bytes() == b"bad"
    assert finding["repro"] == f"make replay FUZZ={NAME} FILE={finding['file']} VARIANT=asan"
    assert result["executions"] == 1234


def test_a_reproducer_that_passes_alone_is_none(folder):
    _, result, _ = run(folder, f"printf good >${{prefix}}timeout-1; {UNITS}", 70)
    assert result["findings"] == []


def test_the_engines_exit_status_alone_is_none(folder):
    _, result, _ = run(folder, UNITS, 1)
    assert result["findings"] == []


def test_an_engine_that_did_not_run_is_a_finding(folder):
    _, result, _ = run(folder, "echo 'cannot open shared object' >&2", 127)
    assert [f["token"] for f in result["findings"]] == ["did-not-run"]


def test_reports_are_well_formed(folder):
    ci, result, out = run(folder, f"printf bad >${{prefix}}crash-1; printf badder >${{prefix}}crash-2; {UNITS}", 77)
    assert len(result["findings"]) == 2
    clean = {"harness": "round_trip", "seconds": 1.0, "executions": 5, "findings": []}
    [finding] = ci.write_reports(out, [result, clean])
    assert finding["bytes"] == b"bad".hex(), "the smaller of two of one kind"

    suite = xml.parse(out / "junit.xml").getroot()
    assert (suite.tag, suite.get("tests"), suite.get("failures")) == ("testsuite", "2", "1")
    assert [(c.get("name"), len(c.findall("failure"))) for c in suite] == [(NAME, 1), ("round_trip", 0)]
    assert "<&\"'" in suite[0][0].get("message") and suite[0][0].text == finding["repro"]

    log = json.loads((out / "findings.sarif").read_text())
    [sarif] = log["runs"]
    [rule], [line] = sarif["tool"]["driver"]["rules"], sarif["results"]
    assert log["version"] == "2.1.0" and rule["id"] == line["ruleId"] == "verdict/varint.overflow"
    assert finding["repro"] in line["message"]["text"] and finding["bytes"] in line["message"]["text"]
    where = line["locations"][0]["physicalLocation"]
    assert (HERE.parents[1] / where["artifactLocation"]["uri"]).is_file() and where["region"]["startLine"] == 1
    assert len(line["partialFingerprints"]["property/v1"]) == 64

    said = json.loads((out / "findings.json").read_text())
    assert [f["token"] for f in said["findings"]] == ["verdict"] and len(said["harnesses"]) == 2


def test_what_is_said_without_a_property(folder):
    ci = load(folder)
    assert ci.key_of(NAME, "==1==\nSUMMARY: AddressSanitizer: heap-buffer-overflow a.c:3 in f\nDEDUP_TOKEN: f--g--h\n") == (
        "addresssanitizer-heap-buffer-overflow", "-", "f--g--h")
    assert ci.key_of(NAME, "ALARM\n==2== ERROR: libFuzzer: timeout after 10 seconds")[0] == "timeout"
    assert ci.key_of(NAME, "==2== ERROR: libFuzzer: out-of-memory (used: 3000Mb)")[0] == "out-of-memory"
    assert ci.key_of(NAME, "")[0] == "crash"


def test_a_change_reaches_harnesses_through_includes(folder):
    ci = load(folder)
    source = ci.TOP / "fuzz" / "zlib_round_trip.c"
    assert ci.TOP / "src/wire/transport/transport.h" in ci.included(source, {source})
    assert set(ci.harnesses()) >= {NAME, "zlib_round_trip"} and "fuzz-ci" not in ci.harnesses()


def main():
    tests = [value for name, value in globals().items() if name.startswith("test_")]
    failed = 0
    for number, test in enumerate(tests, 1):
        with tempfile.TemporaryDirectory() as folder:
            try:
                test(pathlib.Path(folder))
                print(f"ok {number} - {test.__name__[5:].replace('_', ' ')}")
            except Exception:  # pylint: disable=broad-except
                failed += 1
                print(f"not ok {number} - {test.__name__[5:].replace('_', ' ')}")
                print("".join(f"# {line}\n" for line in traceback.format_exc().splitlines()), end="")
    print(f"1..{len(tests)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
