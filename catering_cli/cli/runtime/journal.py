"""What `runs` does: the journal of what was asked and paid for."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from catering_cli.cli import output

if TYPE_CHECKING:
    from catering_cli.providers.journal.journal import Journal, RunSummary


def print_runs(*, as_json: bool) -> None:
    """All runs, newest first."""
    with opened() as journal:
        runs = journal.runs()
    if as_json:
        output.json_result([_summary(run) for run in runs])
    elif runs:
        output.result("\n".join(map(_line, runs)))
    else:
        output.result("No runs are journalled.")


def shown(run: str, *, as_json: bool) -> None:
    """One run, by its id or the beginning of it."""
    from catering_cli.providers.journal.exchanges import run_named

    with opened() as journal:
        found = run_named(journal, run)
    document = _summary(found) | {"record": _record(found)}
    if as_json:
        output.json_result(document)
        return
    lines = _ledger(document["record"]) or _so_far(found.id)
    output.result("\n".join([_line(found), *lines]))


UNKEPT = "From there on no model was asked, and the last answers may be paid for again."

HEAD = ("step", "task", "tier", "model", "left", "tokens in", "out", "seconds", "USD")
"""Columns of the ledger."""


def _ledger(record: Any) -> list[str]:
    """Every attempt of a finished run, with what it cost; then the notices and the sum."""
    if not record:
        return []
    rows = list(_attempts(record["steps"]))
    total = _usd(record["usd"])
    share = f"{record['by_models']:.0%} of what there was to decide by models"
    said = [f"{len(record['steps'])} steps, {len(rows)} attempts, {total}, {record['seconds']:.1f} s, {share}."]
    return [*_columns([HEAD, *rows]), *_reasons(record["steps"]), *record["notices"], *said]


def _reasons(steps: Any) -> Iterator[str]:
    """What was left out of answers that stand in part, and why."""
    for step in steps:
        for attempt in step["attempts"]:
            if attempt["left"] in ("accepted", "open") and attempt["detail"]:
                yield f"{step['id']}, {attempt['tier']}: {attempt['detail']}"


def _attempts(steps: Any) -> Iterator[tuple[str, ...]]:
    """The rows of the ledger."""
    for step in steps:
        for attempt in step["attempts"]:
            tokens = attempt["tokens"]
            yield (
                step["id"],
                step["task"],
                attempt["tier"],
                attempt["model"],
                attempt["left"] + _came(attempt),
                f"{tokens['input']}",
                f"{tokens['output']}",
                f"{attempt['seconds']:.2f}",
                _usd(attempt["usd"]),
            )


def _came(attempt: Any) -> str:
    """How the reply of an attempt came, if not by an ordinary call."""
    if attempt.get("overnight"):
        return " (overnight)"
    return " (journalled)" if attempt["journalled"] else ""


def _so_far(run: str) -> list[str]:
    """The replies of a run that has not said anything of itself yet."""
    with opened() as journal:
        replies = journal.replies(run)
    if not replies:
        return []
    rows = [(item.task, item.model, f"{item.seconds:.2f}", _stamp(item.at)) for item in replies]
    return _columns([("task", "model", "seconds", "at"), *rows])


def _columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Rows as aligned text."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines: list[str] = []
    for row in rows:
        cells = map(str.ljust, row, widths)
        lines.append(f"  {'  '.join(cells)}".rstrip())
    return lines


def _usd(value: float | None) -> str:
    """Money to a millionth, as models are paid."""
    return "not known" if value is None else f"${value:.6f}"


def pruned(*, as_json: bool) -> None:
    """Forget every run that no process is at."""
    with opened() as journal:
        count = journal.prune()
    if as_json:
        output.json_result({"pruned": count})
    else:
        output.result(f"Pruned {count} {'run' if count == 1 else 'runs'}.")


@contextmanager
def opened() -> Iterator[Journal]:
    """The journal of this user."""
    from catering_cli.providers.journal.database import Store, state_folder
    from catering_cli.providers.journal.journal import Journal

    store = Store(state_folder(os.environ))
    try:
        yield Journal(store)
        if store.broken:
            output.notice(f"{store.file}: the journal failed ({store.broken}). {UNKEPT}")
    finally:
        store.close()


def _line(run: RunSummary) -> str:
    replies = f"{run.replies} {'reply' if run.replies == 1 else 'replies'}"
    return (
        f"{run.id}  {_stamp(run.started)}  {run.state:<8}  {run.config}, {run.pattern}, {replies}, "
        f"${run.usd:.4f}  {run.title}".rstrip()
    )


def _summary(run: RunSummary) -> dict[str, Any]:
    return {
        "id": run.id,
        "title": run.title,
        "config": run.config,
        "pattern": run.pattern,
        "version": run.version,
        "state": run.state,
        "started": _stamp(run.started),
        "finished": None if run.finished is None else _stamp(run.finished),
        "replies": run.replies,
        "usd": float(run.usd),
    }


def _record(run: RunSummary) -> Any:
    import json

    return json.loads(run.record) if run.record else None


def _stamp(moment: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment))
