"""`catering routes` and `catering runs`."""

import json

from catering_cli.domain.names import TASKS


def test_the_names_are_those_of_the_registry():
    from catering_cli.tasks.registry import BY_NAME

    assert set(TASKS) == set(BY_NAME)


def test_routes_tells_who_is_asked_what_is_sent_and_what_is_left_out(catering):
    done = catering("routes", "--config", "lab", "--json")
    assert done.returncode == 0, done.stderr
    table = json.loads(done.stdout)
    assert set(table["routes"]) == set(TASKS)
    assert all(chain for chain in table["routes"].values())
    assert not table["tiers"]["planner"]["key_present"]
    with_key = json.loads(catering("routes", "--config", "lab", "--json", ANTHROPIC_API_KEY="not-a-key").stdout)
    assert with_key["tiers"]["planner"]["key_present"]


def test_routes_as_text_names_every_task_and_says_that_keys_are_missing(catering):
    shown = catering("routes", "--config", "default").stdout
    assert all(task in shown for task in TASKS)
    assert "ANTHROPIC_API_KEY or ANTHROPIC_AUTH_TOKEN is not set" in shown


def test_a_key_is_never_printed(catering):
    done = catering("routes", "--config", "lab", ANTHROPIC_API_KEY="sk-secret-123")
    assert "sk-secret-123" not in done.stdout + done.stderr


def test_an_unknown_tier_is_told_with_line_and_allowed_names(catering, tmp_path):
    (tmp_path / "own.yaml").write_text(
        "tiers:\n  mid: {provider: anthropic, model: m}\nroutes:\n  unit_conversion: {tiers: [mdi, kitchen]}\n"
        "default: {tiers: [kitchen]}\n"
    )
    done = catering("routes", "--config", "own.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert "routes.unit_conversion.tiers[0] (line 4, column 29)" in done.stderr
    assert "ean mid?" in done.stderr
    assert done.stderr.count("\n") == 1


def test_runs_lists_shows_and_prunes(catering):
    assert catering("runs").stdout == "No runs are journalled.\n"
    assert json.loads(catering("runs", "--json").stdout) == []
    assert catering("runs", "prune").stdout == "Pruned 0 runs.\n"
    unknown = catering("runs", "show", "nothing")
    assert unknown.returncode == 2
    assert "catering runs" in unknown.stderr
