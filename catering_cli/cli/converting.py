"""What `convert` does with a quantity or lines of them. A whole file is the business of `converted_files`."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from catering_cli.cli import out
from catering_cli.cli.measuring import Measures, Unknown, asked
from catering_cli.cli.status import Status
from catering_cli.domain.problem import Problem, Refused
from catering_cli.domain.quantity import Quantity
from catering_cli.domain.read import STDIN, content

if TYPE_CHECKING:
    from collections.abc import Callable

SYSTEMS = {
    "metric": {"mass": "g", "volume": "mL", "temperature": "C"},
    "us": {"mass": "oz", "volume": "cup", "temperature": "F"},
}
"""Where `--to` names a system: the unit of each dimension; words then choose the comfortable one."""

FILES = (".json", ".jsonld", ".cook")
TEMPERATURES: dict[tuple[str, str], Callable[[Fraction], Fraction]] = {
    ("F", "C"): lambda value: (value - 32) * Fraction(5, 9),
    ("C", "F"): lambda value: value * Fraction(9, 5) + 32,
    ("C", "K"): lambda value: value + Fraction("273.15"),
    ("K", "C"): lambda value: value - Fraction("273.15"),
    ("F", "K"): lambda value: (value - 32) * Fraction(5, 9) + Fraction("273.15"),
    ("K", "F"): lambda value: (value - Fraction("273.15")) * Fraction(9, 5) + 32,
}


@dataclass(frozen=True, slots=True)
class Converted:
    """One line: what it says, and what that is; `problem` where nothing known says so."""

    text: str
    item: str
    of: Quantity
    to: Quantity | None
    words: str = ""
    source: str = ""
    approximate: bool = False
    problem: str = ""
    by: str = "kitchen"
    """who said what one informal measure is"""


def converted(what: str, *, to: str, ingredient: str, system: str, config: str | None, as_json: bool) -> int:
    """Print the conversion of a quantity, of lines from standard input, or of a file."""
    _known(to, system)
    if what == STDIN:
        data = content(STDIN)
        if data.lstrip()[:1] == b"{":
            return _file(STDIN, data, to, system, config, as_json=as_json)
        lines = [line for line in data.decode("utf-8-sig", "replace").splitlines() if line.strip()]
        return _printed(_of_lines(lines, to, ingredient, system, config), as_json=as_json, many=True)
    if what.lower().endswith(FILES) or Path(what).is_file():
        return _file(what, None, to, system, config, as_json=as_json)
    return _printed(_of_lines([what], to, ingredient, system, config), as_json=as_json, many=False)


def _of_lines(lines: list[str], to: str, ingredient: str, system: str, config: str | None) -> list[Converted]:
    """Each line converted; with a config the measures that no table knows are asked for, once for all lines."""
    places = [f"line {number}" if len(lines) > 1 else "" for number in range(1, len(lines) + 1)]
    results = [_of_line(line, to, ingredient, system, place) for line, place in zip(lines, places, strict=True)]
    unknown = [Unknown(result.item, result.of.unit) for result in results if result.problem and result.item]
    if config is None or not unknown:
        return results
    measures, by = asked(unknown, config)
    return [
        _of_line(result.text, to, ingredient, system, place, measures, by) if result.problem else result
        for result, place in zip(results, places, strict=True)
    ]


def _known(to: str, system: str) -> None:
    from catering_cli.kitchen import units

    if to in SYSTEMS:
        return
    try:
        units.find(to, system)
    except ValueError as error:
        raise Refused(Problem(f"{error}; or metric or us", "", "--to", to)) from None


def of_quantity(
    quantity: Quantity, item: str, preparation: str, to: str, system: str, measures: Measures | None = None
) -> tuple[Quantity | None, str, bool, str]:
    """`quantity` of `item` in unit `to` (or in a system): the result, its source, whether approximate, the problem."""
    from catering_cli.kitchen import units

    unit = units.find(quantity.unit, system)
    name = SYSTEMS[to].get(unit.dimension, quantity.unit) if to in SYSTEMS else to
    target = units.find(name, to if to == "us" else system)
    if "temperature" in (unit.dimension, target.dimension):
        return _temperature(quantity, unit.name, target.name)
    if unit.dimension == target.dimension and (unit.dimension != "measure" or unit.name == target.name):
        low, high = units.convert(quantity.low, unit, target), units.convert(quantity.high, unit, target)
        return Quantity(low, high, target.name), "", unit.approximate or target.approximate, ""
    return _through_mass(quantity, target.name, item, preparation, system, measures or {})


def _temperature(quantity: Quantity, unit: str, target: str) -> tuple[Quantity | None, str, bool, str]:
    if unit == target:
        return quantity, "", False, ""
    formula = TEMPERATURES.get((unit, target))
    if formula is None:
        return None, "", False, f"{unit or 'pieces'} and {target or 'pieces'} do not measure the same"
    return Quantity(formula(quantity.low), formula(quantity.high), target), "", False, ""


def _through_mass(
    quantity: Quantity, target: str, item: str, preparation: str, system: str, measures: Measures
) -> tuple[Quantity | None, str, bool, str]:
    """Between volume, mass and pieces: by what the amount weighs and what one of the target unit weighs."""
    from catering_cli.kitchen.convert import to_mass

    if not item:
        return None, "", False, "between volume, mass and pieces it depends on the food: name it with --ingredient"
    mass = to_mass(quantity, item, preparation, system, measures)
    one = to_mass(Quantity.of(1, target), item, preparation, system, measures)
    if mass is None or one is None or not one.grams.low:
        missing = quantity.unit if mass is None else target
        return (
            None,
            "",
            False,
            f"what one {missing or 'piece'} of {item} weighs is not known here, and none is invented",
        )
    source = "; ".join(dict.fromkeys(part for part in (mass.source, one.source) if part))
    result = Quantity(mass.grams.low / one.grams.high, mass.grams.high / one.grams.low, target)
    return result, source, mass.approximate or one.approximate, ""


def _of_line(
    text: str, to: str, ingredient: str, system: str, place: str, measures: Measures | None = None, by: str = "kitchen"
) -> Converted:
    from catering_cli.kitchen import grammar, words

    try:
        if ingredient:
            parsed = grammar.quantity(text, system)
            quantity, item, preparation = parsed.quantity, ingredient, parsed.rest
        else:
            quantity, item, preparation = _read(text, system)
        result, source, approximate, problem = of_quantity(quantity, item, preparation, to, system, measures)
        if problem and not quantity.unit and item:
            _misspelt(item.split()[0])
    except ValueError as error:
        file, where = ("standard input", place) if place else ("", "QUANTITY")
        raise Refused(Problem(str(error), file, where, repr(text[:60]))) from None
    shown = words.kitchen(result, system if to not in SYSTEMS else to) if result and to in SYSTEMS else ""
    return Converted(text, item, quantity, result, shown, source, approximate, problem, by)


def _misspelt(word: str) -> None:
    """Raise ValueError where a word that was taken for food is nearly a unit."""
    from catering_cli.kitchen import larder, units

    near = units.nearest(word, 1)
    if near and not larder.known(word):
        raise units.UnknownUnit(word, near)


def _read(text: str, system: str) -> tuple[Quantity, str, str]:
    """A quantity alone ("2 cups"), or an ingredient line."""
    from catering_cli.kitchen import grammar

    parsed = grammar.quantity(text, system)
    if not parsed.rest.strip():
        return parsed.quantity, "", ""
    fields = grammar.ingredient(text, system)
    quantity = fields.get("quantity") or parsed.quantity
    return quantity, fields["item"], fields.get("preparation", "")


def _printed(results: list[Converted], *, as_json: bool, many: bool) -> int:
    if as_json:
        documents = [_document(result) for result in results]
        out.json_result(documents if many else documents[0])
    else:
        for result in results:
            if not result.problem:
                out.result(_text(result))
    unresolved = [result for result in results if result.problem]
    for result in unresolved:
        out.notice(f"{result.text.strip()}: {result.problem}.")
    return Status.BLOCKING if unresolved else Status.GOOD


def _document(result: Converted) -> dict[str, Any]:
    return {
        "text": result.text,
        "item": result.item,
        "quantity": _amount(result.of),
        "to": None if result.to is None else _amount(result.to) | ({"kitchen": result.words} if result.words else {}),
        "source": result.source,
        "approximate": result.approximate,
        "problem": result.problem,
        "by": result.by,
    }


def _amount(quantity: Quantity) -> dict[str, Any]:
    """As a plan writes it: a number to read, the exact fraction that wins, the unit."""
    low, high = float(f"{float(quantity.low):.6g}"), float(f"{float(quantity.high):.6g}")
    if quantity.is_range:
        exact = {"exact_low": str(quantity.low), "exact_high": str(quantity.high)}
        return {"low": low, "high": high, **exact, "unit": quantity.unit}
    return {"amount": low, "exact": str(quantity.low), "unit": quantity.unit}


def _text(result: Converted) -> str:
    assert result.to is not None
    amount = result.words or _said(result.to)
    food = f" {result.item}" if result.item and result.item not in result.text else ""
    about = "about " if result.approximate else ""
    source = f"  ({result.source})" if result.source else ""
    who = f"  (by {result.by})" if result.by != "kitchen" else ""
    return f"{result.text.strip()}{food} = {about}{amount}{source}{who}"


def _said(quantity: Quantity) -> str:
    from catering_cli.kitchen.words import number

    fine = quantity.unit in ("g", "kg", "mg", "mL", "L", "C", "F", "K")
    low, high = number(quantity.low, decimal=fine), number(quantity.high, decimal=fine)
    amount = f"{low}-{high}" if quantity.is_range else low
    unit = "cups" if quantity.unit == "cup" and quantity.high > 1 else quantity.unit
    return f"{amount} {unit}".strip()


def _file(path: str, raw: bytes | None, to: str, system: str, config: str | None, *, as_json: bool) -> int:
    from catering_cli.cli import converting_files

    return converting_files.converted(path, raw, to=to, system=system, config=config, as_json=as_json)
