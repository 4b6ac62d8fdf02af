"""How good a day is, and which of several is chosen.

`buffers` (time in hand before plating and after arrival), `robustness` (the stress test: the day run again with
delays), `helps` (the change that lets most runs be on time), `pay` (what the shifts cost), `fewer` (the day with
fewer cooks), `freshness` (food that is eaten while it keeps), `crew` (how many cooks: the cheapest good day).
"""
