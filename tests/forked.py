"""The real command without its start-up: a process that has imported everything forks for each call.

What runs is `catering_cli.__main__.main` in a process of its own, with the caller's arguments, environment, folder and
open files. What start-up itself does is tested where no fork stands for it (`test_startup.py`, the README's commands).

    command_line()    how a test begins the command
    serve(listener)   the process that forks; `conftest.py` begins one for all workers
"""

from __future__ import annotations

import os
import signal
import socket
import sys

VARIABLE = "CATERING_FORKS"
"""Names the socket of the process that forks, for all that a test starts."""
_HEAVY = ("scheduling.exact", "local_model", "many.cluster", "configs")
"""What few commands import: the solver, a model of one's own, a cluster."""
_FDS = 3
_SIZE = 1 << 20


def _main() -> int:
    """The caller's side: hands over its files, passes signals on, ends as the command ends."""
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(os.environ[VARIABLE])
        told = repr((sys.argv[1:], dict(os.environ), os.getcwd())).encode()  # noqa: PTH109 - quicker begun
        socket.send_fds(line, [len(told).to_bytes(4, "big")], [0, 1, 2])
        line.sendall(told)
        process = int(line.recv(16))
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda given, _: os.kill(process, given))
        line.sendall(b"go")
        return _ended(line.recv(16))


def _ended(told: bytes) -> int:
    """Exit code of a process; one that a signal ended is followed."""
    status = os.waitstatus_to_exitcode(int(told))
    if status < 0:
        signal.signal(-status, signal.SIG_DFL)
        os.kill(os.getpid(), -status)
    return status


def serve(listener: int) -> None:
    """Fork for each call; what a plan needs is imported, and its tables read, when the first one comes."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    warm = False
    with socket.socket(fileno=listener) as listening:
        while True:
            line, _ = listening.accept()
            if not warm:
                _warm()
                warm = True
            if os.fork() == 0:
                listening.close()
                _keep(line)
                os._exit(0)
            line.close()


def _warm() -> None:
    """Import what commands import late, and plan one order."""
    import gc
    import importlib
    import pkgutil
    from pathlib import Path

    import anthropic  # noqa: F401
    import openai  # noqa: F401

    import catering_cli
    from catering_cli.checks.registry import check
    from catering_cli.intake import load
    from catering_cli.kitchen.cook import cook

    names = [module.name for module in pkgutil.walk_packages(catering_cli.__path__, "catering_cli.")]
    for name in names:
        if not any(heavy in name for heavy in _HEAVY):
            importlib.import_module(name)
    order = Path(__file__).parents[1] / "sample_orders" / "corporate_buffet.json"
    check(load.order(str(order)), cook(load.order(str(order))))
    gc.freeze()


def _keep(line: socket.socket) -> None:
    """Fork the command, tell its number and in the end its status; a caller that is gone takes it along."""
    import select

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    size, files, _, _ = socket.recv_fds(line, 4, _FDS)
    wanted = int.from_bytes(size, "big")
    told = b""
    while len(told) < wanted:
        told += line.recv(_SIZE)
    held, begin = os.pipe()
    process = os.fork()
    if process == 0:
        line.close()
        os.close(begin)
        os.read(held, 1)
        _become(told.decode(), files)
    for file in files:
        os.close(file)
    line.sendall(str(process).encode())
    line.recv(2)
    os.close(begin)
    ended = os.pidfd_open(process)
    ready, _, _ = select.select([ended, line], [], [])
    if ended not in ready:
        os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    if ended in ready:
        line.sendall(str(status).encode())


def _become(told: str, files: list[int]) -> None:
    """Be the command, and end as Python would."""
    import ast
    import atexit
    import threading
    import time

    arguments, environment, folder = ast.literal_eval(told)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(folder)
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    _reopen()
    sys.argv = ["catering", *arguments]
    code = _called()
    threading._shutdown()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            code = code or 120
    os._exit(code)


def _reopen() -> None:
    """Python's own streams over the caller's files, as its environment wants them."""
    import io

    encoding = os.environ.get("PYTHONIOENCODING", "").partition(":")[0] or "utf-8"
    at_once = bool(os.environ.get("PYTHONUNBUFFERED"))
    sys.stdin = sys.__stdin__ = open(0, encoding=encoding, closefd=False)  # noqa: SIM115
    for name, number, errors in (("stdout", 1, "strict"), ("stderr", 2, "backslashreplace")):
        binary = open(number, "wb", 0 if at_once else -1, closefd=False)  # noqa: SIM115
        by_line = number == _FDS - 1 or os.isatty(number)
        stream = io.TextIOWrapper(binary, encoding, errors, line_buffering=by_line, write_through=at_once)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def _called() -> int:
    import traceback

    from catering_cli.__main__ import main

    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        main()
    except SystemExit as ended:
        if isinstance(ended.code, str):
            sys.stderr.write(ended.code + "\n")
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:  # noqa: BLE001 - as the interpreter does
        traceback.print_exc()
        return 1
    return 0


def command_line() -> list[str]:
    """How a test begins the command."""
    if VARIABLE in os.environ:
        return [sys.executable, "-S", "-E", __file__]
    return [sys.executable, "-m", "catering_cli"]


if __name__ == "__main__":
    sys.exit(_main())
