"""Every number in the text of a line is accounted for by the lines that were read from it, or the line is in doubt.

The text is read here again, from the words alone. A number is accounted for as the amount of a line, a factor or a
term of it, as the same amount said another way, or where the food or its preparation says it too. An amount that no
number of the text gives was made up or counted twice; a number that is left over was dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, combinations, groupby, product
from typing import Final, NamedTuple

from catering_cli.checks.compare import quantity_shown
from catering_cli.checks.evidence import Evidence, Findings, found, placed
from catering_cli.checks.reference.line_numbers import LENGTH, NumberSaid, said_numbers
from catering_cli.checks.reference.weights import base_unit
from catering_cli.domain.order_parts.recipe import Ingredient, Recipe
from catering_cli.domain.quantity import Quantity

_SAME: Final = 1.02
"""Ratio of two amounts that are one: tables round to three digits."""
_LIKE: Final = 1.35
"""Ratio of two amounts that say one thing in two systems of measures, each rounded by a cook."""
_FULL: Final = 200
"""Characters at which a preparation is cut, with the numbers in the rest of it."""
_MOST: Final = 9
"""Numbers of a text whose sums and products are tried."""


class _Term(NamedTuple):
    """A value that numbers of a text give, and which of them."""

    value: float
    used: frozenset[int]


class ReadLine(NamedTuple):
    """One line that was read from a text, as far as numbers go."""

    quantity: Quantity | None
    words: str


@lru_cache(maxsize=4096)
def unaccounted(text: str, lines: tuple[ReadLine, ...], system: str) -> str:
    """What the lines that were read from a text do not account for; empty if nothing is left."""
    said, factors = said_numbers(text)
    if not said:
        return ""
    used: set[int] = set()
    for line in lines:
        if line.quantity is None:
            continue
        ways = _ways(line.quantity, said, factors, system)
        if not ways:
            return f"no number of the line gives {quantity_shown(line.quantity)}"
        used |= min(ways, key=lambda way: len(_left(said, used | way, lines, system)))
    return ", ".join(f"{said[number].value:g}" for number in _left(said, frozenset(used), lines, system))


def _ways(
    quantity: Quantity, said: Sequence[NumberSaid], factors: Sequence[float], system: str
) -> list[frozenset[int]]:
    """Each set of numbers that gives both ends of a quantity."""
    terms = _terms(quantity, said[:_MOST], factors, system)
    lows, highs = (_giving(float(end), terms) for end in (quantity.low, quantity.high))
    return [low | high for low, high in product(lows, highs)]


def _giving(value: float, terms: Iterable[_Term]) -> list[frozenset[int]]:
    return [term.used for term in terms if _ratio(term.value, value) < _SAME]


def _ratio(one: float, other: float) -> float:
    return max(one, other) / min(one, other) if min(one, other) > 0 else float(one != other) * 1e9 + 1


def _terms(quantity: Quantity, said: Sequence[NumberSaid], factors: Sequence[float], system: str) -> list[_Term]:
    """What the numbers give in the unit of a quantity: alone, as count times size, or added up."""
    single: list[_Term] = []
    times = [_Term(factor, frozenset()) for factor in factors]
    for number, one in enumerate(said):
        single += [_Term(value, frozenset((number,))) for value in _values(one, quantity, system)]
        times += [] if one.unit else [_Term(one.value, frozenset((number,)))]
    products = list(_products(times, [*times, *single]))
    if _is_measured(quantity, system):
        products = [term for term in products if term.used]  # a pinch is implied, a gram is not
    return [*single, *products, *_sums(single, said)]


def _products(times: Iterable[_Term], sizes: Sequence[_Term]) -> Iterator[_Term]:
    """Counts times sizes, each count before its size in the text."""
    for one, other in product(times, sizes):
        if not one.used or not other.used or max(one.used) < min(other.used):
            yield _Term(one.value * other.value, one.used | other.used)


def _is_measured(quantity: Quantity, system: str) -> bool:
    """Whether an amount is weighed or measured, and not counted in packs or pinches."""
    base, size = base_unit(quantity.unit, system)
    return base in ("g", "mL") and size >= 1 and not quantity.unit[:1].isdigit()


def _values(one: NumberSaid, quantity: Quantity, system: str) -> tuple[float, ...]:
    """A number in the unit of a quantity: by its own unit, else as it stands."""
    base, size = base_unit(quantity.unit, system)
    own, factor = base_unit(one.unit, system)
    if quantity.unit[:1].isdigit():  # cans of a size are counted: "1 - 7 oz can", "2 (400 g) tins"
        return () if one.unit and not one.opens else (one.value,)
    if own == base:
        return (one.value * float(factor / size),)
    is_named = base not in ("g", "mL") or one.unit in quantity.unit.split()
    return (one.value,) if one.unit != LENGTH and (not one.unit or is_named) else ()


def _sums(single: Sequence[_Term], said: Sequence[NumberSaid]) -> Iterator[_Term]:
    """Terms added up where the text adds them, or taken away."""
    for terms in (*combinations(single, 2), *combinations(single, 3)):
        numbers = [min(term.used) for term in terms]
        signs = [said[number].sign for number in numbers[1:]]
        if all(signs) and len(set(numbers)) == len(numbers):
            more = sum(term.value * sign for term, sign in zip(terms[1:], signs, strict=True))
            yield _Term(terms[0].value + more, frozenset(numbers))


def _left(
    said: Sequence[NumberSaid], used: set[int] | frozenset[int], lines: Sequence[ReadLine], system: str
) -> list[int]:
    """Numbers that are neither used, nor said again, nor in the food's name or preparation."""
    if any(len(line.words) >= _FULL for line in lines):
        return []
    amounts = [line.quantity for line in lines if line.quantity]
    has_amount = bool(amounts)
    again = _again(said, lines, measured=not has_amount) - used
    sizes = [_size(said[number].value, said[number].unit, system) for number in used]
    for counted in amounts:
        sizes += _packed(counted, system)
    accounted = used | again
    left: list[int] = []
    for same in _chains(said, again):
        is_implied = has_amount and said[same[0][0]].linked  # "a handful (about 60 leaves)"
        if is_implied or any(used.intersection(amount) and accounted.issuperset(amount) for amount in same):
            continue
        for amount in same:
            if used.intersection(amount) or not _is_like([said[number] for number in amount], sizes, system):
                left += [number for number in amount if number not in accounted]
    return left


def _again(said: Sequence[NumberSaid], lines: Sequence[ReadLine], *, measured: bool) -> set[int]:
    """Numbers that the food's name or its preparation says too: a length as a length, others as no length.

    If no line has an amount, a `measured` mass or volume is not accounted for by a remark, but as another way to say.
    """
    words = list(chain.from_iterable(said_numbers(line.words)[0] for line in lines))
    lengths = {one.value for one in words}
    others = {one.value for one in words if one.unit != LENGTH}
    again: set[int] = set()
    for number, one in enumerate(said):
        is_length = one.unit == LENGTH
        may_be_a_remark = not measured or one.linked or is_length or not one.unit
        if may_be_a_remark and one.value in (lengths if is_length else others):
            again.add(number)
    return again


def _chains(said: Sequence[NumberSaid], again: set[int]) -> list[list[list[int]]]:
    """Amounts that say one thing, or are a choice, one after the other; those that only words say are left out."""
    chains: list[list[list[int]]] = []
    for amount in _amounts(said):
        if again.issuperset(amount):
            continue
        if chains and said[amount[0]].linked:
            chains[-1].append(amount)
        else:
            chains.append([amount])
    return chains


def _amounts(said: Sequence[NumberSaid]) -> list[list[int]]:
    """Numbers added up, and ends of a range; what is added behind another way to say the amount stands alone."""
    amounts: list[list[int]] = []
    for number, one in enumerate(said):
        is_linked = number > 0 and said[amounts[-1][0]].linked
        if number and (one.to or (one.sign and not (one.plus and is_linked))):
            amounts[-1].append(number)
        else:
            amounts.append([number])
    return amounts


def _size(value: float, unit: str, system: str) -> tuple[str, float]:
    base, size = base_unit(unit, system)
    return base, value * float(size)


def _packed(quantity: Quantity, system: str) -> tuple[tuple[str, float], ...]:
    """What one pack holds, and all of them, if an amount is counted in packs."""
    if not quantity.unit[:1].isdigit():
        return ()
    return _size(1, quantity.unit, system), _size(float(quantity.high), quantity.unit, system)


def _is_like(amount: Sequence[NumberSaid], sizes: Sequence[tuple[str, float]], system: str) -> bool:
    """Whether a mass or volume is about one that is accounted for."""
    ends = [_size(one.value, one.unit, system) for one in amount]
    base, total = ends[0][0], sum(size for _, size in ends)
    by = max(size for _, size in ends) if any(one.to for one in amount) else total
    return base in ("g", "mL") and any(base == other and _ratio(by, known) < _LIKE for other, known in sizes)


def all_numbers_read(evidence: Evidence) -> Findings:
    """Each line of a recipe of the order: every number of its text is in what was read from it, or it is in doubt."""
    for path, recipe in _written(evidence):
        numbered = zip(recipe.written_numbers(), recipe.ingredients, strict=True)
        for (number, text), entry in groupby(numbered, key=lambda one: (one[0], one[1].text)):
            if text.strip():
                yield from _unread(evidence, f"{path}.ingredients[{number}]", text, [line for _, line in entry])


def _written(evidence: Evidence) -> Iterator[tuple[str, Recipe]]:
    """The recipes that the order brings."""
    yield from placed("order.recipes", evidence.order.recipes)
    for path, item in placed("order.menu", evidence.order.menu):
        if item.recipe is not None and not isinstance(item.recipe, str):
            yield f"{path}.recipe", item.recipe


def _unread(evidence: Evidence, where: str, text: str, lines: Sequence[Ingredient]) -> Findings:
    left = unaccounted(text, tuple(map(line_of, lines)), evidence.order.system)
    if left and not _in_doubt(evidence, text):
        amounts = "; ".join(map(_amount_of, lines))
        message = f"{text[:80]!r} is read as {amounts}, which leaves a number of the line unread: {left}"
        yield found("blocking", where, message, text[:80], left, fix="rewrite the line with one clear amount and food")


def _amount_of(one: Ingredient) -> str:
    amount = quantity_shown(one.quantity) if one.quantity else "no amount"
    return f"{amount} of {one.item}"


def line_of(one: Ingredient) -> ReadLine:
    """What an ingredient says in numbers and words."""
    unit = one.quantity.unit if one.quantity else ""
    return ReadLine(one.quantity, f"{one.item}, {one.preparation}, {unit}")


def _in_doubt(evidence: Evidence, text: str) -> bool:
    doubtful = [one for one in evidence.plan.findings if one.rule == "kitchen.line_doubtful"]
    return any(one.value == text[:80] and one.severity != "advice" for one in doubtful)


CHECKS = {"lines.read": all_numbers_read}
