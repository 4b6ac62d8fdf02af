"""What a vendor's headers say of load and time."""

from __future__ import annotations

import math
import re
import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_LIMIT_HEADER = re.compile(r"^(date|retry-after(-ms)?|anthropic-ratelimit-.*|x-ratelimit-.*)$")


def limit_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The rate-limit headers among `headers`, names in lower case, and the server's own time beside them."""
    return {name.lower(): value for name, value in headers.items() if _LIMIT_HEADER.match(name.lower())}


def retry_after_s(headers: Mapping[str, str], now: float | None = None) -> float | None:
    """Seconds a vendor asks us to wait, from Retry-After in seconds or as a date; None if it does not say.

    A date is held against the server's own clock if the answer tells it: ours may be wrong by years.
    """
    for name, scale in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        text = headers.get(name, "")
        try:
            seconds = float(text) / scale
        except ValueError:
            continue
        is_a_time = math.isfinite(seconds) and seconds >= 0
        return seconds if is_a_time else None
    at = moment(headers.get("retry-after", ""))
    if at is None:
        return None
    today = moment(headers.get("date", ""))
    if today is None:
        today = time.time() if now is None else now
    return max(0.0, at - today)


def moment(text: str) -> float | None:
    """A point in time as HTTP writes it, in seconds since 1970; None if it is none."""
    try:
        return parsedate_to_datetime(text).timestamp()
    except (TypeError, ValueError, OverflowError):
        return None
