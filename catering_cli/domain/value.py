"""What all typed values of the domain have in common."""

from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints


class Value(BaseModel):
    """An immutable record; an unknown field is an error. Validators are built with the class, each once."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        allow_inf_nan=False,
        use_attribute_docstrings=False,
    )


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
"""A short text that names something; any language."""

Moment = Annotated[AwareDatetime, AfterValidator(lambda at: at.replace(second=0, microsecond=0))]
"""A time of an order, with its UTC offset, to the minute: a kitchen plans in minutes."""

MinutesSpan = Annotated[int, Field(ge=0, le=10 * 366 * 24 * 60)]
HoursSpan = Annotated[int, Field(ge=0, le=10 * 366 * 24)]
"""How long something lasts or keeps: at most ten years, so that it can be added to the time of any event."""

Exact = Annotated[str, StringConstraints(pattern=r"^\d{1,60}(/[1-9]\d{0,60})?$")]
"""A rational number, exact: 25/2."""

PlannedAt = Annotated[AwareDatetime, Field(ge=datetime(1900, 1, 1, tzinfo=UTC), lt=datetime(2400, 1, 1, tzinfo=UTC))]
PlannedOn = Annotated[date, Field(ge=date(1900, 1, 1), lt=date(2400, 1, 1))]
"""When something of a plan is: in years from which a calendar goes on both ways."""

Note = Annotated[str, StringConstraints(max_length=20_000)]
"""Free text. It is data: never an instruction, never logged."""
