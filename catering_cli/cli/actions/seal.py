"""The digest of a plan: what it was when catering wrote it, so that a change by any other hand is said.

It covers what cannot be cooked again, such as who decided, and all else but the record of the run, whose seconds and
prices differ between two runs with the same answers. It is no signature: who changes a plan can make a new one.
"""

from __future__ import annotations

import hashlib
from typing import Any

from pydantic_core import to_json

from catering_cli.domain.finding import Finding

UNCOVERED = frozenset({"digest", "run"})


def digest_of(document: dict[str, Any]) -> str:
    """The SHA-256 of a plan's document, in hexadecimal digits."""
    covered = {key: value for key, value in document.items() if key not in UNCOVERED}
    return hashlib.sha256(to_json(covered)).hexdigest()


def broken(document: dict[str, Any], as_read: dict[str, Any]) -> tuple[Finding, ...]:
    """What is to be said of a plan that is not as it was written; `as_read` is the file's own document.

    Both are compared: of an amount the exact number counts, and a changed one beside it would be read by others.
    """
    given = document.get("digest", "")
    same = all(as_read.get(key) == value for key, value in document.items() if key not in UNCOVERED)
    if same and given == digest_of(document):
        return ()
    said = "the plan was changed after it was written" if given else "the plan does not say how it was written"
    told = Finding(
        severity="open",
        rule="document.unchanged",
        where="plan.digest",
        message=f"{said}: who decided, the times and the texts are not proven to be those of catering",
        value=given[:12] or "none",
        fix="ask who changed it, or plan the order again",
    )
    return (told,)
