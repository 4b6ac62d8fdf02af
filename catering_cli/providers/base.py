"""What it means to ask a model: a Request, then a Reply or a Fault.

A vendor is a `Provider`; journal, budget and limits are Providers that wrap one. The reply is the
complete body of an HTTP 200. Whether its content is any good is judged later, by `judge`, so that a
journalled body can be judged again by today's rules.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

from catering_cli.domain.execution import FaultKind, Tokens

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Request:
    """One question to one model, before a vendor's dialect is applied.

    `system` is the stable part of the prompt (it is what a vendor caches), `user` the part that changes.
    `schema` is the JSON Schema of the answer: objects with named properties, nothing referenced, no recursion.
    """

    model: str
    system: str
    user: str
    schema: Mapping[str, Any]
    schema_name: str
    max_tokens: int
    effort: str | None = None
    temperature: float | None = None
    timeout_s: float = 120.0
    asked_at: float = 0.0
    """when it was first to be asked, in seconds of the run: what waits goes in the order of its deadline"""
    ordinal: int = 0
    """which try of the very same body this is, so that a second try is not answered by the first reply"""


HALF = 2
"""Both vendors ask half of the list price for what goes in a batch."""
LONGEST_S = 3_600.0
"""The longest deadline of a request, whatever its cap."""


def with_cap(request: Request, max_tokens: int) -> Request:
    """The request with another cap; its deadline follows, because a longer answer takes longer to write."""
    longer = max(1.0, max_tokens / request.max_tokens)
    return replace(request, max_tokens=max_tokens, timeout_s=min(LONGEST_S, request.timeout_s * longer))


@dataclass(frozen=True, slots=True)
class Reply:
    """A complete HTTP 200 body, as decoded JSON."""

    body: Mapping[str, Any]
    seconds: float = 0.0
    journalled: bool = False
    overnight: bool = False
    """whether it came by a batch, at half price"""
    headers: Mapping[str, str] = field(default_factory=dict)
    """rate-limit headers only"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a body says once judged: the text of the answer and what it cost in tokens."""

    text: str
    tokens: Tokens


@dataclass(frozen=True, slots=True)
class Fault:
    """Why there is no usable answer. `detail` holds no order text and no key."""

    kind: FaultKind
    detail: str = ""
    status: int | None = None
    retry_after_s: float | None = None
    tokens: Tokens = field(default_factory=Tokens)
    parameter: str = ""
    """which part of a request the vendor refused, if `lenient` can leave it out"""
    most_tokens: int | None = None
    """the largest cap that the vendor says it takes"""


class Faulted(Exception):  # noqa: N818  # it carries a Fault; "FaultedError" would say it twice
    """Raised by a provider in place of a reply."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"{fault.kind}: {fault.detail}")
        self.fault = fault


class Postponed(Exception):  # noqa: N818  # no error: the question waits for a batch
    """Raised by a provider in place of a reply that a batch will bring: the run stops, and is taken up again then."""


class Provider(Protocol):
    """What can be asked: a vendor, or a wrapper of one."""

    async def complete(self, request: Request) -> Reply:
        """Ask once, without retries. Raises Faulted if no complete HTTP 200 body came back."""

    def body(self, request: Request) -> Mapping[str, Any]:
        """The exact wire body that `complete` would send: the journal's key, the budget's bytes, `routes`' proof."""

    def judge(self, reply: Reply) -> Answer:
        """Text and tokens of a body. Raises Faulted: refused, truncated, empty, malformed."""

    @property
    def address(self) -> str:
        """Base URL and API, e.g. https://api.openai.com/v1/responses: part of the journal's key."""


class Vendor(Provider, Protocol):
    """A provider at the bottom of the stack: it speaks one vendor's dialect to one address."""

    def left_out(self, request: Request) -> tuple[str, ...]:
        """What the request asks for and this model does not accept, in words: `catering routes` prints it."""

    async def alive(self) -> bool:
        """Whether the server answers anything at all, by its list of models, which costs nothing."""

    def warm(self) -> None:
        """Import the SDK and build the client: slow, so a run does it once, off its event loop."""

    async def close(self) -> None:
        """Give the connections back. Safe to call twice."""
