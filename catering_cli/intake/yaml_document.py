"""A YAML document as plain data, by the core schema of YAML 1.2: a time stays text, `no` is a word, `12:30` no number.

PyYAML alone would read those by YAML 1.1. Each value knows its line, so that what is wrong with it is found quickly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from catering_cli.domain.path import step
from catering_cli.domain.problem import Problem, Refused

if TYPE_CHECKING:
    from yaml.nodes import MappingNode, Node, ScalarNode

DEEPEST: Final = 40
MOST_VALUES: Final = 200_000
"""Values of a document, those of each alias counted again: a short file cannot ask for a long day."""

SUFFIXES: Final = (".yaml", ".yml")
_QUOTED: Final = ("'", '"', "|", ">")
_NULL: Final = ("", "~", "null", "Null", "NULL")
_BOOL: Final = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT: Final = re.compile(r"[-+]?(?:0|[1-9]\d{0,298})")
_FLOAT: Final = re.compile(r"[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d{1,2})?")


class Lined(dict[str, Any]):
    """The top of a document; `lines` is where each place of it stands: "line 3, column 5"."""

    lines: Mapping[str, str]


def looks_like_yaml(path: str, data: bytes) -> bool:
    """Whether a document is YAML: by its name, or if it has another than .json, because no brace opens it."""
    name = path.lower()
    if name.endswith((*SUFFIXES, ".json")):
        return not name.endswith(".json")
    return data.lstrip()[:1] not in (b"{", b"[", b'"', b"\0") and b":" in data and data[:1].isascii()


def parse_yaml(text: str, file: str, root: str = "") -> Any:
    """The document that a text writes. Raises Refused with file, line and column."""
    return _Reader(file, root).document(_composed(text, file))


def _composed(text: str, file: str) -> Node:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        if _depth(yaml.parse(text, Loader=yaml.SafeLoader)) > DEEPEST:
            raise Refused(Problem(f"is nested too deeply; at most {DEEPEST} levels are read", file))
        node: Node | None = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        at = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise Refused(Problem(f"is not YAML: {error.problem or error}", file, at)) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise Refused(Problem(f"is not YAML: {str(error).splitlines()[0]}", file)) from None
    if node is None:
        raise Refused(Problem("is empty; a document is expected", file))
    return node


def _depth(events: Iterable[Any]) -> int:
    """How deep a text is nested. Looked at first: the composer recurses."""
    from yaml.events import CollectionEndEvent, CollectionStartEvent

    depth = deepest = 0
    for event in events:
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        deepest = max(deepest, depth)
        if deepest > DEEPEST:
            break
    return deepest


class _Reader:
    """Nodes as plain data, with the line of each place."""

    def __init__(self, file: str, root: str) -> None:
        self.file, self.root = file, root
        self.lines: dict[str, str] = {}
        self.problems: list[Problem] = []
        self.values = 0
        self.open: list[Node] = []
        """the collections around the value that is read"""

    def document(self, node: Node) -> Any:
        """The whole document. Raises Refused with each key that stands twice or is no text."""
        read = self._value(node, self.root)
        if self.problems:
            raise Refused(*self.problems)
        if not isinstance(read, dict):
            return read
        top = Lined(read)
        top.lines = self.lines
        return top

    def _value(self, node: Node, place: str) -> Any:
        from yaml.nodes import MappingNode, ScalarNode

        self.values += 1
        if self.values > MOST_VALUES:
            raise Refused(Problem(f"has more than {MOST_VALUES:,} values", self.file, _at(node)))
        self.lines.setdefault(place, _at(node))
        if isinstance(node, ScalarNode):
            return _scalar(node)
        if any(node is one for one in self.open):
            raise Refused(Problem("this alias stands within what it refers to; write it out", self.file, _at(node)))
        self.open.append(node)
        if isinstance(node, MappingNode):
            read: Any = self._mapping(node, place)
        else:
            read = [self._value(one, step(place, index)) for index, one in enumerate(node.value)]
        self.open.pop()
        return read

    def _mapping(self, node: MappingNode, place: str) -> dict[str, Any]:
        from yaml.nodes import ScalarNode

        read: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self.problems.append(Problem("this key is no text", self.file, f"{place} ({_at(key)})".lstrip()))
                continue
            if key.value in read:
                where = f"{place} ({_at(key)})".lstrip()
                twice = Problem("this key is given twice; keep one", self.file, where, key.value)
                self.problems.append(twice)
            read[key.value] = self._value(value, step(place, key.value))
            self.lines[step(place, key.value)] = _at(key)
        return read


def _at(node: Node) -> str:
    return f"line {node.start_mark.line + 1}, column {node.start_mark.column + 1}"


def _scalar(node: ScalarNode) -> Any:
    """What a scalar says; one in quotes is text."""
    said: str = node.value
    if node.style in _QUOTED or node.tag.startswith("!"):
        return said
    if said in _NULL:
        return None
    if said in _BOOL:
        return _BOOL[said]
    if _INT.fullmatch(said):
        return int(said)
    return float(said) if _FLOAT.fullmatch(said) and not said.isdigit() else said


def located(refused: Refused, document: Any) -> Refused:
    """The refusal with the line of each place, if the document knows it."""
    if not isinstance(document, Lined):
        return refused
    return Refused(*(_with_line(problem, document.lines) for problem in refused.problems))


def _with_line(problem: Problem, lines: Mapping[str, str]) -> Problem:
    """The problem with the line where its place, or the nearest one around it, stands."""
    around = problem.place
    while around and around not in lines:
        around = around[: max(around.rfind("."), around.rfind("["), 0)]
    if not around or "line " in problem.place:
        return problem
    return Problem(problem.message, problem.file, f"{problem.place} ({lines[around]})", problem.value)
