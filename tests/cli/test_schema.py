"""`catering schema` prints what the types generate."""

import json

import jsonschema
import pytest

from catering_cli.cli.commands.schema import SCHEMAS
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


@pytest.mark.parametrize("kind", ["order", "plan", "execution-plan"])
def test_the_example_validates_against_the_schema(catering, kind):
    schema = json.loads(catering("schema", kind).stdout)
    example = catering("schema", kind, "--example")
    assert example.returncode == 0, example.stderr
    jsonschema.Draft202012Validator(schema).validate(json.loads(example.stdout))


def test_the_routing_example_is_a_config_that_loads(catering, tmp_path):
    import yaml

    example = catering("schema", "routing", "--example").stdout
    schema = json.loads(catering("schema", "routing").stdout)
    jsonschema.Draft202012Validator(schema).validate(yaml.safe_load(example))
    (tmp_path / "own.yaml").write_text(example)
    done = catering("routes", "--config", "own.yaml")
    assert done.returncode == 0, done.stderr


def test_the_example_of_an_order_can_be_planned_and_checked(catering, tmp_path):
    (tmp_path / "order.json").write_text(catering("schema", "order", "--example").stdout)
    done = catering("plan", "order.json", "--offline", "--out", "plan.json")
    assert done.returncode == 0, done.stdout[:2000] + done.stderr
    assert catering("check", "plan.json").returncode == 0
