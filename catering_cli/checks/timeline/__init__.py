"""Rules about the day.

steps                  every step of every dish is done in full
blocks                 what a block says of its step
precedence             nothing begins before what it waits for is done, or lies longer than it keeps
windows                the kitchen is open, and service is on time
capacity               never more in use than there is
event_blocks           plating, packing, drive, set-up, service and strike; event_block_details has them one by one
buffers                time in hand
"""
