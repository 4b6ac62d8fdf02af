"""Options that several commands share, so that they read alike everywhere."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Units(StrEnum):
    """A system of units to show amounts in."""

    METRIC = "metric"
    US = "us"


class System(StrEnum):
    """What a cup, a tablespoon and a pint are."""

    US = "us"
    IMPERIAL = "imperial"
    METRIC = "metric"
    AU = "au"


Config = Annotated[
    str | None,
    typer.Option(
        "--config",
        metavar="FILE|NAME",
        help="Who answers which task: a YAML file, or default, lab, offline, local. "
        "Without it ./configs/default.yaml if there is one, else the packed default.",
    ),
]
Offline = Annotated[bool, typer.Option("--offline", help="Ask no model: the kitchen's own decisions alone.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]
OutFile = Annotated[
    Path | None, typer.Option("--out", metavar="PATH", help="Write the result's JSON there; text is still printed.")
]
MaxCost = Annotated[
    float | None, typer.Option("--max-cost", metavar="USD", min=0, help="Spend at most this on models.")
]
Deadline = Annotated[
    float | None,
    typer.Option("--deadline", metavar="SECONDS", min=0, help="Ask models no longer; the kitchen decides the rest."),
]
Strict = Annotated[bool, typer.Option("--strict", help="Exit 4 if models were wanted and none answered.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no notices on standard error.")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="Every attempt as it ends: tier, model, time, cost.")]
