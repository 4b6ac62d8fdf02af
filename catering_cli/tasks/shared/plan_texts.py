"""The three texts of a plan, as a judgement: words with slots; the client's letter is held to the rule of letters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated

from pydantic import Field

from catering_cli.domain.decision import Decision, Text
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.kitchen.event import texts
from catering_cli.kitchen.menu.dishes import MenuDish
from catering_cli.tasks.shared import prose
from catering_cli.tasks.shared.findings import of_kind, rejected
from catering_cli.tasks.shared.task import Wire

LEAST = 40
"""Characters of a text that is one at all."""


class Letters(Wire):
    """The texts; an empty one leaves the kitchen's."""

    client_letter: Annotated[str, Field(max_length=4_000)]
    kitchen_notes: Annotated[str, Field(max_length=4_000)]
    floor_briefing: Annotated[str, Field(max_length=4_000)]


class DishSlot(Wire):
    """A dish by the slot that stands for it; `name` must not be written out."""

    slot: str
    name: str
    course: str


def dish_slots(items: Sequence[MenuDish]) -> list[DishSlot]:
    """Dishes by slot."""
    return [DishSlot(slot=f"{{dish:{item.id}}}", name=item.name, course=item.course) for item in items]


def slots(order: Order, items: Sequence[MenuDish]) -> list[str]:
    """The slots that may be used, with their braces."""
    return [f"{{{name}}}" for name in texts.slots(order, [item.id for item in items])]


def blank() -> Letters:
    """The kitchen's own texts stand."""
    return Letters(client_letter="", kitchen_notes="", floor_briefing="")


def decide(letters: Letters) -> tuple[Decision, ...]:
    """The texts that were written."""
    written = {name: getattr(letters, name).strip() for name in texts.STANDING}
    return tuple(Text(name=name, text=text) for name, text in written.items() if text)


def check(allowed: Iterable[str], dishes: Sequence[DishSlot], decisions: Iterable[Decision]) -> list[Finding]:
    """Each text keeps its rule: a letter to the client, working words for the kitchen and the floor."""
    slot_names = [slot.strip("{}") for slot in allowed]
    dish_names = [dish.name for dish in dishes]
    out: list[Finding] = []
    for text in of_kind(Text, decisions):
        strictness = prose.LETTER if text.name == "client_letter" else prose.WORKING
        wrong = prose.faults(text.text, strictness, slots=slot_names, dishes=dish_names)
        if len(text.text) < LEAST:
            wrong.append("this is too short to be a text: leave it empty, or write it")
        out += [rejected("text", text.name, fault) for fault in wrong]
    return out
