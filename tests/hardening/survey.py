"""Mutants given to the commands: `python tests/hardening/survey.py orders|plans|recipes|routing FIRST COUNT`.

Prints each that ended with exit 1 or took longer than it may, with its seed, and how many ended how. A command is
called as the process calls it, by `catering_cli.__main__.main` with its arguments; of `PROCESSES` one is a process.
"""

from __future__ import annotations

import contextlib
import gc
import io
import json
import os
import re
import resource
import subprocess
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

from catering_cli.__main__ import main as command  # noqa: E402
from catering_cli.cli.app import app  # noqa: E402

COMMANDS = tuple(app.registered_commands)
"""All of them: a process keeps the one that it was asked for."""
PLAN = ("plan", "--offline", "--quiet", "--refine", "3")
"""How an order is planned, with the rounds in which the kitchen's own moves are tried."""
LONGEST_S = 10
PROCESSES = 40
"""Of so many commands one is a process of its own."""
_LITTER_S = 0.5
"""Seconds of a command after which there is enough garbage to look for."""
INTERNAL = re.compile(
    r"validation error|Traceback|pydantic|NoneType|KeyError|ValueError|TypeError|object at 0x|Decimal\(|Fraction\(|"
    r"defect of catering|the rule cannot read|No such command"
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
        return self.fault or (f"{self.seconds:.0f} s" if self.seconds > LONGEST_S else "")

    @property
    def fault(self) -> str:
        """What is the matter with it however long it took."""
        if self.code == 1:
            return "exit 1"
        found = INTERNAL.search(self.said)
        return f"says {found[0]!r}" if found else ""


def ended(*words: str) -> Ended:
    """Run a command; its seconds are of the processor, whatever else the machine does."""
    _called.append(words)
    return _as_process(words) if len(_called) % PROCESSES == 0 else _here(words)


_called: list[tuple[str, ...]] = []


def _here(words: tuple[str, ...]) -> Ended:
    """The command called in this process, which looks for garbage between two commands: the command itself does not."""
    out, err = io.TextIOWrapper(io.BytesIO()), io.TextIOWrapper(io.BytesIO())
    code: object = 0
    start = time.process_time()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        sys.argv = ["catering", *words]
        app.registered_commands = list(COMMANDS)
        try:
            command()
        except SystemExit as told:
            code = told.code
    took = time.process_time() - start
    if took > _LITTER_S:
        gc.collect()
    err.flush()
    return Ended(int(str(code or 0)), err.buffer.getvalue().decode(), took)


def _as_process(words: tuple[str, ...]) -> Ended:
    """The command as a process of its own; its start is counted too."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, "-m", "catering_cli", *words], capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Ended(done.returncode, done.stderr.decode(errors="replace"), took)


@cache
def _orders() -> list[Any]:
    samples = sorted((TESTS.parent / "sample_orders").glob("*.json"))
    cases = sorted((TESTS / "safety" / "cases" / "orders").glob("*.json"))
    read = [json.loads(path.read_text(encoding="utf-8")) for path in (*samples, *cases)]
    return [*(order for order in read if len(order["menu"]) < 12), *(drawn.generated(n) for n in range(drawn.COUNT))]


def _order(seed: int, folder: Path) -> Iterator[Ended]:
    kinds = _orders()
    path = folder / "order.json"
    path.write_text(json.dumps(mutant(kinds[seed % len(kinds)], seed)), encoding="utf-8")
    yield ended(*PLAN, str(path), "--json")


@cache
def _plan_of(number: int, folder: str) -> Any:
    source, target = Path(folder) / "of.json", Path(folder) / "made.json"
    source.write_text(json.dumps(_orders()[number]), encoding="utf-8")
    target.unlink(missing_ok=True)
    ended(*PLAN, str(source), "--out", str(target))
    return json.loads(target.read_text(encoding="utf-8")) if target.exists() else None


def _plan(seed: int, folder: Path) -> Iterator[Ended]:
    from catering_cli.cli.commands.show import Form

    plan = _plan_of(seed % 9, str(folder))
    if plan is None:
        return
    path = folder / "plan.json"
    path.write_text(json.dumps(mutant(plan, seed)), encoding="utf-8")
    for form in Form:
        to = ("--out", str(folder / "lists.zip")) if form is Form.CSV else ()
        yield ended("show", str(path), "--as", form.value, *to)
    yield ended("check", str(path))
    yield ended("refine", str(path), "--offline", "--quiet", "--max-iterations", "1", "--json")


def _recipe(seed: int, folder: Path) -> Iterator[Ended]:
    recipes = drawn.OWN_RECIPES
    path = folder / "recipe.json"
    path.write_text(json.dumps(mutant(recipes[seed % len(recipes)], seed)), encoding="utf-8")
    yield ended("scale", str(path), "--servings", "50", "--config", "offline")


def _routing(seed: int, folder: Path) -> Iterator[Ended]:
    import yaml

    shipped = sorted((TESTS.parent / "configs").glob("*.y*ml"))
    document = yaml.safe_load(shipped[seed % len(shipped)].read_text(encoding="utf-8"))
    path = folder / "routing.yaml"
    path.write_text(yaml.safe_dump(mutant(document, seed), allow_unicode=True), encoding="utf-8")
    yield ended("routes", "--config", str(path))


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
