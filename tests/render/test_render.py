"""The forms of a plan: nothing lost, nothing broken, text of an order stays text."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from hand_plan import small_plan

from catering_cli.domain.basis import Basis
from catering_cli.domain.quantity import three_figures
from catering_cli.render.clock import duration
from catering_cli.render.forms.writers import WRITERS
from catering_cli.render.page import Bars, Group, Page, Table
from catering_cli.render.sections.index import BOOKS, FIRST_READING, FOR_CLIENTS, SECTIONS
from catering_cli.render.wording import counted, hours_text, money_text, portions_text, service_name, times_text

ROOT = Path(__file__).parents[2]
EVIL = "<script>alert(1)</script> | *bold* `x` [red]no[/red]"
WIDTHS = (40, 80, 100, 160)


@cache
def real_plan(name):
    from catering_cli.intake import load
    from catering_cli.kitchen.cook import cook

    return cook(load.order(str(ROOT / "sample_orders" / f"{name}.json")), ())


def terminal(plan, **page):
    return WRITERS["terminal"](plan, Page(**page))


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_the_terminal(width):
    assert max(map(len, terminal(small_plan(), width=width).splitlines())) <= width


@pytest.mark.parametrize("width", [80, 160])
def test_no_heading_is_cut(width):
    shown = terminal(small_plan(), width=width)
    words = {"By", "What", "Dish", "Course", "Need", "Overage", "Make", "Guests", "Who", "Not", "for", "Time"}
    assert words <= set(re.findall(r"[A-Za-z]+", shown))


@pytest.mark.parametrize("width", [80, 160])
@pytest.mark.parametrize("name", ["wedding", "gala"])
def test_no_word_of_a_heading_is_cut_in_a_real_plan(name, width):
    plan = real_plan(name)
    page = Page(width=width)
    shown = terminal(plan, width=width)
    assert max(map(len, shown.splitlines())) <= width
    words = set(re.findall(r"\S+", shown))
    titles = {
        column.title
        for section in FIRST_READING
        for part in SECTIONS[section](plan, page).parts
        if isinstance(part, Table)
        for index, column in enumerate(part.columns)
        if not column.spare and any(row[index] not in ("", "-") for row in part.rows[: part.fold])
    }
    assert len(titles) > 10
    assert {word for title in titles for word in title.split()} <= words


def test_a_pipe_gets_plain_text_and_a_terminal_colour():
    assert "\x1b" not in terminal(small_plan(), colour=False)
    assert "\x1b[" in terminal(small_plan(), colour=True)


def test_the_verdict_comes_first_then_from_general_to_particular():
    shown = terminal(small_plan(finding="blocking"))
    order = ["Not ready", "Do now", "Menu", "Special meals", "The day", "Crew", "Money", "The event book to print"]
    places = [shown.index(title) for title in order]
    assert places == sorted(places)


@pytest.mark.parametrize("name", ["wedding", "gala"])
def test_the_day_in_ten_lines_names_each_service(name):
    plan = real_plan(name)
    day = SECTIONS["day"](plan, Page(width=100)).parts[0]
    said = " ".join(row[1] for row in day.rows)
    assert len(day.rows) <= 10
    assert all(f"{service_name(line)} begins" in said for line in plan.service)


def test_the_kitchens_day_ends_with_the_last_work_by_hand():
    """What chills over night by itself keeps no one there."""
    plan = real_plan("wedding")
    first = plan.timeline.blocks[0].start.date()
    hands = [
        (block.start, crew) for block in plan.timeline.blocks for crew in block.crew if block.start.date() == first
    ]
    last = max(start + timedelta(minutes=crew.minutes) for start, crew in hands)
    day = SECTIONS["day"](plan, Page(width=100)).parts[0]
    assert day.rows[0][0].endswith(f"-{last:%H:%M}")


@pytest.mark.parametrize(
    ("severity", "says"),
    [
        ("blocking", "Not ready: 1 blocking issue, 0 open items."),
        ("open", "OK to run: 1 open item."),
        ("warning", "OK to run: nothing open."),
    ],
)
def test_the_verdict_says_what_the_findings_are(severity, says):
    assert says in terminal(small_plan(finding=severity))


def test_a_long_section_folds_with_a_hint_and_unfolds_by_name():
    plan = small_plan()
    many = plan.model_copy(update={"findings": (*plan.findings[1:] * 19, plan.findings[0])})
    folded = terminal(many, command="catering show p.json", width=200)
    assert "15 more issues and tips: catering show p.json --section findings" in folded
    assert "Taste it." not in folded
    assert "Taste it." in terminal(many, section="findings", width=200)


@pytest.mark.parametrize("section", sorted(SECTIONS))
def test_every_section_can_be_shown_alone_in_both_forms(section):
    assert terminal(small_plan(), section=section).strip()
    assert WRITERS["markdown"](small_plan(), Page(section=section)).startswith("#")


def test_the_first_reading_names_every_paper():
    shown = terminal(small_plan())
    papers = [name for name in BOOKS["book"] if name not in FIRST_READING]
    assert all(name in shown for name in (*papers, *FOR_CLIENTS, "manager"))
    assert shown.rstrip().endswith("catering show --help")


def test_an_unknown_cell_is_never_shown_as_absent():
    for width in WIDTHS:
        row = next(
            line for line in terminal(small_plan(), width=width, section="diets").splitlines() if "Green" in line
        )
        assert "·" not in row
        assert "free" not in row


def test_a_profile_that_nobody_feeds_is_said():
    plan = small_plan()
    hungry = plan.model_copy(update={"diets": plan.diets.model_copy(update={"eats": plan.diets.eats[:1]})})
    assert "nothing on this menu" in terminal(hungry)


def test_the_chart_has_a_bar_for_every_use_of_equipment():
    shown = terminal(small_plan(), section="timeline", width=100)
    lanes = {line.split("·")[0].split("━")[0].split("  ")[0]: line for line in shown.splitlines() if "━" in line}
    assert lanes["burner 1"].count("1━") == 2
    assert lanes["burner 2"].count("1━") == 1
    assert {"server 1", "server 2", "server 3"} <= set(lanes)


def test_without_unicode_the_chart_is_ascii():
    chart = terminal(small_plan(), section="timeline", unicode=False)
    assert chart.isascii()


def test_text_of_an_order_stays_text():
    plan = small_plan(EVIL, note='it\'s "quoted" «so» `too`')
    assert EVIL in terminal(plan, width=200)
    markdown = WRITERS["markdown"](plan, Page())
    outside = re.sub(r"```.*?```", "", markdown, flags=re.DOTALL)
    assert "<script>" not in outside
    assert "\\<script\\>" in outside


def test_markdown_tables_are_whole():
    outside = re.sub(r"```.*?```", "", WRITERS["markdown"](small_plan(EVIL), Page()), flags=re.DOTALL)
    blocks = re.findall(r"(?:^\|.*\|$\n?)+", outside, flags=re.MULTILINE)
    assert len(blocks) > 8
    for block in blocks:
        widths = {len(re.findall(r"(?<!\\)\|", row)) for row in block.splitlines()}
        assert len(widths) == 1


def flat(parts):
    """The parts, those of a group one by one."""
    return [one for part in parts for one in (part.parts if isinstance(part, Group) else (part,))]


@pytest.mark.parametrize("name", ["wedding", "gala", ""])
def test_markdown_renders(name):
    """A reader of CommonMark with tables sees every section, every table and every chart, and runs nothing."""
    from markdown_it import MarkdownIt

    plan = real_plan(name) if name else small_plan(EVIL, note='it\'s "so" <b>&amp;</b>')
    html = MarkdownIt("commonmark").enable("table").render(WRITERS["markdown"](plan, Page()))
    parts = [part for title in SECTIONS for part in flat(SECTIONS[title](plan, Page(section=title)).parts)]
    assert html.count("<h1>") + html.count("<h2>") == len(SECTIONS)
    assert html.count("<table>") == sum(isinstance(part, Table) and bool(part.rows) for part in parts)
    assert html.count("<pre>") == sum(isinstance(part, Bars) for part in parts)
    assert not re.search(r"<(script|b|img|em|a)\b", html)


def test_markdown_folds_nothing():
    assert "item 20" in WRITERS["markdown"](small_plan(), Page())


def test_words():
    assert [three_figures(Fraction(text)) for text in ("1/3", "1200", "12345/2")] == ["0.333", "1,200", "6,172"]
    assert [money_text(Decimal("1234.5")), money_text(Decimal(3), "CHF"), money_text(None)] == [
        "$1,234.50",
        "3.00 CHF",
        "-",
    ]
    assert [duration(0), duration(60), duration(125)] == ["0 min", "1 h", "2 h 5 min"]
    assert [hours_text("65/12"), hours_text("201/20"), hours_text("4")] == ["5.4 h", "10 h", "4 h"]
    assert [times_text("257/100"), times_text("2")] == ["x 2.57", "x 2"]


def test_a_basis_is_said_in_decimals():
    labour = Basis(rule="cost.labour", inputs={"hours": "65/12", "rate": "34"})
    assert labour.sentence() == "5.42 h x 34"
    napkins = Basis(rule="ware.per_guest", inputs={"per_guest": "11/10", "guests": "120"})
    assert napkins.sentence() == "1.1 per guest x 120 guests"
    fuel = Basis(rule="ware.fuel", inputs={"cans": "2", "chafers": "3", "hours": "9/2"})
    assert fuel.sentence() == "2 per chafer for 4.5 h of service"


def test_counts():
    assert [counted(1, "dish"), counted(2, "dish"), counted(2, "guest")] == ["1 dish", "2 dishes", "2 guests"]
    assert [counted(3, "server"), counted(2, "fridge shelf"), counted(2, "batch")] == [
        "3 servers",
        "2 fridge shelves",
        "2 batches",
    ]
    dish = small_plan().menu[0]
    bites = dish.model_copy(update={"course": "canape"})
    assert [portions_text(dish, 63), portions_text(bites, 257)] == ["63 portions", "257 pieces"]


def _with_lines(change):
    plan = real_plan("corporate_buffet")
    return plan.model_copy(
        update={"menu": tuple(dish.model_copy(update={"lines": change(dish.lines)}) for dish in plan.menu)}
    )


@pytest.mark.parametrize("change", [lambda lines: lines[1:], lambda lines: (*lines, *lines[:1])])
def test_a_plan_whose_lines_are_not_those_of_its_recipes_is_shown_with_its_lines(change):
    plan = _with_lines(change)
    shown = WRITERS["markdown"](plan, Page(section="recipes"))
    assert all(dish.lines[-1].item in shown for dish in plan.menu)
