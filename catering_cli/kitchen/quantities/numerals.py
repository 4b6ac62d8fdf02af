"""Numbers as cooks write them: `1 1/2`, `1½`, `⅓`, `1/3rd`, `2-3`, `1,5`, `1,500`, `half a dozen`, in any script.

`normalized` turns typed text into ASCII forms; `parse_number` and `parse_range` read from a position and say where
they ended. Everything is exact; what is no number raises BadQuantity with what would be right.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import Final


class BadQuantity(ValueError):  # noqa: N818  # it is the text that is at fault
    """The amount cannot be read, or is no amount (negative, infinite, missing)."""


class NoAmount(BadQuantity):
    """The text has no number at all; in a recipe line that may be right ("salt")."""


class Unclear(BadQuantity):
    """There are numbers, and no reading of them is better than another: two in a row, a range that runs down."""


class UnitAlone(BadQuantity):
    """The text begins with a unit and has no number before it; `unit` is its name."""

    def __init__(self, text: str, unit: str) -> None:
        super().__init__(f"{text[:40]!r} has a unit but no number; write 1 {unit}")
        self.unit = unit


LONGEST: Final = 500
"""Characters; a longer text is no quantity."""

_SIGNS: Final = str.maketrans(
    {
        "⁄": "/", "∕": "/", "／": "/", "×": " x ", "✕": " x ", "✖": " x ", "·": " ", "•": " ",
        "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "‒": "-", "―": "-", "～": "-",
        "“": '"', "”": '"', "″": '"', "’": "'", "‘": "'", "′": "'", "，": ",", "．": ".", "（": "(", "）": ")",
        "\u00a0": " ", "\u2007": " ", "\u3000": " ", "\t": " ", "\n": " ", "\r": " ",
        "\u200b": "", "\ufeff": "", "\u200c": "", "\u200d": "", "\u200e": "", "\u2060": "", "\u2063": "", "\u00ad": "",
        "℃": "°C", "℉": "°F", "㎏": "kg", "㎖": "ml", "ℓ": "l", "㎎": "mg", "٫": ".", "٬": ",",
    }
)  # fmt: skip
_THIN: Final = re.compile(r"(?<=\d)[\u2009\u202f](?=\d{3}(?!\d))")
_RAISED: Final = {chr(c): d for c, d in zip(map(ord, "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"), "0123456789" * 2, strict=True)}
_VULGAR: Final = re.compile(r"(\d?)([¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅟↉])(?=(\d?))")
_RAISED_FRACTION: Final = re.compile("([⁰¹²³⁴⁵⁶⁷⁸⁹]+)[/⁄]([₀₁₂₃₄₅₆₇₈₉]+)")

_COUNTED: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_WORDS: dict[str, Fraction] = {word: Fraction(n) for n, word in enumerate(_COUNTED)}
_WORDS |= {"a": Fraction(1), "an": Fraction(1)}
_TENS: Final = {
    word: Fraction(10 * n)
    for n, word in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)
}
_WORDS |= _TENS | {"a couple of": Fraction(2), "a couple": Fraction(2), "couple of": Fraction(2), "couple": Fraction(2)}
_WORDS |= dict.fromkeys(("a few", "few", "several"), Fraction(3))
"""A few and several are three: the least that is more than a couple; [K]."""
_PARTS: Final = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4,
    "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "eighth": 8, "eighths": 8, "sixteenth": 16,
}  # fmt: skip
_MISREAD: Final = "Â(?=[\u00a0¼½¾°])"
"""The first byte of a sign of two bytes, read as a letter of its own."""
_WORD: Final = "|".join(sorted(_WORDS, key=len, reverse=True))
_PART: Final = "|".join(sorted(_PARTS, key=len, reverse=True))

_ALPHABETIC: Final = {word: n for word, n in _WORDS.items() if word.isalpha()}
SPELLED: Final = "|".join(word for word, n in _ALPHABETIC.items() if n > 1 and word not in ("couple", "few"))
"""Words for numbers from two, in a pattern."""
_ONES: Final = "|".join(word for word, n in _ALPHABETIC.items() if 1 <= n <= 9 and word != "a")  # noqa: PLR2004
_TENS_AND_ONES: Final = re.compile(rf"({'|'.join(_TENS)})(?:-({_ONES})\b| ({_ONES})(?![\w-]))", re.IGNORECASE)
"""Thirty-six, thirty six; "twenty six-ounce fillets" are twenty."""

_TEXT: Final = re.compile(
    rf"(?:(?P<parts>{_WORD})[ -])?(?P<part>{_PART})(?: of)?(?: an?(?= ))?\b|"
    rf"(?P<word>{_WORD})(?: and (?:(?P<andn>{_WORD})[ -])?(?:a )?(?P<andpart>{_PART}))?\b(?! ?/)",
    re.IGNORECASE,
)
_MIXED: Final = re.compile(r"(\d{1,15})(?: +|-| *& *| and )(\d{1,6}) ?/ ?(\d{1,6})(?!\d)(?:rds?\b|ths?\b|nds?\b)?")
_FRACTION: Final = re.compile(r"(\d{1,15}) ?/ ?(\d{1,6})(?!\d)(?:rds?\b|ths?\b|nds?\b)?")
_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}(?:,\d{3}){1,4}(?![\d,])(?:\.\d{1,12})?|[1-9]\d{0,2}(?:'\d{3}){1,4}(?!\d)")
_DECIMAL: Final = re.compile(r"\d{1,15}[.,]\d{1,20}|\.\d{1,20}|\d{1,15}")
_COMPUTED: Final = 9
"""Digits after the point from which a decimal is a program's way to write a kitchen fraction: 0.33333334326744."""
_KITCHEN_PARTS: Final = 16
"""Finest parts that a kitchen measures in: sixteenths."""
_CLOSE: Final = Fraction(1, 1_000_000)
"""How far such a decimal may be from the fraction: what single precision loses, and far less than a scale shows."""
_SPAN: Final = re.compile(r" ?(?:-? ?\b(?:to|or|bis|until)\b(?: ?-(?=\d))?|-to-|à(?= )|-) ?", re.IGNORECASE)
_PLUS: Final = re.compile(r" ?(?:\+|\bplus\b) ?(?=\d)", re.IGNORECASE)
_UNITLESS: Final = re.compile(r"(?! ?[+/])")
_NEXT: Final = re.compile(r"[.,/']?\d|e[+-]?\d", re.IGNORECASE)
_NEGATIVE: Final = re.compile(r"-\s*[\d.]")
_NOT_FINITE: Final = re.compile(r"[+-]? ?(?:nan|inf|infinity|∞)\b|∞", re.IGNORECASE)


def normalized(text: str) -> str:
    """`text` with digits of every script, fraction signs, dashes and spaces in their ASCII forms."""
    if len(text) > LONGEST:
        raise BadQuantity(f"{text[:40]!r}... has {len(text)} characters; a quantity has at most {LONGEST}")
    if not text.isascii():
        text = re.sub(_MISREAD, "", text)
        text = _RAISED_FRACTION.sub(
            lambda m: f" {''.join(map(_RAISED.__getitem__, m[1]))}/{''.join(map(_RAISED.__getitem__, m[2]))} ", text
        )
        text = _VULGAR.sub(_spelled_out, "".join(map(_ascii, _THIN.sub("", text).translate(_SIGNS))))
    return " ".join(text.split())


def _ascii(char: str) -> str:
    """One character: a digit of any script as 0-9."""
    return str(unicodedata.decimal(char)) if not char.isascii() and char.isdecimal() else char


def _spelled_out(found: re.Match[str]) -> str:
    """A vulgar fraction as n/d, apart from a digit on either side of it."""
    codes = unicodedata.decomposition(found[2]).split()[1:]
    spelled = "".join(chr(int(code, 16)) for code in codes).replace("⁄", "/")
    return f"{f'{found[1]} ' if found[1] else ''}{spelled}{' ' if found[3] else ''}"


def parse_number(text: str, at: int = 0) -> tuple[Fraction, int] | None:
    """The number that starts at `at` and where it ends; None if none does.

    Raises BadQuantity for what looks like a number but is none (1/0, 1e400, 1.2.3, -2).
    """
    if (bad := _NOT_FINITE.match(text, at)) is not None and not _DECIMAL.match(text, at):
        raise BadQuantity(f"{bad.group()!r} is not an amount; write a number such as 2, 1 1/2 or 0.75")
    if _NEGATIVE.match(text, at):
        raise BadQuantity(f"{text[at : at + 20]!r} is negative; an amount is 0 or more")
    found = _digits(text, at) or _spelled(text, at)
    if found is None:
        return None
    if (more := _NEXT.match(text, found[1])) and text[found[1] - 1].isdigit():
        raise BadQuantity(f"{text[at : more.end() + 6]!r} is not a number; write 1500, 1.5 or 1 1/2")
    return found


def _digits(text: str, at: int) -> tuple[Fraction, int] | None:
    if found := _MIXED.match(text, at):
        part = _ratio(found[2], found[3], found.group())
        if part < 1 or found[0][len(found[1])] != "-":
            if part >= 1:
                raise BadQuantity(f"{found.group()!r} is not a mixed number; write 1 1/2 or 3/2")
            return int(found[1]) + part, found.end()
    if found := _FRACTION.match(text, at):
        return _ratio(found[1], found[2], found.group()), found.end()
    if found := _THOUSANDS.match(text, at):
        return Fraction(found.group().replace(",", "").replace("'", "")), found.end()
    if found := _DECIMAL.match(text, at):
        return _decimal(found.group()), found.end()
    return None


def _decimal(written: str) -> Fraction:
    """A decimal exactly; one with many digits is the kitchen fraction it stands for, if one is that close."""
    value = Fraction(written.replace(",", "."))
    if len(re.split("[.,]", written)[-1]) < _COMPUTED:
        return value
    near = value.limit_denominator(_KITCHEN_PARTS)
    return near if abs(near - value) < _CLOSE else value


def _spelled(text: str, at: int) -> tuple[Fraction, int] | None:
    if tens := _TENS_AND_ONES.match(text, at):
        return _TENS[tens[1].lower()] + _WORDS[(tens[2] or tens[3]).lower()], tens.end()
    found = _TEXT.match(text, at)
    if found is None:
        return None
    if found["part"]:
        return _WORDS[(found["parts"] or "one").lower()] / _PARTS[found["part"].lower()], found.end()
    whole = _WORDS[found["word"].lower()]
    if found["andpart"]:
        whole += _WORDS[(found["andn"] or "one").lower()] / _PARTS[found["andpart"].lower()]
    return whole, found.end()


def _ratio(top: str, bottom: str, written: str) -> Fraction:
    if not int(bottom):
        raise BadQuantity(f"{written!r} divides by zero")
    return Fraction(int(top), int(bottom))


def _sum(text: str, at: int) -> tuple[Fraction, int] | None:
    """A number, or two with a plus between them ("1/4 + 1/8")."""
    first = parse_number(text, at)
    plus = _PLUS.match(text, first[1]) if first else None
    second = _digits(text, plus.end()) if plus else None
    return (first[0] + second[0], second[1]) if first and second and _UNITLESS.match(text, second[1]) else first


def parse_range(text: str, at: int = 0) -> tuple[Fraction, Fraction, int] | None:
    """The number or range (`2-3`, `2 to 3`, `2 or 3`) at `at` as low, high and where it ends; None if none is."""
    first = _sum(text, at)
    if first is None:
        return None
    low, end = first
    joint = _SPAN.match(text, end)
    if joint and joint.end() < len(text) and (second := _digits(text, joint.end()) or _spelled_high(text, joint.end())):
        high, stop = second
        if high < low:
            raise Unclear(f"{text[at:stop]!r} runs from high to low; write {_short(high)}-{_short(low)}")
        if _NEXT.match(text, stop) and text[stop - 1].isdigit():
            raise BadQuantity(f"{text[at : stop + 6]!r} is not a range of numbers; write 2-3")
        return low, high, stop
    return low, low, end


def _spelled_high(text: str, at: int) -> tuple[Fraction, int] | None:
    """A written-out upper end; `a` is none ("2 or a few")."""
    found = _spelled(text, at)
    return found if found and text[at : found[1]].lower() not in {"a", "an"} else None


def _short(value: Fraction) -> str:
    return str(value) if value.denominator > 1 else str(value.numerator)
