"""Tasks in whole documents: the cases of `cases/tasks`, each a body of text behind a heading, with what a careful clerk reads in it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from chidao.extract.facts import extract_text
from chidao.extract.model import Source

FOLDER = Path(__file__).parent / "cases" / "tasks"
PROVINCE = "ỦY BAN NHÂN DÂN TỈNH LÀO CAI\nSố: 12/{symbol}-UBND\nLào Cai, ngày 05 tháng 3 năm 2026\n\n{kind}\nvề an toàn đường thủy\n\n"
CENTRE = "THỦ TƯỚNG CHÍNH PHỦ\nSố: 12/CĐ-TTg\nHà Nội, ngày 05 tháng 3 năm 2026\n\nCÔNG ĐIỆN\nvề ứng phó với bão\n\n"
FRAMES = tomllib.loads((FOLDER.parent / "task_frames.toml").read_text("utf-8"))
SYMBOLS = {
    "KẾ HOẠCH": "KH",
    "CHỈ THỊ": "CT",
    "BÁO CÁO": "BC",
    "QUYẾT ĐỊNH": "QĐ",
    "THÔNG BÁO": "TB",
    "KẾT LUẬN": "KL",
    "CÔNG ĐIỆN": "CĐ",
}


def cases() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        for case in tomllib.loads(path.read_text("utf-8"))["case"]:
            found.append(pytest.param(case, id=f"{path.stem}: {case['name']}"))
    return found


@pytest.mark.parametrize("case", cases())
def test_reading(case: dict[str, Any]) -> None:
    kind = case.get("kind", "KẾ HOẠCH")
    heading = PROVINCE.format(kind=kind, symbol=SYMBOLS.get(kind, "QyĐ")) if case.get("home", True) else CENTRE
    if "frame" in case:
        heading = FRAMES[case["frame"]]
    text = heading + case["text"].lstrip("\n")
    found = extract_text(Source("a", "", "", text)).tasks

    def short(name: str) -> str:
        return name.removesuffix(" tỉnh Lào Cai")

    read = [
        {
            "lead": [short(a.name) for a in t.lead],
            "support": [short(a.name) for a in t.support],
            "deadline": t.deadline,
            "begins": t.text,
        }
        for t in found
    ]
    wanted = [{"support": [], "deadline": None, "begins": "", **task} for task in case["tasks"]]
    for task, other in zip(wanted, read, strict=False):
        other["begins"] = str(other["begins"])[: len(task["begins"])]
    assert read == wanted
    assert all(text[t.start : t.end] == t.text for t in found)
