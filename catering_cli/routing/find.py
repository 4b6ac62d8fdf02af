"""Which file a routing config is read from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from catering_cli.domain.problem import Problem, Refused
from catering_cli.intake.json_document import refuse_no_file
from catering_cli.routing.values import allowed

SHIPPED = ("default", "lab", "offline", "local")
_PACKAGED = Path(__file__).resolve().parents[1] / "configs"
_CHECKOUT = Path(__file__).resolve().parents[2] / "configs"
_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """A text with the name that messages call it by."""

    text: str
    file: str
    name: str
    notice: str = ""


def shipped(name: str) -> Path:
    """The shipped config of that name: inside the installed package, or beside it in a checkout."""
    folder = _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT
    return folder / f"{name}.yaml"


def find(name: str | Path | None) -> Found:
    """The text of a config: a file, a shipped name, or (None) ./configs/default.yaml if present, else the shipped one.

    Raises Refused.
    """
    if name is None:
        own = Path("configs/default.yaml")
        if own.is_file():
            return _read(own, "default", f"routing from {own}")
        return _read(shipped("default"), "default")
    text = str(name)
    if text in SHIPPED:
        return _read(shipped(text), text)
    path = Path(text)
    if path.exists():
        return _read(path, path.stem)
    where = "" if path.suffix else f" Shipped configs: {allowed(text, SHIPPED)}"
    raise Refused(Problem(f"there is no such file.{where}", text))


def _read(path: Path, name: str, notice: str = "") -> Found:
    if path.is_dir():
        raise Refused(Problem("this is a folder; a YAML file is needed", str(path)))
    refuse_no_file(path)
    try:
        raw = path.read_bytes()
        if len(raw) > _MOST:
            raise Refused(Problem(f"the file is larger than {_MOST // 1_000_000} MB", str(path)))
        return Found(raw.decode("utf-8-sig"), str(path), name, notice)
    except UnicodeDecodeError as error:
        raise Refused(Problem(f"this is not UTF-8 text (byte {error.start})", str(path))) from None
    except OSError as error:
        raise Refused(Problem(f"the file cannot be read: {error.strerror}", str(path))) from None
