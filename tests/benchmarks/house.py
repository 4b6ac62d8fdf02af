"""The figures of the house: how full the folders are, how dense the lines, which imports run in circles.

`python tests/benchmarks/house.py [FOLDER]` prints each figure with its target and names what is worst, so that the
next hand sees where it stands. With FOLDER (`kitchen/day`) the density figures are of that folder alone.

Tokens are Python's own without comments, docstrings, line ends and indents; a code line holds at least one of them.
Complexity is radon's, which counts each branch, boolean operator and comprehension.
"""

from __future__ import annotations

import ast
import sys
import time
import tokenize
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
from radon.complexity import cc_visit
from radon.visitors import Class

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "catering_cli"
SAMPLE = ROOT / "sample_orders" / "wedding.json"
LAYOUT = {
    tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING,
    tokenize.ENDMARKER,
}  # fmt: skip
LOOPS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
MOST_COMPLEX = 10
MOST_PARAMETERS = 6
SHARED = 3
"""A public name that so many modules define says nothing."""

CONTRACT = {"Given", "Answer", "CHECKS", "check", "decide", "default", "given", "TASK", "app"}
"""Names that each task, rule or command defines on purpose."""


def main(words: list[str]) -> None:
    """Print the table."""
    where = PACKAGE / words[0] if words else PACKAGE
    files = sorted(path for path in where.rglob("*.py"))
    density(files)
    complexity(files)
    names(files)
    if not words:
        folders()
        circles()
        work()


def say(text: str) -> None:
    """A line of the table."""
    sys.stdout.write(f"{text}\n")


def row(what: str, figure: object, target: str) -> None:
    """One figure and what it should be."""
    say(f"{what:<52} {figure!s:>12}   {target}")


def docstring_lines(tree: ast.Module) -> set[int]:
    """Lines of texts that stand alone: docstrings of modules, functions, fields."""
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)]
    return {line for text in texts for line in range(text.lineno, (text.end_lineno or text.lineno) + 1)}


def density(files: Iterable[Path]) -> None:
    """Tokens a line, comprehensions and conditional expressions."""
    tokens = code_lines = lines = loops = conditionals = 0
    for path in files:
        source = path.read_text(encoding="utf-8")
        tree = ast.parse(source)
        described = docstring_lines(tree)
        filled: set[int] = set()
        with path.open("rb") as file:
            for token in tokenize.tokenize(file.readline):
                if token.type not in LAYOUT and token.start[0] not in described:
                    tokens += 1
                    filled.update(range(token.start[0], token.end[0] + 1))
        code_lines += len(filled)
        lines += source.count("\n")
        nodes = list(ast.walk(tree))
        loops += sum(isinstance(node, LOOPS) for node in nodes)
        conditionals += sum(isinstance(node, ast.IfExp) for node in nodes)
    row("lines in all", lines, "about 33,000")
    row("tokens in all", tokens, "<= 235,000")
    row("tokens a code line", f"{tokens / code_lines:.2f}", "<= 9")
    row("comprehensions per 1,000 code lines", f"{loops / code_lines * 1000:.0f}", "<= 50")
    row("conditional expressions per 1,000 code lines", f"{conditionals / code_lines * 1000:.0f}", "<= 25")


def complexity(files: Iterable[Path]) -> None:
    """Functions over ten by radon, and those with many parameters."""
    found: list[tuple[int, str]] = []
    many: list[str] = []
    count = 0
    for path in files:
        source = path.read_text(encoding="utf-8")
        blocks = [block for block in cc_visit(source) if not isinstance(block, Class)]
        count += len(blocks)
        found += [(block.complexity, f"{path.relative_to(PACKAGE)}:{block.lineno} {block.name}") for block in blocks]
        many += [f"{path.relative_to(PACKAGE)} {name}" for name in long_signatures(ast.parse(source))]
    over = sorted((one for one in found if one[0] > MOST_COMPLEX), reverse=True)
    row("functions over 10 by radon", f"{len(over)} of {count}", "<= 60, 3 %")
    for figure, place in over[:12]:
        say(f"    {figure:>3} {place}")
    plain = [name for name in many if "commands" not in name]
    row(f"functions with over {MOST_PARAMETERS} parameters, commands aside", len(plain), "0")
    for name in plain[:8]:
        say(f"    {name}")


def long_signatures(tree: ast.Module) -> Iterator[str]:
    """Names of functions that take more than six parameters."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            taken = [one.arg for one in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
            if len([name for name in taken if name not in ("self", "cls")]) > MOST_PARAMETERS:
                yield node.name


def names(files: Iterable[Path]) -> None:
    """Public functions and classes that three modules or more define."""
    defined = defaultdict(list)
    for path in files:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name[0] != "_":
                defined[node.name].append(str(path.relative_to(PACKAGE)))
    shared = {name: where for name, where in defined.items() if len(where) >= SHARED and name not in CONTRACT}
    row("public names that three modules define", len(shared), "<= 10")
    for name, where in sorted(shared.items(), key=lambda pair: -len(pair[1])):
        say(f"    {name}: {', '.join(where)}")


def folders() -> None:
    """Files in the fullest folders (an `__init__` is the folder's door and not counted), and lines of the checker."""
    full = Counter(path.parent.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")
    fullest = ", ".join(f"{folder} {count}" for folder, count in full.most_common(3))
    row("fullest folders", fullest, "domain 22, others <= 16")
    row("packages", sum(1 for _ in PACKAGE.rglob("__init__.py")), "39")
    rules = sum(path.read_text(encoding="utf-8").count("\n") for path in (PACKAGE / "checks").rglob("*.py"))
    row("lines of checks", rules, "<= 4,900")


def circles() -> None:
    """Circles of imports between files and between folders, late imports counted, those for types alone not."""
    graph = grimp.build_graph("catering_cli", exclude_type_checking_imports=True, cache_dir=None)
    files = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    found = list(cycles(files))
    row("circles of files", len(found), "0")
    for circle in found:
        say(f"    {' > '.join(circle)}")
    among = [(room, circle) for room in rooms(files) for circle in cycles(siblings(room, files))]
    row("circles among the files and folders of a folder", len(among), "0")
    for room, circle in among:
        say(f"    in {room}: {' > '.join(circle)}")


def rooms(files: Iterable[str]) -> list[str]:
    """The packages, each of which holds modules or other packages."""
    return sorted({name.rpartition(".")[0] for name in files} - {""})


def siblings(room: str, files: dict[str, set[str]]) -> dict[str, set[str]]:
    """What the children of a package import from one another, each with all that lies in it."""
    arrows: dict[str, set[str]] = defaultdict(set)
    inside = {name: name.removeprefix(f"{room}.").partition(".")[0] for name in files if name.startswith(f"{room}.")}
    for name, child in inside.items():
        arrows[child] |= {inside[other] for other in files[name] if other in inside} - {child}
    return arrows


def cycles(arrows: dict[str, set[str]]) -> Iterator[list[str]]:
    """Circles, one after the other; each is broken at its last arrow to find the next."""
    left = {name: set(imported) for name, imported in arrows.items()}
    while True:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            circle: list[str] = error.args[1]
            yield circle[::-1]
            left[circle[1]].discard(circle[0])
        else:
            return


def work() -> None:
    """How often cooking a wedding asks what food a text is, and what proving it costs beside cooking it."""
    from catering_cli.checks import registry
    from catering_cli.intake import load
    from catering_cli.kitchen.cook import cook
    from catering_cli.kitchen.foods.identify import recognise

    order = load.order(str(SAMPLE))
    recognise.cache_clear()
    plan = cook(order)
    told = recognise.cache_info()
    row("calls of `recognise` for one wedding", told.hits + told.misses, "<= 300")
    registry.check(order, plan)
    cooking = min(seconds(lambda: cook(order)) for _ in range(7))
    proving = min(seconds(lambda: registry.check(order, plan)) for _ in range(7))
    row("time of `check` as a share of `cook`", f"{proving / cooking:.2f}", "<= 0.5")


def seconds(job: object) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    job()  # type: ignore[operator]
    return time.process_time() - start


if __name__ == "__main__":
    main(sys.argv[1:])
