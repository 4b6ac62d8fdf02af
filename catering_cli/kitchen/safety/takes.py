"""Which lines of a dish each of its steps takes in, so that a cook reads how much goes into which step.

For safety a line that no step names is in each step that begins a branch (`flow`). A cook needs one answer: every line
is taken in by exactly one step.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.safety.flow import Flow, text_words
from catering_cli.kitchen.safety.food import COLLECTIVE


def taken_in(flow: Flow) -> tuple[tuple[int, ...], ...]:
    """For each step the lines that it takes in. A line is in exactly one step.

    It is the first step that names the food, by its whole name, by the words that are its own, else by what it is
    (oil, juice). Where several branches do, or none, the step that takes in the neighbouring line: recipes list foods
    as they are used.
    """
    said = [text_words(one.step.text) for one in flow.steps]
    may_be = [_naming(flow, index, said) for index in range(len(flow.parts))]
    sure = {index: steps[0] for index, steps in enumerate(may_be) if len(steps) == 1}
    begins = [i for i, befores in enumerate(flow.befores) if not befores]
    found: list[list[int]] = [[] for _ in flow.steps]
    for index, steps in enumerate(may_be):
        step = sure.get(index)
        found[_beside(index, steps or begins, sure) if step is None else step].append(index)
    return tuple(tuple(lines) for lines in found)


def _naming(flow: Flow, index: int, said: Sequence[frozenset[str]]) -> list[int]:
    """The first step of each branch that names a line: in full, by its own words, by what it is."""
    part = flow.parts[index]
    name = tokens(part.item)
    kind = frozenset(name[-1:])
    whole = [i for i, told in enumerate(said) if len(name) > 1 and told.issuperset(name)]
    own = part.words
    if any(kind & told for told in said):
        own -= _of_others(flow, index) - kind
    by_name = own if _telling(own - COLLECTIVE, said) else own | kind
    naming = whole or _telling(by_name, said) or _telling(kind, said)
    return [i for i in naming if flow.ancestors(i).isdisjoint(naming)]


def _of_others(flow: Flow, index: int) -> frozenset[str]:
    """Words of the names of all other lines: "pound the chicken" does not take in chicken stock."""
    return frozenset(word for other, part in enumerate(flow.parts) if other != index for word in tokens(part.item))


def _telling(words: frozenset[str], said: Sequence[frozenset[str]]) -> list[int]:
    return [i for i, told in enumerate(said) if words & told]


def _beside(index: int, steps: Iterable[int], sure: Mapping[int, int]) -> int:
    """Of the steps that may take a line in, the one that takes in the line nearest to it; if none does, the first."""
    choice = sorted(steps)
    near = [(abs(index - other), other, step) for other, step in sure.items() if step in choice]
    return min(near)[2] if near else choice[0]
