"""The rule for a model's words: no claim anywhere; no figure that the order does not hold.

A LETTER goes to the client: it writes no figure, no dish and no allergen or diet at all; facts come by slots that code
fills. WORKING words (risks, questions, technique, briefs, notes for the kitchen and the floor) may speak of foods,
guests' needs and what is counted in plain English ("one tray at a time"); a figure in them stands in what was given.
A TECHNIQUE may give times and temperatures beside ("hold at 140 °F"), but no amounts: those are scaled elsewhere. The
steps of a RECIPE have their own figures; they are judged as a recipe's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import Literal

from catering_cli.domain.finding import Finding
from catering_cli.kitchen.event.texts import SLOT
from catering_cli.tasks.shared.claims import DIETS, FOODS, claims
from catering_cli.tasks.shared.findings import rejected

Strictness = Literal["letter", "working", "technique", "recipe"]
LETTER: Strictness = "letter"
WORKING: Strictness = "working"
TECHNIQUE: Strictness = "technique"
RECIPE: Strictness = "recipe"

_COUNTS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|million|dozens?"
)
_NUMBERS = (
    f"zero|{_COUNTS}|half|halves|quarters?|thirds?|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twice|thrice|double|"
    "triple|quadruple|noon|midnight|o'clock|percent"
)
_ONE = (
    r"(?<!no )(?<!any )(?<!every )(?<!each )(?<!which )(?<!this )(?<!that )(?<!the )"
    r"\bone\b(?=[- ][a-z])(?! (?:another|of|by|or|and|is|that|who|to|more)\b)"
)
"""The pronoun is no number: "no one", "the one", "one of them", "the right one."; "one tray" is."""
_NUMBER = re.compile(rf"\b(?:{_NUMBERS})\b|{_ONE}", re.IGNORECASE)
_MEASURED = re.compile(
    rf"\b(?:{_COUNTS})[- ](?:\w+[- ])?(?:minutes?|hours?|days?|degrees?|guests?|people|covers|vegans|vegetarians|"
    rf"kilos?|kilograms?|grams?|pounds?|ounces?|lit(?:er|re)s?|gallons?|quarts?|dollars?|euros?|percent)\b|"
    rf"\b(?:half|quarter) (?:past|to) \w+|\b(?:one|{_COUNTS}) o'clock\b",
    re.IGNORECASE,
)
"""Number words that measure: a time, a count of guests, a weight. The others are English."""
_TIMES = re.compile(
    rf"(?:\b\d+(?:\s?(?:-|to)\s?\d+)?|\b(?:one|{_COUNTS}))[- ]?"
    r"(?:(?:°|º|degrees?)?\s?[FC]\b|°|degrees?\b|seconds?\b|minutes?\b|min\b|hours?\b|days?\b|cm\b|mm\b|inch(?:es)?\b)"
)
"""Times, temperatures and sizes of cuts."""
_DIGITS = re.compile(r"\d+(?:[.,:/]\d+)*")
_NAMED = re.compile(rf"\b(?:{FOODS}|{DIETS})\b", re.IGNORECASE)

_COMMON_WORDS = (
    "a|all|an|and|are|as|at|be|before|by|can|each|for|from|has|have|if|in|is|it|its|keep|may|more|must|not|of|on|or|our|"
    "out|please|so|than|that|the|their|them|then|there|they|this|to|until|up|we|when|where|which|while|will|with|you|"
    "your"
)
_COMMON = frozenset(_COMMON_WORDS.split("|"))
_A_DOZEN = 12
_ENGLISH_SHARE = 0.15
"""Least share of common words in a text of a dozen words or more; [K], English prose has about twice that."""


def faults(
    text: str,
    strictness: Strictness,
    *,
    slots: Collection[str] = (),
    dishes: Collection[str] = (),
    facts: str = "",
) -> list[str]:
    """Everything wrong with `text`, each in one line that says what would be right; empty if nothing is.

    `slots` are the names that may be used; `dishes` the names of dishes, which a letter must not write out; `facts`
    the text of what was given, whose figures working words may repeat.
    """
    bare = SLOT.sub(" ", text)
    used = dict.fromkeys(SLOT.findall(text))
    found = [f"{{{name}}} is no slot; there are {_list(slots)}" for name in used if name not in slots]
    if re.search(r"[{}]", bare):
        found.append("braces stand only around the name of a slot")
    found += _other_scripts(bare)
    found += [f"{words!r} claims what only a label proves: leave it out" for words in claims(bare)]
    found += _figures(bare) if strictness == LETTER else ()
    found += _strange_figures(bare, facts) if strictness == WORKING else ()
    found += _strange_figures(_TIMES.sub(" ", bare), facts) if strictness == TECHNIQUE else ()
    if strictness == LETTER:
        found += [f"{words!r} speaks of an allergen or diet: leave it out" for words in _needs(bare)]
        found += [f"the dish {name!r} is named: write its slot" for name in _named(bare, dishes)]
        if not _is_english(bare):
            found.append("this does not read as English")
    return found


def as_findings(
    rule: str, where: str, text: str, strictness: Strictness = WORKING, *, facts: str = ""
) -> list[Finding]:
    """The faults of words without slots, as findings that reject them."""
    return [rejected(rule, where, fault) for fault in faults(text, strictness, facts=facts)]


def _other_scripts(bare: str) -> Iterator[str]:
    for char in bare:
        if char.isalpha() and not _is_latin(char):
            yield f"the letter {char!r} is not Latin script: texts are English"
            return


def _needs(bare: str) -> Iterator[str]:
    """Words for allergens and diets, each once."""
    yield from dict.fromkeys(found[0] for found in _NAMED.finditer(bare))


def _figures(bare: str) -> Iterator[str]:
    """Every figure, in digits of any script or in words."""
    digits = next((char for char in bare if char.isnumeric()), None)
    if digits:
        yield f"the digit {digits!r} stands outside a slot: write no figures"
    for words in dict.fromkeys(found[0] for found in _NUMBER.finditer(bare)):
        yield f"{words!r} is a number in words: write no figures"


def _strange_figures(bare: str, facts: str) -> Iterator[str]:
    """Figures that what was given does not hold."""
    known = set(_DIGITS.findall(facts))
    for digits in dict.fromkeys(_DIGITS.findall(bare)):
        if digits not in known:
            yield f"the figure {digits!r} stands nowhere in what was given: leave it out"
    for char in dict.fromkeys(char for char in bare if not char.isascii()):
        if not char.isnumeric():
            continue
        yield f"the figure {char!r} stands nowhere in what was given: leave it out"
    for words in dict.fromkeys(found[0] for found in _MEASURED.finditer(bare)):
        yield f"{words!r} stands nowhere in what was given: leave it out"


def _named(bare: str, dishes: Collection[str]) -> Iterator[str]:
    """Dish names that occur as whole words, case and spacing aside; "guests" names no dish `{guests}`."""
    plain = f" {_words(bare)} "
    for name in dishes:
        wanted = _words(SLOT.sub(" ", name))
        if wanted and f" {wanted} " in plain:
            yield name


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


def _is_latin(char: str) -> bool:
    return unicodedata.name(char, "").startswith("LATIN")


def _is_english(bare: str) -> bool:
    words = re.findall(r"[a-z']+", bare.casefold())
    if len(words) < _A_DOZEN:
        return True
    common = sum(word in _COMMON for word in words)
    return common >= _ENGLISH_SHARE * len(words)


def _list(slots: Collection[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in list(slots)[:12]) or "none here"
