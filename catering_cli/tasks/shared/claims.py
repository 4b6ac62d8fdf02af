"""Claims in a model's words: that a dish is without something, is something, or is safe for someone.

To speak of nuts, of an allergy or of vegans is no claim: a risk has to. A claim says what only a label or a certificate
proves, and stands nowhere. Where the words leave it open, it is taken for a claim: a sentence lost costs little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Final

FOODS: Final = (
    r"(?:tree ?)?nuts?|peanuts?|almonds?|hazelnuts?|walnuts?|cashews?|pecans?|pistachios?|gluten|wheat|flour|dairy|"
    r"milk|cream|butter|cheese|lactose|eggs?|fish|shellfish|shrimps?|prawns?|crustaceans?|mollus[ck]s?|soy|soya|"
    r"soybeans?|sesame|tahini|celery|mustard|lupin|sul(?:ph|f)ites?|pork|bacon|gelatine?|alcohol|wine|meat|"
    r"animal products?"
)
DIETS: Final = (
    r"vegans?|vegetarians?|veggies?|plant[- ]based|pescatarians?|halal|kosher|jain|c(?:o)?eliacs?|keto|paleo|"
    r"diabetics?|low[- ]sodium|hypoallergenic"
)
_FREE = rf"(?:{FOODS}|allergens?|crumbs?|traces?)[- ]free"
_NAMED = rf"(?:[\w'-]+ ){{0,2}}(?:{FOODS}|allergens?|traces?)\b"
"""A food or an allergen, with a word or two before it: "any trace of nuts"."""
_IS = r"(?:is|are|was|were|be|being|been|stays?|remains?|counts? as|qualif(?:y|ies) as)"
_DEGREE = (
    r"(?:(?:all|both|also|always|certainly|completely|entirely|fully|in fact|naturally|of course|perfectly|quite|"
    r"strictly|surely|therefore|thus|totally|truly|wholly|already|just|still|too|very|so) ){0,2}"
)
_HOLD = r"(?:contains?|has|have|holds?|uses?)"
_END = (
    r"(?= *(?:$|[.,;:!?)]|\b(?:and|or|nor|but|so|in|on|at|of|to|for|as|by|from|whatever|whatsoever|anywhere|here|"
    r"inside|either|anymore|any more|left|if|when|because|then|too|anyway|which|that)\b))"
)
"""The noun ends here: "no fish delivery" says nothing of fish."""
_EATERS = (
    r"guests?|people|persons?|diners?|eaters?|tables|table (?:\w+|\d+)|plates?|meals?|trays?|portions?|sections?|"
    r"side of|end of|lunches|cards?|list|count|crowd|half of (?:them|the room)"
)
"""What belongs to guests with a need: to name it is no claim about a food."""


class _AnyOf:
    """Patterns that are compiled when the first text is judged: a plan without a model judges none."""

    def __init__(self, *patterns: str) -> None:
        self.patterns = patterns

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile("|".join(self.patterns), re.IGNORECASE)

    def search(self, text: str) -> re.Match[str] | None:
        """The first place where one of them stands."""
        return self._compiled.search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Each place where one of them stands."""
        return self._compiled.finditer(text)


_PEOPLE = _AnyOf(
    r"\b(?:guests?|people|persons?|diners?|tables|couple|bride|groom|family|families|children|kids|parents?|party)\b",
    r"\btable (?:\d+|two|three|four|five|six|seven|eight|nine|ten)\b",
    r"\b(?:members?|many|some|others|most|few|several|half of|a third of|who|he|she|we|you|nobody|no one)\b",
    r"\b(?:everybody|everyone|anybody|anyone|somebody|someone|staff|crew|band|speakers?|mr|mrs|ms|dr)\b",
    r"\b(?:mothers?|fathers?|sisters?|brothers?|colleagues?|clients?|hosts?)\b",
)
_OPEN = _AnyOf(
    r"\b(?:not|never|no longer|hardly|nowhere near|if|whether|unless|until|once|before|assum\w+|claims?|calls?)\b",
    r"\b(?:called|labell?ed|ask\w*|eats?|eating|wants?|needs?|orders?|ordered|requests?|requested|wish\w*)\b",
    r"\b(?:prefers?|keeps?)\b|n't\b",
)
"""Words before which, in the same clause, nothing is asserted."""
_CONTENTS = _AnyOf(
    rf"\b(?:{_HOLD}|containing|having|using|with|there (?:is|are|was|were)|got) (?:absolutely )?"
    rf"(?:no|not any|zero|never any|without) {_NAMED}{_END}",
    rf"\bthere (?:was|were) never any {_NAMED}",
    rf"\b(?:nothing|none|no dish\w*|not one)\b[^.;!?]*?\b{_HOLD} {_NAMED}",
    rf"\b(?:does not|doesn't|do not|don't|did not|didn't) (?:contain|have|hold|use) {_NAMED}",
    rf"\b(?:made|cooked|prepared|baked|comes?|{_IS}) (?:entirely |completely )?without {_NAMED}{_END}",
    rf"\b(?:lacks?|excludes?|free (?:of|from)) {_NAMED}",
)
_ALONE = _AnyOf(
    rf"^\W*(?:no|zero) {_NAMED}(?: at all)?\W*$",
    rf"^\W*(?:all |fully |strictly )?(?:{DIETS}|{_FREE})(?:(?:,| and|, and) (?:{DIETS}|{_FREE}))*\W*$",
    r"\b(?:do not|don't|no need to|need not|needn't|without) (?:read|check|look|reading|checking|looking)\w* "
    r"(?:\w+ ){0,2}labels?\b",
)
"""A claim whatever stands around it: "No nuts at all.", "Vegan and gluten-free.", "no need to read the label"."""
_FREE_OF = _AnyOf(rf"\b{_FREE}\b(?!-)(?! (?:{_EATERS})\b)")
_DIETARY = _AnyOf(rf"\b{_IS} {_DEGREE}(?:{DIETS})\b{_END}")
_SAFE_FOR = _AnyOf(
    r"\b(?:safe|suitable|fit|harmless) (?:for|to)\b(?= (?:eat|serve|all|any\w*|every\w*|them|her|him|people|guests?|"
    rf"those|the \w+ (?:guests?|table)|{DIETS}|\w+-allergic)\b)"
)
_FOR_A_NEED = _AnyOf(
    rf"\b{_IS} {_DEGREE}(?:safe|suitable|fine|fit|ok|okay|all right|harmless|good|right|no (?:problem|danger|risk))\b",
    r"\b(?:can|may|could|will be able to) (?:safely |all |also |still |therefore )?(?:eat|have|enjoy|share|take)\b",
)
"""A claim if the sentence speaks of a need."""
_NEED = _AnyOf(rf"\b(?:{DIETS}|allerg\w*|anaphyla\w*|intoleran\w*|\w+-allergic|{_FREE})\b")

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_CLAUSE = re.compile(r"[,;:]| (?:and|but|so|because|since|as|while|which|who|that) ")
_ASKS = re.compile(r"[?]\W*$")


def claims(text: str) -> Iterator[str]:
    """The words of each claim in the text."""
    for sentence in _SENTENCE.findall(text):
        yield from _in_sentence(sentence.strip())


def _in_sentence(sentence: str) -> Iterator[str]:
    yield from (found[0] for found in _ALONE.finditer(sentence))
    yield from _asserted(_CONTENTS, sentence)
    if _ASKS.search(sentence):
        return
    yield from _asserted(_SAFE_FOR, sentence)
    for pattern in (_FREE_OF, _DIETARY):
        yield from (found[0] for found in pattern.finditer(sentence) if not _of_people(sentence, found))
    if _NEED.search(sentence):
        yield from _asserted(_FOR_A_NEED, sentence)


def _asserted(pattern: _AnyOf, sentence: str) -> Iterator[str]:
    yield from (found[0] for found in pattern.finditer(sentence) if not _left_open(sentence, found))


def _of_people(sentence: str, found: re.Match[str]) -> bool:
    """Whether it is people who are vegan, or nothing is asserted."""
    return _left_open(sentence, found) or bool(_PEOPLE.search(_clause_before(sentence, found)))


def _left_open(sentence: str, found: re.Match[str]) -> bool:
    """Whether a word before it in its clause takes the assertion away."""
    return bool(_OPEN.search(_clause_before(sentence, found)))


def _clause_before(sentence: str, found: re.Match[str]) -> str:
    return _CLAUSE.split(sentence[: found.start()])[-1]
