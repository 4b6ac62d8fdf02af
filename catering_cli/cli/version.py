"""The version of the installed package."""


def version() -> str:
    """As `catering --version` and a plan say it."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("catering")
    except PackageNotFoundError:
        return "0.1.0"
