"""What both vendors' HTTP has in common: one exchange under our own deadline.

Neither SDK retries under us (`max_retries=0`). What a failure means is read by `failures`.
"""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any

from catering_cli.providers.base import Fault, Faulted, Reply
from catering_cli.providers.vendors.failures import fault_of, is_page
from catering_cli.providers.vendors.http_headers import limit_headers
from catering_cli.providers.vendors.response import NOT_JSON
from catering_cli.providers.vendors.transport_guard import without_key

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from catering_cli.providers.vendors.sdk_client import SdkClient

PROBE_S = 4.0
"""[K] How long a server's list of models may take."""
KEPT = 4_000
"""Characters that are kept of a body that is not JSON: enough to see in the journal what it was."""


async def exchange(sdk_client: SdkClient, ask: Callable[[Any], Awaitable[Any]], timeout_s: float) -> Reply:
    """One call of a raw method of the line's client. Raises Faulted for everything but a complete HTTP 200."""
    start = time.monotonic()
    raw = await _answered(sdk_client, ask, timeout_s)
    body = _decoded(without_key(raw.text, sdk_client.key))
    return Reply(body, time.monotonic() - start, headers=limit_headers(raw.headers))


async def text_of(sdk_client: SdkClient, ask: Callable[[Any], Awaitable[Any]], timeout_s: float) -> str:
    """The text that such a call brings, whatever it is."""
    return without_key((await _answered(sdk_client, ask, timeout_s)).text, sdk_client.key)


async def _answered(sdk_client: SdkClient, ask: Callable[[Any], Awaitable[Any]], timeout_s: float) -> Any:
    """The whole HTTP response."""
    try:
        async with asyncio.timeout(timeout_s):
            raw = (await ask(sdk_client.client())).http_response
            await raw.aread()
    except Faulted:
        raise
    except TimeoutError:
        raise Faulted(Fault("timeout", f"no answer within {timeout_s:g} s")) from None
    except Exception as error:
        fault = fault_of(error, sdk_client.key)
        if fault is None:
            raise
        raise Faulted(fault) from None
    if is_page(raw.text):
        raise Faulted(Fault("wrong_address", "HTTP 200, a web page", raw.status_code))
    return raw


async def lists_models(sdk_client: SdkClient) -> bool:
    """Whether the server gives its list of models, in a few seconds."""
    try:
        async with asyncio.timeout(PROBE_S):
            listed = await sdk_client.client().models.list(timeout=PROBE_S)
    except Exception:  # noqa: BLE001  # whatever goes wrong, it is no sign of life
        return False
    return isinstance(getattr(listed, "data", None), list)


def _decoded(text: str) -> dict[str, Any]:
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        return {NOT_JSON: text[:KEPT]}
    return body
