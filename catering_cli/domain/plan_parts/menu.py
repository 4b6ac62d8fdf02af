"""The menu of a plan: dishes with portions and their recipes scaled."""

from typing import Literal

from pydantic import Field

from catering_cli.domain.order_parts.recipe import Course, Grows, Recipe, State
from catering_cli.domain.plan_parts.handling import Handling
from catering_cli.domain.quantity import Amount
from catering_cli.domain.value import Exact, Value


class ScaledLine(Value):
    """One ingredient line at the amount this order needs."""

    item: str
    food: str = Field(default="", description="canonical food of the table; empty if it is not known")
    quantity: Amount | None = Field(default=None, description="in the recipe's unit, exact; null for 'to taste'")
    state: State = "EP"
    preparation: str = ""
    mass: Amount | None = Field(default=None, description="in g, same state; null if no density is known")
    source: str = Field(default="", description="where the density or piece weight comes from")
    approximate: bool = Field(default=False, description="true for pinches, bunches, cans and the like")
    by: str = Field(default="kitchen", description="who decided an informal measure or a substitution")
    advice: str = Field(default="", description="beside the linear figure, never in it")


class StepBatches(Value):
    """How often a step is done for this many portions."""

    step: int = Field(ge=1)
    batches: int = Field(ge=1)
    portions: tuple[int, ...] = Field(description="portions of each batch; they add up to the portions made")


class Load(Value):
    """How a step grows, and what one load of it holds, where the recipe leaves it open."""

    step: int = Field(ge=1)
    grows: Grows
    portions: int | None = Field(default=None, ge=1, description="most in one load; null: nothing limits it")
    holder: str = Field(default="", description="what it is done in")
    text: str = Field(default="", description="how much that holds")
    minutes: int | None = Field(
        default=None,
        ge=1,
        description="hand work of the written recipe, reckoned by pieces or pounds where it says none",
    )


class Dish(Value):
    """A dish of the plan."""

    id: str = Field(description="d1, d2 ... in menu order")
    name: str
    course: Course
    service: str = Field(default="", description="service id; empty: every service")
    needed: int = Field(ge=0, description="portions that guests eat, from diets.eats")
    over_percent: int = Field(default=0, ge=0)
    portions: int = Field(ge=0, description="portions made: needed plus overage, rounded up")
    recipe: Recipe | None = Field(default=None, description="for its written yield; null: there is no recipe")
    recipe_from: str = Field(default="catalogue", description="catalogue, order, or who drafted it")
    factor: Exact = Field(default="0", description="portions over the recipe's yield, exact: 25/2")
    lines: tuple[ScaledLine, ...] = ()
    batches: tuple[StepBatches, ...] = ()
    served: Amount | None = Field(default=None, description="served mass of one portion in g; null if not known")
    served_at: Literal["hot", "cold", "room"] = Field(
        default="room", description="as its recipe says; else as its words and its last step tell"
    )
    handling: tuple[Handling, ...] = Field(default=(), description="what each step does to the food's safety")
    loads: tuple[Load, ...] = Field(default=(), description="where the recipe gives no batch")
    advice: tuple[str, ...] = ()

    @property
    def is_draft(self) -> bool:
        """Whether it is made by a draft that no person has confirmed."""
        if self.recipe is None:
            return False
        return self.recipe_from not in ("catalogue", "order") or self.recipe.is_unread_draft

    @property
    def is_stand_in(self) -> bool:
        """Whether its recipe stands for it until a person has confirmed that it does."""
        return self.recipe is not None and self.recipe.is_stand_in

    @property
    def is_hot(self) -> bool:
        """Whether it is kept and served hot."""
        return self.served_at == "hot"

    @property
    def is_hot_food(self) -> bool:
        """Whether it is hot and eaten: what is drunk is kept hot in urns of its own."""
        return self.is_hot and self.course != "drink"
