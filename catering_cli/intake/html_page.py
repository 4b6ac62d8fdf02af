"""JSON-LD documents of a saved web page: what stands in its `<script type="application/ld+json">` elements."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any, Final

_SCRIPT: Final = re.compile(
    r"<script\b[^>]*\btype\s*=\s*[\"']?application/ld(?:\+|&#x2b;|&#43;)json\b[^>]*>(.*?)</script",
    re.IGNORECASE | re.DOTALL,
)
_WRAPPING: Final = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)+|"
                              r"(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>|;)+\s*$")  # fmt: skip
_LAST_COMMA: Final = re.compile(r",(?=\s*[}\]])")
_ESCAPE: Final = re.compile(r"\\(?![\"\\/bfnrtu])")
_CONTROL: Final = re.compile(r"[\x00-\x1f]+")


def documents(page: str) -> Iterator[Any]:
    """Each JSON-LD document of the page, in its order; one that is no JSON at all is passed over."""
    for found in _SCRIPT.finditer(page):
        document = _read(found[1])
        if document is not None:
            yield document


def _read(text: str) -> Any:
    """JSON as pages write it: in comments, with raw line breaks in strings, a comma too many, or escaped as HTML."""
    bare = _WRAPPING.sub("", text).strip()
    for form in (bare, _ESCAPE.sub("", _CONTROL.sub(" ", _LAST_COMMA.sub("", bare))), html.unescape(bare)):
        try:
            return json.loads(form, strict=False)
        except (ValueError, RecursionError):
            continue
    return None
