"""The rule for a model's prose: no figures, no dish names, no claims; facts come by slots that code fills.

Two strictnesses. A LETTER goes to people outside the kitchen: it names no dish and no allergen or diet at all.
WORKING prose (technique, steps, briefs) may speak of foods, and of ordinal and small talk, but makes no claim.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import Literal

from catering_cli.domain.finding import Finding
from catering_cli.kitchen.event.texts import SLOT
from catering_cli.tasks.shared.findings import rejected

Strictness = Literal["letter", "working"]
LETTER: Strictness = "letter"
WORKING: Strictness = "working"

_NUMBERS = (
    "zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|million|dozens?|"
    "half|halves|quarters?|thirds?|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twice|thrice|double|triple|"
    "quadruple|couple|noon|midnight|o'clock|percent"
)
_ONE = (
    r"(?<!no )(?<!any )(?<!every )(?<!each )(?<!which )(?<!this )(?<!that )(?<!the )"
    r"\bone\b(?=[- ][a-z])(?! (?:another|of|by|or|and|is|that|who|to|more)\b)"
)
"""The pronoun is no number: "no one", "the one", "one of them", "the right one."; "one tray" is."""
_NUMBER = re.compile(rf"\b(?:{_NUMBERS})\b|{_ONE}", re.IGNORECASE)

_FOODS = (
    r"(?:tree ?)?nuts?|peanuts?|almonds?|hazelnuts?|walnuts?|cashews?|pecans?|pistachios?|gluten|wheat|dairy|milk|"
    r"lactose|eggs?|fish|shellfish|crustaceans?|mollus[ck]s?|soy|soya|soybeans?|sesame|celery|mustard|lupin|"
    r"sul(?:ph|f)ites?|pork|alcohol|meat|animal products"
)
_DIETS = (
    r"vegans?|vegetarians?|veggies?|plant[- ]based|pescatarians?|halal|kosher|jain|c(?:o)?eliacs?|keto|paleo|"
    r"diabetics?|low[- ]sodium|hypoallergenic|allergen[- ]free"
)
_NAMED = re.compile(rf"\b(?:{_FOODS}|{_DIETS})\b", re.IGNORECASE)
_CLAIM = re.compile(
    rf"\b(?:{_DIETS})\b|\b\w+[- ]free\b|\bfree (?:of|from)\b|"
    r"\b(?:safe|suitable|fit|fine|all right|ok(?:ay)?) (?:for|to eat)\b|"
    rf"\b(?:no|not any|never any|without(?: any)?|zero|contains? no|lacks?|excludes?) (?:\w+ ){{0,2}}"
    rf"(?:{_FOODS}|allergens?|traces?)\b",
    re.IGNORECASE,
)

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
) -> list[str]:
    """What is wrong with `text`, each in one line that says what would be right; empty if nothing is.

    `slots` are the names that may be used; `dishes` the names of dishes, which a letter must not write out.
    """
    bare = SLOT.sub(" ", text)
    used = dict.fromkeys(SLOT.findall(text))
    found = [f"{{{name}}} is no slot; there are {_list(slots)}" for name in used if name not in slots]
    if re.search(r"[{}]", bare):
        found.append("braces stand only around the name of a slot")
    found += _figures(bare)
    found += _other_scripts(bare)
    found += _claims(bare, strictness)
    if strictness == LETTER:
        found += [f"the dish {name!r} is named: write its slot" for name in _named(bare, dishes)]
        if not _is_english(bare):
            found.append("this does not read as English")
    return found


def findings(
    rule: str,
    where: str,
    text: str,
    strictness: Strictness = WORKING,
    *,
    dishes: Collection[str] = (),
) -> list[Finding]:
    """The faults of a text without slots, as findings that reject the answer."""
    return [rejected(rule, where, fault) for fault in faults(text, strictness, dishes=dishes)]


def _other_scripts(bare: str) -> Iterator[str]:
    for char in bare:
        if char.isalpha() and not _is_latin(char):
            yield f"the letter {char!r} is not Latin script: texts are English"
            return


def _claims(bare: str, strictness: Strictness) -> Iterator[str]:
    claim = _CLAIM.search(bare)
    if claim is None and strictness == LETTER:
        claim = _NAMED.search(bare)
    if claim:
        yield f"{claim.group(0)!r} speaks of an allergen or diet: leave it out, the program says it from labels"


def _figures(bare: str) -> Iterator[str]:
    digit = next((char for char in bare if char.isnumeric()), None)
    if digit:
        yield f"the digit {digit!r} stands outside a slot: write no figures"
    word = _NUMBER.search(bare)
    if word:
        yield f"{word.group(0)!r} is a number in words: write no figures"


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
