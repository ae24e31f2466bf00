#!/usr/bin/env python3
"""Checks every vector file and the history wall against their schemas, and that the schemas refuse what they should."""
import copy
import json
import pathlib
import sys

import jsonschema

folder = pathlib.Path("conformance/vectors")
about = ("schema.json", "history.json", "history-schema.json")


def load(path):
    return json.loads(path.read_text())


def check(name, paths, key, plants):
    """How many mistakes: of the schema, of the files, and of plants in an entry of the first that go unseen."""
    schema = load(folder / name)
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    validator = validator(schema)
    bad, sample = 0, None
    for path in paths:
        data = load(path)
        sample = sample or data
        for error in validator.iter_errors(data):
            print(f"{path}: /{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}")
            bad += 1
    for change in plants:
        planted = copy.deepcopy(sample)
        planted[key][0].update(change)
        if validator.is_valid(planted):
            print(f"{name} accepts {change}")
            bad += 1
    return bad


vectors = [path for path in sorted(folder.rglob("*.json")) if path.parent != folder or path.name not in about]
bad = check("schema.json", vectors, "tests", ({"surprise": 1}, {"expect": "maybe"}, {"id": "Not An Id"}))
bad += check("history-schema.json", [folder / "history.json"], "entries",
             ({"surprise": 1}, {"title": ""}, {"not_covered": "too"}, {"derived": ["sufix"]}))
sys.exit(1 if bad else 0)
