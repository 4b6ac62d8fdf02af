"""Rules about the day.

steps                  every step of every dish is done in full, as its recipe has it
precedence             nothing begins before what it waits for is done, lies too long or cools too slowly
windows                the kitchen is open, and service is on time
capacity               never more in use than there is
event_blocks           plating, packing, drive, set-up, service and strike
margins                time in hand, and the stress test
handover               each dish is taken to its guests, with its course
"""
