"""Labels on the sheets of the table: each in its place on the paper, in type that can be read, none cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from render.browser import PROGRAM, browser

from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.problem import Refused
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook
from catering_cli.render.forms.label_sheets import SIZES, label_text, points_for, stocks
from catering_cli.render.page import Card, Page

ROOT = Path(__file__).parents[2]
STOCKS = stocks()
CUT = """[...document.querySelectorAll(".stuck")].filter(one =>
  one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1).map(one => one.innerText)"""
"""Labels whose text is larger than they are."""


@pytest.fixture(scope="module")
def plan() -> CateringPlan:
    return cook(load.order(str(ROOT / "sample_orders" / "boxed_lunches.json")), ())


@pytest.mark.parametrize("stock", STOCKS.values(), ids=STOCKS)
def test_a_sheet_of_labels_lies_on_its_paper_and_no_label_on_another(stock):
    right = stock.left + (stock.across - 1) * stock.step_across + stock.width
    bottom = stock.top + (stock.down - 1) * stock.step_down + stock.height
    assert stock.width <= stock.step_across
    assert stock.height <= stock.step_down + 0.01
    assert abs(stock.sheet_width - right - stock.left) < 2, "as far from the right as from the left"
    assert bottom < stock.sheet_height
    assert len({stock.place(number) for number in range(stock.a_sheet)}) == stock.a_sheet


@given(
    title=st.text("abc ", max_size=60),
    said=st.text("abc ,", max_size=900),
    stock=st.sampled_from(list(STOCKS.values())),
)
def test_a_longer_text_is_never_set_larger(title, said, stock):
    shorter = points_for(Card(title, (("", said, "plain"),)), stock)
    longer = points_for(Card(title, (("", f"{said} abc abc abc", "plain"),)), stock)
    assert longer is None or (shorter is not None and longer <= shorter)
    assert shorter is None or shorter in SIZES


def test_what_does_not_fit_is_refused_with_where_it_does(plan):
    with pytest.raises(Refused, match=r"too small for .*sandwich.* they fit on .*5164"):
        label_text(plan, Page(section="box-labels", stock="5160"))


def test_each_label_stands_on_a_sheet_in_full(plan):
    text = label_text(plan, Page(section="labels", stock="5160"))
    count = text.count('<article class="stuck"')
    assert count > 10
    assert text.count('<div class="labels-page"') == -(-count // 30)


@pytest.mark.browser
@pytest.mark.skipif(not PROGRAM, reason="needs Chromium")
@pytest.mark.parametrize(
    ("section", "stock"),
    [("labels", "5160"), ("labels", "L7160"), ("box-labels", "5163"), ("plates", "5164"), ("cards", "L7165")],
)
def test_no_label_is_cut_in_a_browser(plan, section, stock, tmp_path):
    file = tmp_path / "labels.html"
    file.write_text(label_text(plan, Page(section=section, stock=stock)), encoding="utf-8")
    with browser() as tab:
        tab.open(file)
        assert tab.ask(CUT) == []
