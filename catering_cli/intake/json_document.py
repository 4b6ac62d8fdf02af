"""A JSON or YAML document from a file or standard input: read whole, or refused with its place.

Nothing here knows what the document means; `field_errors` turns it into a typed value.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from catering_cli.domain.path import step
from catering_cli.domain.problem import Problem, Refused
from catering_cli.domain.suggest import closest
from catering_cli.intake.yaml_document import looks_like_yaml, parse_yaml

LIMIT = 10_000_000
"""Bytes; a larger document is refused unread. An order of 500 dishes has about 1 MB."""

STDIN = "-"
OPENED = ("/dev/stdin", "/dev/fd/")
"""Beginnings of the paths of what a shell has opened: standard input, `<(a command)`."""
MOST_DEEP = 200

_HALF_WRITTEN = re.compile(r"\\u[dD][89a-fA-F]")
"""How half a character would be written."""

_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


class _Twice(dict[str, Any]):
    """An object in which a key stands twice; `key` is the first such."""

    key = ""


def file_label(path: str) -> str:
    """How messages call `path`."""
    return "standard input" if path == STDIN else path


def read_bytes(path: str) -> bytes:
    """The bytes of a file, or of standard input for "-"; Refused if there are none or more than LIMIT."""
    data = _stdin() if path == STDIN else _file(Path(path))
    if len(data) > LIMIT:
        raise Refused(Problem(_too_large(f"more than {LIMIT:,}"), file_label(path)))
    if not data.strip():
        raise Refused(Problem("is empty; there is nothing to read in it", file_label(path)))
    return data


def read_json(path: str, root: str = "") -> Any:
    """The JSON document at `path`. `root` is how places in it begin ("order"). Raises Refused with each problem."""
    return parse_json(read_bytes(path), file_label(path), root)


def parse_json(data: bytes, file: str, root: str = "") -> Any:
    """The document in `data`: JSON (UTF-8, -16 or -32, with or without BOM), or YAML if the file is. Raises Refused."""
    if looks_like_yaml(file, data):
        return _checked(parse_yaml(_decoded(data, file), file, root), root, file)
    text = _decoded(data, file)
    no_numbers: list[float] = []

    def number(written: str) -> float:
        value = float(written)
        if not math.isfinite(value):
            no_numbers.append(value)
        return value

    try:
        value = json.loads(text, object_pairs_hook=_pairs, parse_float=number, parse_constant=number)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        shown = text[error.pos : error.pos + 20].split("\n")[0]
        raise Refused(Problem(f"is not JSON: {_lower(error.msg)}", file, place, shown or "end of file")) from None
    except RecursionError:
        raise Refused(Problem(f"is nested too deeply; at most {MOST_DEEP} levels are read", file)) from None
    except ValueError:
        raise Refused(Problem("has a whole number of thousands of digits", file)) from None
    return _checked(value, root, file, suspect=bool(no_numbers or _HALF_WRITTEN.search(text)))


def _checked(value: Any, root: str, file: str, *, suspect: bool = False) -> Any:
    """The value, unless it holds what no one means."""
    if suspect or _doubtful(value):
        problems = list(_inspect(value, root, file))
        if problems:
            raise Refused(*problems)
    return value


def _stdin() -> bytes:
    if sys.stdin is None or sys.stdin.closed:
        raise Refused(Problem("is closed; pipe a JSON document into it or name a file", file_label(STDIN)))
    return sys.stdin.buffer.read(LIMIT + 1)


def refuse_no_file(path: Path) -> None:
    """Raise Refused if a folder, a pipe or a device is at `path`: one that is opened may be waited for without end.

    What the shell has opened itself may be a pipe.
    """
    if path.is_dir():
        raise Refused(Problem("is a folder; name a file in it", str(path)))
    if path.exists() and not path.is_file() and not str(path).startswith(OPENED):
        message = "is a pipe or a device, and no file; name a file, or - and pipe it into standard input"
        raise Refused(Problem(message, str(path)))


def _file(path: Path) -> bytes:
    try:
        refuse_no_file(path)
        with path.open("rb") as opened:
            size = path.stat().st_size
            if size > LIMIT:
                raise Refused(Problem(_too_large(f"{size:,}"), str(path)))
            return opened.read(LIMIT + 1)
    except FileNotFoundError:
        raise Refused(Problem(_missing(path), str(path))) from None
    except PermissionError:
        raise Refused(Problem("may not be read; give yourself the right to read it", str(path))) from None
    except (OSError, ValueError) as error:
        raise Refused(Problem(f"cannot be read: {getattr(error, 'strerror', None) or error}", str(path))) from None


def _missing(path: Path) -> str:
    folder = path.parent
    names = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
    close = closest(path.name, names)
    return f"does not exist; did you mean {folder / close}?" if close else "does not exist; name a file"


def _too_large(size: str) -> str:
    return f"has {size} bytes and was not read; at most {LIMIT:,} (10 MB) are"


def _decoded(data: bytes, file: str) -> str:
    encoding = json.detect_encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        place, value = f"line {line}, byte {error.start + 1} of the file", f"0x{data[error.start]:02x}"
        raise Refused(Problem("is not UTF-8 text; save it as UTF-8", file, place, value)) from None
    return text.removeprefix("\ufeff")


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    whole = dict(pairs)
    if len(whole) == len(pairs):
        return whole
    names = [name for name, _ in pairs]
    marked = _Twice(whole)
    marked.key = next(name for index, name in enumerate(names) if name in names[:index])
    return marked


def _doubtful(value: Any) -> bool:
    """Whether a document repeats a key or nests too deeply: a quick look, so that only such a one is inspected."""
    level = _containers([value])
    for _ in range(MOST_DEEP):
        if any(isinstance(one, _Twice) for one in level):
            return True
        below: list[Any] = []
        for one in level:
            below += _containers(one.values() if isinstance(one, dict) else one)
        if not below:
            return False
        level = below
    return True


def _containers(values: Iterable[Any]) -> list[Any]:
    return [value for value in values if isinstance(value, dict | list)]


def _inspect(value: Any, place: str, file: str, depth: int = 0) -> Iterator[Problem]:
    """What JSON's grammar lets pass and no one means: a key that stands twice, NaN, half characters."""
    if depth > MOST_DEEP:
        yield Problem(f"is nested too deeply; at most {MOST_DEEP} levels are read", file, place[:80])
    elif isinstance(value, dict):
        if isinstance(value, _Twice):
            yield Problem("this key is given twice; keep one", file, place or "top level", value.key)
        for key, item in value.items():
            yield from _inspect(key, place, file, depth)
            yield from _inspect(item, step(place, key), file, depth + 1)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _inspect(item, step(place, index), file, depth + 1)
    else:
        yield from _inspect_single(value, place, file)


def _inspect_single(value: Any, place: str, file: str) -> Iterator[Problem]:
    if isinstance(value, float) and not math.isfinite(value):
        yield Problem("is not a finite number; write one, such as 60", file, place, str(value))
    if isinstance(value, str) and _HALF_CHARACTER.search(value):
        yield Problem("holds half of a character (a lone surrogate); write it whole", file, place)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
