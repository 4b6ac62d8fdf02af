"""The papers that people work from, each a section of the plan.

meals            what each guest with a need is served and what not: the words of every paper
task_lines       the timeline as lines that a cook reads, batches of a step merged
beo              banquet event order
run_of_show      the event by the clock
special_meals    cards for guests
production       production by day and station; the prep list across dishes
order_guide      order guide by vendor; receiving sheet by delivery
transport        pull and pack-out list by vehicle and stop; driver's sheet
people           call sheet
haccp_log        a row for each dish and check
labels           date labels; ingredient labels of boxed meals
client           the client's copy; the quote
overview         what the plan is about: overview, risks, questions to the client, critique, what models decided
closing          the closing sheet, blank cells for what was measured
manager          food cost by dish, margin, leftovers of packs
"""
