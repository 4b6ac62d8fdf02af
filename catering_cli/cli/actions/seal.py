"""A plan as the document that is written, with its digest: a change by any other hand is said.

It covers what cannot be cooked again, such as who decided, and all else but the record of the run, whose seconds and
prices differ between two runs with the same answers. It is no signature: who changes a plan can make a new one.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from pydantic_core import to_json

from catering_cli.domain.finding import Finding

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan

UNCOVERED = frozenset({"digest", "run"})


def digest_of(document: dict[str, Any]) -> str:
    """The SHA-256 of a plan's document, in hexadecimal digits."""
    covered = {key: value for key, value in document.items() if key not in UNCOVERED}
    return hashlib.sha256(to_json(covered)).hexdigest()


def document_of(plan: CateringPlan) -> dict[str, Any]:
    """A plan as the JSON that is printed and read again.

    Of the order only what the client said: what is absent is an assumption, and has to stay absent.
    """
    whole = plan.model_dump(mode="json", by_alias=True, exclude={"order"})
    order = plan.order.model_dump(mode="json", by_alias=True, exclude_unset=True)
    head = {key: whole.pop(key) for key in ("schema_version", "version")}
    whole.pop("digest")
    document = {**head, "order": order, **whole}
    return {**head, "digest": digest_of(document), **document}


def plan_json(plan: CateringPlan) -> str:
    """A plan as JSON text; written by pydantic, which is several times as fast."""
    from catering_cli.render.wording import escaped

    return escaped(to_json(document_of(plan), indent=2).decode()) + "\n"


def broken(plan: CateringPlan, as_read: dict[str, Any]) -> tuple[Finding, ...]:
    """What is to be said of a plan that is not as it was written; `as_read` is the file's own document.

    Both are compared: of an amount the exact number counts, and a changed one beside it would be read by others.
    """
    given, document = plan.digest, document_of(plan)
    same = all(as_read.get(key) == value for key, value in document.items() if key not in UNCOVERED)
    if same and given == document["digest"]:
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
