"""Saved recipe pages read: `python tests/benchmarks/corpus.py FOLDER [SAMPLE]`.

FOLDER holds pages (`.html`, `.testhtml`), such as the test pages of hhursev/recipe-scrapers. Says how many pages hold
schema.org data, how many of these are read whole and why the others are not, how many lines are understood; and
prints SAMPLE lines of a fixed seed, to be judged by eye.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

from startup import ROOT, say

sys.path.insert(0, str(ROOT))

from catering_cli.intake import html_page, recipe_file, schema_org
from catering_cli.kitchen.lines import ingredient_line

SEED = 20261123


def main() -> None:
    """Read every page of the folder."""
    folder, sample = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    counts, why, lines, wrong = Counter[str](), Counter[str](), [], []
    for path in sorted(path for path in folder.rglob("*") if path.suffix in (".html", ".testhtml")):
        text = path.read_text(encoding="utf-8", errors="replace")
        found = next((one for document in html_page.documents(text) if (one := schema_org.find_recipe(document))), None)
        counts["pages"] += 1
        if found is None:
            continue
        counts["with data"] += 1
        for line in schema_org.ingredient_lines(found):
            try:
                lines.append((line, ingredient_line.parse_line(line)))
            except ValueError as error:
                wrong.append(f"{line[:80]!r}: {error}")
        try:
            recipe_file.parse_recipe(text, ".html", path.stem, "us")
            counts["whole"] += 1
        except ValueError as error:
            why[str(error).partition(":")[0].partition(";")[0]] += 1
    say(f"{counts['pages']} pages, {counts['with data']} with schema.org data, {counts['whole']} read whole")
    for reason, count in why.most_common():
        say(f"{count:5} {reason}")
    total = len(lines) + len(wrong)
    say(f"{total:,} lines, {len(lines) / max(total, 1):.2%} understood")
    for line in wrong:
        say(f"      {line}")
    for text, read in random.Random(SEED).sample(lines, min(sample, len(lines))):
        say(f"{text[:80]!r:84} {read.quantity} | {read.item} | {read.preparation} | {read.state}")


if __name__ == "__main__":
    main()
