"""A provider around another: whatever a wrapper does not change is the inner one's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from catering_cli.providers.base import Answer, Provider, Reply, Request


class Wrapper:
    """Address, wire body and judgement of the provider inside; `complete` is each wrapper's own."""

    def __init__(self, inner: Provider) -> None:
        self._inner = inner

    @property
    def address(self) -> str:
        """Where requests go."""
        return self._inner.address

    def body(self, request: Request) -> Mapping[str, Any]:
        """The wire body."""
        return self._inner.body(request)

    def judge(self, reply: Reply) -> Answer:
        """Text and tokens of a body."""
        return self._inner.judge(reply)
