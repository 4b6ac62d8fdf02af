"""Who eats: numbers, kinds of people, needs."""

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from catering_cli.domain.value import Moment, Name, Value

GuestCount = Annotated[int, Field(gt=0, le=100_000)]
Severity = Literal["preference", "intolerance", "allergy", "severe", "anaphylaxis"]


class Children(Value):
    """How many of the guests are children, and the share of a portion that each gets."""

    count: int = Field(ge=0)
    share: float = Field(
        default=0.5,
        gt=0,
        le=1,
        description="of an adult portion (the 'one pound rule': 0.5 lb)",
    )


class Profile(Value):
    """A kind of person; all needs of a profile hold together. Without a need: guests who chose a dish."""

    needs: tuple[Name, ...] = Field(default=(), description="diets, allergens, or any food: vegan, tree nuts, kiwi")
    count: GuestCount
    severity: Severity | None = Field(
        default=None, description="absent: preference if they keep only diets of conviction, else severe"
    )
    name: str = Field(default="", max_length=200, description="of the guest or table; printed on the plate's card")
    choices: tuple[Name, ...] = Field(
        default=(), description="dishes they chose, by name; one that twice as many chose is named twice"
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.needs and not self.choices:
            raise ValueError("says neither what they need nor what they chose; give `needs` or `choices`")
        return self


class DietCount(Value):
    """So many guests keep a diet."""

    diet: Name
    count: GuestCount


class AllergyCount(Value):
    """So many guests must avoid an allergen or food."""

    allergen: Name
    count: GuestCount
    severity: Severity = "severe"


class ExtraMeals(Value):
    """Meals beside the guests': crew, band."""

    who: Name
    count: GuestCount
    at: Moment | None = None


class Guests(Value):
    """The guests. A bare number is the guaranteed count."""

    guaranteed: GuestCount = Field(description="the count that is paid for")
    expected: GuestCount | None = None
    children: Children | None = None
    profiles: tuple[Profile, ...] = ()
    diets: tuple[DietCount, ...] = Field(default=(), description="overlaps with allergies are then unknown")
    allergies: tuple[AllergyCount, ...] = ()
    extra_meals: tuple[ExtraMeals, ...] = ()


def _from_number(value: object) -> object:
    return {"guaranteed": value} if isinstance(value, int | float) and not isinstance(value, bool) else value


GuestsField = Annotated[Guests, BeforeValidator(_from_number, json_schema_input_type=GuestCount | Guests)]
"""A number, or everything about the guests."""
