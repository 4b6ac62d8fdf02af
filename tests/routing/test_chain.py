"""Who is asked, in which order, and who is passed over."""

from __future__ import annotations

from typing import Any

from catering_cli.routing.chain import Chain, chain
from catering_cli.routing.config import parse
from catering_cli.routing.find import Found

CONFIG = parse(
    Found(
        """
tiers:
  planner: {provider: anthropic, model: big}
  mid: {provider: anthropic, model: middle}
  efficient: {provider: openai, model: small}
routes:
  recipe_scaling: {tiers: [mid, efficient, kitchen], reasoning: medium, temperature: 0.3, max_tokens: 9, batch: 3}
  unit_conversion: {tiers: [efficient, kitchen], fallback_task: recipe_scaling, when: always}
  text_formatting: {tiers: [kitchen]}
complexity: {high: planner}
""",
        "f.yaml",
        "f",
    ),
)


def names(found: Chain) -> list[str]:
    return [link.tier.name for link in found.links]


def states(**said: Any) -> Any:
    return lambda tier: said.get(tier.name, "")


def test_a_route_gives_the_order_and_what_goes_with_a_request() -> None:
    found = chain(CONFIG, "recipe_scaling")
    assert names(found) == ["mid", "efficient", "kitchen"]
    link = found.links[0]
    assert (link.effort, link.temperature, link.max_tokens) == ("medium", 0.3, 9)
    assert (found.when, found.batch, found.fallback_task) == ("open", 3, None)
    assert chain(CONFIG, "unit_conversion").fallback_task == "recipe_scaling"
    assert names(chain(CONFIG, "strategic_planning")) == ["kitchen"]


def test_a_hard_step_starts_at_the_tier_that_complexity_names() -> None:
    assert names(chain(CONFIG, "recipe_scaling", "high")) == ["planner", "mid", "efficient", "kitchen"]
    assert names(chain(CONFIG, "recipe_scaling", "low")) == ["mid", "efficient", "kitchen"]
    assert names(chain(CONFIG, "text_formatting", "high")) == ["kitchen"]


def test_a_tier_without_a_key_is_left_out() -> None:
    found = chain(CONFIG, "recipe_scaling", state=states(mid="no_key", efficient="bad_key"))
    assert names(found) == ["kitchen"]
    assert [(tier.name, why) for tier, why in found.passed] == [("mid", "no_key"), ("efficient", "bad_key")]


def test_a_cooling_tier_is_passed_over_while_another_is_free() -> None:
    assert names(chain(CONFIG, "recipe_scaling", state=states(mid="cooling"))) == ["efficient", "kitchen"]


def test_a_cooling_tier_is_waited_for_rather_than_done_without() -> None:
    links = chain(CONFIG, "unit_conversion", state=states(efficient="cooling")).links
    assert [(link.tier.name, link.patient) for link in links] == [("efficient", True), ("kitchen", False)]
    both = chain(CONFIG, "recipe_scaling").links
    assert [(link.tier.name, link.patient) for link in both] == [
        ("mid", False),
        ("efficient", True),
        ("kitchen", False),
    ]


def test_a_busy_tier_is_passed_over_for_a_free_model_but_not_for_the_kitchen() -> None:
    assert names(chain(CONFIG, "recipe_scaling", state=states(mid="saturated"))) == ["efficient", "kitchen"]
    everybody = states(mid="saturated", efficient="saturated")
    assert names(chain(CONFIG, "recipe_scaling", state=everybody)) == ["mid", "efficient", "kitchen"]


def test_who_is_left_alone_while_resting_is_waited_for() -> None:
    alone = parse(Found("tiers: {a: {provider: openai, model: m}}\ndefault: {tiers: [a]}", "f", "f"))
    [link] = chain(alone, "recipe_scaling", state=states(a="cooling")).links
    assert link.patient
    assert chain(alone, "recipe_scaling", state=states(a="no_key")).links == ()


def test_an_answer_is_kept_under_the_whole_chain_whoever_is_free() -> None:
    whole = chain(CONFIG, "recipe_scaling").identity
    for how in ("cooling", "saturated", "bad_key", "out_of_quota"):
        assert chain(CONFIG, "recipe_scaling", state=states(mid=how)).identity == whole
    assert chain(CONFIG, "recipe_scaling", state=states(mid="no_key")).identity != whole
    assert chain(CONFIG, "recipe_scaling", "high").identity != whole
