"""Findings as SARIF 2.1.0: one SARIF rule per property and wire rule, a fingerprint that stays the same from run to run, and the
reproducer in the message, since a reader of the report has no access to the machine that found it."""
import hashlib
import re

RULE = re.compile(r'^RULE\(\w+, "([^"]+)", (\w+), ([A-Z_]+)? *(?:"([^"]*)")?, "((?:[^"\\]|\\.)*)"\)', re.M)
HELP = "https://github.com/apache/thrift/blob/master/doc/specs/"


def wire_rules(top):
    """id -> (strength, address of its section, sentence), from the table of rules"""
    text = (top / "src/wire/base/rules.def").read_text()
    documents = dict(re.findall(r'^#define (\w+) "([^"]+)"', text, re.M))
    return {rule: (strength, documents.get(name, "") + section, sentence)
            for rule, strength, name, section, sentence in RULE.findall(text)}


def rule_id(finding):
    return finding["token"] if finding["rule"] in ("-", "none", "") else f"{finding['token']}/{finding['rule']}"


def describe(identifier, finding, rules):
    strength, section, sentence = rules.get(finding["rule"], ("", "", ""))
    rule = {"id": identifier, "shortDescription": {"text": f"{finding['harness']}: {finding['token']}"},
            "fullDescription": {"text": sentence or f"The property of fuzz/{finding['harness']}.c does not hold."}}
    if section and not section.startswith(("rfc", "upstream-code")):
        rule["helpUri"] = HELP + section
    return rule


def log(findings, top):
    rules, wire = {}, wire_rules(top)
    results = []
    for finding in findings:
        identifier = rule_id(finding)
        rules.setdefault(identifier, describe(identifier, finding, wire))
        fingerprint = hashlib.sha256(f"{finding['harness']} {identifier}".encode()).hexdigest()
        source = f"fuzz/{finding['harness']}.c"
        results.append({
            "ruleId": identifier, "level": "error",
            "message": {"text": f"{finding['detail'] or finding['token']}\nto repeat: {finding['repro']}\n"
                                f"bytes: {finding['bytes'] or 'see ' + finding['file']}"},
            # A result without a file is dropped by what shows them.
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": source if (top / source).exists() else "fuzz/README.md"},
                                                "region": {"startLine": 1}}}],
            "partialFingerprints": {"property/v1": fingerprint}})
    return {"version": "2.1.0", "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "runs": [{"tool": {"driver": {"name": "assay-fuzz", "rules": list(rules.values())}}, "results": results}]}
