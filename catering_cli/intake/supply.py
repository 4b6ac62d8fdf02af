"""What an order says of prices and stock, as supply of foods: vendors' names and lists read."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

from catering_cli.domain.order import Order, Price
from catering_cli.domain.order_parts.site import Stock, Supply
from catering_cli.domain.problem import Problem, Refused
from catering_cli.domain.quantity import Quantity
from catering_cli.intake.beside import read_beside
from catering_cli.kitchen.purchasing.price_list import parse_item
from catering_cli.kitchen.quantities import units
from catering_cli.kitchen.quantities.case_packs import parse_pack
from catering_cli.kitchen.recipes.text_readers import TextReaders

COLUMNS: Final = {
    "item": ("item", "description", "product", "product description", "name", "food"),
    "pack": ("pack", "pack size", "size", "pack/size", "unit size"),
    "price": ("price", "case price", "unit price", "cost", "price per pack"),
    "supplier": ("supplier", "vendor", "distributor"),
    "lead_days": ("lead days", "lead_days", "lead time", "lead"),
}
"""Headings of a price list, in any case; `item` and `price` have to be there."""

MOST_ROWS: Final = 20_000


def supply(order: Order, folder: Path) -> tuple[Supply, ...]:
    """All offers of an order: `supply`, `prices`, and the rows of `supply_file`. Raises Refused with every problem."""
    problems: list[Problem] = []
    offers = [_named(row, order.system) for row in order.supply]
    for index, price in enumerate(order.prices):
        try:
            offers.append(_named(_unfolded(price, order, f"order.prices[{index}]"), order.system))
        except Refused as refused:
            problems += refused.problems
    if order.supply_file:
        try:
            listed = _rows_of(order.supply_file, folder, order.system)
            offers += [_named(row, order.system) for row in listed]
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(*problems)
    return tuple(offers)


def stock(order: Order) -> tuple[Stock, ...]:
    """What is in the house, each with the food that it is."""
    return tuple(
        row if row.food else row.model_copy(update={"food": parse_item(row.item, order.system).food})
        for row in order.on_hand
    )


def _named(row: Supply, system: str) -> Supply:
    """The offer with the food that its text names, and the pack that it says if no other is given."""
    read = parse_item(row.item, system)
    loose = row.pack is None and not row.unit
    return row.model_copy(update={"food": row.food or read.food, "pack": read.pack if loose else row.pack})


def _unfolded(price: Price, order: Order, place: str) -> Supply:
    """`{"item": "flour", "price": 21, "per": "25 kg"}`: a bare unit is a loose price, an amount is a pack."""
    try:
        bare = units.find(price.per, order.system)
    except units.UnknownUnit:
        pass
    else:
        return Supply(item=price.item, price=price.price, unit=bare.name)
    try:
        pack = TextReaders(order.system).pack(price.per)
    except ValueError as error:
        message = f"{error} Give a unit such as 'kg' or a pack such as '5 lb'."
        raise Refused(Problem(message, place=f"{place}.per", value=repr(price.per))) from None
    return Supply(item=price.item, price=price.price, pack=pack)


def _rows_of(name: str, folder: Path, system: str) -> list[Supply]:
    """The offers of a CSV file. Raises Refused with the line of each that cannot be read."""
    text = read_beside(folder, name, "order.supply_file", "a price list")
    rows = list(csv.reader(io.StringIO(text), delimiter=_delimiter(text)))
    if len(rows) > MOST_ROWS:
        raise Refused(Problem(f"has more than {MOST_ROWS:,} rows", name))
    columns = _columns(rows[0] if rows else [], name)
    problems: list[Problem] = []
    offers: list[Supply] = []
    for number, row in enumerate(rows[1:], start=2):
        cells = {key: row[at].strip() for key, at in columns.items() if at < len(row)}
        if not cells.get("item"):
            continue
        try:
            offers.append(_offer(cells, system))
        except ValueError as error:
            problems.append(Problem(str(error), name, f"line {number}", cells["item"][:60]))
    if problems:
        raise Refused(*problems)
    return offers


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _columns(header: Sequence[str], name: str) -> dict[str, int]:
    """Where each column stands. Raises Refused without an item and a price."""
    found = dict(_headed(header))
    missing = [key for key in ("item", "price") if key not in found]
    if missing:
        message = (
            f"has no column {' and '.join(missing)}; the first line names the columns: item, pack, price, supplier"
        )
        raise Refused(Problem(message, name, "line 1", ", ".join(header)[:60]))
    return found


def _headed(header: Sequence[str]) -> Iterator[tuple[str, int]]:
    headings = [" ".join(cell.lower().split()) for cell in header]
    for key, names in COLUMNS.items():
        at = next((headings.index(one) for one in names if one in headings), None)
        if at is not None:
            yield key, at


def _offer(cells: dict[str, str], system: str) -> Supply:
    pack, unit = _pack_or_unit(cells.get("pack", ""), system)
    price = _price(cells.get("price", ""))
    lead = cells.get("lead_days", "")
    return Supply(
        item=cells["item"][:200],
        supplier=cells.get("supplier", "")[:200],
        pack=pack,
        unit=unit,
        price=price,
        lead_days=int(lead) if lead.isdigit() else 0,
    )


def _pack_or_unit(text: str, system: str) -> tuple[Quantity | None, str]:
    """A bare unit is that of a loose price."""
    if not text:
        return None, ""
    bare = units.lookup(text, system)
    return (None, bare.name) if bare else (parse_pack(text, system), "")


def _price(text: str) -> Decimal | None:
    """Money as price lists write it: $1,234.50; None for an empty cell. Raises ValueError."""
    plain = re.sub(r"[^\d.,-]", "", text)
    if not plain:
        return None
    if re.search(r",\d{2}$", plain):
        plain = plain.replace(".", "").replace(",", ".")
    try:
        return Decimal(plain.replace(",", ""))
    except InvalidOperation:
        raise ValueError(f"{text[:40]!r} is no price; write e.g. 18.00") from None
