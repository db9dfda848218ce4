"""Checks lines of JSON from stdin against a JSON Schema: check_schema.py SCHEMA. Prints a list of faults for each."""
import json
import sys

from jsonschema import Draft202012Validator

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)
for line in sys.stdin.buffer:
    faults = validator.iter_errors(json.loads(line))
    print(json.dumps([f"{fault.json_path}: {fault.message}" for fault in faults]))
