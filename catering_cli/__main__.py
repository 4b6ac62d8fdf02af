"""The process: `python -m catering_cli` and the console script `catering`."""

import gc


def main() -> None:
    """Run the command line without collecting garbage: start-up makes none, and looking for it costs a tenth.

    A run that asks models turns the collector on again.
    """
    gc.disable()
    from catering_cli.cli.app import main as run

    run()


if __name__ == "__main__":
    main()
