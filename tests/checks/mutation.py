"""Seeded mutations of Python source: one small change of an expression, as a slip of the hand would make it.

`mutants(source)` names every place that can be changed; `apply` writes the source with one of them made.
Run as a program it cooks orders with whatever `catering_cli` its working directory holds:

    python mutation.py ORDER.json ...      prints one plan a line, as JSON; an error ends it
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SWAPS: dict[type, type] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "ceil": "floor"}


@dataclass(frozen=True)
class Mutant:
    """The `number`-th place of a file that can be changed, and what is changed there."""

    file: str
    number: int
    line: int
    what: str


class _Walker(ast.NodeTransformer):
    """Counts the places, and changes the one that is wanted."""

    def __init__(self, wanted: int = -1) -> None:
        self.wanted = wanted
        self.places: list[tuple[int, str]] = []

    def _place(self, node: ast.AST, what: str) -> bool:
        self.places.append((getattr(node, "lineno", 0), what))
        return len(self.places) - 1 == self.wanted

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        swap = SWAPS.get(type(node.op))
        text = any(isinstance(part, ast.JoinedStr) or _is_text(part) for part in (node.left, node.right))
        if swap and not text and self._place(node, f"{type(node.op).__name__} -> {swap.__name__}"):
            node.op = swap()
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        swap = SWAPS.get(type(node.ops[0]))
        if swap and self._place(node, f"{type(node.ops[0]).__name__} -> {swap.__name__}"):
            node.ops[0] = swap()
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        swap = SWAPS[type(node.op)]
        if self._place(node, f"{type(node.op).__name__} -> {swap.__name__}"):
            node.op = swap()
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if isinstance(node.value, bool) or not isinstance(node.value, int):
            return node
        for step in (1, -1):
            if self._place(node, f"{node.value} -> {node.value + step}"):
                return ast.copy_location(ast.Constant(node.value + step), node)
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in NAMES and self._place(node, f"{name} -> {NAMES[name]}"):
            if isinstance(node.func, ast.Attribute):
                node.func.attr = NAMES[name]
            elif isinstance(node.func, ast.Name):
                node.func.id = NAMES[name]
        return node

    def visit_Tuple(self, node: ast.Tuple) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.ctx, ast.Load) and len(node.elts) > 2 and self._place(node, "last of a tuple dropped"):
            node.elts = node.elts[:-1]
        return node

    def visit_If(self, node: ast.If) -> ast.AST:
        self.generic_visit(node)
        if self._place(node, "condition negated"):
            node.test = ast.UnaryOp(ast.Not(), node.test)
        return node

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        self.generic_visit(node)
        if self._place(node, "condition negated"):
            node.test = ast.UnaryOp(ast.Not(), node.test)
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        self.generic_visit(node)
        for index, test in enumerate(node.ifs):
            if self._place(test, "filter negated"):
                node.ifs[index] = ast.UnaryOp(ast.Not(), test)
        return node

    def visit_arg(self, node: ast.arg) -> ast.AST:
        return node  # an annotation computes nothing

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value is not None:
            node.value = self.visit(node.value)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        for part in node.body:
            self.visit(part)
        return node


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def mutants(path: Path, package: Path) -> Iterator[Mutant]:
    """Every mutant of a file of the package."""
    walker = _Walker()
    walker.visit(ast.parse(path.read_text(encoding="utf-8")))
    for number, (line, what) in enumerate(walker.places):
        yield Mutant(str(path.relative_to(package)), number, line, what)


def apply(path: Path, mutant: Mutant) -> None:
    """Rewrite the file with the mutant made."""
    tree = _Walker(mutant.number).visit(ast.parse(path.read_text(encoding="utf-8")))
    path.write_text(ast.unparse(ast.fix_missing_locations(tree)), encoding="utf-8")


def read_order(path: Path) -> Any:
    """An order as its file has it, recipes and prices settled."""
    from catering_cli.domain.order import Order
    from catering_cli.intake import settle
    from catering_cli.kitchen.recipes import text_readers

    raw = json.loads(path.read_text(encoding="utf-8"))
    context = {"readers": text_readers.TextReaders(raw.get("system", "us"))}
    return settle.settle(Order.model_validate(raw, context=context), path.parent)


def cook_all(paths: list[Path]) -> None:
    """Cook each order that was settled before; print each plan on a line."""
    from catering_cli.domain.order import Order
    from catering_cli.kitchen.cook import cook

    for path in paths:
        order = Order.model_validate_json(path.read_bytes())
        sys.stdout.write(cook(order).model_dump_json(by_alias=True) + "\n")


if __name__ == "__main__":
    cook_all([Path(name) for name in sys.argv[1:]])
