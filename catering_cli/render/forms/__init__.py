"""Sections to each form: terminal, Markdown, HTML, CSV, iCalendar."""
