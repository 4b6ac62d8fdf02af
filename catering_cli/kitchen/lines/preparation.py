"""Takes the text after an amount apart: the food, what was done before it is weighed, and what is done after."""

from __future__ import annotations

import re
from typing import Final

from catering_cli.kitchen.foods import weights
from catering_cli.kitchen.foods.identify import identify
from catering_cli.kitchen.quantities.vocabulary import word_set

_ADVERB: Final = word_set(
    "finely coarsely roughly thinly thickly freshly lightly firmly loosely tightly very well just newly"
)
PREPARING: Final = word_set(
    "chopped diced sliced minced grated shredded trimmed peeled cored seeded deseeded pitted stoned shelled "
    "husked hulled boned deboned deveined cleaned crushed crumbled mashed cubed julienned halved quartered "
    "torn melted softened sifted packed toasted beaten drained rinsed washed cut zested squeezed slivered "
    "shaved stemmed skinned scrubbed picked bruised smashed shucked blanched thawed flaked pureed puréed "
    "whisked separated warmed chilled snipped cracked pounded butterflied whipped strained sieved steeped "
    "soaked segmented spiralized dried-off "
    "patted unpeeled juiced pressed scalded spiralised hard-boiled pre-cooked portioned scored riced"
)
"""Adjectives that name a preparation done in the kitchen."""

DONE_LATER: Final = PREPARING | word_set(
    "cooked boiled roasted steamed fried sautéed sauteed grilled ground frozen poached"
)
"""What may be done after weighing; before the noun these words name another food ("cooked rice")."""

_OPENING: Final = word_set("for to about preferably such plus if as optional at divided enough your with not see cut")
"""Words that open a remark after a comma, not another food."""

_JOINING: Final = frozenset(("and", "&", "or", "then"))
_DESCRIBING: Final = word_set(
    "boneless skinless bone-in skin-on fresh ripe large small medium thick thin firm hot cold warm organic "
    "young tender raw lean whole dried frozen smoked cooked uncooked unsalted salted sweet dry extra good "
    "quality low-fat full-fat plain freshly-ground heavy light dark unbleached free-range wild soft hard "
    "crisp day-old crusty all-purpose self-rising"
)
"""Adjectives after which a comma does not start a preparation ("boneless, skinless chicken thighs")."""

_QUALIFYING: Final = _ADVERB | _JOINING | _DESCRIBING
"""Words that may stand between two that prepare."""

_CONTAINED: Final = re.compile(
    r"^(?:(?:can|tin|jar|bottle|carton|packet|bag)s? of (?=\w)|(?:of|the|an?) (?=\w))", re.IGNORECASE
)
"""What may stand between an amount and its food: "2 x 400 g can of chickpeas"."""

_SAID_TWICE: Final = re.compile(r"(\d[\d/.]* ?[A-Za-z]+\.?) \((\d[\d/. ]*[A-Za-z]+\.?)\)(?= [a-z])")
"""An amount within a remark that is said again in brackets: "beaten with 2 tbsp (25 ml) water"."""

_SENTENCE: Final = re.compile(
    rf" (?:(?:{'|'.join(sorted(_ADVERB))}) )?(?:{'|'.join(sorted(DONE_LATER))}|mixed|dissolved|blended|cut|measured|"
    r"diluted|tied|stuck|left|brought|kept) (?:with|in|into|until|to|through|by|for|at|on|from|over|overnight|"
    r"crosswise|lengthwise|lengthways|together) ",
    re.IGNORECASE,
)
"""Words that begin what is done to a food: "beaten with", "cut into"."""

_CUT_OR_PURPOSE: Final = re.compile(
    r" for (?=[a-z])| (?:(?:small|fine|medium|large|rough|1/[248](?:-inch)?) (?:dice|chop|mince|slice)|"
    r"julienne|brunoise|chiffonade|(?:sliced|cut|shaved) (?:very )?(?:thin|thick|small|fine))\b",
    re.IGNORECASE,
)
"""A cut as kitchens call it, or what the food is for, without a comma: "red onion small dice", "bread for croutons"."""

_PAREN: Final = re.compile(r" ?\(([^()]*)\)")


def only_prepares(text: str) -> bool:
    """Whether all words of a text say what is done to a food: "finely diced", "peeled and chopped"."""
    words = [word.strip(",").lower() for word in text.split()]
    return bool(words) and all(word in DONE_LATER | _ADVERB | _JOINING or _prepares(word) for word in words)


def split_name(rest: str, *, counted: bool) -> tuple[str, str, str, list[str]]:
    """The food, what was done before it is weighed, and what is done after."""
    brackets: list[str] = []
    rest = _SAID_TWICE.sub(r"\1/\2", _opened(rest))
    while found := _PAREN.search(rest):
        brackets.append(" ".join(found[1].split()).strip(" ,;"))
        rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    rest = " ".join(rest.split()).replace(" ,", ",").strip(" ,;")
    head, after = _first_comma(rest) if counted else _names(rest)
    words = head.split()
    before: list[str] = []
    if not weights.known(head):
        words, before = _leading(words)
    warnings: list[str] = []
    words, trailing = _trailing(words)
    if trailing:
        warnings.append(
            f"{' '.join(trailing)!r} is read as done after weighing; write it before the food if it was done before"
        )
    item = " ".join(words).strip(" ,;-")
    item, sentence = _done_with(item)
    item = _CONTAINED.sub("", item)
    done = "; ".join(p for p in (" ".join(trailing), sentence, after, *brackets) if p)
    return item, " ".join(before), done, warnings


def _opened(rest: str) -> str:
    """The text without the brackets round its food: "boneless (skinless chicken breasts, sliced)" names none before."""
    found = _PAREN.search(rest)
    if not found or rest[found.end() :].strip(" ,;"):
        return rest
    head = rest[: found.start()].lower().replace(",", " ").split()
    if not all(word in _DESCRIBING | PREPARING | _ADVERB for word in head):
        return rest
    inside = found[1].strip()
    return f"{rest[: found.start()]} {inside}" if weights.known_food(_first_comma(inside)[0]) else rest


def _first_comma(rest: str) -> tuple[str, str]:
    """The text up to the comma (or dash) that starts the preparation, and after it."""
    parts = re.split(r", ?| - |; ?", rest)
    head = parts[0]
    taken = 1
    while taken < len(parts) and _names_no_food(head):
        head = f"{head}, {parts[taken]}"
        taken += 1
    return head, ", ".join(p.strip() for p in parts[taken:] if p.strip())


def _names_no_food(head: str) -> bool:
    """Whether the words before a comma only describe: in "seeded, cored, and diced apples" the food comes last."""
    words = [word.strip(",").lower() for word in head.split()]
    return all(word in _DESCRIBING | DONE_LATER | _ADVERB | _JOINING or _prepares(word) for word in words)


def _names(rest: str) -> tuple[str, str]:
    """The foods of a line without an amount: only plain preparations after a comma are none of them."""
    head, *parts = re.split(r", ?|; ?", rest)
    after: list[str] = []
    for part in parts:
        words = [w.lower() for w in part.split()]
        plain_preparation = all(w in DONE_LATER | _ADVERB | _JOINING for w in words)
        if after or plain_preparation or (words and words[0] in _OPENING):
            after.append(part)
        else:
            head = f"{head}, {part}"
    return head, ", ".join(after)


def _prepares(word: str) -> bool:
    """Whether a word names a preparation: grated, coarsely-grated."""
    adverb, hyphen, rest = word.partition("-")
    return word in PREPARING or bool(hyphen and adverb in _ADVERB and rest in PREPARING)


def _leading(words: list[str]) -> tuple[list[str], list[str]]:
    """The words without the preparing ones at their start ("finely chopped"), and those."""
    end = _end_of_preparing(words)
    taken = [word.strip(",") for word in words[:end]]
    describing = [word for word in taken if word.lower() in _DESCRIBING]
    preparing = [word for word in taken if word.lower() not in _DESCRIBING]
    while preparing and preparing[-1].lower() in _JOINING:
        preparing.pop()
    return describing + words[end:], preparing


def _end_of_preparing(words: list[str]) -> int:
    """How many words at the start go as far as the last that prepares; they end before a food that is known."""
    end = 0
    for at, written in enumerate(words[:-1], 1):
        word = written.lower().strip(",")
        if _prepares(word):
            end = at
        elif word not in _QUALIFYING:
            break
        if weights.known(" ".join(words[at:])):
            return at if 0 < end == at - 1 and word in _JOINING else end  # "minced or" before grated ginger
    return end


def _done_with(item: str) -> tuple[str, str]:
    """`egg beaten with 1 tbsp water`, `celery sliced in half`: the food, and what is done to it in a sentence."""
    for pattern in (_SENTENCE, _CUT_OR_PURPOSE):
        found = pattern.search(item)
        if found and not weights.known(item) and _is_a_food(item[: found.start()]):
            return item[: found.start()], item[found.start() :].strip()
    return item, ""


def _is_a_food(text: str) -> bool:
    return weights.known_food(text) or identify(text) is not None


def _trailing(words: list[str]) -> tuple[list[str], list[str]]:
    """Preparing adjectives at the end without a comma ("2 onions finely chopped")."""
    at = len(words)
    while at > 1 and words[at - 1].lower() in PREPARING | _ADVERB | _JOINING:
        at -= 1
    tail = words[at:]
    return (words[:at], tail) if any(w.lower() in PREPARING for w in tail) else (words, [])
