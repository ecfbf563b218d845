"""Which column of a register holds what: every header of the table, and what a user names."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import Counter
from importlib.resources import files
from typing import Any

import pytest

from chidao.extract import ChidaoError
from chidao.extract.formats.kinds import Kind
from chidao.extract.model import Source
from chidao.extract.registers.columns import FIELDS, header_key, parse_columns
from chidao.extract.registers.rows import read_register

HEADERS = list(
    csv.DictReader(
        files("chidao.extract").joinpath("tables", "register_columns.csv").read_text("utf-8").splitlines(), strict=True
    )
)


def plain(header: str) -> str:
    """The header as an export writes it: "Số, ký hiệu" as "so_ky_hieu"."""
    letters = unicodedata.normalize("NFD", header.lower().replace("đ", "d"))
    return "_".join("".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c)).split())


@pytest.mark.parametrize("row", HEADERS, ids=lambda row: f"{row['field']}:{row['header']}")
class TestHeader:
    @pytest.mark.parametrize("form", [str, str.upper, str.title, plain, lambda h: unicodedata.normalize("NFD", h)])
    def test_every_spelling_is_known(self, row: dict[str, str], form: Any) -> None:
        assert header_key(form(row["header"])) == header_key(row["header"])

    def test_example_is_read(self, row: dict[str, str]) -> None:
        other = "Số ký hiệu" if row["field"] not in ("number", "symbol") else "Ngày ban hành"
        cells = {other: "9/KH-UBND" if other == "Số ký hiệu" else "01/01/2020"}
        if row["field"] == "symbol":
            cells["Số"] = "9"
        table = io.StringIO()
        csv.writer(table).writerows([[*cells, row["header"]], [*cells.values(), row["example"]]])
        source = Source("so.csv", "0" * 64, "utf-8", table.getvalue())
        (facts,) = read_register(source, Kind.CSV, "Lào Cai")
        heading = facts.heading
        assert {
            "number": heading.number, "symbol": heading.symbol, "date": heading.date, "title": heading.title,
            "typed_title": heading.title, "text": heading.title, "issuer": heading.issuer_key, "type": heading.type, "signer": heading.signer,
            "signer_role": heading.signer_role, "recipients": heading.recipients,
        }[row["field"]]  # fmt: skip

    def test_row_is_well_formed(self, row: dict[str, str]) -> None:
        assert row["field"] in FIELDS
        assert row["header"] == unicodedata.normalize("NFC", row["header"])


def test_no_header_stands_twice_for_a_field() -> None:
    count = Counter((row["field"], header_key(row["header"])) for row in HEADERS)
    assert [key for key, n in count.items() if n > 1] == []


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (["number=Số, ký hiệu; title=Nội dung"], {"number": "Số, ký hiệu", "title": "Nội dung"}),
        (["date=3", "issuer=Cơ quan"], {"date": "3", "issuer": "Cơ quan"}),
        ([], {}),
    ],
)
def test_parse_columns(given: list[str], found: dict[str, str]) -> None:
    assert parse_columns(given) == found


@pytest.mark.parametrize("given", ["Số", "số=2", "number=", "=x"])
def test_parse_columns_refuses(given: str) -> None:
    with pytest.raises(ChidaoError, match="not a column"):
        parse_columns([given])
