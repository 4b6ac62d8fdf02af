"""Words that are cut off a line before its amount and food are read: marks, "to taste", "juice of", grades, choices."""

from __future__ import annotations

import re
from typing import Final

from catering_cli.kitchen.foods.identify import identify
from catering_cli.kitchen.quantities.amount import parse_amount
from catering_cli.kitchen.quantities.numerals import normalized, parse_number

_BULLET: Final = re.compile(r"^(?:[-*•▢☐▪◦‣·+]\s+|\d+\.\s+(?=\d))+")
_TAG: Final = re.compile(
    r"</?[A-Za-z][A-Za-z0-9]*(?:\s+[\w-]+=(?:\"[^\"]*\"|'[^']*'|\S+))*\s*/?>|</?(?:span|div|p|li|ul|em|strong|b|i|a|br)(?=[\s\d])"
)
"""A tag, closed or not: what follows one that is not closed is still text."""

_LABEL: Final = re.compile(r"([A-Za-z][A-Za-z ]{2,30})(?:: | - )(?=\d|an? )")
_LOST_SLASH: Final = re.compile(r"(?<=\d)\?(?=\d)")
"""A fraction slash that a web page lost: 1?3 cup."""

_SIZE_IN_WORDS: Final = re.compile(
    r"\b(one|two|three|four|five|six|seven|eight|nine|ten|twelve|sixteen)-(?=(?:ounce|oz|pound|lb|gram|inch)\b)",
    re.IGNORECASE,
)
"""A size whose number is a word: twenty six-ounce fillets."""

_ROUND: Final = str.maketrans("[]{}", "()()")
_NESTED: Final = re.compile(r"\(([^()]*)\(([^()]*\d[^()]*)\)([^()]*)\)")
_TASTE: Final = re.compile(
    r"[,;]? ?\(?(?:plus (?:more|extra) )?(?:or )?(?:(?:more )?to taste|as (?:needed|required|desired|"
    r"necessary)|if (?:needed|desired|using)|"
    r"to serve|to garnish|optional|for (?:the )?(?:garnish(?:ing)?|serving|dusting|greasing|frying|"
    r"deep[- ]frying|drizzling|sprinkling|brushing|rolling|decoration|topping|pan|coating))\)?$",
    re.IGNORECASE,
)
_STAR: Final = re.compile(r"\*(?! ?\d)")
"""A footnote's mark, not a times sign."""

_TASTE_FIRST: Final = re.compile(
    r"^(?:to taste|as needed|some|a (?:little|bit)|(?:very )?little|a touch|optional)(?: of)?[:,]? +(?!gem)",
    re.IGNORECASE,
)
_PART: Final = (
    r"(?:juice|zest|rind|peels?|flesh|seeds|leaves|needles|kernels|yolks?|whites?|stems|pulp|skin|bones|meat|tops|greens|"
    r"portions?|parts?)"
)
_PART_OF: Final = re.compile(
    rf"^((?:the )?(?:(?:finely |freshly |strained )?(?:grated|squeezed|strained|julienned) )?{_PART}"
    rf"(?:,? (?:and|&) (?:\w+ )?{_PART})?) (?:(?:cut )?(?:of|from) (?=an? |the |half |about |\.?\d|[a-z]+ (?:to|or) |"
    r"(?:one|two|three|four|five|six) )|(?=\d))(.+)$",
    re.IGNORECASE,
)
"""Part of a food: juice of 2 limes, leaves from 10 sprigs."""

_GRADE: Final = re.compile(
    r"(?P<grade>(?:\d\d/\d{1,2}|U[-/]?\d{1,2})(?: ?-?(?:ct|count)\b\.?)?|"
    r"\d{1,3} ?(?:-|to|/) ?\d{1,3} ?-?(?:ct|count)\b\.?|"
    r"\d\d ?(?:ct|count)\b\.?|[a-z]+-(?:shaped|sized?)|\d\d ?(?:%|percent)[ -](?:lean|fat))"
    r"(?: per (?:lb|pound))?,? (?=[A-Za-z])",
    re.IGNORECASE,
)
"""How lean a meat is (90/10), how many make a pound (16/20, U-15), what shape it has: no amount, no name."""

_GRADE_BEHIND: Final = re.compile(
    r"(?<=[a-z]),? \(?(?P<grade>\d\d/\d{1,2}|U[-/]\d{1,2})(?: ?-?(?:ct|count)\b\.?)?\)?(?=,|$)", re.IGNORECASE
)
"""The same behind the food: ground beef 80/20, shrimp (16/20)."""

_CHOICE: Final = re.compile(r",? or (?=\d)", re.IGNORECASE)


def plain_text(text: str) -> str:
    """A line without bullets, footnote marks and tags of a web page, its brackets round and not nested."""
    plain = _LOST_SLASH.sub("/", _TAG.sub(" ", normalized(text))).translate(_ROUND)
    plain = _SIZE_IN_WORDS.sub(lambda found: f"{_parsed(found[1])}-", plain)
    plain = _NESTED.sub(r"(\1/ \2\3)", plain)
    return " ".join(_STAR.sub("", _BULLET.sub("", plain)).split())


def _parsed(word: str) -> str:
    """A number in words, as digits."""
    found = parse_number(word.lower())
    return str(found[0]) if found else word


def cut_label(body: str, system: str) -> tuple[str, str]:
    """What a mixture is called before its food ("Egg wash: 1 egg"), as a remark, and the line behind it."""
    found = _LABEL.match(body)
    if found is None:
        return "", body
    try:
        rest = parse_amount(body[found.end() :], system).rest
    except ValueError:
        return "", body
    if not rest[:1].isalpha():
        return "", body
    if identify(found[1]) and not identify(
        re.split(r",| \(", rest)[0]
    ):  # "Chicken: 2 lb boneless": the label is the food
        amount = body[found.end() :].removesuffix(rest).strip()
        return "", f"{amount} {found[1]}, {rest}"
    return f"for {found[1].lower()}", body[found.end() :]


def cut_grade(rest: str) -> tuple[str, str]:
    """The text after an amount without the grade or shape of the food (90/10, 16/20, cup-shaped), and that."""
    if found := _GRADE.match(rest):
        return rest[found.end() :], found["grade"]
    if behind := _GRADE_BEHIND.search(rest):
        return f"{rest[: behind.start()]}{rest[behind.end() :]}", behind["grade"]
    return rest, ""


def cut_choice(rest: str) -> tuple[str, str]:
    """The first of two foods with amounts ("1 cup milk or 2 cups water"), and the other."""
    found = _CHOICE.search(rest)
    is_whole = found is not None and rest[: found.start()].count("(") == rest[: found.start()].count(")")
    return (rest[: found.start()], rest[found.start() :].strip(" ,")) if found and is_whole else (rest, "")


def cut_part(body: str) -> tuple[str, str]:
    """The part of a food that a line asks for ("juice of 2 limes"), and the line without it."""
    found = _PART_OF.match(body)
    return (found[1].lower(), found[2]) if found else ("", body)


def cut_taste(body: str) -> tuple[str, str]:
    """The line without "to taste", "for garnish" and the like, and those words."""
    said: list[str] = []
    while found := _TASTE.search(body):
        left = body[: found.start()]
        if not left or left.count("(") != left.count(")"):
            break
        said.insert(0, found.group().strip(" ,;()"))
        body = body[: found.start()].rstrip(" ,;")
    if found := _TASTE_FIRST.match(body):
        said.append(found.group().strip(" :,"))
        body = body[found.end() :]
    return body, ", ".join(said)
