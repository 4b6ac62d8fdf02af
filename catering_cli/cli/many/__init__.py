"""Several orders of one command, planned on every core of this machine or on a Dask cluster.

`one_order` (what is done for each, wherever that is), `warm` (what a process has in memory before its first order),
`collecting` (when memory is looked through),
`beside` (orders that share a kitchen and were not planned together), `finished` (what an earlier command has planned
already), `cores` (the processes of this machine), `cluster` (an existing Dask cluster), `overnight` (questions in the
vendors' batches, level by level), `several` (the whole command: targets, workers, summaries).
"""
