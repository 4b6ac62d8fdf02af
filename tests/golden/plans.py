"""Golden plans: what `cook` makes of the sample orders and of forty generated ones, by digest of each section.

    python tests/golden/plans.py write            keeps today's digests; look at every difference first
    python tests/golden/plans.py dump FOLDER      writes the plans whole, so that two versions can be compared by diff

A digest is of the section's JSON, byte for byte. Digests rather than plans are kept: the plans are 12 MB.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from golden.orders import COUNT, generated

from catering_cli.domain.plan import CateringPlan
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook

HERE = Path(__file__).parent
DIGESTS = HERE / "plans.json"
SAMPLES = HERE.parent.parent / "sample_orders"


def documents() -> dict[str, dict[str, Any]]:
    """Every order whose plan is kept, by name."""
    samples = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(SAMPLES.glob("*.json"))}
    return samples | {f"generated {number}": generated(number) for number in range(COUNT)}


def planned(document: dict[str, Any]) -> CateringPlan:
    """The kitchen's own plan of that order, without the checks' findings."""
    return cook(load.order_of(document, str(SAMPLES / "order.json")), version="golden")


def sections(plan: CateringPlan) -> dict[str, str]:
    """The JSON text of each section of a plan, in the plan's own order of fields."""
    document = plan.model_dump(mode="json", by_alias=True)
    return {name: json.dumps(value, ensure_ascii=False, indent=1) for name, value in document.items()}


def digests(plan: CateringPlan) -> dict[str, str]:
    """What is kept of a plan: a digest of each section."""
    return {name: hashlib.sha256(text.encode()).hexdigest()[:16] for name, text in sections(plan).items()}


def kept() -> dict[str, dict[str, str]]:
    """The digests in the file, by order."""
    return json.loads(DIGESTS.read_text(encoding="utf-8"))


def main(words: list[str]) -> None:
    """Write the digests, or the whole plans into a folder."""
    plans = {name: planned(document) for name, document in documents().items()}
    if words == ["write"]:
        text = json.dumps({name: digests(plan) for name, plan in plans.items()}, indent=1)
        DIGESTS.write_text(text + "\n", encoding="utf-8")
        return
    folder = Path(words[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, plan in plans.items():
        text = json.dumps({key: json.loads(text) for key, text in sections(plan).items()}, ensure_ascii=False, indent=1)
        (folder / f"{name.replace(' ', '_')}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
