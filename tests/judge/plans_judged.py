"""Drawn orders planned by the command and judged: `python tests/judge/plans_judged.py realistic|nasty FIRST COUNT`.

Prints each plan that ended with exit 1, took longer than it may, is blocked by the checks though there is all it takes,
or breaks a rule of the judge; then how many of each.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS.parent), str(TESTS), str(TESTS / "hardening"), str(TESTS / "golden")]

from survey import LONGEST_S, PLAN, ended  # noqa: E402

import judge  # noqa: E402
from judge import drawn_orders  # noqa: E402

KINDS = {"realistic": drawn_orders.realistic, "nasty": drawn_orders.nasty}


@dataclass(frozen=True)
class Judged:
    """What became of a drawn order; how long it took is not among what is wrong."""

    code: int
    seconds: float
    wrong: tuple[str, ...]
    digest: str = ""


def judged(kind: str, seed: int, folder: Path) -> Judged:
    """Plan the order of a seed as the command does, and judge the plan."""
    source, target = folder / "order.json", folder / "plan.json"
    source.write_text(json.dumps(KINDS[kind](seed)), encoding="utf-8")
    target.unlink(missing_ok=True)
    how = ended(*PLAN, str(source), "--out", str(target))
    wrong = [how.fault + ": " + how.said[:300]] if how.fault else []
    if not target.exists():
        refused = [f"refused: {how.said[:300]}"] if kind == "realistic" and not wrong else []
        return Judged(how.code, how.seconds, (*wrong, *refused))
    plan = json.loads(target.read_text(encoding="utf-8"))
    wrong += _blocks(plan) if kind == "realistic" else []
    wrong += [f"judge.{rule}: {said}" for rule, said in judge.broken(plan)]
    return Judged(how.code, how.seconds, tuple(wrong), plan["digest"])


def _blocks(plan: Any) -> Iterator[str]:
    """What the checks block, of a plan that there is all it takes for; who goes unfed is for the client to settle."""
    for one in plan["findings"]:
        if one["severity"] == "blocking" and one["rule"] != "diets.unfed":
            yield f"blocked.{one['rule']}: {one['message'][:200]}"
            if one["rule"] == "kitchen.no_schedule":
                return


def main(words: list[str]) -> None:
    """Print what is wrong, and how many of each kind."""
    kind, first, count = words[0], int(words[1]), int(words[2])
    kinds, codes, slowest = Counter[str](), Counter[int](), 0.0
    with tempfile.TemporaryDirectory() as name:
        os.environ["CATERING_STATE"] = str(Path(name) / "state")
        for seed in range(first, first + count):
            found = judged(kind, seed, Path(name))
            codes[found.code] += 1
            slowest = max(slowest, found.seconds)
            kinds.update({said.partition(":")[0] for said in found.wrong})
            slow = [f"{found.seconds:.0f} s"] if found.seconds > LONGEST_S else []
            for said in (*slow, *found.wrong[:6]):
                sys.stdout.write(f"{kind} {seed}: {said}\n")
            sys.stdout.flush()
    sys.stdout.write(
        f"{kind}: exits {dict(sorted(codes.items()))}, slowest {slowest:.1f} s, {dict(kinds.most_common())}\n"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
