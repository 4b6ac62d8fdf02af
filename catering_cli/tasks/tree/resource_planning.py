"""resource_planning: what is needed and how much; plates for unfed guests, popularity, overage, briefs for below."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Annotated

from pydantic import Field

from catering_cli.domain.decision import Assign, Decided, Decision, Overage, Share
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.kitchen.dietary import profiles
from catering_cli.kitchen.menu.dishes import MenuDish
from catering_cli.kitchen.recipes import catalogue
from catering_cli.tasks.shared import order_view, proposals, prose
from catering_cli.tasks.shared.briefs import brief_for, check_briefs, written_briefs
from catering_cli.tasks.shared.findings import of_kind, rejected
from catering_cli.tasks.shared.proposals import DishFoods
from catering_cli.tasks.shared.task import Task, Wire
from catering_cli.tasks.shared.wire import canonical


class GuestNeeds(Wire):
    """A kind of guest with needs."""

    id: str
    needs: list[str]


class DishOverage(Wire):
    """A dish, and whether its amount is the order's own."""

    id: str
    name: str
    course: str
    service: str
    weight: int
    """beside the other dishes of its course; other than 1 it is the client's own"""
    fixed: bool


class Given(Wire):
    """The brief from above, the dishes, the guests with needs, and what the house can plate for them."""

    brief: str
    style: str
    guests: int
    """roughly"""
    dishes: list[DishOverage]
    profiles: list[GuestNeeds]
    catalogue: list[str]


Why = Annotated[str, Field(max_length=300, description="the reason, as one caterer says it to another")]
MOST_WEIGHT = 4
"""Weight that a judgement may give a dish beside the others of its course; [K]."""


class OveragePercent(Wire):
    """How much of a dish is made beyond the need."""

    dish: str
    percent: Annotated[int, Field(ge=0, le=50)]
    why: Why


class DishShare(Wire):
    """How many take a dish, as a weight beside the other dishes of its course, which weigh 1."""

    dish: str
    popularity: Annotated[int, Field(ge=1, le=MOST_WEIGHT)]
    why: Why


class SpecialMeal(Wire):
    """A dish of the menu or of the catalogue for a kind of guest."""

    profile: str
    dish: str


class Answer(Wire):
    """Only what differs from the usual; and a word to the level below."""

    overage: Annotated[list[OveragePercent], Field(max_length=100)]
    shares: Annotated[list[DishShare], Field(max_length=100)]
    assign: Annotated[list[SpecialMeal], Field(max_length=100)]
    ingredients: Annotated[str, Field(max_length=1_200, description="brief for who buys; may be empty")]
    equipment: Annotated[str, Field(max_length=1_200, description="brief for who allots equipment; may be empty")]


MOST_OVER = 20
"""Percent that a judgement may make beyond the need; [K], twice the usual buffet overage."""


def _given(order: Order, _subject: str, decisions: Sequence[Decided]) -> Given:
    items = order_view.menu_dishes(order, decisions)
    kinds = [profile for profile in profiles.profiles(order) if profile.needs]
    return Given(
        brief=brief_for("resources", decisions),
        style=order.event.style,
        guests=order_view.guests(order),
        dishes=[_overage_of(dish) for dish in items],
        profiles=[GuestNeeds(id=kind.id, needs=sorted(kind.needs)) for kind in kinds],
        catalogue=list(catalogue.names()) if kinds else [],
    )


def _overage_of(dish: MenuDish) -> DishOverage:
    """Fixed if the order gives the dish's overage or its portions."""
    fixed = dish.over_percent is not None or dish.portions is not None
    return DishOverage(
        id=dish.id,
        name=dish.name,
        course=dish.course,
        service=dish.service or "",
        weight=dish.popularity,
        fixed=fixed,
    )


def _decide(_given: Given, answer: Answer) -> tuple[Decision, ...]:
    overs = [row for row in answer.overage if row.dish.strip()]
    meals = [row for row in answer.assign if all(map(str.strip, (row.dish, row.profile)))]
    return (
        *(Overage(dish=row.dish, percent=row.percent, why=row.why) for row in overs),
        *(Share(dish=row.dish, popularity=row.popularity, why=row.why) for row in answer.shares if row.dish.strip()),
        *(Assign(profile=row.profile, dish=row.dish) for row in meals),
        *written_briefs({"ingredients": answer.ingredients, "equipment": answer.equipment}),
    )


def _check(given: Given, decisions: Sequence[Decision]) -> list[Finding]:
    seen = [DishFoods(id=dish.id, name=dish.name, course=dish.course, ingredients=[]) for dish in given.dishes]
    out = check_briefs(decisions, canonical(given))
    out += proposals.check(seen, [kind.id for kind in given.profiles], decisions, canonical(given))
    open_dishes = {dish.id for dish in given.dishes if not dish.fixed}
    for overage in of_kind(Overage, decisions):
        out += _check_overage(overage, open_dishes)
    for share in of_kind(Share, decisions):
        out += _check_share(share, given)
    for decision in decisions:
        out += prose.as_findings("why", "why", getattr(decision, "why", ""), facts=canonical(given))
    return out


def _check_share(share: Share, given: Given) -> list[Finding]:
    """A weight beside other dishes of its course and service whose amounts are open too; the client's own stands."""
    open_dishes = [dish for dish in given.dishes if not dish.fixed]
    courses = [(dish.course, dish.service) for dish in open_dishes]
    mine = next((dish for dish in open_dishes if dish.id == share.dish), None)
    if mine and mine.weight == 1 and courses.count((mine.course, mine.service)) > 1:
        return []
    message = "a share is decided when guests choose between dishes of a course whose amounts are open"
    return [rejected("no_choice", "shares", message, value=share.dish)]


def _check_overage(overage: Overage, open_dishes: Collection[str]) -> list[Finding]:
    if overage.dish not in open_dishes:
        message = "overage is decided for dishes given, if the order leaves it open"
        return [rejected("overage_fixed", "overage", message, value=overage.dish)]
    if overage.percent > MOST_OVER:
        message = f"at most {MOST_OVER} percent"
        return [rejected("overage_band", overage.dish, message, value=str(overage.percent))]
    return []


RESOURCE_PLANNING: Task[Given, Answer] = Task(
    name="resource_planning",
    prompt="resource_planning.md",
    Given=Given,
    Answer=Answer,
    given=_given,
    default=lambda _: Answer(overage=[], shares=[], assign=[], ingredients="", equipment=""),
    decide=_decide,
    check=_check,
    is_open=lambda _: False,
    betters=lambda _: True,
    wants=("strategic_planning", "constraint_solving"),
)
