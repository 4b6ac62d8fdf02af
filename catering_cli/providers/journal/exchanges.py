"""What was asked and what came back, for reading; and the run that is meant by the beginning of its id."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from catering_cli.domain.problem import Problem, Refused
from catering_cli.providers.journal.database import read

if TYPE_CHECKING:
    from catering_cli.providers.journal.database import Store
    from catering_cli.providers.journal.journal import Journal, RunSummary


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was asked and what came back."""

    system: str
    user: str
    body: Any
    """of the reply, as the vendor wrote it"""


def exchange(store: Store, key: str) -> Exchange | None:
    """The newest exchange under the hash of a request, or the beginning of one; None if it was pruned."""
    if not key:
        return None
    rows = store.rows(
        "SELECT asked.system, asked.user, replies.body FROM replies JOIN asked USING (run, hash)"
        " WHERE hash >= ? AND hash < ? ORDER BY replies.at DESC LIMIT 1",
        key, f"{key}g",
    )  # fmt: skip
    if not rows:
        return None
    system, user, body = rows[0]
    return Exchange(read(system), read(user), json.loads(body))


def run_named(journal: Journal, begins: str) -> RunSummary:
    """The one run whose id begins so. Raises Refused if none does, or several do."""
    found = [run for run in journal.runs() if run.id.startswith(begins)]
    if len(found) != 1:
        what = "begins more than one run" if found else "is no journalled run"
        raise Refused(Problem(f"{what}; `catering runs` lists them", "", "RUN", begins))
    return found[0]
