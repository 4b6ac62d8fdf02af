"""The table of what follows a fault."""

from typing import get_args

from catering_cli.domain.execution import FaultKind
from catering_cli.providers.faults import AFTER


def test_every_fault_has_a_row() -> None:
    assert set(AFTER) == set(get_args(FaultKind))


def test_only_content_is_repaired_and_only_a_cooldown_has_a_length() -> None:
    assert {kind for kind, after in AFTER.items() if after.change == "repair"} == {"wrong_schema", "rejected"}
    assert all((after.cooldown_s > 0) == (after.tier_out == "cooldown") for after in AFTER.values())
    assert AFTER["truncated"].change == "larger"


def test_the_ledger_and_the_cap_agree_on_what_may_be_charged() -> None:
    assert {kind for kind, after in AFTER.items() if after.may_be_charged} == {"timeout", "cut"}
