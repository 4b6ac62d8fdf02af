"""The data tables: each says what its columns are, and every row has its columns."""

from __future__ import annotations

import pytest

from catering_cli.data.tables import DATA, rows

TABLES = sorted(path.stem for path in DATA.glob("*.tsv"))


@pytest.mark.parametrize("name", TABLES)
def test_a_table_opens_with_what_it_is(name: str) -> None:
    lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    header = next(line for line in lines if not line.startswith("#")).split("\t")
    assert len(set(header)) == len(header)
    assert all(len(line.split("\t")) <= len(header) for line in lines if not line.startswith("#"))
    assert rows(name)
