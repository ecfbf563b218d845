"""Nothing acts on what was not there yet, whoever says so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from chidao.extract import extract_text
from chidao.extract.language.order import in_order
from chidao.extract.model import Source

DECISION = """ỦY BAN NHÂN DÂN
TỈNH LÀO CAI
Số: 45/2026/QĐ-UBND
Lào Cai, ngày 20 tháng 5 năm 2026

QUYẾT ĐỊNH
Về văn thư

Căn cứ Luật Lưu trữ;

Điều 1. Bãi bỏ Điều 14 Quyết định số 10/QĐ-UBND.
Điều 2. Bãi bỏ Quyết định số 11/QĐ-UBND.
Điều 3. Sở Nội vụ đã triển khai Kế hoạch số 12/KH-UBND.
"""


def test_what_turns_out_to_be_younger_was_not_acted_on() -> None:
    facts = extract_text(Source("a", "", "", DECISION))
    assert len(facts.amendments) == 1 and len(facts.actions) >= 1 and [f.event for f in facts.force] == ["expires"]
    own = ("2026-05-20", 2026)
    same = in_order(facts, [("2026-05-20", 2026)] * len(facts.references), own)
    assert same is facts
    younger = in_order(facts, [("2026-05-21", 2026)] * len(facts.references), own)
    assert younger == replace(facts, relations=(), actions=(), amendments=(), force=(), suspicions=younger.suspicions)
    told: list[Any] = [*facts.relations, *facts.actions]
    places = {(s.start, s.rule) for s in younger.suspicions} - {(s.start, s.rule) for s in facts.suspicions}
    assert places == {(fact.start, "younger-object") for fact in told}
