"""Questions that go to a vendor's batches, at half price, within a day.

items       what waits for a batch, and which batch it went with, in the journal
claims      one command at a time sends the questions of an order
postponing  the wrapper of a provider: a question is written down and the run stops there
batch_api   what a vendor's batches have in common: begun, looked at, read, ended early
messages    Anthropic's Message Batches; files: OpenAI's Batch, whose questions and answers are files
sending     one level: all that waits is sent, waited for, and journalled under the runs that asked
"""
