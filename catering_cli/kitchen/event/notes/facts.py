"""What a sentence of the notes says that a field of the order may hold: allergens, diets, numbers, times and names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

from catering_cli.kitchen.dietary import allergens
from catering_cli.kitchen.dietary import diets as dietary
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.quantities.numerals import parse_number

Kind = Literal["allergen", "allergy", "diet", "number", "time", "name"]

NEED = "list these guests in order.guests.profiles with their need, count and severity"
REMEDIES: dict[Kind, str] = {"allergen": NEED, "allergy": NEED, "diet": NEED}


class Fact(NamedTuple):
    """One thing that a sentence says."""

    kind: Kind
    value: str
    """as it is compared: name of the allergen or diet, the number, minutes of the day, the words of a name"""
    written: str

    @property
    def said(self) -> str:
        """How it is named in a message."""
        if self.kind == "allergen":
            return f"the allergen {self.value}" if allergens.target(self.value).allergens else f"the food {self.value}"
        if self.kind == "allergy":
            return "an allergy"
        if self.kind == "diet":
            return f"the diet {self.value}"
        return f"the {self.kind} {self.written}"

    @property
    def fix(self) -> str:
        """Where it belongs; empty if that depends."""
        return REMEDIES.get(self.kind, "")


def facts_of(sentence: str) -> tuple[Fact, ...]:
    """Everything that a sentence says, in the order of the kinds."""
    times = tuple(_times(sentence))
    without = sentence
    for fact in times:
        without = without.replace(fact.written, " ")
    return tuple(dict.fromkeys((*_needs(sentence), *_numbers(without), *times, *_names(without))))


ALLERGY = re.compile(
    r"^(?:allerg\w*|anaphyla\w*|epi|epipens?|adrenaline|intoleran\w*|hypersensitiv\w*|coeliacs?|celiacs?)$"
)
"""A word that speaks of what may harm."""

SHUNS = frozenset(tokens("no avoid avoids avoiding without free never cannot cant"))
"""Words before what a guest does not eat."""

LONGEST, BEFORE, AFTER, SOON = 3, 3, 8, 4
"""Words of a food's name; before and after an allergy's word, and after one of shunning, where it is looked for."""


def _needs(sentence: str) -> Iterator[Fact]:
    """Allergens and diets by their names; near a word of allergies or shunning every food that a table knows."""
    words = tokens(sentence)
    near: set[int] = set()
    is_told = False
    for at, word in enumerate(words):
        if ALLERGY.match(word):
            is_told = True
            near.update(range(at - BEFORE, at + AFTER + 1))
        if word in SHUNS:
            near.update(range(at, at + SOON + 1))
    needs = list(_named_needs(words, near))
    yield from needs
    if is_told and not needs:
        yield Fact("allergy", "", "")


def _named_needs(words: Sequence[str], near: set[int]) -> Iterator[Fact]:
    at = 0
    while at < len(words):
        fact, size = _need_at(words, at, is_near=at in near)
        if fact:
            yield fact
        at += size


def _need_at(words: Sequence[str], at: int, *, is_near: bool) -> tuple[Fact | None, int]:
    """The allergen, diet or food whose name begins at a word, and its length."""
    for size in range(min(LONGEST, len(words) - at), 0, -1):
        said = " ".join(words[at : at + size])
        if found := dietary.diet(said):
            return Fact("diet", found.name, said), size
        target = allergens.target(said)
        if target.known and (target.allergens or (is_near and said not in IDLE)):
            return Fact("allergen", target.name, said), size
    return None, 1


_TIME = re.compile(
    r"\b(?:(?P<hour>[01]?\d|2[0-4])(?:[:.h](?P<minute>[0-5]\d))?\s*(?P<half>[ap])(?:\.\s?m\.?|m\b)"
    r"|(?P<hour24>[01]?\d|2[0-4])[:h](?P<minute24>[0-5]\d)\b"
    r"|(?P<clock>\d{1,2})\s+o['’]clock|(?P<word>noon|midday|midnight)"
    r"|(?P<part>half|quarter)\s+(?P<side>past|to)\s+(?P<said>[a-z]+|\d{1,2})\b)",
    re.IGNORECASE,
)
NOON, HALF_DAY, DAY = "720", 720, 1440


def _times(sentence: str) -> Iterator[Fact]:
    for found in _TIME.finditer(sentence):
        yield Fact("time", _minute(found), found[0].strip())


def _part_of_an_hour(found: re.Match[str]) -> str:
    """Half past four, a quarter to five: of either half of the day."""
    hour = parse_number(found["said"].casefold())
    away = 30 if found["part"].casefold() == "half" else 15
    if found["side"].casefold() != "past":
        away = -away
    return f"{(int(hour[0] if hour else 0) * 60 + away) % HALF_DAY}?"


def _minute(found: re.Match[str]) -> str:
    """Minutes of the day; with a mark behind them if it may be of either half of the day."""
    if found["word"]:
        return "0" if found["word"].casefold() == "midnight" else NOON
    if found["half"]:
        after_noon = HALF_DAY if found["half"].casefold() == "p" else 0
        return str(int(found["hour"]) % 12 * 60 + int(found["minute"] or 0) + after_noon)
    if found["part"]:
        return _part_of_an_hour(found)
    hour = int(found["hour24"] or found["clock"])
    either = "?" if hour <= 12 else ""  # noqa: PLR2004  # the clock's face
    return f"{(hour * 60 + int(found['minute24'] or 0)) % DAY}{either}"


_DIGITS = re.compile(r"(?<![\w.,])\d+(?:[.,]\d{3})*(?:[.,]\d+)?")
_WORD = re.compile(
    r"(?<![\w-])(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|hundred)\b",
    re.IGNORECASE,
)


_NUMBERED = re.compile(r"\b(table|seat|room|suite|hall|bus|gate|door|station|bar|no\.|number)\s+#?$", re.IGNORECASE)
"""What has a number for a name: table 4."""


def _numbers(text: str) -> Iterator[Fact]:
    """Numbers in digits, and those in words from two on: "one" may be no number."""
    for found in _DIGITS.finditer(text):
        numbered = _NUMBERED.search(text[: found.start()])
        if numbered:
            yield Fact("name", f"{' '.join(tokens(numbered[1]))} {found[0]}", f"{numbered[1]} {found[0]}")
        else:
            yield Fact("number", found[0].replace(",", ""), found[0])
    for found in _WORD.finditer(text):
        word = found[0].casefold()
        parsed = parse_number(word)
        fixed = {"dozen": "12", "dozens": "12", "hundred": "100"}.get(word)
        if parsed or fixed:
            yield Fact("number", fixed or str(parsed[0] if parsed else ""), found[0])


_CAPITAL = re.compile(r"\b[A-ZÀ-Þ][\w'’&-]*(?:\.(?=\s+[A-ZÀ-Þ]))?(?:\s+[A-ZÀ-Þ][\w'’&-]*)*")
_ARTICLE = re.compile(r"^(?:(?:The|A|An|Our|My|His|Her|Their|Your|No|Please|All|Both|Each)\b\s*)+")
ALONE = frozenset({"I", "I'm", "I’m", "I'd", "I’d", "I'll", "I’ll", "OK", "AM", "PM"})


def _names(text: str) -> Iterator[Fact]:
    """Capitalised words, but for one that only opens the sentence."""
    if text.isupper():
        return
    for found in _CAPITAL.finditer(text):
        written = _ARTICLE.sub("", found[0])
        opens = not text[: found.start()].strip("\"'“‘([ \t")
        if opens and written == found[0] and not re.search(r"\s|['’]s$", written):
            continue
        if written and written not in ALONE:
            yield Fact("name", " ".join(tokens(written)), written)


IDLE: Final = frozenset(
    tokens(
        """a an the this that these those and or but with without for from of to in on at by as is are was were be been
        has have had will would shall should can may must do does did not no yes there it its they them their he him
        his she her hers we us our you your i me my who which what when where please kindly note also only all both
        each every one guest guests person people attendee attendees client table tables seat seats seated free avoid
        allergy allergies allergic allergen severe severely serious mild anaphylactic anaphylaxis intolerant
        intolerance diet dietary requirement requirements need needs request requests expect expected expecting
        about around approximately total count number headcount served serve service event start starts starting
        begin begins end ends ending"""
    )
)
"""Words that say nothing by themselves beside an allergen, a number or a name."""
