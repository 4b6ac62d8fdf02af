"""Every reply of a run, kept and replayed.

database     the file: one SQLite database in a private folder
journal      the runs in it, their replies, and the answers that stand across runs
exchanges    what was asked and what came back, for reading
run_lock     one process at a run
"""
