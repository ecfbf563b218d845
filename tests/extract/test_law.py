"""Provisions, amendments, force and delegations: the cases of `cases/law.toml`, the tables' examples, and real documents."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract import extract_path, extract_text, records, resolve
from chidao.extract.language.tables import RelationTrigger, force_verbs, relation_triggers, rows
from chidao.extract.mentions.provision_chains import find_chains
from chidao.extract.model import SELF, Facts, Source
from chidao.extract.reading.divisions import number_of, path_of, placed
from chidao.extract.resolved import printed_code

CASES = tomllib.loads(Path(__file__).parent.joinpath("cases", "law.toml").read_text("utf-8"))["case"]
HEADINGS = {
    "decree": "CHÍNH PHỦ\nSố: 50/2026/NĐ-CP\nHà Nội, ngày 15 tháng 5 năm 2026\n\nNGHỊ ĐỊNH\nVề công tác văn thư\n\nCăn cứ Luật Tổ chức Chính phủ;\n\n",
    "party": "ĐẢNG BỘ TỈNH LÀO CAI\nTỈNH ỦY\nSố 12-CTr/TU\nLào Cai, ngày 05 tháng 3 năm 2026\n\nCHƯƠNG TRÌNH\nvề chuyển đổi số\n\n",
    "merged": "VĂN PHÒNG QUỐC HỘI\nSố: 12/VBHN-VPQH\nHà Nội, ngày 15 tháng 5 năm 2026\n\nLUẬT\nLƯU TRỮ\n\nLuật Lưu trữ số 01/2011/QH13 ngày 11 tháng 11 năm 2011 của Quốc hội được sửa đổi, bổ sung bởi:\nLuật số 35/2018/QH14 ngày 20 tháng 11 năm 2018 của Quốc hội.\n\n",
    "ruling": "ĐẢNG BỘ TỈNH LÀO CAI\nTỈNH ỦY\nSố 12-QĐ/TU\nLào Cai, ngày 05 tháng 3 năm 2026\n\nQUY ĐỊNH\nvề chuyển đổi số\n\n",
    "plan": "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI\nSố: 12/KH-UBND\nLào Cai, ngày 05 tháng 3 năm 2026\n\nKẾ HOẠCH\nvề văn thư\n\n",
}  # fmt: skip
RELATING = {row.trigger for row in relation_triggers().values()}
TELLING = {
    "expires": "Thông tư số 1/2020/TT-BTC {0} từ ngày 01/01/2026",
    "extended": "{1} Nghị quyết số 42/2017/QH14 đến ngày 31/12/2023",
}
VERBS = [row for row in relation_triggers().values() if "provision" in row.forms]
LAYERS = ("provisions", "amendments", "force", "delegations", "fulfils")


def read(case: dict[str, Any]) -> dict[str, list[str]]:
    facts = extract_text(Source("a", "", "", HEADINGS[case.get("heading", "decree")] + case["text"]))

    def code(document: int) -> str:
        if document == SELF:
            return "self"
        f = facts.references[document]
        return printed_code(f.number, f.year, f.symbol) or f.title or f.text

    return {
        "provisions": [f"{' '.join(p.text.split())} = {p.path} @ {code(p.document)}" for p in facts.provisions],
        "amendments": [
            f"{a.operation} {a.path} @ {code(a.document)}" + (f" “{a.old}” → “{a.new}”" if a.old is not None else "") + (f" from {a.date}" if a.date else "")
            for a in facts.amendments
        ],
        "force": [
            " ".join([
                f"{f.event} {code(f.document)} {f.date}", *(f"scope {s}" for s in f.scope), *(f"except {s}" for s in f.apart),
                *([f"until {f.until}"] if f.until else []),
            ])
            for f in facts.force
        ],
        "delegations": [f"{d.delegate}: {d.path} @ {code(d.document)}" for d in facts.delegations],
        "fulfils": [f"{f.path} @ {code(f.document)}" for f in facts.fulfilments],
    }  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_reading(case: dict[str, Any]) -> None:
    found = read(case)
    layers = [layer for layer in LAYERS if layer in case]
    assert {layer: found[layer] for layer in layers} == {layer: case[layer] for layer in layers}


@pytest.mark.parametrize("row", list(rows("divisions.csv")), ids=lambda row: row["unit"])
def test_unit(row: dict[str, str]) -> None:
    """The example names a provision of the unit, the counter-example none."""
    first = next(find_chains(row["example"], 0, len(row["example"])))
    assert first.groups[0].unit.name == row["unit"]
    assert not list(find_chains(row["counterexample"], 0, len(row["counterexample"])))


@pytest.mark.parametrize("row", VERBS, ids=lambda row: row.trigger)
def test_operation(row: RelationTrigger) -> None:
    """A verb of change orders, below a title and in an article, in the active and the passive, what becomes of a provision or of words."""
    active, passive = f"{row.trigger.capitalize()} khoản 2 Điều 5", f"Khoản 2 Điều 5 được {row.trigger}"
    for line in (f"{active} như sau:\n“2. Mới.”.", f"{active}.", f"{passive} như sau:\n“2. Mới.”.", f"{passive}."):
        text = f"Điều 1. Sửa đổi Nghị định số 1/2020/NĐ-CP\n1. {line}"
        assert [a.split()[:2] for a in read({"text": text})["amendments"]] == [[row.operation, "dieu-5/khoan-2"]]
    text = f"Điều 1. {active} Nghị định số 1/2020/NĐ-CP.\nĐiều 2. {row.trigger.capitalize()} từ “văn thư” tại Điều 6 Nghị định số 1/2020/NĐ-CP."
    words = [] if row.operation == "renumber" else ["phrase"]
    assert [a.split()[0] for a in read({"text": text})["amendments"]] == [row.operation, *words]


@pytest.mark.parametrize(
    ("event", "sentence"),
    [(row["event"], row["example"]) for row in rows("force.csv")]
    + [
        (verb.event, TELLING[verb.event].format(verb.verb, verb.verb.capitalize()))
        for verb in force_verbs().values()
        if verb.verb in RELATING
    ],
)
def test_event(event: str, sentence: str) -> None:
    """A verb of force tells of it, also one that says what a document does to another."""
    (found,) = read({"text": f"Điều 9. Hiệu lực\n1. {sentence}."})["force"]
    assert found.split()[0] == event


def test_a_position_ends_what_is_not_larger() -> None:
    position = placed(placed(placed((), "dieu", "5"), "khoan", "1"), "diem", "a")
    assert path_of(position) == "dieu-5/khoan-1/diem-a"
    assert path_of(placed(position, "khoan", "2")) == "dieu-5/khoan-2"
    assert path_of(placed(position, "dieu", number_of("6A"))) == "dieu-6a"


PIECES = [
    "Điều 5. ", "Điều 5", "khoản 2 ", "điểm a, ", "b ", "và ", "đến ", "này", "Điều 1. Sửa đổi Nghị định số 1/2020/NĐ-CP\n", "1. ", "a) ",
    "\n", "“", "”", "Bãi bỏ ", "như sau:\n", "Nghị định số 30/2020/NĐ-CP ", "hết hiệu lực ", "trừ ", "có hiệu lực từ ngày 01/7/2026 ",
    "Chính phủ quy định chi tiết ", "cụm từ “x” ", "bằng ", "tại ", "Phụ lục II ", "(", ")", ";", ".",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text_gives_places_of_the_source(body: str) -> None:
    text = HEADINGS["decree"] + body
    facts = extract_text(Source("a", "", "", text))
    for fact in all_of(facts):
        assert 0 <= fact.start <= fact.end <= len(text)
        assert fact.text == text[fact.start : fact.end]
        assert SELF <= fact.document < len(facts.references)
        assert 0 <= fact.sentence < len(facts.sentences)


def all_of(facts: Facts) -> list[Any]:
    return [*facts.provisions, *facts.amendments, *facts.force, *facts.delegations, *facts.fulfilments]


@pytest.mark.shared
@pytest.mark.parametrize(
    "name", ["123-2026-nd-cp", "13-2026-tt-nhnn", "147-2025-qh15", "16-2022-tt-bkhdt", "26-2026-nq-cp", "43-2024-qh15"]
)
def test_real_documents(shared_data: Path, tmp_path: Path, name: str) -> None:
    gold = shared_data / "gold-law" / name
    printed = tmp_path / "records.jsonl"
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in records(resolve(extract_path(gold / "text.txt"))))
    printed.write_text("".join(lines), encoding="utf-8")
    scorer = shared_data.parent / "score_law.py"
    command = [sys.executable, str(scorer), str(gold), str(printed), "--json"]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    scores = json.loads(run.stdout)
    floor = {"provisions": 0.97, "force": 0.92, "force days and scope": 0.92, "amendments": 0.94, "delegations": 0.88}
    asked = {layer: f1 for layer, f1 in floor.items() if layer in scores and scores[layer]["tp"] + scores[layer]["fn"]}
    assert {layer: scores[layer]["f1"] for layer, f1 in asked.items() if scores[layer]["f1"] < f1} == {}
    assert scores.get("partial shown as whole", 0) == 0
