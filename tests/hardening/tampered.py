"""Single changes to a plan, one for each kind of field and each kind of row in it, and what `check` says of each.

A figure is one higher, a time half an hour later, a text gains a claim, a word of a closed set is another of the same
plan, a row is taken out. The record of the run alone (`plan.run`) is left: no two runs have the same.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from survey import PLAN, TESTS, ended

Json = dict[str, Any]

LEFT = ("plan.run",)
CLAIM = " It is free of nuts."
NUMBER = re.compile(r"-?\d+(/\d+)?")
TIME = re.compile(r"\d{4}-\d\d-\d\dT.*")
SOON = timedelta(minutes=30)


class Place(NamedTuple):
    """A field or row of a plan: its path, what holds it and under which key."""

    path: str
    holder: Any
    key: Any

    @property
    def value(self) -> Any:
        return self.holder[self.key]


def places(plan: Json) -> dict[str, list[Place]]:
    """The fields and rows of a plan by their kind, which is the path without its numbers."""
    found: dict[str, list[Place]] = {}

    def walk(value: Any, path: str) -> None:
        keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
        for key in keys:
            place = Place(f"{path}.{key}" if isinstance(value, dict) else f"{path}[{key}]", value, key)
            if isinstance(value, list) or not isinstance(place.value, dict | list):
                found.setdefault(re.sub(r"\[\d+]", "[]", place.path), []).append(place)
            walk(place.value if place.path not in LEFT else None, place.path)

    walk(plan, "plan")
    return found


def slips(value: Any) -> Iterator[Any]:
    """What a hand would write there instead."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int | float):
        yield from (value + 1, value / 2)
    elif isinstance(value, str) and NUMBER.fullmatch(value):
        whole, _, below = value.partition("/")
        yield f"{int(whole) + int(below or 1)}/{below or 1}"
    elif isinstance(value, str) and TIME.fullmatch(value):
        yield (datetime.fromisoformat(value) + SOON).isoformat()
    elif isinstance(value, str):
        yield value + CLAIM


def changes(plan: Json, seed: int) -> Iterator[tuple[str, Any, Any]]:
    """(path, value before, value now) of each change; while it is yielded `plan` has it, afterwards no more."""
    for kind, held in places(plan).items():
        place = Random(f"{seed} {kind}").choice(held)
        before = place.value
        if isinstance(place.holder, list):
            del place.holder[place.key]
            yield place.path, before, "taken out"
            place.holder.insert(place.key, before)
            continue
        others = {json.dumps(other.value): other.value for other in held if other.value != before}
        for now in (*slips(before), *others.values()):
            place.holder[place.key] = now
            yield place.path, before, now
        place.holder[place.key] = before


@cache
def made(order: str) -> str:
    """The plan that the command writes of an order, as text."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "plan.json"
        ended(*PLAN, order, "--out", str(target))
        return target.read_text(encoding="utf-8")


def said_of(document: Json) -> tuple[set[str], set[str]]:
    """What `check` says of a plan that is read: by what can be proven again, and by the digest."""
    from catering_cli.checks.registry import check
    from catering_cli.cli.actions import recook, seal
    from catering_cli.cli.actions.plan import document_of
    from catering_cli.intake import load

    plan = load.plan_of(document, "plan.json")
    findings, score = check(plan.order, plan)
    differences, note = recook.compare(plan, findings, score)
    proven = {f"{one.rule} {one.where} {one.message}" for one in findings if one.severity != "advice"}
    sealed = seal.broken({**document_of(plan), "digest": plan.digest}, document)
    return proven | {str(one) for one in differences} | ({note} if note else set()), {one.message for one in sealed}


def surveyed(order: str, seed: int) -> Iterator[tuple[str, str]]:
    """(path, how it is named) of one change for each kind: 'proven', 'digest' only, 'refused', or 'not named'.

    A change that is refused when it is read gives way to the next that is not, if there is one.
    """
    from catering_cli.domain.problem import Refused

    plan = json.loads(made(order))
    untouched, _ = said_of(plan)
    last, how = "", ""
    for path, _, _ in changes(plan, seed):
        if path != last and last:
            yield last, how
        if path == last and how != "refused":
            continue
        last = path
        try:
            proven, sealed = said_of(plan)
            how = "proven" if proven - untouched else "digest" if sealed else "not named"
        except Refused:
            how = "refused"
    yield last, how


def main(words: list[str]) -> None:
    """Print each change of each order that is named by the digest alone or by nothing."""
    for order in words or [str(TESTS.parent / "sample_orders" / "corporate_buffet.json")]:
        for path, how in surveyed(order, seed=1):
            sys.stdout.write(f"{how:<10} {path}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
