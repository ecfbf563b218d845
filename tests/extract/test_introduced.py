"""What a page says of the document that it prints, as its heading."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from chidao.extract.facts import extract_text
from chidao.extract.heading.introduced import find_introduction
from chidao.extract.model import SELF, Source

CASES = tomllib.loads(Path(__file__).parent.joinpath("cases", "introduced.toml").read_text("utf-8"))["case"]
BODY = """

I- Tình hình

Những năm qua, việc thực hiện nhiệm vụ đạt nhiều kết quả; tuy nhiên còn hạn chế, cần được khắc phục trong thời gian tới theo tinh thần
chỉ đạo chung của cấp ủy, chính quyền các cấp trên địa bàn toàn tỉnh, nhất là ở vùng cao.

II- Nhiệm vụ

1. Các cấp ủy rà soát quy hoạch trước ngày 30/6/2032.
"""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_what_the_introduction_states(case: dict[str, Any]) -> None:
    facts = extract_text(Source("", "", "", case["text"] + BODY))
    stated = {part: value for part, value in case.items() if part not in ("id", "text")}
    assert {part: getattr(facts.heading, part) or "" for part in stated} == stated
    number = facts.heading.places.number
    if number and stated["number"]:
        assert stated["number"] in facts.source.text[slice(*number)]


def test_the_place_is_the_issuers_and_the_title_relates() -> None:
    case = next(case for case in CASES if case["id"] == "a-portal-of-a-programme")
    facts = extract_text(Source("", "", "", case["text"] + BODY + "2. Tỉnh ủy kiểm tra việc thực hiện hằng năm.\n"))
    assert facts.heading.scope == "lao-cai"
    assert [(r.subject, r.predicate) for r in facts.relations] == [(SELF, "implements")]
    assert [a.key for a in facts.tasks[-1].lead] == ["lao-cai/cap-uy"]


@pytest.mark.parametrize(
    "text", ["", "toàn văn", "Báo Lào Cai giới thiệu toàn văn Nghị quyết.", "Sau đây là toàn văn Kế hoạch:\n\nHết."]
)
def test_an_introduction_of_nothing_is_none(text: str) -> None:
    assert find_introduction(text) is None
