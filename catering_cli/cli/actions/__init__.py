"""What each command does, between its options and its output.

plan             plan and refine: load, run, write; listening: who hears of it; solve_best searches the schedule further
accept           proposals accepted or taken back
intake           a message becomes an order
dishes           the catalogue searched, its index renewed
recook           a plan cooked again and compared, for check; seal: its digest, which a change by hand breaks
routing_table    the routing in effect, for routes
"""
