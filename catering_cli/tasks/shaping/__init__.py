"""What those see and propose who judge a cooked plan: its day, and moves that shape menu and day.

day_view   the plan as a caterer reads it: work, loads, waits, time in hand, money, crew
shareable  steps of two dishes whose loads fit into one oven
moves      what may be changed of menu, day and crew, and what is no change for the better on its face
"""
