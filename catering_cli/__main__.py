"""The process: `python -m catering_cli` and the console script `catering`."""

import gc
import os


def main() -> None:
    """Run the command line without collecting garbage: start-up makes none, and looking for it costs a tenth.

    A run that asks models turns the collector on again. Plugins that other packages bring for pydantic have no
    part in a plan, and are not looked for.
    """
    gc.disable()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from catering_cli.cli.app import main as run

    run()


if __name__ == "__main__":
    main()
