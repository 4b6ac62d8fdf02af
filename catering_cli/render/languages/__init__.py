"""The papers in a second language: fixed words and foods from reviewed tables, dates and numbers by babel.

translate  a section in Spanish, or in both languages
local      dates and numbers as they are written there
"""
