"""Sections to each form.

writers          every form by name
terminal         text in a terminal or a pipe
markdown         every section in full; text_parts: what it has in common with the terminal
html_book        the event book, a sheet for each person who holds one, or one paper
label_sheets     labels and cards on sheets of labels
csv_lists        what each CSV file holds; csv_cells: how a cell is written; csv_tables: the files
csv_papers       the papers that are lists
icalendar_file   tasks as events, control points as alarms
text_gantt       the Gantt chart in characters; svg_gantt draws it for the book
"""
