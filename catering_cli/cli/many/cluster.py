"""Orders on an existing Dask cluster: orders go there as JSON, plans come back as bytes, and only this process writes.

The workers need this version of `catering` installed, no shared disk and no key: no model is asked from there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from catering_cli.cli.many.one_order import Ended, Task, cooked, kept, not_begun, prepared
from catering_cli.cli.version import version
from catering_cli.domain.problem import Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from distributed import Client, Future

_IN_HAND = 4
"""Orders on their way for each thread of the cluster: enough that none waits for the road; [K]."""
CONNECT_S = 10


def planned(tasks: Iterable[Task], address: str, stops: Callable[[], bool]) -> Iterator[tuple[Task, Ended]]:
    """Each order with its end as it comes. When it `stops`, no further one is sent.

    Raises Refused if the cluster cannot be used.
    """
    client = _client(address)
    try:
        with client.as_current():
            yield from _through(client, tasks, stops)
    finally:
        client.close()


def _client(address: str) -> Client:
    try:
        from distributed import Client
    except ImportError:
        raise _refused("needs the extra `cluster`: pip install 'catering[cluster]'", address) from None
    try:
        client = Client(address, timeout=CONNECT_S, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise _refused(f"no Dask scheduler answers: {error or type(error).__name__}", address) from None
    others = {name for name in client.run(version).values() if name != version()}
    if others:
        client.close()
        raise _refused(f"its workers have catering {', '.join(sorted(others))}, this is {version()}", address)
    return client


def _through(client: Client, tasks: Iterable[Task], stops: Callable[[], bool]) -> Iterator[tuple[Task, Ended]]:
    from distributed import as_completed

    room = _IN_HAND * sum(client.nthreads().values())
    if not room:
        raise _refused("the cluster has no workers", client.scheduler.address)
    flying: dict[Future, Task] = {}
    landing = as_completed()
    for task in tasks:
        wanted = not_begun(task) if stops() else prepared(task)
        if isinstance(wanted, Ended):
            yield task, wanted
            continue
        if len(flying) == room:
            yield _landed(landing, flying)
        future = client.submit(cooked, wanted, task.options, pure=False)
        flying[future] = task
        landing.add(future)
    while flying:
        yield _landed(landing, flying)


def _landed(landing: Iterator[Future], flying: dict[Future, Task]) -> tuple[Task, Ended]:
    """The next order that has come back, its plan in its file."""
    future = next(landing)
    task = flying.pop(future)
    return task, kept(task, future.result)


def _refused(message: str, address: str) -> Refused:
    return Refused(Problem(message, "", "--dask", address))
