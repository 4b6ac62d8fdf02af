"""Whatever stands in a routing file: a config or a refusal with places, never anything else."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from catering_cli.domain.problem import Refused
from catering_cli.routing.config import Config, parse
from catering_cli.routing.find import Found, shipped

LINES = shipped("local").read_text("utf-8").splitlines()
SCRAPS = st.sampled_from(
    [
        "",
        "tiers:",
        "tiers: {}",
        "  local: &a [*a]",
        "<<: *a",
        "- x",
        "  price: {input: -1, output: 1e999999999}",
        "limits: {timeout_s: 1e-999999999, max_cost_usd: .inf, concurrency: {openai: 99999999999999}}",
        "? [a, b]\n: c",
        "default: {tiers: [kitchen], temperature: 0x1F}",
        "complexity: !!python/object:os.system {}",
        "--- a\n--- b",
        "\t- tab",
        "refine: null",
        "'unclosed",
        "{" * 60,
        "% directive",
        "routes: {recipe_scaling: {tiers: [local], max_tokens: 4.0, reasoning: null}}",
    ]
)


def outcome(text: str) -> Config | Refused:
    try:
        return parse(Found(text, "mine.yaml", "mine"))
    except Refused as refused:
        return refused


def loads_or_refuses(text: str) -> None:
    found = outcome(text)
    problems = found.problems if isinstance(found, Refused) else ()
    assert isinstance(found, Config) or problems
    assert all(problem.message and problem.file == "mine.yaml" for problem in problems)


@given(st.lists(st.one_of(st.sampled_from(LINES), SCRAPS), max_size=12), st.text(max_size=8))
@settings(max_examples=100, deadline=None)
def test_any_lines(lines: list[str], tail: str) -> None:
    loads_or_refuses("\n".join([*lines, tail]))


@given(st.integers(0, len(LINES) - 1), SCRAPS)
@settings(max_examples=100, deadline=None)
def test_a_shipped_file_with_one_line_replaced(at: int, scrap: str) -> None:
    loads_or_refuses("\n".join([*LINES[:at], scrap, *LINES[at + 1 :]]))
