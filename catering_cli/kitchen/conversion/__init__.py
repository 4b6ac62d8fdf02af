"""Quantities and whole recipes in other units and systems."""
