"""`catering schema` prints what the types generate."""

import json

import jsonschema
import pytest

from catering_cli.cli.schema import SCHEMAS
from catering_cli.cli.schemas import generated


@pytest.mark.parametrize("file", sorted(generated()))
def test_the_shipped_schema_is_what_the_types_generate(file):
    assert (SCHEMAS / file).read_text(encoding="utf-8") == generated()[file], (
        "run `python -m catering_cli.cli.schemas` after changing a type"
    )


@pytest.mark.parametrize("kind", ["order", "plan", "execution-plan"])
def test_schema_prints_one_valid_schema(catering, kind):
    done = catering("schema", kind)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    jsonschema.Draft202012Validator.check_schema(json.loads(done.stdout))
