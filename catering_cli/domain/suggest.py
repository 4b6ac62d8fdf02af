"""Did you mean: the known name that a wrong one is nearest to."""

from __future__ import annotations

from collections.abc import Iterable

CLOSE = 0.6
"""Likeness (difflib ratio: twice the letters in common over the letters of both) from which a name is suggested.

difflib's own default. Two slips in a name of five letters pass (`plnar`, `planer`), unrelated names do not; the name
is known to be wrong when this is asked, so a suggestion too many costs a glance and none costs a search.
"""

LIKELY = 0.72
"""Likeness from which a dish's name is taken for a known one misspelt, and asked about: a new dish is none of them."""

MISSPELT = 0.84
"""Likeness from which a word that may well be right is taken for a misspelling: one slip in six letters."""


def closest(name: str, among: Iterable[str], likeness: float = CLOSE) -> str:
    """The one of `among` that `name` is most like, case aside; empty if none is."""
    return next(iter(closest_few(name, among, 1, likeness)), "")


def closest_few(
    name: str,
    among: Iterable[str],
    most: int = 3,
    likeness: float = CLOSE,
) -> tuple[str, ...]:
    """Those of `among` that `name` is like, case aside, most alike first."""
    from difflib import get_close_matches

    folded = {known.casefold(): known for known in among}
    return tuple(folded[key] for key in get_close_matches(name.casefold(), folded, n=most, cutoff=likeness))
