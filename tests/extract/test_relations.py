"""Which documents the text relates, in which direction, and by which words.

The cases stand in cases/relations, a file for each rule.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from chidao.extract import extract_text
from chidao.extract.model import SELF, Facts, Source
from chidao.extract.statements.relations import RULES

FOLDER = Path(__file__).parent / "cases"
FILES = sorted(FOLDER.joinpath("relations").glob("*.toml"))
CASES = [
    pytest.param(case, id=f"{file.stem}-{case.get('name', n)}")
    for file in FILES
    for n, case in enumerate(tomllib.loads(file.read_text("utf-8"))["case"])
]
FRAMES = tomllib.loads(FOLDER.joinpath("frames.toml").read_text("utf-8"))
NAMED = {
    "amending-law", "annex-title", "apposition", "consolidated-head", "enacted-title", "enacting", "enacting-annex", "enacting-detail",
    "enacting-list", "expiry", "expiry-by-other",
    "fronted", "issued-on", "issued-title", "noted", "opening-leans", "own-title", "passive", "preamble-basis", "preamble-carries", "preamble-issues", "purpose",
}  # fmt: skip
"""The names of rules that do not depend on the predicate."""


def read(text: str) -> Facts:
    return extract_text(Source("", "", "", text))


def told(facts: Facts) -> list[str]:
    return [
        " ".join("self" if part == SELF else str(part) for part in (r.subject, r.predicate, r.object, r.rule))
        for r in facts.relations
    ]


@pytest.mark.parametrize("case", CASES)
def test_relations(case: dict[str, Any]) -> None:
    text = FRAMES[case["frame"]]["text"].format(**FRAMES[case["frame"]] | case) if "frame" in case else case["text"]
    facts = read(text)
    assert told(facts) == case["says"]
    assert [s.rule for s in facts.suspicions] == case.get("doubts", [])
    for relation in facts.relations:
        assert relation.text == text[relation.start : relation.end]


def test_every_rule_has_cases() -> None:
    assert {rule.__name__ for rule in RULES} == {file.stem for file in FILES}
    names = {said.split()[-1] for case in CASES for said in case.values[0]["says"]}  # type: ignore[index]
    assert names - {name for name in names if name.startswith(("joined-", "title-"))} == NAMED


def test_certainty() -> None:
    explicit = read("Kế hoạch số 20-KH/TU thực hiện Nghị quyết số 18-NQ/TW.").relations
    implied = read("Kế hoạch số 58-KH/TU - văn bản cụ thể hóa nội dung theo Kết luận số 21-KL/TW.").relations
    assert [r.certainty for r in (*explicit, *implied)] == ["explicit", "implied"]


def test_a_relation_is_stated_once() -> None:
    text = "Kế hoạch số 20-KH/TU thực hiện Nghị quyết số 18-NQ/TW. " * 2
    facts = read(text)
    assert len({(r.subject, r.predicate, r.object) for r in facts.relations}) == len(facts.relations) == 2


def test_two_long_lists_are_not_multiplied() -> None:
    replacing, replaced = (", ".join(f"Nghị quyết số {n}-NQ/{by}" for n in range(1, 201)) for by in ("TW", "TU"))
    relations = read(f"BÁO CÁO\n\n{replacing} thay thế {replaced}.").relations
    assert len(relations) == 2500
    assert len({r.subject for r in relations}) == 50
