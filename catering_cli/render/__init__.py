"""From a plan to each form that people hold.

wording, clock   amounts, money, counts and crews; days and times
weights, places  amounts as they are weighed and ordered; places and vehicles
stations         where a task is done
page             a plan before a form is chosen: sections of text, tables and bars
days             the days and lanes that both Gantt charts draw
sections         plan to sections; `sections.index` lists them and says which make a book
papers           the sections that people hold in their hands
languages        sections in a second language
forms            sections to terminal, Markdown, HTML, CSV, iCalendar; `forms.writers` lists them,
                 `forms.html_book.SHEETS` the sheets of the book
week             several events of one house: events, order guide, crew, who bears what
open_items       open items as people settle them: one line a kind
decided          what models decided, in words
drafts           the mark of a dish whose recipe is an unconfirmed draft or stand-in
revision         the short hash that every sheet carries
progress         what a run tells while it goes on; live_display: on a terminal
templates        Jinja templates of the event book
"""
