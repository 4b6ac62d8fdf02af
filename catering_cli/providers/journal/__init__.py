"""The journal of replies and answers: SQLite, and the lock of a run."""
