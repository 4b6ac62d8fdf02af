"""CSV and iCalendar: every list opens, nothing in it runs, every block is an event in the right zone."""

from __future__ import annotations

import csv
from datetime import UTC, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import icalendar
import pytest
from hand_plan import small_plan
from hypothesis import given, settings
from hypothesis import strategies as st

from catering_cli.intake import load
from catering_cli.kitchen.cook import cook
from catering_cli.render.forms import csv_lists, csv_tables, icalendar_file
from catering_cli.render.papers.haccp_log import rows_of
from catering_cli.render.papers.task_lines import task_lines
from catering_cli.render.revision import revision
from catering_cli.render.wording import counted

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wedding():
    return cook(load.order(str(ROOT / "sample_orders" / "wedding.json")), ())


def opened(data: bytes | str) -> list[dict[str, str]]:
    text = data.decode("utf-8-sig") if isinstance(data, bytes) else data.removeprefix("\ufeff")
    return list(csv.DictReader(StringIO(text, newline=""), strict=True))


def test_every_list_opens_with_whole_rows_and_its_revision(wedding):
    files = csv_tables.csv_files(wedding)
    assert {"shopping.csv", "prep.csv", "packing.csv", "staffing.csv", "haccp.csv", "timeline.csv"} <= set(files)
    for name, data in files.items():
        rows = opened(data)
        assert rows, name
        assert all(None not in row and None not in row.values() for row in rows), name
        assert {row["revision"] for row in rows} == {f"r{revision(wedding)}"}


def test_the_lists_are_as_long_as_the_plan(wedding):
    files = csv_tables.csv_files(wedding)
    assert len(opened(files["timeline.csv"])) == len(wedding.timeline.blocks)
    assert len(opened(files["shopping.csv"])) == sum(line.department != "tap" for line in wedding.shopping.lines)
    assert len(opened(files["haccp.csv"])) == len(rows_of(wedding))
    assert len(opened(files["packing.csv"])) >= len(wedding.packing)
    assert len(opened(files["call-sheet.csv"])) == sum(line.count for line in wedding.staffing)
    assert len(opened(files["production.csv"])) == len(task_lines(wedding))


def test_numbers_stand_alone_and_their_unit_beside_them(wedding):
    bought = {line.item: line for line in wedding.shopping.lines}
    for row in opened(csv_tables.csv_files(wedding)["shopping.csv"]):
        amount = bought[row["item"]].buy.quantity
        assert float(row["buy"]) == pytest.approx(float(amount.low), rel=1e-5)
        assert row["buy_unit"] == (amount.unit or "piece")


def test_readings_are_blank(wedding):
    assert {row["reading_1"] for row in opened(csv_tables.csv_files(wedding)["haccp.csv"])} == {""}


def test_a_spreadsheet_knows_the_signs_of_every_list(wedding):
    assert all(data.startswith(b"\xef\xbb\xbf") for data in csv_tables.csv_files(wedding).values())
    assert csv_tables.list_of_section(wedding, "production").startswith("\ufeff")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30), st.sampled_from(["", " ", "\t", "\n"]), st.sampled_from(["=", "+", "-", "@", "＝", "a"]))
def test_no_cell_runs(said, space, first):
    cell = csv_tables.harmless(f"{space}{first}{said}")
    assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert cell.isprintable()


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-2+3", "@SUM(A1)", 'a "b", c\nd'])
def test_a_dish_of_any_name_stays_one_harmless_cell(name):
    rows = opened(csv_tables.list_of_section(small_plan(name), "menu"))
    assert rows[0]["dish"].lstrip("'") == name.replace("\n", " ")
    assert rows[0]["dish"][0] not in "=+-@"


def test_the_archive_is_the_same_bytes_every_time():
    one, two = (csv_tables.archive(csv_tables.csv_files(small_plan())) for _ in range(2))
    assert one == two
    assert ZipFile(BytesIO(one)).namelist() == [sheet.file for sheet in csv_lists.LISTS]


def test_every_block_is_an_event_at_its_time_in_the_zone(wedding):
    read = icalendar.Calendar.from_ical(icalendar_file.calendar_text(wedding))
    events = read.walk("VEVENT")
    assert [(event["dtstart"].dt, event["dtend"].dt) for event in events] == [
        (block.start, block.end) for block in wedding.timeline.blocks
    ]
    assert {event["dtstart"].params["TZID"] for event in events} == {"America/New_York"}
    assert [str(zone["tzid"]) for zone in read.walk("VTIMEZONE")] == ["America/New_York"]
    assert len({str(event["uid"]) for event in events}) == len(events)


def test_an_event_names_owner_and_station(wedding):
    events = icalendar.Calendar.from_ical(icalendar_file.calendar_text(wedding)).walk("VEVENT")
    for event, block in zip(events, wedding.timeline.blocks, strict=True):
        said = str(event["description"])
        assert all(counted(crew.count, crew.role) in said for crew in block.crew)
        assert "Station: " in said
        assert revision(wedding) in said


def test_every_control_point_of_a_block_rings_at_its_time(wedding):
    rings = [
        (alarm["trigger"].dt, str(alarm["description"]))
        for alarm in icalendar.Calendar.from_ical(icalendar_file.calendar_text(wedding)).walk("VALARM")
    ]
    due = [point for point in wedding.safety.points if point.block and point.at]
    assert due
    assert sorted(moment for moment, _ in rings) == sorted(point.at for point in due)
    assert all(any(point.limit in said for _, said in rings) for point in due)


def test_an_order_without_a_zone_keeps_its_offset():
    plan = small_plan()
    event = plan.order.event.model_copy(update={"timezone": None})
    fixed = plan.model_copy(update={"order": plan.order.model_copy(update={"event": event})})
    read = icalendar.Calendar.from_ical(icalendar_file.calendar_text(fixed))
    first = read.walk("VEVENT")[0]["dtstart"]
    assert first.params["TZID"] == "Offset-0400"
    assert [str(zone["tzid"]) for zone in read.walk("VTIMEZONE")] == ["Offset-0400"]
    assert first.dt.utcoffset() == timedelta(hours=-4)
    assert first.dt.astimezone(UTC) == plan.timeline.blocks[0].start.astimezone(UTC)


def test_lines_are_folded_and_end_as_the_format_says(wedding):
    written = icalendar_file.calendar_text(wedding)
    assert written.count("\n") == written.count("\r\n")
    assert max(len(line.encode()) for line in written.split("\r\n")) <= 75
