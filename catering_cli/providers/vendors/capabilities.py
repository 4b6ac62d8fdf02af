"""What a model accepts, and how a request is fitted to it.

`efforts` and `temperature` come from the tier's YAML, else from the vendor's row here. Depth of
reasoning is a ladder: a depth that a model does not know becomes the next lower one that it knows, else its lowest.
"""

from __future__ import annotations

from dataclasses import dataclass

LADDER = ("none", "minimal", "low", "medium", "high", "xhigh", "max")


@dataclass(frozen=True, slots=True)
class Capabilities:
    """Depths a model knows, in the order of LADDER (none: it takes no depth), and whether it takes a temperature."""

    efforts: tuple[str, ...]
    temperature: bool | None
    """True: always; False: never; None: only if no reasoning is asked for"""


KNOWN = {
    "anthropic": Capabilities(("low", "medium", "high", "xhigh", "max"), temperature=False),
    "openai": Capabilities(("none", "low", "medium", "high", "xhigh"), temperature=None),
    "scripted": Capabilities(LADDER, temperature=True),
}
"""Anthropic 2.12 has no temperature in any Messages method; GPT-6 refuses one unless the effort is none."""


def capabilities(provider: str, efforts: tuple[str, ...] | None, temperature: bool | None) -> Capabilities:
    """What a tier's model takes: its YAML first, then the vendor's row."""
    known = KNOWN[provider]
    return Capabilities(
        known.efforts if efforts is None else tuple(sorted(efforts, key=LADDER.index)),
        known.temperature if temperature is None else temperature,
    )


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
