"""What the cells of a register say: `cases/register_cells.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from chidao.extract.formats.kinds import Kind
from chidao.extract.model import Source
from chidao.extract.registers.cells import leading_type, read_code_cell, read_day, read_signer, type_of
from chidao.extract.registers.rows import read_register

Case = dict[str, Any]
CASES = tomllib.loads((Path(__file__).parent / "cases" / "register_cells.toml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES["number"], ids=lambda case: case["cell"])
def test_number(case: Case) -> None:
    code = read_code_cell(case["cell"], case.get("beside", ""))
    assert (code.number, code.symbol, code.year) == (case.get("number"), case.get("symbol"), case.get("year"))


@pytest.mark.parametrize("case", CASES["day"], ids=lambda case: case["cell"])
def test_day(case: Case) -> None:
    assert read_day(case["cell"]) == (case.get("iso"), case.get("bad"))


@pytest.mark.parametrize("case", CASES["type"], ids=str)
def test_type(case: Case) -> None:
    found = type_of(case.get("symbol"), case.get("party", False), case.get("stated"), case.get("leading"))
    assert found == case.get("type")


@pytest.mark.parametrize("case", CASES["leading_type"], ids=lambda case: case["title"])
def test_leading_type(case: Case) -> None:
    assert leading_type(case["title"]) == (case.get("type"), case.get("behind", ""))


@pytest.mark.parametrize("case", CASES["signer"], ids=lambda case: case["cell"])
def test_signer(case: Case) -> None:
    assert read_signer(case["cell"]) == (case.get("name"), case.get("office"))


@pytest.mark.parametrize("case", CASES["issuer"], ids=lambda case: case["cell"])
def test_issuer(case: Case) -> None:
    text = f"Số ký hiệu,Trích yếu,Cơ quan ban hành\n7/QĐ-X,giao vốn,{case['cell']}\n"
    (facts,) = read_register(Source("so.csv", "0" * 64, "utf-8", text), Kind.CSV, case.get("home"))
    assert (facts.heading.issuer, facts.heading.scope) == (case["name"], case.get("scope"))
