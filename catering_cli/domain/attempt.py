"""What one call to one tier cost and how it ended; the ledger of a run is made of these."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from catering_cli.domain.money import Usd
from catering_cli.domain.value import Value

FaultKind = Literal[
    "timeout",
    "connection",
    "cut",
    "rate_limited",
    "out_of_quota",
    "bad_key",
    "unknown_model",
    "bad_request",
    "too_large",
    "server_error",
    "overloaded",
    "malformed",
    "empty",
    "truncated",
    "refused",
    "wrong_schema",
    "rejected",
    "no_key",
    "no_price",
    "no_journal",
    "over_budget",
    "cooling",
    "saturated",
]
"""Why an attempt was left. The table `AFTER` says what each is worth."""

Left = Literal["accepted", "open"] | FaultKind


class Tokens(Value):
    """Tokens of one call; `input` includes `cached`."""

    input: int = Field(default=0, ge=0)
    cached: int = Field(default=0, ge=0, description="part of input read from the vendor's prompt cache")
    written: int = Field(default=0, ge=0, description="part of input written to the vendor's prompt cache")
    output: int = Field(default=0, ge=0, description="reasoning included")


class Attempt(Value):
    """One call to one tier for one step."""

    tier: str
    model: str = Field(description="the model that was asked; 'kitchen' for the built-in answer")
    left: Left = Field(description="accepted, open (kept while the next tier is asked), or the fault that ended it")
    detail: str = Field(default="", description="one line more about a fault; no order text, no key")
    tokens: Tokens = Tokens.model_construct()
    usd: Usd | None = Field(default=Decimal(0), description="list price of the call; null where it is not known")
    seconds: float = Field(default=0.0, ge=0)
    journalled: bool = Field(default=False, description="true where the reply came from the journal and cost nothing")
