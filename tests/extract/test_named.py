"""Documents cited by name: congresses, plenums, laws, charters."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from chidao.extract import extract_text
from chidao.extract.language.laws import law_names
from chidao.extract.language.letters import slug
from chidao.extract.model import Reference, Source

CASES = tomllib.loads(Path(__file__).parent.joinpath("cases", "named.toml").read_text("utf-8"))


def read(text: str) -> tuple[Reference, ...]:
    return extract_text(Source("", "", "", text)).references


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["id"])
@pytest.mark.parametrize("sentence", ["Các cấp ủy đã quán triệt {}.", "- {}; các cơ quan báo cáo kết quả."])
def test_named(sentence: str, case: dict[str, Any]) -> None:
    found = read(sentence.format(case["text"]))
    expected = [(row["rule"], row["text"], row["name"], row.get("scope")) for row in case["found"]]
    assert [(r.rule, r.text, r.name, r.scope) for r in found] == expected
    assert {r.kind for r in found} <= {"named"}


@pytest.mark.parametrize("case", CASES["issuer"], ids=lambda case: case["text"])
def test_implied_issuer(case: dict[str, str]) -> None:
    assert [r.issuer for r in read(case["text"])] == [case["issuer"]]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Bộ luật Lao động năm 2019 và Hiến pháp năm 2013", [2019, 2013]),
        ("Luật Nhà ở 2023, Bộ luật Dân sự 2015, Luật Căn cước (2023) và Hiến pháp 2013", [2023, 2015, 2023, 2013]),
        ("Luật Nhà ở, 2023 hộ, Luật Giá 2023/TT và Luật Đầu tư 2020.5", [None, None, None]),
    ],
)
def test_stated_year(text: str, years: list[int | None]) -> None:
    assert [r.year for r in read(text)] == years


@pytest.mark.parametrize("name", sorted(set(law_names().values())))
def test_every_law_of_the_table_is_read_whole(name: str) -> None:
    kind = "Bộ luật" if name.split()[0] in ("Dân", "Hình", "Tố") else "Luật"
    found = read(f"Căn cứ {kind} {name} và các văn bản liên quan")
    assert [(r.text, r.rule) for r in found] == [(f"{kind} {name}", "law-known")]


def test_no_two_laws_share_a_key() -> None:
    names = set(law_names().values())
    assert len(names) == len({slug(name) for name in names})


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Thủ đô (sửa đổi)", "thu-do-sua-doi"),
        ("Đất đai", "dat-dai"),
        ("  An toàn, vệ sinh  lao động ", "an-toan-ve-sinh-lao-dong"),
        ("", ""),
    ],
)
def test_slug(text: str, key: str) -> None:
    assert slug(text) == key
