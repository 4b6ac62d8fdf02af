"""An answer judged item by item: one bad risk among nine costs that one, not the answer.

An item is an element of a list, or a text that may stay empty. It is at fault if the answer without it has fewer
faults. So no task has to say which of its words a finding is about, and what a task judges as a whole stays whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from pydantic import ValidationError

from catering_cli.domain.finding import Finding
from catering_cli.domain.path import step
from catering_cli.tasks.shared.task import Wire

MOST_ITEMS = 400
"""Items that are tried one by one; an answer with more is taken or left as a whole."""

_Keys = tuple[str | int, ...]


class Bad(NamedTuple):
    """An item that is at fault: where it stands in the answer as the model wrote it, and what is wrong with it."""

    keys: _Keys
    findings: tuple[Finding, ...]

    @property
    def place(self) -> str:
        """Its path: `risks[3]`, `texts.client_letter`."""
        path = ""
        for key in self.keys:
            path = step(path, key)
        return path.lstrip(".")


class Judge(NamedTuple):
    """How the answers to a question are judged."""

    faults: Callable[[Wire], Sequence[Finding]]
    """what rejects an answer"""
    decides: Callable[[Wire], bool]
    """whether it decides anything"""
    whole: Sequence[str] = ()
    """fields that stand or fall as one, such as a drafted recipe"""


def bad_items(answer: Wire, found: Sequence[Finding], judge: Judge) -> list[Bad]:
    """The items at fault for the findings `found`, in their order."""
    document = answer.model_dump(mode="json")
    places = [keys for keys in _items(document, ()) if keys[0] not in judge.whole]
    if len(places) > MOST_ITEMS:
        return []
    before = Counter(map(_said, found))
    bad: list[Bad] = []
    for keys in places:
        rest = _read(type(answer), _less(document, [keys]))
        after = Counter(map(_said, judge.faults(rest))) if rest is not None else before
        if after.total() < before.total():
            bad.append(Bad(keys, tuple(_gone(found, before - after))))
    return bad


def what_stands(answer: Wire, bad: Sequence[Bad], judge: Judge) -> Wire | None:
    """The answer less its bad items; None if that is no answer, still has faults, or decides nothing."""
    rest = _read(type(answer), _less(answer.model_dump(mode="json"), [one.keys for one in bad]))
    if not bad or rest is None or judge.faults(rest) or not judge.decides(rest):
        return None
    return rest


def _items(value: Any, keys: _Keys) -> Iterator[_Keys]:
    """Where the items stand."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _items(part, (*keys, name))
    elif isinstance(value, list):
        yield from ((*keys, index) for index in range(len(value)))
    elif isinstance(value, str) and value:
        yield keys


def _less(document: Any, places: Sequence[_Keys]) -> Any:
    """The document without these elements, and with these texts empty."""
    rest = deepcopy(document)
    for keys in sorted(places, key=_last_first):
        holder: Any = rest
        for key in keys[:-1]:
            holder = holder[key]
        if isinstance(holder, list):
            del holder[int(keys[-1])]
        else:
            holder[keys[-1]] = ""
    return rest


def _last_first(keys: _Keys) -> tuple[int, ...]:
    """Later elements of a list are taken out before earlier ones, which would move them."""
    return tuple(-key if isinstance(key, int) else 0 for key in keys)


def _read(kind: type[Wire], document: Any) -> Wire | None:
    try:
        return kind.model_validate(document)
    except ValidationError:
        return None


def _said(finding: Finding) -> tuple[str, str, str]:
    """What makes two findings the same, wherever they stand: the places move when an item goes."""
    return finding.rule, finding.message, finding.value


def _gone(found: Sequence[Finding], gone: Counter[tuple[str, str, str]]) -> Iterator[Finding]:
    left = gone.copy()
    for one in found:
        if left[_said(one)] > 0:
            left[_said(one)] -= 1
            yield one
