"""What each command does, between its options and its output.

plan             plan and refine: load, run, write; listening: who hears of it; solve_best searches the schedule further
accept           proposals accepted or taken back
intake           a message becomes an order
scale            the same document for other numbers; scaled_text has it as text
convert          a quantity or lines; convert_file: a recipe or an order
ask_measures     models asked for informal measures; ask_technique: how dishes are made at volume
dishes           the catalogue searched, its index renewed
recipe_text      a recipe as text
in_system        a plan in metric or US measures, for reading
recook           a plan cooked again and compared, for check; seal: its digest, which a change by hand breaks
routing_table    the routing in effect, for routes
"""
