"""One line of a recipe: quantity, food, preparation, and whether the amount is weighed before or after it.

"2 lb asparagus, trimmed" is weighed before trimming (AP), "2 lb trimmed asparagus" after (EP). A preparation
without a comma, and a volume of something that must be cut to be measured, are read with a warning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen import larder, units
from catering_cli.kitchen.foodwords import word_set
from catering_cli.kitchen.measures import read
from catering_cli.kitchen.numerals import BadQuantity, NoAmount, plain
from catering_cli.kitchen.reading import Parsed
from catering_cli.kitchen.weigh import doubts

LONGEST: Final = 200
"""Characters of a food's name or preparation."""


@dataclass(frozen=True, slots=True)
class Line:
    """An ingredient as it was written and understood."""

    item: str
    quantity: Quantity | None
    preparation: str = ""
    state: str = "EP"
    text: str = ""
    warnings: tuple[str, ...] = ()
    approximate: bool = False
    alternative: Quantity | None = None

    def fields(self) -> dict[str, Any]:
        """The fields of a `domain.recipe.Ingredient`."""
        return {
            "item": self.item,
            "quantity": self.quantity,
            "preparation": self.preparation,
            "state": self.state,
            "text": self.text,
        }


_BULLET: Final = re.compile(r"^(?:[-*•▢☐▪◦‣·+]\s+|\d+\.\s+(?=\d))+")
_TASTE: Final = re.compile(
    r"[,;]? ?\(?(?:plus (?:more|extra) )?(?:or )?(?:(?:more )?to taste|as (?:needed|required|desired|"
    r"necessary)|if (?:needed|desired|using)|"
    r"to serve|to garnish|optional|for (?:the )?(?:garnish(?:ing)?|serving|dusting|greasing|frying|"
    r"deep[- ]frying|drizzling|sprinkling|brushing|rolling|decoration|topping|pan|coating))\)?$",
    re.IGNORECASE,
)
_TASTE_FIRST: Final = re.compile(r"^(?:to taste|as needed|some|a few|several|optional)[:,]? +", re.IGNORECASE)
_PART_OF: Final = re.compile(
    r"^((?:(?:finely |freshly )?(?:grated|squeezed) )?(?:juice|zest|rind|peel|grated zest|flesh|"
    r"seeds)(?:,? (?:and|&) (?:finely )?(?:grated )?(?:juice|zest|rind))?) (?:of|from) (.+)$",
    re.IGNORECASE,
)
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
    "patted unpeeled"
)
"""Adjectives that name a preparation done in the kitchen."""

_DONE_LATER: Final = PREPARING | word_set(
    "cooked boiled roasted steamed fried sautéed sauteed grilled ground frozen poached"
)
"""What may be done after weighing; before the noun these words name another food ("cooked rice")."""

_JOINING: Final = frozenset(("and", "&", "or", "then"))
_DESCRIBING: Final = word_set(
    "boneless skinless bone-in skin-on fresh ripe large small medium thick thin firm hot cold warm organic "
    "young tender raw lean whole dried frozen smoked cooked uncooked unsalted salted sweet dry extra good "
    "quality low-fat full-fat plain freshly-ground heavy light dark unbleached free-range wild soft hard "
    "crisp day-old crusty all-purpose self-rising"
)
"""Adjectives after which a comma does not start a preparation ("boneless, skinless chicken thighs")."""

_LAST_WORD: Final = frozenset(["clove", "stalk", "rib", "sprig", "slice", "rasher", "ear", "bulb"])
_ALL: Final = 100
"""Percent."""

_PAREN: Final = re.compile(r" ?\(([^()]*)\)")


def line(text: str, system: str = "us") -> Line:
    """What an ingredient line says; a line without a number ("salt, to taste") has no quantity.

    Raises BadQuantity for a line that is empty, or whose amount cannot be an amount (negative, 1e400, "cup flour").
    """
    written = plain(text)
    body = _BULLET.sub("", written).strip(" *")
    if not body:
        raise NoAmount("the line is empty; write e.g. 2 lb chicken thighs, trimmed")
    body, taste = _cut_taste(body)
    part = ""
    if found := _PART_OF.match(body):
        part, body = found[1].lower(), found[2]
    parsed, rest = _amount(body, system)
    item, before, after, warnings = _split(rest)
    quantity = parsed.quantity if parsed else None
    if quantity is not None and not quantity.unit:
        item, quantity = _last_measure(item, quantity, system)
    quantity, alternative, after = _weighed(parsed, quantity, after, item, system)
    notes = list(parsed.notes) if parsed else []
    state, more = _state(parsed, quantity, item, before, after, system)
    said = ", ".join(p for p in (part, " ".join([*notes, before]).strip(), after, taste) if p)
    if not item.strip():
        raise NoAmount(f"{text[:60]!r} names no food; write e.g. 2 cups flour")
    warnings += [*(parsed.warnings if parsed else ()), *more, *(doubts(quantity, item, system) if quantity else ())]
    return Line(
        item[:LONGEST],
        quantity,
        said[:LONGEST],
        state,
        text,
        tuple(warnings),
        bool(parsed and parsed.approximate),
        alternative,
    )


def _cut_taste(body: str) -> tuple[str, str]:
    """The line without "to taste", "for garnish" and the like, and those words."""
    said: list[str] = []
    while found := _TASTE.search(body):
        if not found.start():
            break
        said.insert(0, found.group().strip(" ,;()"))
        body = body[: found.start()].rstrip(" ,;")
    if found := _TASTE_FIRST.match(body):
        said.append(found.group().strip(" :,"))
        body = body[found.end() :]
    return body, ", ".join(said)


def _amount(body: str, system: str) -> tuple[Parsed | None, str]:
    """The quantity that starts a line, or None for a food alone; and the rest."""
    try:
        parsed = read(body, system)
    except NoAmount:
        return None, body
    if not parsed.rest:
        unit = units.find(parsed.quantity.unit, system)
        if unit.dimension in ("measure", "count") and unit.name:  # "6 cloves" are the spice
            word = body.rsplit(maxsplit=1)[-1]
            return Parsed(
                Quantity(parsed.quantity.low, parsed.quantity.high), warnings=(f"{word!r} is read as the food",)
            ), word
    return parsed, parsed.rest


def _split(rest: str) -> tuple[str, str, str, list[str]]:
    """The food, what was done before it is weighed, and what is done after."""
    brackets = [found.strip() for found in _PAREN.findall(rest)]
    rest = " ".join(_PAREN.sub(" ", rest).split()).replace(" ,", ",").strip(" ,;")
    head, after = _first_comma(rest)
    words = head.split()
    before: list[str] = []
    if not larder.known(head):
        words, before = _leading(words)
    warnings: list[str] = []
    words, trailing = _trailing(words)
    if trailing:
        warnings.append(
            f"{' '.join(trailing)!r} is read as done after weighing; write it before the food if it was done before"
        )
    item = " ".join(words).strip(" ,;-")
    item = re.sub(r"^(?:of|the|an?) (?=\w)", "", item)
    done = "; ".join(p for p in (" ".join(trailing), after, *brackets) if p)
    return item, " ".join(before), done, warnings


def _first_comma(rest: str) -> tuple[str, str]:
    """The text up to the comma (or dash) that starts the preparation, and after it."""
    parts = re.split(r", ?| - |; ?", rest)
    head = parts[0]
    taken = 1
    while taken < len(parts) and all(w.lower() in _DESCRIBING | PREPARING | _ADVERB | _JOINING for w in head.split()):
        head = f"{head}, {parts[taken]}"
        taken += 1
    return head, ", ".join(p.strip() for p in parts[taken:] if p.strip())


def _leading(words: list[str]) -> tuple[list[str], list[str]]:
    """Preparing adjectives at the start ("finely chopped"), and the words after them."""
    at = 0
    last = 0
    while at < len(words) - 1:
        word = words[at].lower().strip(",")
        if word in PREPARING:
            last = at + 1
        elif word not in _ADVERB and word not in _JOINING and not (word in _DESCRIBING and at + 1 < len(words)):
            break
        at += 1
        if larder.known(" ".join(words[at:])):
            break
    taken = [w.strip(",") for w in words[:last]]
    if not any(w.lower() in PREPARING for w in taken):
        return words, []
    kept = [w for w in taken if w.lower() in _DESCRIBING]
    return kept + words[last:], [w for w in taken if w.lower() not in _DESCRIBING]


def _trailing(words: list[str]) -> tuple[list[str], list[str]]:
    """Preparing adjectives at the end without a comma ("2 onions finely chopped")."""
    at = len(words)
    while at > 1 and words[at - 1].lower() in PREPARING | _ADVERB | _JOINING:
        at -= 1
    tail = words[at:]
    return (words[:at], tail) if any(w.lower() in PREPARING for w in tail) else (words, [])


def _last_measure(item: str, quantity: Quantity, system: str) -> tuple[str, Quantity]:
    """`4 garlic cloves` is 4 cloves of garlic."""
    head, _, last = item.rpartition(" ")
    unit = units.lookup(last, system) if head else None
    if unit is None or unit.name not in _LAST_WORD or head.lower() in ("whole", "ground", "dried"):
        return item, quantity
    return head, Quantity(quantity.low, quantity.high, unit.name)


def _weighed(
    parsed: Parsed | None, quantity: Quantity | None, after: str, item: str, system: str
) -> tuple[Quantity | None, Quantity | None, str]:
    """A weight in brackets after the food ("2 onions (300 g)", "4 breasts (6 oz each)") counts before a mere count."""
    if parsed is None or quantity is None:
        return quantity, None, after
    alternative = parsed.alternative
    unit = units.find(quantity.unit, system)
    if unit.dimension == "volume" and alternative and units.find(alternative.unit, system).dimension == "mass":
        return (quantity, alternative, after) if larder.density(item) else (alternative, quantity, after)
    for piece in after.split("; "):
        told = re.fullmatch(r"(?:about |approximately |approx\.? |~ ?)?(\d.*?)( each| apiece| total| in total)?", piece)
        if alternative or not told or unit.dimension not in ("count", "measure"):
            continue
        try:
            weight = read(told[1], system)
        except ValueError:
            continue
        if weight.rest or units.find(weight.quantity.unit, system).dimension not in ("mass", "volume"):
            continue
        times = quantity.high if (told[2] or "").strip() in ("each", "apiece") else 1
        left = "; ".join(p for p in after.split("; ") if p != piece)
        return weight.quantity.times(times), quantity, left
    return quantity, alternative, after


def _state(
    parsed: Parsed | None, quantity: Quantity | None, item: str, before: str, after: str, system: str
) -> tuple[str, list[str]]:
    """AP or EP by the rule of the line, and warnings where the line does not say it."""
    if parsed is None or quantity is None or parsed.state or before:
        return (parsed.state if parsed else "") or "EP", []
    dimension = units.find(quantity.unit, system).dimension
    trimmed_off = larder.edible_share(item).percent < _ALL
    prepared = any(w.strip(",;").lower() in _DONE_LATER for w in after.split())
    if trimmed_off and dimension == "volume":
        return "EP", [f"a volume of {item} is read as trimmed and cut"] if prepared else []
    if trimmed_off and dimension == "mass" and not prepared:
        return "AP", [f"{item}: no preparation is said; the amount is read as purchased (AP)"]
    return "AP" if prepared or trimmed_off else "EP", []


__all__ = ["PREPARING", "BadQuantity", "Line", "line"]
