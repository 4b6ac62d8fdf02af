"""Who may eat what: the allergen and diet matrix, profiles of guests, and who eats which dish."""

from typing import Literal

from pydantic import Field

from catering_cli.domain.finding import Repair
from catering_cli.domain.order_parts.guests import Severity
from catering_cli.domain.value import Value

CellState = Literal["contains", "may_contain", "unknown", "none_found", "free"]
"""From certain danger to proven absence; `free` only by a product's label."""

DietState = Literal["compatible", "conflict", "cannot_tell"]


class Cell(Value):
    """What is known about one allergen or food in one dish."""

    allergen: str = Field(description="allergen of the jurisdiction's list, or a food that a guest avoids")
    state: CellState
    because: tuple[str, ...] = Field(default=(), description="the ingredient words that decided")


class DietCell(Value):
    """Whether a dish suits a diet."""

    diet: str
    state: DietState
    because: tuple[str, ...] = ()


class DishDiets(Value):
    """A row of the matrix."""

    dish: str = Field(description="dish id")
    cells: tuple[Cell, ...] = ()
    diets: tuple[DietCell, ...] = ()

    def cells_that(self, *states: str) -> list[Cell]:
        """The cells in one of these states: those that contain, those that are unknown."""
        return [cell for cell in self.cells if cell.state in states]


class PlanProfile(Value):
    """A kind of person, as the plan feeds them. `p0` are all guests without a stated need."""

    id: str
    name: str
    needs: tuple[str, ...] = ()
    count: int = Field(ge=0)
    severity: Severity = "preference"
    source: str = Field(default="", description="path in the order")
    may_eat: tuple[str, ...] = Field(default=(), description="ids of the dishes that feed this profile")


class Eats(Value):
    """So many portions of a dish go to a profile."""

    profile: str
    dish: str
    portions: int = Field(gt=0)


class Shortage(Value):
    """Guests of a profile for whom a course has no dish that feeds them, or not enough of it."""

    profile: str
    course: str
    service: str = Field(default="", description="first of the services alike in which they lack it; empty: the event")
    portions: int = Field(gt=0, description="that they lack")
    repairs: tuple[Repair, ...] = Field(
        default=(), description="what would feed them, cheapest first; empty: not found"
    )


class Diets(Value):
    """The matrix and the flow of portions."""

    allergens: tuple[str, ...] = Field(default=(), description="columns: the jurisdiction's list, then guests' own")
    diets: tuple[str, ...] = Field(default=(), description="diet columns")
    rows: tuple[DishDiets, ...] = ()
    profiles: tuple[PlanProfile, ...] = ()
    eats: tuple[Eats, ...] = ()
    labels_to_read: tuple[str, ...] = Field(default=(), description="foods whose label would settle an unknown cell")
    shortages: tuple[Shortage, ...] = Field(default=(), description="who lacks a course; empty: all guests are fed")
