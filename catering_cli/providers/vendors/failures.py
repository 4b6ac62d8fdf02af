"""The fault behind a failed exchange.

Details of a fault hold the vendor's codes only: a vendor's message may quote the prompt or a key, so it is searched for
words of closed lists (credit, the name of a parameter) and never repeated.
"""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING

from catering_cli.providers.base import Fault
from catering_cli.providers.vendors.http_headers import retry_after_s
from catering_cli.providers.vendors.lenient import largest_cap, parameter_in
from catering_cli.providers.vendors.response import json_object
from catering_cli.providers.vendors.transport_guard import without_key

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from catering_cli.domain.execution import FaultKind

_BY_STATUS: dict[int, FaultKind] = {
    400: "bad_request",
    401: "bad_key",
    402: "out_of_quota",
    403: "bad_key",
    404: "unknown_model",
    405: "wrong_address",
    408: "timeout",
    409: "server_error",
    413: "too_large",
    422: "bad_request",
    429: "rate_limited",
    503: "overloaded",
    504: "timeout",
    529: "overloaded",
}
_SERVER = 500
_BY_CODE: tuple[tuple[re.Pattern[str], FaultKind], ...] = (
    (re.compile(r"quota|credit|billing|spend"), "out_of_quota"),
    (re.compile(r"model_not_found|model_not_available|deprecated_model"), "unknown_model"),
    (re.compile(r"context_length|request_too_large|prompt_too_long"), "too_large"),
    (re.compile(r"invalid_api_key"), "bad_key"),
)
"""A vendor's own code says more than the status: a 429 for lack of credit is not worth a second try."""
_NO_CREDIT = re.compile(
    r"credit balance|billing hard limit|(?:spend(?:ing)?|usage|monthly) limit|exceeded your current quota"
    r"|insufficient (?:balance|credits?|funds|quota)",
    re.IGNORECASE,
)
"""How messages without a code say that the account has nothing left, a 400 of Anthropic's among them."""
_ACCOUNT = frozenset({400, 402, 403, 429})
"""Statuses under which that is said."""
_BAD_HEADER = Fault("bad_key", "the key holds characters that an HTTP header cannot carry")
_BY_NAME: tuple[tuple[frozenset[str], Fault], ...] = (
    (frozenset({"UnsupportedProtocol", "InvalidURL"}), Fault("wrong_address", "this is no address of a server")),
    (frozenset({"ProxyError"}), Fault("connection", "the proxy does not let it through")),
    (frozenset({"ConnectError", "ConnectTimeout", "PoolTimeout"}), Fault("connection", "the server cannot be reached")),
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
_CODE = re.compile(r"[a-z][a-z0-9_.-]{0,59}")
_PROXIES = ("ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY")
_CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR")


def fault_of(error: Exception, key: str) -> Fault | None:
    """The fault behind an SDK's exception; None if the vendor did not cause it."""
    response = getattr(error, "response", None)
    status = getattr(response, "status_code", None)
    if response is not None and isinstance(status, int):
        return _status_fault(status, response.headers, _text(response), key)
    if isinstance(error, UnicodeEncodeError):
        return _BY_CODEC.get(error.encoding)
    names = _kinds(error) | _kinds(error.__cause__)
    fault = next((fault for known, fault in _BY_NAME if names & known), None)
    if fault is not None and fault.kind == "connection" and (proxy := _set(_PROXIES)):
        return Fault(fault.kind, f"{fault.detail}; {proxy} is set")
    return fault


def no_client(error: Exception) -> Fault:
    """Why no connection can be made from this machine: what is set in the environment, and never its value."""
    suspects = _CERTIFICATES if isinstance(error, OSError) else _PROXIES
    named = _set(suspects) or _set((*_PROXIES, *_CERTIFICATES)) or "the environment"
    return Fault("no_client", f"{type(error).__name__}; look at {named}")


def is_page(text: str) -> bool:
    """Whether a body is a web page and no answer of an API."""
    return text.lstrip()[:1] == "<"


def _set(names: tuple[str, ...]) -> str:
    """Those of the environment variables that are set, in either case."""
    return ", ".join(name for name in names if any(map(os.environ.get, (name, name.lower()))))


def _kinds(error: BaseException | None) -> set[str]:
    """Names of the classes that an exception is of."""
    return {kind.__name__ for kind in type(error).__mro__}


def _text(response: Any) -> str:
    try:
        return str(response.text)
    except Exception:  # noqa: BLE001  # a body that was not read to its end, or in no encoding: its status says enough
        return ""


def _status_fault(status: int, headers: Mapping[str, str], text: str, key: str) -> Fault:
    error = _error_in(text)
    codes = _codes(error, key)
    kind = _kind(status, codes, text)
    if status < _SERVER and not error and (is_page(text) or kind == "unknown_model"):
        kind = "wrong_address"
    detail = " ".join([f"HTTP {status}", *codes])
    message = str(error.get("message") or text)[:2_000]
    parameter = parameter_in(str(error.get("param") or ""), message)
    most = largest_cap(message) if kind in ("bad_request", "too_large") else None
    if most is not None:
        kind = "bad_request"
    return Fault(
        kind,
        detail,
        status,
        retry_after_s({name.lower(): value for name, value in headers.items()}),
        parameter=parameter if kind == "bad_request" else "",
        most_tokens=most,
    )


def _kind(status: int, codes: tuple[str, ...], text: str) -> FaultKind:
    kind = _BY_STATUS.get(status, "server_error" if status >= _SERVER else "bad_request")
    if status in _ACCOUNT and _NO_CREDIT.search(text):
        return "out_of_quota"
    if status < _SERVER:
        for pattern, better in _BY_CODE:
            if any(map(pattern.search, codes)):
                kind = better
    redirected = 300 <= status < 400  # noqa: PLR2004
    return "wrong_address" if redirected else kind


def _error_in(text: str) -> dict[str, Any]:
    """A vendor's error object; empty if the body holds none."""
    try:
        whole = json_object(json.loads(text))
    except (ValueError, RecursionError):
        return {}
    error = whole.get("error")
    if isinstance(error, str):
        return {"message": error}
    return json_object(error)


def _codes(error: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """The machine-readable codes of an error, each once; never its message, nor a code that is our key."""
    details = json_object(error.get("details"))
    found = [
        error.get("type"),
        error.get("code"),
        error.get("param"),
        details.get("error_code"),
    ]
    texts = dict.fromkeys(code for code in found if isinstance(code, str))
    codes = [code for code in texts if _CODE.fullmatch(code)]
    return tuple(code for code in codes if without_key(code, key) == code)
