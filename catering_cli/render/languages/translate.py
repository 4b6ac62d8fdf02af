"""A section in Spanish, or in both languages, by the tables alone.

What no table knows stays in English: names of dishes and places, notes, steps of a recipe, a food that is not listed.
A word of an allergen or a diet is taken whole from its row; it is never put together from other words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from catering_cli.languages.lexicon import PLACE, Lexicon, Phrase, spanish
from catering_cli.languages.proof import proven_steps
from catering_cli.render.languages.local import AMERICAN, EUROPEAN, localized
from catering_cli.render.page import (
    Bars,
    Card,
    Cards,
    Column,
    Facts,
    Group,
    Page,
    Paragraph,
    Part,
    Row,
    Section,
    Signatures,
    Table,
    Tone,
)
from catering_cli.render.weights import in_pounds
from catering_cli.render.wording import dish_names

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan

BOTH: Final = "en+es"
STEP: Final = re.compile(r"((?:\d+\. )?)(.*?)((?: \(\d[^()]*\))?)", re.DOTALL)
"""A step as a recipe card has it: its number, its text, its minutes."""

SENTENCE: Final = re.compile(r"(?<=[.?!]) (?=[A-Z\d\"'])")
"""Where one sentence ends and the next begins."""

ISSUE, WHAT = "Issue", "What"
"""Columns whose cells are sentences: the first always, the second often."""

LISTS: Final = ("; ", ", ", " / ")
"""What stands between the entries of a cell, in the order in which they are taken apart."""

SURE: Final = 8
"""Letters of its own from which on a phrase is meant, whatever lists stand in its places."""

LONGEST: Final = 1_000
DEEPEST: Final = 8
"""How often a text is taken apart; texts of an order cannot make it endless."""


@dataclass(frozen=True, slots=True)
class Translator:
    """English to Spanish for one plan; `both` keeps the English before it."""

    lexicon: Lexicon
    locale: str
    both: bool
    own: frozenset[str]
    """names of the plan's dishes: they stay as the menu has them"""
    steps: Mapping[str, str]
    """steps of recipes -> translations that were proven"""

    def said(self, text: str, column: str = "") -> str:
        """A cell, a title or a label."""
        return self._shown(text, self._text(text, column, DEEPEST))

    def sentence(self, text: str) -> str:
        """A paragraph: a sentence of the tables, else its facts if all are known, else as written."""
        known = self._known(text, "", DEEPEST)
        if known is None and (step := self.step(text)) != text:
            return step
        known = known or self._facts(text)
        return text if known is None else self._shown(text, known)

    def sentences(self, text: str) -> str:
        """Sentences one by one: each that the tables know, the others as they are written."""
        return self._shown(text, " ".join(map(self._one, SENTENCE.split(text))))

    def _one(self, sentence: str) -> str:
        bare = sentence.removesuffix(".")
        known = self._known(bare, "", DEEPEST)
        if known is None:
            return sentence
        begin = known[:1].upper() if sentence[:1].isupper() else known[:1]
        return f"{begin}{known[1:]}{sentence[len(bare) :]}"

    def _facts(self, text: str) -> str | None:
        """A sentence of several facts if each of them is known."""
        known = [self._fact(one) for one in text.removesuffix(".").split("; ")]
        if len(known) == 1 or None in known:
            return None
        return "; ".join(map(str, known)) + "." * text.endswith(".")

    def _fact(self, text: str) -> str | None:
        """A part of a sentence: of the tables, if only loosely, or an amount."""
        known = self._known(text, "", DEEPEST) or self._phrase(text, "", DEEPEST, range(SURE))
        amount = not any(map(str.isalpha, text))
        return known or (localized(text, self.locale) if amount else None)

    def step(self, text: str) -> str:
        """A text that may be a step of a recipe, with its number and minutes: translated if a proven one is there."""
        found = STEP.fullmatch(text)
        if found is None:
            return text
        if found[2] not in self.steps:
            return f"{found[1]}{found[2]}{self._minutes(found[3])}" if found[1] else text
        return f"{found[1]}{self._shown(found[2], self.steps[found[2]])}{self._minutes(found[3])}"

    def _minutes(self, said: str) -> str:
        """What stands in brackets behind a step: its minutes, its heat, its batches."""
        bare = said.strip(" ()")
        known = self._known(bare, "", DEEPEST) if bare else None
        return f" ({known})" if known else said

    def _shown(self, text: str, other: str) -> str:
        return f"{text} / {other}" if self.both and other != text else other

    def _text(self, text: str, column: str, depth: int) -> str:
        """A word, a phrase that is surely meant, the entries of a list, a looser phrase: the first that fits."""
        if not text.strip() or text in self.own or depth <= 0:
            return text
        known = self._known(text, column, depth)
        if known is not None:
            return known
        for between in LISTS:
            entries = entries_of(text, between)
            if len(entries) > 1:
                return self._list(text, between, entries, column, depth - 1)
        loose = self._phrase(text, column, depth, range(SURE))
        return localized(text, self.locale) if loose is None else loose

    def _list(self, text: str, between: str, entries: list[str], column: str, depth: int) -> str:
        """The entries of a list each by itself; a sentence with commas stays whole unless it names an allergen."""
        told = [self._text(entry, column, depth) for entry in entries]
        may_stay = between == ", " and not self.lexicon.safety.search(text)
        if may_stay and _reads_as_sentence(text, entries, told):
            return text
        return between.join(told)

    def _known(self, text: str, column: str, depth: int) -> str | None:
        """A word or a phrase of the tables that is surely meant; None if it is neither."""
        return (
            self.steps.get(text)
            or self.lexicon.word(text, column)
            or self._phrase(text, column, depth, range(SURE, LONGEST))
        )

    def _phrase(self, text: str, column: str, depth: int, weights: range) -> str | None:
        several = len(entries_of(text, LISTS[0])) > 1
        for phrase in self.lexicon.phrases:
            if phrase.weight not in weights or (several and phrase.entry):
                continue
            if found := phrase.found.match(text):
                return self._filled(phrase, found, column, depth)
        return None

    def _filled(self, phrase: Phrase, found: re.Match[str], column: str, depth: int) -> str:
        """The phrase with its places filled in the order in which they stand in English."""
        texts = iter(found.groupdict().items())
        return PLACE.sub(lambda _: self._place(*next(texts), column, depth), phrase.said)

    def _place(self, name: str, text: str, column: str, depth: int) -> str:
        if name[0] == "x":
            return self._text(text, column, depth - 1)
        return localized(text, self.locale) if name[0] == "n" else text


def _reads_as_sentence(text: str, entries: list[str], told: list[str]) -> bool:
    """Whether what has commas is no list: most of its entries, or some and it ends in a full stop, are not known."""
    unknown = [entry for entry, other in zip(entries, told, strict=True) if entry == other]
    foreign = [entry for entry in unknown if _is_words(entry)]
    mostly = entries[0] in foreign and len(foreign) * 2 > len(entries)
    return mostly or (bool(foreign) and text.endswith("."))


def _is_words(text: str) -> bool:
    """Whether it is more than figures: what a table could know."""
    return any(map(str.isalpha, text))


def entries_of(text: str, between: str) -> list[str]:
    """The entries of a list; what stands in brackets belongs to one of them."""
    found = [""]
    for part in text.split(between):
        if found[-1].count("(") > found[-1].count(")"):
            found[-1] += between + part
        elif found == [""]:
            found = [part]
        else:
            found.append(part)
    return found


def translator(plan: CateringPlan, page: Page) -> Translator:
    """The translator of a plan's papers."""
    locale = AMERICAN if in_pounds(plan, page) else EUROPEAN
    names = frozenset(dish_names(plan).values())
    return Translator(spanish(), locale, page.lang == BOTH, names, proven_steps(plan))


def translated(section: Section, plan: CateringPlan, page: Page) -> Section:
    """The section in the language of the page."""
    say = translator(plan, page)
    return replace(section, title=say.said(section.title), parts=tuple(_part(part, say) for part in section.parts))


def _part(part: Part, say: Translator) -> Part:
    return _KINDS[type(part)](part, say)


def _table(part: Table, say: Translator) -> Table:
    columns = tuple(replace(column, title=say.said(column.title, column.title)) for column in part.columns)
    rows = tuple(_row(row, part.columns, say) for row in part.rows)
    return replace(part, title=say.said(part.title), columns=columns, rows=rows)


def _row(row: Row, columns: tuple[Column, ...], say: Translator) -> Row:
    return tuple(_cell(cell, column.title, say) for cell, column in zip(row, columns, strict=True))


def _cell(cell: str, title: str, say: Translator) -> str:
    if title in say.lexicon.keep:
        return say.step(cell)
    if title == ISSUE:
        return say.sentences(cell)
    said = say.sentences(cell) if title == WHAT else cell
    return said if said != cell else say.said(cell, title)


def _paragraph(part: Paragraph, say: Translator) -> Paragraph:
    known = say.sentence(part.text)
    return replace(part, text=say.sentences(part.text) if known == part.text else known)


def _facts(part: Facts, say: Translator) -> Facts:
    return Facts(tuple((say.said(label), _fact(label, said, say)) for label, said in part.pairs))


def _fact(label: str, said: str, say: Translator) -> str:
    return said if label in say.lexicon.keep else say.said(said)


def _cards(part: Cards, say: Translator) -> Cards:
    return replace(part, cards=tuple(_card(card, say) for card in part.cards))


def _card(card: Card, say: Translator) -> Card:
    lines: list[tuple[str, str, Tone]] = []
    for label, said, tone in card.lines:
        lines.append((say.said(label), _fact(label, said, say), tone))
    return Card(say.said(card.title), tuple(lines))


def _signatures(part: Signatures, say: Translator) -> Signatures:
    return Signatures(tuple(map(say.said, part.who)))


def _group(part: Group, say: Translator) -> Group:
    kept: list[Table | Paragraph | Signatures] = []
    for one in part.parts:
        new = _part(one, say)
        assert isinstance(new, Table | Paragraph | Signatures)
        kept.append(new)
    return Group(tuple(kept))


def _bars(part: Bars, say: Translator) -> Bars:
    return replace(part, title=say.said(part.title), lanes=tuple((say.said(name), bars) for name, bars in part.lanes))


_KINDS: Final[dict[type, Callable[..., Part]]] = {
    Table: _table,
    Paragraph: _paragraph,
    Facts: _facts,
    Cards: _cards,
    Signatures: _signatures,
    Group: _group,
    Bars: _bars,
}
