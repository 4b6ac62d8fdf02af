"""Briefs: a word from a planner of the hierarchical tree to the level below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from catering_cli.domain.decision import Brief, Decided, Decision
from catering_cli.domain.finding import Finding
from catering_cli.tasks.shared import prose
from catering_cli.tasks.shared.findings import of_kind

Audience = Literal["resources", "timeline", "ingredients", "equipment", "recipes", "service"]


def written_briefs(texts: Mapping[Audience, str]) -> list[Brief]:
    """The briefs that were written, by audience; an empty text is none."""
    return [Brief(audience=audience, text=text) for audience, text in texts.items() if text.strip()]


def brief_for(audience: Audience, decisions: Sequence[Decided]) -> str:
    """The last brief for an audience; empty if there is none."""
    made = of_kind(Brief, [decided.decision for decided in decisions])
    texts = [brief.text for brief in made if brief.audience == audience]
    return texts[-1] if texts else ""


def check_briefs(decisions: Sequence[Decision], facts: str) -> list[Finding]:
    """Briefs make no claims, and hold no figure but those of `facts`, the text of what was given."""
    out: list[Finding] = []
    for brief in of_kind(Brief, decisions):
        out += prose.as_findings("brief", brief.audience, brief.text, facts=facts)
    return out
