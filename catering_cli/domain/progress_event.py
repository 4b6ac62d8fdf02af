"""What happens while a run goes on; progress displays and `--events` read these."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Event:
    """One moment of a run. `t` is seconds since its start."""

    t: float
    event: str
    """plan, step, attempt, cook, check, round, notice or done"""
    step: str = ""
    task: str = ""
    tier: str = ""
    model: str = ""
    state: str = ""
    """waiting, running, accepted, open, failed, or a fault; for a notice its text"""
    usd: Decimal | None = None
    seconds: float = 0.0
