"""Cooklang files held against the reference parser: `python tests/benchmarks/cooks.py FOLDER REFERENCE [SAMPLE]`.

FOLDER holds `.cook` files, such as public repositories of recipes. REFERENCE is JSON: for each path below FOLDER what
`new Parser().parse(text)` of the npm package @cooklang/cooklang gives (or `{"error": ...}`). Says how many files are
read, which ingredients are lost or too many, and which amounts differ; prints SAMPLE of each, to be judged by eye.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from startup import ROOT, say

sys.path.insert(0, str(ROOT))

from catering_cli.intake import cooklang, recipe_file
from catering_cli.kitchen.quantities.numerals import normalized

KINDS = ("refused", "lost", "too many", "amount")


def folded(text: str) -> str:
    """A name or line for comparing."""
    return " ".join(normalized(text[:400]).casefold().split())


def reference(parsed: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Name and amount of each ingredient of the reference; what is only named again without an amount is left out."""
    for one in parsed["recipe"]["ingredients"]:
        again = one["relation"]["relation"]["type"] == "reference" and not one["quantity"]
        if not again:
            yield folded(one["name"]), _amount(one["quantity"])


def _amount(quantity: dict[str, Any] | None) -> str:
    """An amount as text; a fraction as it is written."""
    value = quantity["value"] if quantity else None
    if value is None:
        return ""
    ends = [value["value"]["start"], value["value"]["end"]] if value["type"] == "range" else [value["value"]]
    return "-".join(map(_number, ends))


def _number(number: Any) -> str:
    if not isinstance(number, dict):
        return str(number)
    if number["type"] == "regular":
        return f"{number['value']:g}"
    part = number["value"]
    return f"{part['whole'] or ''} {part['num']}/{part['den']}".strip()


def lines(text: str, stem: str) -> list[str]:
    """Our lines of a file."""
    found = cooklang.fields(text, stem)["ingredients"]
    return [folded(line if isinstance(line, str) else line["text"]) for line in found]


def compared(ours: list[str], theirs: list[tuple[str, str]]) -> tuple[list[str], list[str], list[str]]:
    """Names that no line has, lines that no name is of, and lines with another amount."""
    lost, other, left = [], [], list(ours)
    for name, amount in theirs:
        named = [line for line in left if name.removeprefix("./") in line]
        if not named:
            lost.append(f"{name} {amount}")
            continue
        same = next((line for line in named if _numbers(amount) <= _numbers(line)), None)
        if same is None:
            other.append(f"{named[0]!r}, not {amount!r}")
        left.remove(same or named[0])
    return lost, left, other


def _numbers(text: str) -> set[str]:
    return set(re.findall(r"\d[\d./]*", text))


def main() -> None:
    """Compare every file of the reference."""
    folder, parsed = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    sample = int(sys.argv[3]) if len(sys.argv) > 3 else 20
    counts, told = Counter[str](), dict[str, list[str]]((kind, []) for kind in KINDS)
    for path in sorted(parsed):
        counts["files"] += 1
        theirs = list(reference(parsed[path])) if "error" not in parsed[path] else []
        text = (folder / path).read_text(encoding="utf-8", errors="replace")
        try:
            ours = lines(text, Path(path).stem)
            recipe_file.parse_recipe(text, ".cook", Path(path).stem, "us")
        except ValueError as error:
            counts["without an ingredient in both"] += not theirs
            if theirs:
                told["refused"].append(f"{path}: {str(error)[:150]}")
            continue
        counts["read"] += 1
        counts["ingredients"] += len(theirs)
        if "error" not in parsed[path]:
            for kind, found in zip(KINDS[1:], compared(ours, theirs), strict=True):
                told[kind] += [f"{path}: {one}" for one in found]
    say(", ".join(f"{count:,} {what}" for what, count in counts.items()))
    for kind in KINDS:
        say(f"{len(told[kind]):6} {kind}")
        for line in told[kind][:sample]:
            say(f"       {line}")


if __name__ == "__main__":
    main()
