"""`domain.quantity.Readers`: what a text in an order or a recipe writes. The grammar is loaded with the first text."""

from __future__ import annotations

from typing import Any

from catering_cli.domain.quantity import Quantity


class TextReaders:
    """The readers under one system of measures."""

    def __init__(self, system: str = "us") -> None:
        self.system = system

    def quantity(self, text: str) -> Quantity:
        """The quantity that the whole of `text` writes; raises ValueError, also for anything after it."""
        from catering_cli.kitchen.recipes import text_readers

        return text_readers.whole(text, self.system)

    def ingredient(self, text: str) -> dict[str, Any]:
        """The fields of the ingredient that `text` writes; raises ValueError."""
        from catering_cli.kitchen.recipes import text_readers

        return text_readers.ingredient(text, self.system)
