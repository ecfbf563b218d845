"""How the code is built: no function is a knot, its docstring says what it does, no test looks at a clock."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from radon.complexity import cc_visit

ROOT = Path(__file__).parent.parent
PACKAGE = sorted(path for part in ("*.py", *(f"{room}/**/*.py" for room in ("ontology", "extract", "graph", "viz"))) for path in ROOT.glob(part))  # fmt: skip
MANY, TOO_MANY = 20, 25
"""Ways through a function, as `radon cc` counts them: above the first it needs a comment `# complex: reason` beside its `def`, above
the second no reason helps."""


class Function(NamedTuple):
    name: str
    ways: int
    reason: str | None


def functions(path: Path) -> Iterator[Function]:
    """Yield the functions and methods of a module."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    for block in cc_visit(text):
        for one in (block, *getattr(block, "methods", ())):
            if hasattr(one, "closures"):
                reason = re.search(r"# complex: (\S.*)", "\n".join(lines[one.lineno - 2 : one.lineno + 1]))
                name = f"{path.relative_to(ROOT).as_posix()}:{one.fullname}"
                yield Function(name, one.complexity, reason and reason[1])


def test_no_function_is_a_knot() -> None:
    found = [function for path in PACKAGE for function in functions(path)]
    assert len(found) > 1000
    knots = [f.name for f in found if f.ways > TOO_MANY or (f.ways > MANY and not f.reason)]
    assert knots == [], "cut it: find the ideas in it"


NAMES_A_THING = frozenset(
    ["A", "All", "An", "Each", "Every", "How", "The", "What", "Whether", "Where", "Which", "Who", "Whose"]
)


def public(node: ast.AST) -> Iterator[ast.FunctionDef]:
    """Yield the public functions of a module and methods of its public classes; properties are no functions to who reads them."""
    for one in getattr(node, "body", ()):
        if isinstance(one, ast.ClassDef) and not one.name.startswith("_"):
            yield from public(one)
        elif isinstance(one, ast.FunctionDef) and not one.name.startswith("_"):
            if not any("property" in ast.unparse(decorator) for decorator in one.decorator_list):
                yield one


def test_docstrings_say_what_a_function_does() -> None:
    """They begin with a verb ("Return …", "Yield …") or ask what it answers ("Is …?"); a check of drafts states its rule."""
    found = [(path, function) for path in PACKAGE for function in public(ast.parse(path.read_text(encoding="utf-8")))]
    assert len(found) > 500
    wrong = [
        f"{path.relative_to(ROOT).as_posix()}:{function.lineno} {function.name}"
        for path, function in found
        if (ast.get_docstring(function) or "").partition(" ")[0] in NAMES_A_THING
        and "Finding" not in ast.unparse(function.returns or ast.Constant(""))
    ]
    assert wrong == []


@pytest.mark.parametrize("path", sorted((ROOT / "tests").rglob("test_*.py")), ids=lambda path: path.stem)
def test_no_test_looks_at_a_clock(path: Path) -> None:
    """A loaded machine is slow, and nothing is wrong with it. `wait_until` and `calls` of conftest.py are there instead."""
    text = path.read_text(encoding="utf-8")
    clock = re.findall(r"\b(?:perf_counter|monotonic|process_time|time\.time|timeit)\b", text)
    assert clock == [] or path == Path(__file__)
