"""Mutants given to the commands: `python tests/hardening/survey.py orders|plans|recipes|routing FIRST COUNT`.

Prints each that ended with exit 1 or took longer than it may, with its seed, and how many ended how.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS.parent), str(TESTS), str(TESTS / "golden"), str(TESTS / "hardening")]

import orders as drawn  # noqa: E402
from mutants import mutant  # noqa: E402

from catering_cli.cli.errors import guarded  # noqa: E402

LONGEST_S = 10
INTERNAL = re.compile(
    r"validation error|Traceback|pydantic|NoneType|KeyError|ValueError|TypeError|object at 0x|Decimal\(|Fraction\(|"
    r"defect of catering|the rule cannot read"
)
"""What no user should read."""


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    said: str
    seconds: float

    @property
    def wrong(self) -> str:
        """What is the matter with it, if anything."""
        if self.code == 1:
            return "exit 1"
        if self.seconds > LONGEST_S:
            return f"{self.seconds:.0f} s"
        found = INTERNAL.search(self.said)
        return f"says {found[0]!r}" if found else ""


def ended(call: Callable[[], object]) -> Ended:
    """Run a command's action in this process; its seconds are of the processor, whatever else the machine does."""
    out, err = io.StringIO(), io.StringIO()
    start = time.process_time()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = guarded(call)
    return Ended(code, err.getvalue(), time.process_time() - start)


@cache
def _orders() -> list[Any]:
    samples = sorted((TESTS.parent / "sample_orders").glob("*.json"))
    cases = sorted((TESTS / "safety" / "cases" / "orders").glob("*.json"))
    read = [json.loads(path.read_text(encoding="utf-8")) for path in (*samples, *cases)]
    return [*(order for order in read if len(order["menu"]) < 12), *(drawn.generated(n) for n in range(drawn.COUNT))]


def _order(seed: int, folder: Path) -> Iterator[Ended]:
    from catering_cli.cli.actions.plan import one
    from catering_cli.cli.runtime.options import Options

    kinds = _orders()
    path = folder / "order.json"
    path.write_text(json.dumps(mutant(kinds[seed % len(kinds)], seed)), encoding="utf-8")
    yield ended(lambda: one(str(path), Options(config="offline", quiet=True), as_json=True, to=None))


@cache
def _plan_of(number: int, folder: str) -> Any:
    from catering_cli.cli.actions.plan import one
    from catering_cli.cli.runtime.options import Options

    source, target = Path(folder) / "of.json", Path(folder) / "made.json"
    source.write_text(json.dumps(_orders()[number]), encoding="utf-8")
    target.unlink(missing_ok=True)
    ended(lambda: one(str(source), Options(config="offline", quiet=True), as_json=False, to=target))
    return json.loads(target.read_text(encoding="utf-8")) if target.exists() else None


def _plan(seed: int, folder: Path) -> Iterator[Ended]:
    from catering_cli.cli.actions.plan import refined
    from catering_cli.cli.commands.check import check
    from catering_cli.cli.commands.show import Form, show
    from catering_cli.cli.runtime.options import Options

    plan = _plan_of(seed % 9, str(folder))
    if plan is None:
        return
    path = folder / "plan.json"
    path.write_text(json.dumps(mutant(plan, seed)), encoding="utf-8")
    for form in Form:
        out = folder / "lists.zip" if form is Form.CSV else None
        yield ended(lambda form=form, out=out: show(str(path), form=form, out=out))
    yield ended(lambda: check(str(path)))
    yield ended(lambda: refined(str(path), Options(config="offline", quiet=True, refine=1), as_json=True, to=None))


def _recipe(seed: int, folder: Path) -> Iterator[Ended]:
    from catering_cli.cli.other_numbers.scale import HowMuch, scale_document

    recipes = drawn.OWN_RECIPES
    path = folder / "recipe.json"
    path.write_text(json.dumps(mutant(recipes[seed % len(recipes)], seed)), encoding="utf-8")
    yield ended(lambda: scale_document(str(path), HowMuch(servings=50), dish=None, config="offline", as_json=False))


def _routing(seed: int, folder: Path) -> Iterator[Ended]:
    import yaml

    from catering_cli.cli.commands.asking.routes import routes

    shipped = sorted((TESTS.parent / "configs").glob("*.y*ml"))
    document = yaml.safe_load(shipped[seed % len(shipped)].read_text(encoding="utf-8"))
    path = folder / "routing.yaml"
    path.write_text(yaml.safe_dump(mutant(document, seed), allow_unicode=True), encoding="utf-8")
    yield ended(lambda: routes(config=str(path)))


KINDS: dict[str, Callable[[int, Path], Iterator[Ended]]] = {
    "orders": _order, "plans": _plan, "recipes": _recipe, "routing": _routing,
}  # fmt: skip


def wrong(kind: str, seeds: range) -> tuple[list[str], Counter[int]]:
    """What ended as it may not, by seed, and how many ended with which code."""
    faults, codes = [], Counter[int]()
    with tempfile.TemporaryDirectory() as name:
        os.environ["CATERING_STATE"] = str(Path(name) / "state")
        for seed in seeds:
            for number, one in enumerate(KINDS[kind](seed, Path(name))):
                codes[one.code] += 1
                if one.wrong:
                    faults.append(f"{kind} {seed}.{number}: {one.wrong}: {one.said[:300]}")
    return faults, codes


def main(words: list[str]) -> None:
    """Print what is wrong."""
    kind, first, count = words[0], int(words[1]), int(words[2])
    faults, codes = wrong(kind, range(first, first + count))
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    sys.stdout.write(f"{kind}: {dict(sorted(codes.items()))}, {len(faults)} wrong\n")


if __name__ == "__main__":
    main(sys.argv[1:])
