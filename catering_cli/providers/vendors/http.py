"""What both vendors' HTTP has in common: one exchange under our own deadline, and faults from its failures.

Neither SDK retries under us (`max_retries=0`). Details of a fault hold the vendor's codes only: a vendor's message may
quote the prompt or a key.
"""

from __future__ import annotations

import asyncio
import json
import math
import re
import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from catering_cli.providers.base import Fault, Faulted, Reply
from catering_cli.providers.vendors.response import NOT_JSON, json_object
from catering_cli.providers.vendors.transport_guard import without_key

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from catering_cli.domain.execution import FaultKind
    from catering_cli.providers.vendors.sdk_client import SdkClient

KEPT = 4_000
"""Characters that are kept of such a text: enough to see in the journal what it was."""

_BY_STATUS: dict[int, FaultKind] = {
    400: "bad_request",
    401: "bad_key",
    402: "out_of_quota",
    403: "bad_key",
    404: "unknown_model",
    408: "timeout",
    409: "server_error",
    413: "too_large",
    422: "bad_request",
    429: "rate_limited",
    503: "overloaded",
    504: "timeout",
    529: "overloaded",
}
_BY_CODE: tuple[tuple[re.Pattern[str], FaultKind], ...] = (
    (re.compile(r"quota|credit|billing|spend"), "out_of_quota"),
    (re.compile(r"model_not_found|model_not_available|deprecated_model"), "unknown_model"),
    (re.compile(r"context_length|request_too_large|prompt_too_long"), "too_large"),
    (re.compile(r"invalid_api_key"), "bad_key"),
)
"""A vendor's own code says more than the status: a 429 for lack of credit is not worth a second try."""
_BAD_HEADER = Fault("bad_key", "the key holds characters that an HTTP header cannot carry")
_BY_NAME: tuple[tuple[frozenset[str], Fault], ...] = (
    (
        frozenset({"ConnectError", "ConnectTimeout", "PoolTimeout", "UnsupportedProtocol", "InvalidURL"}),
        Fault("connection", "the server cannot be reached"),
    ),
    (frozenset({"APITimeoutError", "TimeoutException"}), Fault("timeout", "no answer in time")),
    (frozenset({"LocalProtocolError"}), _BAD_HEADER),
    (frozenset({"TooLongError"}), Fault("cut", "the answer was too long to read")),
    (
        frozenset({"APIConnectionError", "TransportError"}),
        Fault("cut", "the connection broke before the answer was complete"),
    ),
)
"""By the names of an exception's classes, its cause's included: the SDKs wrap those of one HTTP library. First fits."""
_BY_CODEC = {"ascii": _BAD_HEADER, "utf-8": Fault("bad_request", "the question holds a broken character")}
"""What cannot be encoded: a key as a header, or a lone surrogate in a text as JSON."""
_LIMIT_HEADER = re.compile(r"^(date|retry-after(-ms)?|anthropic-ratelimit-.*|x-ratelimit-.*)$")
_CODE = re.compile(r"[a-z][a-z0-9_.-]{0,59}")


async def exchange(sdk_client: SdkClient, ask: Callable[[Any], Awaitable[Any]], timeout_s: float) -> Reply:
    """One call of a raw method of the line's client. Raises Faulted for everything but a complete HTTP 200."""
    start = time.monotonic()
    try:
        async with asyncio.timeout(timeout_s):
            raw = (await ask(sdk_client.client())).http_response
    except TimeoutError:
        raise Faulted(Fault("timeout", f"no answer within {timeout_s:g} s")) from None
    except Exception as error:
        fault = _fault(error, sdk_client.key)
        if fault is None:
            raise
        raise Faulted(fault) from None
    return Reply(
        _decoded(without_key(raw.text, sdk_client.key)), time.monotonic() - start, headers=limit_headers(raw.headers)
    )


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


def _decoded(text: str) -> dict[str, Any]:
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        return {NOT_JSON: text[:KEPT]}
    return body


def _fault(error: Exception, key: str) -> Fault | None:
    """The fault behind an SDK's exception; None if the vendor did not cause it."""
    response = getattr(error, "response", None)
    status = getattr(response, "status_code", None)
    if response is not None and isinstance(status, int):
        return _status_fault(status, response.headers, _codes(getattr(error, "body", None), key))
    if isinstance(error, UnicodeEncodeError):
        return _BY_CODEC.get(error.encoding)
    names = _kinds(error) | _kinds(error.__cause__)
    return next((fault for known, fault in _BY_NAME if names & known), None)


def _kinds(error: BaseException | None) -> set[str]:
    """Names of the classes that an exception is of."""
    return {kind.__name__ for kind in type(error).__mro__}


def _status_fault(status: int, headers: Mapping[str, str], codes: tuple[str, ...]) -> Fault:
    kind = _BY_STATUS.get(status, "server_error" if status >= 500 else "bad_request")  # noqa: PLR2004
    for pattern, better in _BY_CODE:
        if status < 500 and any(map(pattern.search, codes)):  # noqa: PLR2004
            kind = better
    detail = " ".join([f"HTTP {status}", *codes])
    return Fault(kind, detail, status, retry_after_s({k.lower(): v for k, v in headers.items()}))


def _codes(body: object, key: str) -> tuple[str, ...]:
    """The machine-readable codes of an error body, each once; never its message, nor a code that is our key."""
    whole = json_object(body)
    error = json_object(whole.get("error", whole))
    details = json_object(error.get("details"))
    found = [
        error.get("type"),
        error.get("code"),
        error.get("param"),
        details.get("error_code"),
    ]
    codes = [code for code in found if isinstance(code, str) and _CODE.fullmatch(code)]
    return tuple(code for code in dict.fromkeys(codes) if without_key(code, key) == code)
