"""What follows from the day of an event: people, things, costs and papers.

staffing        who is called in, from the timeline and the ratios by guests; rota: shifts by person and day
equipment       plant at its peak; china, glass and flatware by ratio
packing         vessels and boxes, and what is opened first
venue_kit       what a venue lacks, and what is packed for it; circuits
vehicles        seats for those who ride, and room for what is driven
run_of_service  each service as the floor sees it, with the special meals
per_guest       what the counts come to for a guest: weight, fixed portions, coffee
costing         what it costs, line by line
contingency     what is done if something goes wrong
assumptions     what the plan rests on if the order does not say
order_times     whether offsets and time zone of the order agree
notes           what the notes of the order say, and what of it is accounted for
open_items      what a person has to settle
texts           client letter, kitchen notes, floor briefing
"""
