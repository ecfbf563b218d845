"""Every rule of a table of rules reads its own example."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import chidao.extract
from chidao.extract.language.composing import Rule

MODULES = [m.name for m in pkgutil.walk_packages(chidao.extract.__path__, "chidao.extract.") if not m.ispkg]
TABLES = {
    f"{module.removeprefix('chidao.extract.')}.{name}": table
    for module in MODULES
    for name, table in vars(importlib.import_module(module)).items()
    if isinstance(table, tuple) and table and all(isinstance(rule, Rule) for rule in table)
}
RULES = [pytest.param(rule, id=f"{where}: {rule.name}") for where, table in TABLES.items() for rule in table]


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_reads_its_example(rule: Rule) -> None:
    assert rule.pattern.search(rule.example)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_rule_has_a_name_of_its_own(table: tuple[Rule, ...]) -> None:
    assert len({rule.name for rule in table}) == len(table) > 1


def test_no_pattern_prints_the_name_of_a_part() -> None:
    """A plain string with "{UNIT}" reads just that; it lost its f."""
    found = [
        f"{path.name}:{node.lineno}"
        for path in Path(chidao.extract.__path__[0]).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.search(r"^[^\n]*\{_?[A-Z][A-Z_]+\}[^\n]*$", node.value)
    ]
    assert found == []
