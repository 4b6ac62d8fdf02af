"""From a plan to each form that people hold.

wording, clock   amounts, money, counts and crews; days and times
page             a plan before a form is chosen: sections of text, tables and bars
days             the days and lanes that both Gantt charts draw
sections         plan to sections; `sections.index` lists them
forms            sections to terminal, Markdown, HTML, CSV, iCalendar; `forms.writers` lists them,
                 `forms.html_book.SHEETS` the sheets of the book
revision         the short hash that every sheet carries
progress         what a run tells while it goes on
templates        Jinja templates of the event book
"""
