"""Files that an order names: they lie beside it, never outside its folder, and have a bounded size."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from catering_cli.domain.problem import Problem, Refused

MOST_BYTES: Final = 2_000_000


def read_beside(folder: Path, name: str, place: str, what: str, most: int = MOST_BYTES, errors: str = "strict") -> str:
    """The text of `folder/name`. `what` it is meant to be is said if it is too large. Raises Refused."""

    def refuse(message: str) -> Refused:
        return Refused(Problem(message, place=place, value=repr(name)))

    try:
        if "\0" in name:
            raise refuse("holds a NUL character, which is in no name of a file; write the name without it.")
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise refuse(f"lies outside the order's folder; put {what} beside the order.")
        if path.exists() and not path.is_file():
            raise refuse(f"is no file but a folder, a pipe or a device; put {what} into a file.")
        if not path.is_file():
            raise refuse(f"no such file beside the order ({path.name}).")
        if path.stat().st_size > most:
            raise refuse(f"is larger than {most:,} bytes, too large for {what}.")
        return path.read_text(encoding="utf-8-sig", errors=errors)
    except UnicodeDecodeError as error:
        raise refuse(f"is not UTF-8 text (byte {error.start + 1}); save it as UTF-8.") from None
    except OSError as error:
        raise refuse(f"cannot be read: {error.strerror}.") from None
