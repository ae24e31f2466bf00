"""Writes what a run of all planted faults showed: for people, and as JSON."""
import json


def write(folder, found, rules, idle, vectors):
    """found: (name, rule, strength, sentence, how, ids) each; rules: those without a fault -> reason; idle: vectors no fault turned"""
    folder.mkdir(parents=True, exist_ok=True)
    caught = sum(how is not None for _, _, _, _, how, _ in found)
    data = {
        "faults": [{"name": name, "rule": rule, "strength": strength, "sentence": sentence, "caught": how, "vectors": ids}
                   for name, rule, strength, sentence, how, ids in found],
        "rules_without_fault": [{"rule": rule, "reason": reason} for rule, reason in rules.items()],
        "vectors_without_fault": idle,
        "counts": {"faults": len(found), "caught": caught, "rules_without_fault": len(rules), "vectors": vectors,
                   "vectors_without_fault": len(idle)},
    }
    (folder / "faults.json").write_text(json.dumps(data, indent=1) + "\n")
    lines = ["# Planted faults", "",
             "Each switches off one rule of the reference. Written by `make faults`.", "",
             "| fault | rule | what it does | caught by |", "|---|---|---|---|"]
    for name, rule, strength, sentence, how, ids in found:
        by = f"{len(ids)} that {how}: `{ids[0]}`" if how else "**nothing**"
        lines.append(f"| {name} | {rule} ({strength}) | {sentence} | {by} |")
    lines += ["", "## Rules that no fault breaks", ""]
    lines += [f"- `{rule}`: {reason or '**no reason given**'}" for rule, reason in rules.items()] or ["none"]
    lines += ["", "## Named vectors that no fault turns", "",
              "They may still find what these faults do not do; a vector of a kind that never turns is worth a look.", ""]
    lines += [f"- `{name}`" for name in idle] or ["none"]
    lines += ["", f"{caught} of {len(found)} faults caught; {len(rules)} rules without a fault; "
              f"{len(idle)} of {vectors} named vectors turned by none.", ""]
    (folder / "faults.md").write_text("\n".join(lines))
