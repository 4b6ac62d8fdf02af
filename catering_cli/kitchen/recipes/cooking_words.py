"""What is done to food in a step, told by its words, equipment and temperature, from `data/cooking_words.tsv`.

"Sear the legs, add wine, simmer 40 minutes" is part-cooking, then cooking. What the fields of a step say wins.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final, NamedTuple

from catering_cli.data.equipment_names import plain_name
from catering_cli.data.tables import parts, rows
from catering_cli.domain.order_parts.recipe import RecipeStep, StepKind

HEAT: Final = frozenset({"cook", "bake", "part", "heat", "reheat", "sauce"})
"""Deeds that heat food; keeping it hot does not."""
THROUGH: Final = HEAT - {"sauce"}
"""Deeds that heat the food itself, not only what is beside it."""
COLD: Final = frozenset({"cool", "cold", "freeze"})
COOKS: Final = frozenset({"cook", "bake", "heat"})
"""Deeds that cook food through."""

_CLAUSE: Final = re.compile(r"[.;:\n]+|,|\bthen\b|\band\b|\(|\)")
_NOT_DONE: Final = re.compile(
    r"(?:\b(?:the|an?|this|that|your|our|its|their|each|every|of|per|before|after|for|prior to|ready to|without|not|"
    r"never|do not|low|medium|high|gentle|arctic|from|while|keep|kept|hold|held|serve|served|still|fill|with)|-)[ ]?$"
)
"""Words before a verb that make it a noun, or not done in this step."""
_OF_A_FOOD: Final = re.compile(r"\b(?:the|an?|with|of|some|more) $")
"""Words before a participle that only tells which food is meant: the fried wrappers."""
_DONE: Final = re.compile(r"\b(?:is|are|was|were|be|been|being|gets?|until|then|lightly|well|just) $")
_DEGREES: Final = re.compile(r"(-?\d{1,3}) ?°? ?([fc])\b")
_LEAST_HEAT: Final = 120
"""F above which a step's temperature is one of cooking; below it food is proofed or kept cold; [K]."""


class Deed(NamedTuple):
    """One thing done to food, and where in the text it is said."""

    at: int
    deed: str
    clause: str
    """the words around it, up to the next comma or full stop"""


class _Word(NamedTuple):
    deed: str
    marks: tuple[str, ...]
    """letters of which some stand in every text that has the word; empty: not known"""
    done: str
    """pattern of the word as it is told to be done"""
    past: str
    """pattern of its participle; empty: it has none"""

    def may_be_in(self, said: str) -> bool:
        """Whether a text may have the word: most have none, and no pattern is looked for in them."""
        return not self.marks or any(mark in said for mark in self.marks)


_compiled = cache(re.compile)


@lru_cache(maxsize=8_192)
def plain(text: str) -> str:
    """A text in lower case, without accents, its hyphens as spaces."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
    return " ".join(re.sub(r"[-‐‑_/]", " ", bare.replace("’", "'")).split())


def stands_in(said: str, word: str, ending: str = "") -> bool:
    """Whether a plain text has a plain word or phrase whole; `ending` is a pattern of what may be joined to it."""
    return word in said and re.search(rf"\b{re.escape(word)}{ending}\b", said) is not None


@cache
def any_of(words: str) -> re.Pattern[str]:
    """Pattern of the words of a table's row ("skewer|thread"), whole or in the plural, for a plain text."""
    return re.compile(rf"\b(?:{words})(?:e?s)?\b")


def _forms(verb: str) -> tuple[str, str, str]:
    """The stem of a verb, and patterns of it as it is told (bake, bakes, baking) and of its participle (baked)."""
    first, _, rest = verb.rpartition(" ") if verb.rpartition(" ")[2] not in _PARTICLES else verb.partition(" ")
    word, before, behind = (rest, first, "") if rest not in _PARTICLES else (first, "", rest)
    if verb.partition(" ")[2].split(" ")[0] in _PARTICLES:
        word, before, behind = verb.split(" ", maxsplit=1)[0], "", verb.partition(" ")[2]
    stem = word[:-1] if word.endswith(("e", "y")) and not word.endswith("ee") else word
    told, past = _inflected(word, stem)
    head, tail = (f"{before} " if before else ""), (f"(?: \\w+){{0,2}} {behind}" if behind else "")
    return stem, f"{head}(?:{told}){tail}", f"{head}{past}{tail}"


def _inflected(word: str, stem: str) -> tuple[str, str]:
    """Patterns of a verb of one word as it is told, and of its participle."""
    if word.endswith("y"):
        return f"{word}|{stem}ies|{word}ing", f"{stem}ied"
    if word.endswith("e"):
        return f"{word}|{word}s|{stem}ing", f"{word}d"
    double = word[-1] if re.search(r"[^aeiou][aeiou][bdgmnprt]$", word) else ""
    return f"{word}|{word}e?s|{word}{double}?ing", f"{word}{double}?ed"


_PARTICLES: Final = frozenset({"up", "through", "back"})


@cache
def _words() -> tuple[_Word, ...]:
    """The verbs, phrases and patterns that tell a deed in a text."""
    told: list[_Word] = []
    for row in rows("cooking_words"):
        unless = "|".join(re.escape(plain(word)) for word in parts(row["unless"]))
        ahead = f"(?! (?:{unless})\\b)" if unless else ""
        if row["form"] == "pattern":
            told.append(_Word(row["deed"], (), row["words"], ""))
        elif row["form"] == "phrase":
            phrases = tuple(map(plain, parts(row["words"])))
            any_of = "|".join(map(re.escape, phrases))
            told.append(_Word(row["deed"], phrases, rf"\b(?:{any_of})\b{ahead}", ""))
        elif row["form"] == "verb":
            stems, done, past = zip(*(_forms(plain(word)) for word in parts(row["words"])), strict=True)
            verbs = (rf"\b(?:{'|'.join(column)})\b{ahead}" for column in (done, past))
            told.append(_Word(row["deed"], stems, *verbs))
    return tuple(told)


@cache
def _named(form: str) -> dict[str, frozenset[str]]:
    """Deeds by name, of one form of the table."""
    found: dict[str, frozenset[str]] = {}
    for row in rows("cooking_words"):
        if row["form"] == form:
            for word in parts(row["words"]):
                found[plain(word)] = found.get(plain(word), frozenset()) | {row["deed"]}
    return found


@lru_cache(maxsize=8_192)
def told(text: str) -> tuple[Deed, ...]:
    """What a text tells to be done, in its order; participles only if it tells nothing else that heats or cools."""
    said = plain(text)
    found = [*_of_text(said)]
    if not any(one.deed in HEAT | COLD for one in found):
        found += _of_text(said, past=True)
    halves = {one.clause for one in found if one.deed == "half"}
    done = {one._replace(deed="part") if one.deed in COOKS and one.clause in halves else one for one in found}
    return tuple(sorted(done))


def _of_text(said: str, *, past: bool = False) -> Iterator[Deed]:
    for word in _words():
        if word.may_be_in(said):
            places = _past_places(word, said) if past else _places(word, said)
            yield from (Deed(at, word.deed, _clause(said, at)) for at in places)


def _places(word: _Word, said: str) -> Iterator[int]:
    """Where a text tells the word to be done: as an order, or in the passive."""
    for match in _compiled(word.done).finditer(said):
        if not word.past or not _NOT_DONE.search(said[: match.start()]):
            yield match.start()
    yield from (at for at in _past_places(word, said) if _DONE.search(said[:at]))


def _past_places(word: _Word, said: str) -> Iterator[int]:
    found = _compiled(word.past).finditer(said) if word.past else ()
    return (match.start() for match in found if not _OF_A_FOOD.search(said[: match.start()]))


def _clause(said: str, at: int) -> str:
    """The clause of a text in which a place is."""
    begins = max((match.end() for match in _CLAUSE.finditer(said, 0, at)), default=0)
    ends = next((match.start() for match in _CLAUSE.finditer(said, at)), len(said))
    return said[begins:ends].strip()


def clauses(text: str) -> tuple[tuple[int, str], ...]:
    """Each clause of a text with its place."""
    said, at, found = plain(text), 0, []
    for match in _CLAUSE.finditer(said):
        found.append((at, said[at : match.start()].strip()))
        at = match.end()
    return (*found, (at, said[at:].strip()))


@lru_cache(maxsize=4_096)
def of_equipment(name: str) -> frozenset[str]:
    """Deeds that a piece of equipment is for: cook, bake, hold, cool, cold, freeze."""
    known, called = _named("equipment"), plain_name(name)
    for word in (called, called.removesuffix("s"), called.removesuffix("es")):
        if word in known:
            return known[word]
    inside = [deeds for word, deeds in known.items() if stands_in(called, word, "s?")]
    return frozenset().union(*inside)


@lru_cache(maxsize=8_192)
def of_line(text: str) -> frozenset[str]:
    """What the words beside an ingredient say it is: cooked, ready, comminuted, frozen."""
    said, found = plain(text), set()
    for row in rows("cooking_words"):
        if row["form"] != "line":
            continue
        unless = any(stands_in(said, plain(word)) for word in parts(row["unless"]))
        if not unless and any(stands_in(said, plain(word)) for word in parts(row["words"])):
            found.add(row["deed"])
    return frozenset(found)


@lru_cache(maxsize=4_096)
def waits_overnight(text: str) -> bool:
    """Whether the words of a step let its food wait overnight: rubbed, soaked, chilled to set or left to rise."""
    said = plain(text)
    for row in rows("cooking_words"):
        if row["form"] != "wait" or any(plain(word) in said for word in parts(row["unless"])):
            continue
        if any(re.search(rf"\b{re.escape(plain(word))}\b", said) for word in parts(row["words"])):
            return True
    return False


def of_dish(name: str) -> frozenset[str]:
    """What a dish's name says of it: raw or rare."""
    by_name = frozenset().union(*(deeds for word, deeds in _named("dish").items() if stands_in(plain(name), word)))
    return by_name.union({one.deed for one in told(name) if one.deed in ("raw", "rare", "stuffed")})


def degrees_f(text: str) -> int | None:
    """The first temperature of a text in F."""
    found = _DEGREES.search(plain(text))
    if found is None:
        return None
    return int(found[1]) if found[2] == "f" else int(found[1]) * 9 // 5 + 32


def deeds(step: RecipeStep) -> tuple[Deed, ...]:
    """What is done in a step: its words, else its equipment and temperature; its kind says whether it heats."""
    found = told(step.text)
    said = {one.deed for one in found}
    on = frozenset().union(*map(of_equipment, step.equipment))
    if not said & (HEAT | COLD | {"hold", "thaw"}) and (on & {"cook", "bake"} or _is_hot(step.temperature)):
        found = (*found, Deed(0, "bake" if "bake" in on else "cook", ""))
    cold = [Deed(len(step.text), deed, "") for deed in sorted(on & COLD) if deed not in said]
    return _as_kind(step, (*sorted(found), *cold))


def _is_hot(temperature: str) -> bool:
    degrees = degrees_f(temperature)
    return bool(temperature) and (degrees is None or degrees >= _LEAST_HEAT)


def _as_kind(step: RecipeStep, found: tuple[Deed, ...]) -> tuple[Deed, ...]:
    """The deeds as the step's kind has them, if it says one."""
    if step.kind is None:
        return found
    if step.kind in ("cook", "reheat"):
        heats = [one for one in found if one.deed in HEAT]
        given = () if heats and step.kind == "cook" else (Deed(0, step.kind, ""),)
        return tuple(sorted((*given, *found)))
    unheated = tuple(one for one in found if one.deed not in HEAT)
    more = {"chill": "cool", "thaw": "thaw"}.get(step.kind)
    if more and more not in {one.deed for one in unheated}:
        unheated = (*unheated, Deed(len(step.text), more, ""))
    return unheated


def kind_of(step: RecipeStep) -> StepKind:
    """The step's kind; if it does not say, what its words, equipment and temperature tell: prep if nothing."""
    if step.kind is not None:
        return step.kind
    done = {one.deed for one in deeds(step)}
    if "reheat" in done:
        return "reheat"
    if done & HEAT:
        return "cook"
    if done & {"cool", "freeze"} and "cut" not in done:
        return "chill"
    return "thaw" if "thaw" in done else "prep"
