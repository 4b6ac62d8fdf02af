"""What a model accepts, and how a request is fitted to it.

`efforts` and `temperature` come from the tier's YAML, else from the model's row in data/model_families.tsv. A model
without a row is asked without extras: what it does not know it would refuse. Depth of reasoning is a ladder: a depth
that a model does not know becomes the next lower one that it knows, else its lowest.
"""

from __future__ import annotations

from dataclasses import dataclass

from catering_cli.data.tables import parts, rows

LADDER = ("none", "minimal", "low", "medium", "high", "xhigh", "max")

ALLOWANCE = {"minimal": 500, "low": 1_000, "medium": 3_000, "high": 6_000, "xhigh": 12_000, "max": 24_000}
"""[K] Tokens for thinking, by depth, on top of the answer's share: about twice what is usual at that depth."""

_TEMPERATURE = {"always": True, "never": False, "undepthed": None}


@dataclass(frozen=True, slots=True)
class Capabilities:
    """Depths a model knows, in the order of LADDER (none: it takes no depth), and whether it takes a temperature."""

    efforts: tuple[str, ...] = ()
    temperature: bool | None = False
    """True: always; False: never; None: only if no reasoning is asked for"""
    unasked: str = ""
    """how deep it thinks if no depth is sent; empty: it does not think"""
    most_output: int | None = None
    """tokens of its longest answer, thinking included"""

    def cap(self, share: int, effort: str | None) -> int:
        """The cap of a request in tokens: the answer's share, and an allowance for thinking at the depth sent."""
        sent = fit(self, effort, None).effort or self.unasked
        return self.within(share + ALLOWANCE.get(sent, 0))

    def within(self, tokens: int) -> int:
        """As many tokens as the model can write at most."""
        return min(tokens, self.most_output or tokens)


def capabilities(
    provider: str, model: str, efforts: tuple[str, ...] | None = None, temperature: bool | None = None
) -> Capabilities:
    """What a tier's model takes: its YAML first, then its family's row."""
    known = _of_family(provider, model)
    if efforts is None and temperature is None:
        return known
    return Capabilities(
        known.efforts if efforts is None else tuple(sorted(efforts, key=LADDER.index)),
        known.temperature if temperature is None else temperature,
        known.unasked,
        known.most_output,
    )


def _of_family(provider: str, model: str) -> Capabilities:
    """By the longest beginning of the model's name that has a row; without one nothing beyond the question is taken."""
    families = [row for row in rows("model_families") if row["provider"] == provider]
    found = [row for row in families if model.startswith(row["family"])]
    if not found:
        return Capabilities()
    row = max(found, key=lambda row: len(row["family"]))
    most = int(row["most_output"]) if row["most_output"] else None
    return Capabilities(parts(row["efforts"]), _TEMPERATURE[row["temperature"]], row["unasked"], most)


@dataclass(frozen=True, slots=True)
class Fitted:
    """The depth and temperature that are sent, and what was left out, in words."""

    effort: str | None
    temperature: float | None
    left_out: tuple[str, ...]


def fit(can: Capabilities, effort: str | None, temperature: float | None) -> Fitted:
    """The request's depth and temperature as far as the model takes them."""
    sent, effort_left_out = _fitted_effort(effort, can.efforts)
    takes = can.temperature
    if takes is None:
        takes = sent == "none" or not can.efforts
    if temperature is None or takes:
        return Fitted(sent, temperature, effort_left_out)
    why = "the model takes none" if can.temperature is False else "only without reasoning"
    return Fitted(sent, None, (*effort_left_out, f"temperature {temperature:g}: {why}"))


def _fitted_effort(effort: str | None, known: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    """The depth that is sent, and what is left out of the one asked for."""
    if not effort:
        return None, ()
    if not known:
        left_out = () if effort == "none" else (f"reasoning {effort}: the model takes no depth",)
        return None, left_out
    sent = _nearest(effort, known)
    if sent == effort:
        return sent, ()
    return sent, (f"reasoning {effort}: {sent} is sent instead",)


def _nearest(effort: str, known: tuple[str, ...]) -> str:
    rank = LADDER.index(effort)
    lower = [name for name in known if LADDER.index(name) <= rank]
    return lower[-1] if lower else known[0]
