"""What `runs` does: the journal of what was asked and paid for."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from catering_cli.cli import out
from catering_cli.domain.problem import Problem, Refused

if TYPE_CHECKING:
    from catering_cli.providers.journal import Journal, Listed


def listed(*, as_json: bool) -> None:
    """All runs, newest first."""
    with opened() as journal:
        runs = journal.runs()
    if as_json:
        out.json_result([_summary(run) for run in runs])
    elif runs:
        out.result("\n".join(_line(run) for run in runs))
    else:
        out.result("No runs are journalled.")


def shown(run: str, *, as_json: bool) -> None:
    """One run, by its id or the beginning of it."""
    with opened() as journal:
        runs = journal.runs()
    found = [item for item in runs if item.id.startswith(run)]
    if len(found) != 1:
        what = "begins more than one run" if found else "is no journalled run"
        raise Refused(Problem(f"{what}; `catering runs` lists them", "", "RUN", run))
    document = _summary(found[0]) | {"record": _record(found[0])}
    if as_json:
        out.json_result(document)
        return
    lines = [_line(found[0])]
    steps = (document["record"] or {}).get("steps", [])
    lines += [f"  {item['id']:<24} {item['task']:<24} {item['state']:<9} {item.get('by', '')}" for item in steps]
    out.result("\n".join(lines))


def pruned(*, as_json: bool) -> None:
    """Forget every run that nobody is at."""
    with opened() as journal:
        count = journal.prune()
    out.json_result({"pruned": count}) if as_json else out.result(f"Pruned {count} run{'' if count == 1 else 's'}.")


@contextmanager
def opened() -> Iterator[Journal]:
    """The journal of this user."""
    from catering_cli.providers.journal import Journal
    from catering_cli.providers.store import Store, state_folder

    store = Store(state_folder(os.environ))
    try:
        yield Journal(store)
    finally:
        store.close()


def _line(run: Listed) -> str:
    replies = f"{run.replies} {'reply' if run.replies == 1 else 'replies'}"
    return (
        f"{run.id}  {_stamp(run.started)}  {run.state:<8}  {run.config}, {run.pattern}, {replies}  {run.title}".rstrip()
    )


def _summary(run: Listed) -> dict[str, Any]:
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
    }


def _record(run: Listed) -> Any:
    import json

    return json.loads(run.record) if run.record else None


def _stamp(moment: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment))
