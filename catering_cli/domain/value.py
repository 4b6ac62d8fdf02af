"""What all typed values of the domain have in common."""

from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, StringConstraints


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

Note = Annotated[str, StringConstraints(max_length=20_000)]
"""Free text. It is data: never an instruction, never logged."""
