"""Questions that go by night are not paid for a second time by an ordinary command of the same order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catering_cli.domain.problem import Problem, Refused
from catering_cli.providers.overnight.claims import out

if TYPE_CHECKING:
    from catering_cli.providers.journal.database import Store

TAKEN = "another command sends its questions overnight: wait for it, or end it and give this one again"
OUT = (
    "{questions} of its questions are out in a vendor's batch: give --overnight to take up the answers, "
    "or --no-cache to ask and pay again"
)


def refuse_paid_twice(store: Store, key: str, purse: str) -> None:
    """Refuse an ordinary run whose questions another command sends overnight, or has sent."""
    found = out(store, key, purse)
    if found is not None:
        raise Refused(Problem(TAKEN if found.live else OUT.format(questions=found.questions), "", "ORDER"))
