"""The registry: rules, score, rank, and that a right plan is called right."""

from small_plan import ORDER, PLAN

from catering_cli.checks import registry
from catering_cli.data import tables
from catering_cli.domain.finding import Finding
from catering_cli.domain.plan import Score


def test_every_rule_has_its_row_and_every_row_its_rule() -> None:
    assert {rule.name for rule in registry.RULES} == {row["name"] for row in tables.rows("rules")}
    assert all(rule.weight > 0 and rule.proves for rule in registry.RULES)


def test_a_right_plan_has_no_findings() -> None:
    findings, score = registry.check(ORDER, PLAN)
    assert findings == ()
    assert score == Score(value=1.0)


def test_rank_puts_blocking_before_open_before_score() -> None:
    def finding(severity: str) -> Finding:
        return Finding(severity=severity, rule="x", where="plan", message="m")

    good, bad = Score(value=0.9), Score(value=0.2)
    assert registry.rank([finding("open")] * 5, bad) < registry.rank([finding("blocking")], good)
    assert registry.rank([finding("warning")], bad) < registry.rank([finding("open")], good)
    assert registry.rank([], good) < registry.rank([], bad)
    no_day = Finding(severity="blocking", rule="kitchen.no_schedule", where="plan", message="m")
    assert registry.rank([finding("blocking")] * 9, bad) < registry.rank([no_day], good)


def test_the_score_is_the_weighted_share_of_rules_that_hold() -> None:
    broken = PLAN.model_copy(update={"headcount": PLAN.headcount.model_copy(update={"expected": 11})})
    _, score = registry.check(ORDER, broken)
    lost = sum(rule.weight for rule in registry.RULES if rule.name in score.failed)
    assert "headcount.one" in score.failed
    share = round(1 - lost / sum(rule.weight for rule in registry.RULES), 6)
    assert score.value == min(share, registry.MOST_UNSAFE)
    assert score.blocking > 0


def test_run_reports_only_the_named_rules_and_names_an_unknown_one() -> None:
    broken = PLAN.model_copy(update={"headcount": PLAN.headcount.model_copy(update={"expected": 11})})
    assert registry.run(["lines.scaled"], ORDER, broken) == ()
    (finding,) = registry.run(["headcount.one"], ORDER, broken)
    assert (finding.rule, finding.where) == ("headcount.one", "plan.headcount.expected")
    (unknown,) = registry.run(["no.such"], ORDER, PLAN)
    assert unknown.value == "no.such"


def test_a_rule_that_cannot_read_a_plan_blocks_it() -> None:
    from catering_cli.checks.evidence import Evidence, Findings

    def broken(evidence: Evidence) -> Findings:
        return [evidence.plan.menu[99]]

    findings, score = registry.check(ORDER, PLAN, [registry.Rule("broken", 1, "nothing", broken)])
    assert [one.severity for one in findings] == ["blocking"]
    assert score.value == 0
