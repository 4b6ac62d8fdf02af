"""The client's words read sentence by sentence: notes, feedback, messages. Models propose, code proves.

readings   what a sentence ends as: a change, an instruction, a question, nothing to do
changes    a change made in an order, or taken back
thread     a thread of messages as its sentences; forms reads what looks like a form
message    from a thread to an order: standing (which value holds), unread (what is asked), reply (what is sent back)
said       what words say: numbers, times, dates, needs
proof      whether a change says no more than its words, and makes nothing less safe
against    whether the words speak against it: another field, another service, the other choice
"""
