"""Answers at random that fit their schema, out of words that mean something to the order: the worst honest liar."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from typing import Any

from catering_cli.providers.base import Request

WORDS: Sequence[str] = (
    "d1", "d2", "d3", "order", "p1", "p0", "c1", "zorrel", "sorrel", "potatoes", "vegetable stock", "bunch",
    "g", "oven", "burner", "produce", "dairy", "server", "romaine", "peanuts", "butter", "Lemon tart", "Caesar salad",
    "water", " ", "", "{guests}", "{dish:d2}", "$1", "Keep it moving and season late.", "There are no nuts.",
    "fourteen", "a", "b", "diets.unfed", "Zorrel soup",
    "We look forward to cooking for {guests} guests at {event} and to seeing you.",
)  # fmt: skip
NUMBERS = (-1, 0, 1, 2, 3, 5, 10, 30, 45, 60, 90, 240, 500, 2_880)


class Babbler:
    """Answers requests at random, the same for the same seed and question."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def __call__(self, request: Request) -> str:
        rng = random.Random(f"{self.seed}{request.schema_name}{request.user}")
        return json.dumps(self._value(request.schema, rng))

    def _value(self, schema: Mapping[str, Any], rng: random.Random) -> Any:
        if "enum" in schema:
            return rng.choice(schema["enum"])
        return getattr(self, f"_{schema['type']}")(schema, rng)

    def _object(self, schema: Mapping[str, Any], rng: random.Random) -> Any:
        return {name: self._value(child, rng) for name, child in schema["properties"].items()}

    def _array(self, schema: Mapping[str, Any], rng: random.Random) -> Any:
        return [self._value(schema["items"], rng) for _ in range(rng.choice((0, 0, 1, 1, 2, 4)))]

    def _string(self, schema: Mapping[str, Any], rng: random.Random) -> str:
        fits = [word for word in WORDS if schema.get("minLength", 0) <= len(word) <= schema.get("maxLength", 999)]
        return rng.choice(fits)

    def _integer(self, schema: Mapping[str, Any], rng: random.Random) -> int:
        return rng.choice([n for n in NUMBERS if schema.get("minimum", -9) <= n <= schema.get("maximum", 9_999)])

    def _number(self, _schema: Mapping[str, Any], rng: random.Random) -> float:
        return rng.choice((0.001, 0.5, 3.0, 60.0, 100_000.0))

    def _boolean(self, _schema: Mapping[str, Any], rng: random.Random) -> bool:
        return rng.random() < 0.5
