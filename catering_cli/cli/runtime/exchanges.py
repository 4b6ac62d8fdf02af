"""What one step of a journalled run asked, and what came back: for reading, as it was sent and said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from catering_cli.cli import output
from catering_cli.cli.runtime.journal import opened
from catering_cli.domain.problem import Problem, Refused
from catering_cli.domain.suggest import closest

if TYPE_CHECKING:
    from catering_cli.providers.journal.exchanges import Exchange

PRUNED = "its prompt and reply are no longer in the journal"


def shown(run: str, step: str, *, as_json: bool) -> None:
    """Print each attempt of a step with its prompt and its reply. Raises Refused if the run has no such step."""
    from catering_cli.providers.journal.exchanges import exchange, run_named

    with opened() as journal:
        found = run_named(journal, run)
        attempts = _attempts(json.loads(found.record) if found.record else {}, found.id, step)
        rows = [(attempt, exchange(journal.store, attempt.get("asked", ""))) for attempt in attempts]
    if as_json:
        output.json_result([_row(attempt, said) for attempt, said in rows])
    else:
        output.result("\n\n".join(_text(step, attempt, said) for attempt, said in rows))


def _attempts(record: Any, run: str, step: str) -> list[Any]:
    steps = {row["id"]: row["attempts"] for row in record.get("steps", ())}
    if step not in steps:
        close = closest(step, list(steps))
        hint = f"did you mean {close!r}?" if close else f"steps are {', '.join(steps) or 'not recorded yet'}"
        raise Refused(Problem(f"is no step of run {run}; {hint}", "", "--step", step))
    return list(steps[step])


def _row(attempt: Any, exchange: Exchange | None) -> dict[str, Any]:
    if exchange is None:
        return {**attempt, "prompt": None, "reply": None}
    return {**attempt, "prompt": {"system": exchange.system, "user": exchange.user}, "reply": exchange.body}


def _text(step: str, attempt: Any, exchange: Exchange | None) -> str:
    ended = attempt["left"] + (" (journalled)" if attempt["journalled"] else "")
    head = f"{step}: {attempt['tier']}, {attempt['model']}: {ended}"
    if attempt["detail"]:
        head += f"; {attempt['detail']}"
    if not attempt.get("asked"):
        return f"{head}\nNo model was asked."
    if exchange is None:
        return f"{head}\n{PRUNED[0].upper()}{PRUNED[1:]}."
    said = "\n".join(_texts(exchange.body)) or json.dumps(exchange.body, ensure_ascii=False, indent=1)
    return f"{head}\n\n--- asked\n{exchange.system}\n\n{exchange.user}\n\n--- replied\n{said}"


def _texts(body: Any) -> Iterator[str]:
    """The texts of a reply, in whichever form its vendor writes them."""
    if isinstance(body, list):
        for part in body:
            yield from _texts(part)
    elif isinstance(body, dict):
        for name, part in body.items():
            if name in ("text", "content") and isinstance(part, str) and part:
                yield part
            else:
                yield from _texts(part)
