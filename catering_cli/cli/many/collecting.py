"""When memory is looked through: once after each order, in place of many times on its way."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def collected_after() -> Iterator[None]:
    """An order, and nothing of it left in memory. What the first one leaves is for all: it is not looked at again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.collect()
        _kept()
        if was_on:
            gc.enable()


@cache
def _kept() -> None:
    """Once in a process: the modules and tables of every order are out of what is looked through."""
    gc.freeze()
