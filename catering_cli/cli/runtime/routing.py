"""The routing config that a command runs with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from catering_cli.routing.values import Config


def load_routing(name: str | None) -> Config:
    """The routing config of that name or file; None: the user's own default, else the shipped one."""
    from catering_cli.routing.config import load

    return load(name)
