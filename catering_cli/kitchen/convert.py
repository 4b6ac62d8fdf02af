"""Conversions: placeholder of the public names."""

from __future__ import annotations

from catering_cli.kitchen.larder import EdibleShare, edible_share
from catering_cli.kitchen.weigh import Mass, to_mass

__all__ = ["EdibleShare", "Mass", "edible_share", "to_mass"]
