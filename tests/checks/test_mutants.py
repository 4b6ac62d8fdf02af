"""The checker catches at least nineteen of twenty slips in the kitchen that change a plan."""

from __future__ import annotations

import compileall
import importlib.util
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import mutation
import pytest
from mutation import Mutant

from catering_cli.checks import registry
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.plan_parts.timeline import Block
from catering_cli.kitchen.cook import cook

ROOT = Path(__file__).parents[2]
ORDERS = tuple(
    ROOT / "sample_orders" / name for name in ("wedding.json", "corporate_buffet.json", "boxed_lunches.json")
)
SMALL = 6
LARGE = 300
SEED = 20270605

PLAN_MAKERS = ("kitchen", "scheduling/problem.py")
NO_PLAN_MAKERS = (
    "kitchen/repairs", "kitchen/conversion", "kitchen/day/rating",
    "kitchen/dietary/combined_needs.py", "kitchen/event/open_items.py", "kitchen/quantities/amount.py",
    "kitchen/quantities/display.py", "kitchen/quantities/numerals.py", "kitchen/quantities/scanner.py",
    "kitchen/quantities/sums.py", "kitchen/quantities/temperature.py", "kitchen/quantities/unit_matcher.py",
    "kitchen/lines", "kitchen/recipes/resize.py",
    "kitchen/recipes/text_readers.py", "kitchen/recipes/volume_advice.py",
    "kitchen/recipes/batches.py", "kitchen/serving/step_batches.py", "kitchen/event/texts.py",
    "kitchen/event/notes",
    "kitchen/recipes/card.py", "kitchen/recipes/card_lines.py", "kitchen/recipes/card_step.py",
    "kitchen/recipes/card_text.py", "kitchen/replan", "kitchen/week",
)  # fmt: skip
"""What a plan goes through, less what makes none: readers of input (of notes and cards too), what makes a week or the
rest of a day of plans that are there, explanations of a conflict, the search for a placement and the choice of a day
(the rest of `scheduling`, and `day/rating`), for a block that is moved validly is right, whoever moved it; so are the
words for an amount, for another way to say it within 2 % is right too (a law of the tests reads them back), how
portions are cut into batches that hold them, the letters (golden plans hold them), and the replay of the day, whose
forty days no rule plays again."""


@dataclass(frozen=True)
class Outcome:
    """What became of a mutant: same (or no) plan, caught, missed, or a day that is only moved and holds."""

    mutant: Mutant
    state: str
    by: tuple[str, ...] = ()


@cache
def settled() -> tuple[Order, ...]:
    return tuple(mutation.read_order(path) for path in ORDERS)


def all_mutants() -> list[Mutant]:
    package = ROOT / "catering_cli"
    return [mutant for path in plan_makers(package) for mutant in mutation.mutants(path, package)]


def plan_makers(package: Path) -> list[Path]:
    found = [path for part in PLAN_MAKERS for path in [package / part, *(package / part).rglob("*.py")]]
    left_out = [path for part in NO_PLAN_MAKERS for path in [package / part, *(package / part).rglob("*.py")]]
    return sorted(path for path in set(found) - set(left_out) if path.suffix == ".py")


def cooked(folder: Path, orders: list[Path]) -> list[str] | None:
    """The plans that the package in `folder` makes, as JSON; None where it fails or takes too long."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, str(Path(mutation.__file__)), *map(str, orders)]
    try:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=60, check=False)
    except subprocess.TimeoutExpired:
        return None
    return done.stdout.decode().splitlines() if done.returncode == 0 else None


def held_against(order: Order, plan: CateringPlan) -> set[tuple[str, str, str]]:
    """What the checks hold against a plan, figures aside: a budget that is overrun by another sum is nothing new."""
    findings, _ = registry.check(order, plan)
    return {(one.rule, one.where, re.sub(r"\d[\d.,/]*", "#", one.message)) for one in findings}


PLACED = {"blocks", "capacities", "openings", "first_start", "last_end", "span_minutes", "buffers", "replay"}
"""What of a timeline follows from when its work is done."""


def moved(order: Order, right: CateringPlan, other: CateringPlan) -> bool:
    """Whether a plan differs from the right one in nothing but when its work is done, and by whom.

    Each block is the same but for its start, the role of its people and how long it was allowed to wait (a bound for
    the search: the wait itself is in the starts, and a rule holds the bound to what the recipe allows), and the right
    kitchen makes the same plan from that timeline. No rule finds fault with it, so it is another right day, as a
    search might have found it.
    """
    if right.timeline.model_dump(exclude=PLACED) != other.timeline.model_dump(exclude=PLACED):
        return False
    works, others = ({one.id: _work(one) for one in plan.timeline.blocks} for plan in (right, other))
    starts = [{one.id: one.start for one in plan.timeline.blocks} for plan in (right, other)]
    return works == others and starts[0] != starts[1] and cook(order, timeline=other.timeline) == other


def _work(block: Block) -> tuple[object, ...]:
    people = [(crew.count, crew.minutes) for crew in block.crew]
    waits = [wait.block for wait in block.after]
    return block.model_dump(exclude={"start", "end", "crew", "after"}), waits, block.end - block.start, people


class Kitchen:
    """A copy of the package in which one mutant at a time is made."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "catering_cli", folder / "catering_cli", ignore=shutil.ignore_patterns("__pycache__"))
        compileall.compile_dir(folder, quiet=1)
        self.orders = []
        for number, order in enumerate(settled()):
            path = folder / f"order{number}.json"
            path.write_text(order.model_dump_json(by_alias=True), encoding="utf-8")
            self.orders.append(path)
        right = cooked(folder, self.orders)
        assert right is not None
        self.right = right
        self.known = [
            held_against(order, CateringPlan.model_validate_json(text))
            for order, text in zip(settled(), right, strict=True)
        ]

    def outcome(self, mutant: Mutant) -> Outcome:
        path = self.folder / "catering_cli" / mutant.file
        before = path.read_text(encoding="utf-8")
        compiled = Path(importlib.util.cache_from_source(str(path)))
        compiled.unlink(missing_ok=True)  # it may be as long and as old as the mutant
        try:
            mutation.apply(path, mutant)
            plans = cooked(self.folder, self.orders)
        finally:
            path.write_text(before, encoding="utf-8")
        if plans is None or len(plans) != len(self.right):
            return Outcome(mutant, "no plan")
        changed = [i for i, (new, old) in enumerate(zip(plans, self.right, strict=True)) if new != old]
        if not changed:
            return Outcome(mutant, "same plan")
        caught: set[str] = set()
        for index in changed:
            try:
                plan = CateringPlan.model_validate_json(plans[index])
            except ValueError:
                caught.add("schema")
                continue
            caught |= {rule for rule, _, _ in held_against(settled()[index], plan) - self.known[index]}
        if caught:
            return Outcome(mutant, "caught", tuple(sorted(caught)))
        days = (
            moved(settled()[i], *(CateringPlan.model_validate_json(text[i]) for text in (self.right, plans)))
            for i in changed
        )
        return Outcome(mutant, "moved" if all(days) else "missed")


@pytest.fixture(scope="module")
def kitchen() -> Iterator[Kitchen]:
    with TemporaryDirectory() as folder:
        yield Kitchen(Path(folder))


def rate(outcomes: list[Outcome]) -> tuple[float, str]:
    """Share of the plan-changing mutants that were caught, and a report."""
    changing = [one for one in outcomes if one.state in ("caught", "missed")]
    missed = [one.mutant for one in changing if one.state == "missed"]
    share = 1 - len(missed) / max(len(changing), 1)
    report = "\n".join(f"{one.file}:{one.line} {one.what}" for one in missed)
    return share, f"caught {len(changing) - len(missed)} of {len(changing)} ({share:.0%}); missed:\n{report}"


def drawn() -> list[Mutant]:
    """The same mutants every time."""
    return random.Random(SEED).sample(all_mutants(), LARGE)


MAY_MISS = 2
"""Of six, if one of twenty is missed: more happens once in 450 draws, and any edit of the kitchen draws others."""


def test_nothing_is_held_against_the_unchanged_kitchen_that_blocks(kitchen: Kitchen) -> None:
    for order, text in zip(settled(), kitchen.right, strict=True):
        findings, _ = registry.check(order, CateringPlan.model_validate_json(text))
        assert [one for one in findings if one.severity == "blocking"] == []


def test_a_small_sample_of_mutants_is_caught(kitchen: Kitchen) -> None:
    outcomes: list[Outcome] = []
    for mutant in drawn():
        outcomes.append(kitchen.outcome(mutant))
        if sum(one.state in ("caught", "missed") for one in outcomes) == SMALL:
            break
    _, report = rate(outcomes)
    assert sum(one.state == "missed" for one in outcomes) <= MAY_MISS, report


@pytest.mark.slow
def test_a_large_sample_of_mutants_is_caught(kitchen: Kitchen) -> None:
    share, report = rate([kitchen.outcome(mutant) for mutant in drawn()])
    assert share >= 0.95, report
