"""What `convert` does with a quantity or lines of them. A whole file is the business of `convert_file`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from catering_cli.cli import output
from catering_cli.cli.exit_codes import Status
from catering_cli.domain.names import SYSTEMS
from catering_cli.domain.problem import Problem, Refused
from catering_cli.intake.json_document import STDIN, read_bytes
from catering_cli.kitchen.conversion.convert import convert_text
from catering_cli.kitchen.conversion.result import Converted, UnknownDensity
from catering_cli.kitchen.foods.mass import NO_MEASURES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from catering_cli.domain.quantity import Quantity

FILES = (".json", ".jsonld", ".cook", ".html", ".htm")


@dataclass(frozen=True, slots=True)
class How:
    """What is asked of every line."""

    to: str
    ingredient: str
    system: str


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A line that could not be converted, and why."""

    text: str
    why: ValueError


def converted(
    what: str,
    *,
    to: str,
    ingredient: str,
    system: str,
    config: str | None,
    as_json: bool,
) -> int:
    """Print the conversion of a quantity, of lines from standard input, or of a file."""
    if what != STDIN and not _is_file(what):
        how = How(to, ingredient, system)
        return _one(what, how, config, as_json=as_json)
    refuse_unknown_unit(to, system)
    data = read_bytes(what)
    if what != STDIN or data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        from catering_cli.cli.other_numbers import convert_file

        return convert_file.converted(
            what,
            data,
            to=to,
            system=system,
            config=config,
            as_json=as_json,
        )
    lines = [line for line in data.decode("utf-8-sig", "replace").splitlines() if line.strip()]
    return _many(lines, How(to, ingredient, system), config, as_json=as_json)


def refuse_unknown_unit(to: str, system: str) -> None:
    """Refuse a `to` that is neither a unit nor a system of measures."""
    from catering_cli.kitchen.quantities import units

    name = to.strip()
    try:
        if name.lower() not in SYSTEMS:
            units.find(name.removesuffix(" AP").removesuffix(" EP"), system)
    except ValueError as error:
        raise Refused(Problem(f"{error}; or metric or us", "", "--to", to)) from None


def _is_file(what: str) -> bool:
    try:
        return what.lower().endswith(FILES) or Path(what).is_file()
    except (OSError, ValueError):  # a text that no file can be called
        return False


def _one(text: str, how: How, config: str | None, *, as_json: bool) -> int:
    """One quantity: what cannot be read is refused, what no table knows is unresolved."""
    result = _resolved([text], how, config)[0]
    if isinstance(result, Converted):
        output.json_result(result.document()) if as_json else _tell(result)
        return Status.GOOD
    if not isinstance(result.why, UnknownDensity):
        refuse_unknown_unit(how.to, how.system)
        raise Refused(Problem(str(result.why), "", "QUANTITY", repr(text[:60])))
    if as_json:
        output.json_result(_document(result))
    output.notice(f"{text.strip()[:120]}: {result.why}.")
    return Status.BLOCKING


def _many(lines: list[str], how: How, config: str | None, *, as_json: bool) -> int:
    """A line each; those that could not be converted are listed, and make exit code 3."""
    results = _resolved(lines, how, config)
    told = [result.text() for result in results if isinstance(result, Converted)]
    if as_json:
        output.json_result([_document(result) for result in results])
    elif told:
        output.result("\n".join(told))
    missing = [(number, result) for number, result in enumerate(results, 1) if isinstance(result, Unresolved)]
    for number, result in missing:
        output.notice(f"line {number}: {result.text.strip()[:120]}: {result.why}.")
    return Status.BLOCKING if missing else Status.GOOD


def _resolved(lines: Sequence[str], how: How, config: str | None) -> list[Converted | Unresolved]:
    """Each line converted; with a config the measures that no table knows are asked for, once for all lines."""
    results = [_of_line(line, how, NO_MEASURES) for line in lines]
    if config is None:
        return results
    from catering_cli.cli.other_numbers.ask_measures import Unknown, asked

    reasons = [result.why for result in results if isinstance(result, Unresolved)]
    unknown: dict[Unknown, None] = {}
    for why in reasons:
        if isinstance(why, UnknownDensity) and why.measure is not None:
            unknown[Unknown(why.item, why.measure)] = None
    if not unknown:
        return results
    measures, by = asked(unknown, config)
    return [_again(result, how, measures, by) for result in results]


def _again(
    result: Converted | Unresolved,
    how: How,
    measures: Mapping[tuple[str, str], Quantity],
    by: str,
) -> Converted | Unresolved:
    if isinstance(result, Converted):
        return result
    second = _of_line(result.text, how, measures)
    return replace(second, by=by) if isinstance(second, Converted) else second


def _of_line(text: str, how: How, measures: Mapping[tuple[str, str], Quantity]) -> Converted | Unresolved:
    try:
        return convert_text(text, how.to, how.ingredient or None, how.system, measures)
    except ValueError as error:
        return Unresolved(text, error)


def _document(result: Converted | Unresolved) -> dict[str, Any]:
    """The JSON form; a line that could not be converted has no `to` and a `problem`."""
    if isinstance(result, Converted):
        return result.document()
    why = result.why
    return {
        "input": result.text.strip(),
        "to": None,
        "ingredient": why.item if isinstance(why, UnknownDensity) else "",
        "source": "",
        "approximate": False,
        "warnings": [],
        "problem": str(why),
    }


def _tell(result: Converted) -> None:
    output.result(result.text())
    for warning in result.warnings:
        output.notice(f"{warning}.")
