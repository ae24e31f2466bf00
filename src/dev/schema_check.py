#!/usr/bin/env python3
"""Checks every vector file against conformance/vectors/schema.json, and that the schema refuses what it should."""
import copy
import json
import pathlib
import sys

import jsonschema

folder = pathlib.Path("conformance/vectors")
schema = json.loads((folder / "schema.json").read_text())
validator = jsonschema.validators.validator_for(schema)
validator.check_schema(schema)
validator = validator(schema)
bad, sample = 0, None
for path in sorted(folder.rglob("*.json")):
    if path.name == "schema.json":
        continue
    data = json.loads(path.read_text())
    sample = sample or data
    for error in validator.iter_errors(data):
        print(f"{path}: /{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}")
        bad += 1
for change in ({"surprise": 1}, {"expect": "maybe"}, {"id": "Not An Id"}):
    planted = copy.deepcopy(sample)
    planted["tests"][0].update(change)
    if validator.is_valid(planted):
        print(f"schema.json accepts {change}")
        bad += 1
sys.exit(1 if bad else 0)
