"""The words of the trade that all rooms share. Nothing here computes a plan, and nothing imports from above.

value, quantity, money, names    the base of all typed values, exact amounts, money, names that several rooms write
order                            what the client wants; order_parts: what it is made of
decision                         the judgements that, with an order, make a plan
proposed                         what models decided and a person may keep or take out
plan                             what comes out; plan_parts: what it is made of
week                             several events of one house
closing, learnt                  what is written down when an event is over; what the house has learnt by it
basis                            how a figure was derived
finding                          what is wrong or open in a plan; problem: in an input
execution                        a run: its steps, calls and costs
path, suggest                    a place in a document; "did you mean"
"""
