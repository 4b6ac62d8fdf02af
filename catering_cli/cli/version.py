"""The version of the package: the one place where it stands; the build reads it here."""

VERSION = "0.1.0"


def version() -> str:
    """As `catering --version` and a plan say it; asking the installed metadata would cost half of a start-up."""
    return VERSION
