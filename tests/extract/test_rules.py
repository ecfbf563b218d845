"""Every rule of a table of rules reads its own example."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import chidao.extract
from chidao.extract.language.patterns import Rule

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
