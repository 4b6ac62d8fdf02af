"""The search for a better schedule from a first one.

`pooling` (equal resources as one), `compress` (a later start by halving), `genetic` or `neighbourhood` (large
neighbourhood search) on a `bit_timetable`.
"""
