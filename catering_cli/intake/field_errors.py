"""Plain data -> typed value; what pydantic says of it becomes problems with place, value and remedy."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from catering_cli.domain.path import step
from catering_cli.domain.problem import Problem, Refused
from catering_cli.domain.suggest import closest

M = TypeVar("M", bound=BaseModel)

MOST_NAMED = 12
"""Fields that a message lists; of more only the likely one is named."""

LONGEST = 60
"""Characters of a value that a message shows."""

_ABSENT = object()

NO_OFFSET = "needs its UTC offset"
"""How the message of a time without one begins."""


def typed(model: type[M], data: Any, *, file: str, root: str, context: Mapping[str, Any] | None = None) -> M:
    """`data` as a `model`. Raises Refused with every problem; places begin with `root` ("order")."""
    try:
        return model.model_validate(data, context=dict(context or {}))
    except ValidationError as error:
        raise Refused(*problems(error, model, data, file, root)) from None


def problems(error: ValidationError, model: type[BaseModel], data: Any, file: str, root: str) -> tuple[Problem, ...]:
    """One problem a place, in the order of the document; what is wrong with a branch of a union is told once."""
    found: dict[str, list[str]] = {}
    values: dict[str, str] = {}
    for item in error.errors(include_url=False):
        place, value = _place(item["loc"], data, item["type"], root)
        values.setdefault(place, _short(value))
        says = _of_name(model, item) or _says(item)
        told = found.setdefault(place, [])
        if says not in told:
            told.append(says)
    return tuple(Problem(_joined(found[place]), file, place, values[place]) for place in _deepest(found))


def _deepest(places: Iterable[str]) -> list[str]:
    """The places below which no other lies."""
    every = list(places)
    return [place for place in every if not any(_below(other, place) for other in every)]


def _place(loc: Sequence[str | int], data: Any, kind: str, root: str) -> tuple[str, Any]:
    """Where in the document an error lies: `loc` without the names of union branches, and what stands there."""
    place, value = root, data
    for index, key in enumerate(loc):
        if _holds(value, key):
            place, value = step(place, key), value[key]
        elif kind == "missing" and index == len(loc) - 1 and isinstance(value, dict):
            return step(place, key), _ABSENT
    return place, value


def _holds(value: Any, key: str | int) -> bool:
    if isinstance(key, int):
        return isinstance(value, list) and key < len(value)
    return isinstance(value, dict) and key in value


def _below(other: str, place: str) -> bool:
    return other != place and other.startswith((f"{place}.", f"{place}["))


def _short(value: Any) -> str:
    if value is _ABSENT:
        return ""
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."


def _joined(says: list[str]) -> str:
    plain = [text.removeprefix("must be ") for text in says if text.startswith("must be ")]
    rest = [text for text in says if not text.startswith("must be ")]
    return "; ".join([f"must be {' or '.join(plain)}", *rest] if plain else rest)


def _of_name(model: type[BaseModel], item: Mapping[str, Any]) -> str:
    """What is said of a field that is not there, or that there is not; empty: its value is wrong."""
    says = {"extra_forbidden": _extra, "missing": _missing}.get(item["type"])
    return says(model, item["loc"]) if says else ""


def _missing(model: type[BaseModel], loc: Sequence[str | int]) -> str:
    fields = chain.from_iterable(map(_fields, _owners(model, loc[:-1])))
    descriptions = [field.description for name, field in fields if name == str(loc[-1])]
    described = next(filter(None, descriptions), "")
    return f"is missing ({described})" if described else "is missing; it has to be given"


def _extra(model: type[BaseModel], loc: Sequence[str | int]) -> str:
    fields = chain.from_iterable(map(_fields, _owners(model, loc[:-1])))
    names = sorted({name for name, _ in fields})
    close = closest(str(loc[-1]), names)
    if close:
        return f"there is no such field; did you mean {close!r}?"
    listed = f"; fields are {', '.join(names)}" if len(names) <= MOST_NAMED else ""
    return f"there is no such field{listed}"


def _fields(model: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    """The fields of a model by the names that a document has for them."""
    return ((field.alias or name, field) for name, field in model.model_fields.items())


def _owners(model: type[BaseModel], loc: Sequence[str | int]) -> list[type[BaseModel]]:
    """The models that may stand at `loc`: annotations are followed, names of union branches narrow the choice."""
    owners = [model]
    for key in loc:
        if isinstance(key, str):
            named = [owner for owner in owners if key in (owner.__name__, _tag(owner))]
            owners = _models_below(owners, key) or named or owners
    return owners


def _models_below(owners: Sequence[type[BaseModel]], key: str) -> list[type[BaseModel]]:
    """The models of the field `key` of any of them."""
    below: list[type[BaseModel]] = []
    for owner in owners:
        for name, field in owner.model_fields.items():
            if key in (name, field.alias):
                below += _models(field.annotation)
    return below


def _tag(model: type[BaseModel]) -> Any:
    field = model.model_fields.get("kind")
    return field.default if field else None


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def _says(item: Mapping[str, Any]) -> str:
    context = item.get("ctx", {})
    wording = _WORDS.get(item["type"])
    if wording is not None:
        return f"{wording(context)}{_meant(item)}"
    message = str(item["msg"]).removeprefix("Value error, ").removeprefix("Assertion failed, ")
    return message[:1].lower() + message[1:]


def _meant(item: Mapping[str, Any]) -> str:
    """The allowed value that a wrong one is like, as a question; empty if it is like none."""
    if item["type"] != "literal_error" or not isinstance(item["input"], str):
        return ""
    close = closest(item["input"], re.findall(r"'([^']*)'", item["ctx"]["expected"]))
    return f"; did you mean {close!r}?" if close else ""


def _limit(words: str, key: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda context: f"must be {words} {context[key]}"


def _fixed(words: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda _: words


_SHORT_FORMS = {
    "Guests": "a whole number of guests or an object",
    "MenuItem": "the name of a dish or an object",
    "Ingredient": 'a line such as "2 lb chicken thighs, trimmed" or an object',
}
"""What else than an object the named model can be read from."""

_WORDS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "string_type": _fixed("must be text"),
    "int_type": _fixed("must be a whole number"),
    "int_parsing": _fixed("must be a whole number"),
    "int_from_float": _fixed("must be a whole number"),
    "float_type": _fixed("must be a number"),
    "float_parsing": _fixed("must be a number"),
    "decimal_type": _fixed("must be a number"),
    "decimal_parsing": _fixed("must be a number"),
    "bool_type": _fixed("must be true or false"),
    "bool_parsing": _fixed("must be true or false"),
    "finite_number": _fixed("must be a finite number"),
    "tuple_type": _fixed("must be a list"),
    "list_type": _fixed("must be a list"),
    "dict_type": _fixed("must be an object"),
    "model_type": lambda context: f"must be {_SHORT_FORMS.get(context.get('class_name', ''), 'an object')}",
    "model_attributes_type": _fixed("must be an object"),
    "string_too_short": _fixed("must not be empty"),
    "greater_than": _limit("more than", "gt"),
    "greater_than_equal": _limit("at least", "ge"),
    "less_than": _limit("less than", "lt"),
    "less_than_equal": _limit("at most", "le"),
    "literal_error": _limit("one of", "expected"),
    "string_too_long": lambda context: f"must have at most {context['max_length']} characters",
    "too_short": lambda context: f"must have at least {context['min_length']} entry",
    "too_long": lambda context: f"must have at most {context['max_length']} entries",
    "timezone_aware": _fixed(f"{NO_OFFSET}, such as 2027-04-17T12:30:00-04:00, or event.timezone names the zone"),
    "datetime_type": _fixed("must be a time such as 2027-04-17T12:30:00-04:00"),
    "datetime_parsing": _fixed("must be a time such as 2027-04-17T12:30:00-04:00"),
    "datetime_from_date_parsing": _fixed("must be a time such as 2027-04-17T12:30:00-04:00"),
    "datetime_object_invalid": _fixed("must be a time such as 2027-04-17T12:30:00-04:00"),
    "union_tag_not_found": lambda context: f"needs its {context['discriminator']}",
    "union_tag_invalid": lambda context: f"kind must be one of {context['expected_tags']}",
}
