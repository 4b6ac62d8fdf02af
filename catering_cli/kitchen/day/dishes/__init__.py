"""Dishes as they are made on a day, before anything has a time.

`base_links` (base recipes made once, and what waits for them), `dish_plan` (steps as decided, and their batches),
`best_times` (when a step is best done), `tending` (long steps that people come back to).
"""
