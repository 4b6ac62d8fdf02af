"""HTML: the JSON-LD documents of a saved web page, and the text of a piece of HTML."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, Final

_WRAPPING: Final = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)+|"
                              r"(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>|;)+\s*$")  # fmt: skip
_LAST_COMMA: Final = re.compile(r",(?=\s*[}\]])")
_ESCAPE: Final = re.compile(r"\\(?![\"\\/bfnrtu])")
_CONTROL: Final = re.compile(r"[\x00-\x1f]+")
_CUT_OFF: Final = re.compile(r"</[a-zA-Z]*$")
"""An end tag in the middle of which a text was cut."""

_NEW_LINE: Final = frozenset({"br", "p", "li", "div"})
"""Elements that begin or end a line of text."""


def documents(page: str) -> Iterator[Any]:
    """Each JSON-LD document of the page, in its order; one that is no JSON at all is passed over."""
    scripts = _Scripts()
    scripts.feed(page)
    for text in scripts.texts:
        document = _read(text)
        if document is not None:
            yield document


def text_lines(written: str) -> list[str]:
    """The lines of a text without tags and entities, spaces folded; escaped once or twice."""
    text = _Text()
    text.feed(_CUT_OFF.sub("", html.unescape(html.unescape(written))))
    text.close()
    return [" ".join(line.split()) for line in re.split(r"[\r\n]+", "".join(text.parts))]


class _Tolerant(HTMLParser):
    """A parser that takes `<![if IE]>` and the like for comments, as browsers do."""

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        return self.parse_bogus_comment(i, report)


class _Scripts(_Tolerant):
    """Collects the texts of `<script type="application/ld+json">`."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._open: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = dict(attrs).get("type") or ""
        if tag == "script" and kind.strip().lower().startswith("application/ld+json"):
            self._open = []

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._open is not None:
            self.texts.append("".join(self._open))
            self._open = None


class _Text(_Tolerant):
    """Collects text; a tag is a space, or a new line if its element is a line of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def set_cdata_mode(self, elem: str, **_: Any) -> None:
        """Nothing: a `<style>` that is not closed hides no food behind it."""

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self.parts.append("\n" if tag in _NEW_LINE else " ")

    def handle_comment(self, _data: str) -> None:
        self.parts.append(" ")


def _read(text: str) -> Any:
    """JSON as pages write it: in comments, with raw line breaks in strings, a comma too many, or escaped as HTML."""
    bare = _WRAPPING.sub("", text).strip()
    mended = _ESCAPE.sub("", _CONTROL.sub(" ", _LAST_COMMA.sub("", bare)))
    for form in (bare, mended, html.unescape(bare)):
        try:
            return json.loads(form, strict=False)
        except (ValueError, RecursionError):
            continue
    return None
