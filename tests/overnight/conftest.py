"""A server of both vendors with batches."""

from collections.abc import Iterator

import pytest
from batch_vendor import BatchVendor


@pytest.fixture
def vendor() -> Iterator[BatchVendor]:
    with BatchVendor() as running:
        yield running
