"""Who stands for something: the name given with --by."""

from __future__ import annotations

from catering_cli.domain.problem import Problem, Refused

MOST_OF_A_NAME = 200
"""Characters of a person's name, as a plan and a recipe keep it."""


def person(name: str) -> str:
    """The name of who stands for something, given with --by. Raises Refused if it is none, or more than a name."""
    said = name.strip()
    if not said:
        raise Refused(Problem("names who stands for it; give a name: --by NAME", "", "--by", repr(name)))
    if len(said) > MOST_OF_A_NAME or not said.isprintable():
        message = f"is no name of a person: one line of at most {MOST_OF_A_NAME} characters that can be seen"
        raise Refused(Problem(message, "", "--by", repr(said[:40])))
    return said
