"""The document that is read when all rules are loaded: it has what most documents have, so that what these need is there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from chidao.extract.facts import extract_text
from chidao.extract.model import Source
from chidao.extract.paths import extract_file
from chidao.extract.ready import DOCUMENT, ready

FACTS = extract_text(Source("", "0" * 64, "utf-8", DOCUMENT))


@pytest.mark.parametrize("layer", ["references", "bodies", "relations", "actions", "tasks", "provisions", "force"])
def test_it_has_something_of_each_layer(layer: str) -> None:
    assert getattr(FACTS, layer)


def test_its_heading_is_read() -> None:
    assert (FACTS.heading.type, FACTS.heading.number, FACTS.heading.date) == ("Kế hoạch", "18", "2025-03-10")
    assert FACTS.heading.title and FACTS.heading.signer and FACTS.heading.recipients


def test_what_reads_files_is_what_everybody_reads_them_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # nor patterns
    assert ready("trial") is extract_file


COUNTED = """
import re, sys
from chidao.extract.ready import ready
from chidao.extract.formats.source import open_file
read, inner, compiled = ready("trial"), re._compiler, []
usual = inner.compile
def counted(pattern, flags=0):
    compiled.append(str(pattern))
    return usual(pattern, flags)
inner.compile = counted
for name in sys.argv[1:]:
    list(read(open_file(name), None, {}))
print(len(compiled), max(map(len, compiled), default=0))
"""
LETTERS = {
    "plan": "TỈNH ỦY AN GIANG\n*\nSố 2-KH/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\nAn Giang, ngày 3 tháng 4 năm 2025\n\nKẾ HOẠCH\nthực hiện nhiệm vụ "
    "trọng tâm\n\n1. Giao Sở Nội vụ chủ trì, phối hợp với Công an tỉnh và các cơ quan, đơn vị có liên quan đào tạo, bồi dưỡng cán bộ cấp xã; báo cáo "
    "Tỉnh ủy trước ngày 09/5/2026.\n2. Ban Tổ chức Tỉnh ủy rà soát, bổ sung quy hoạch; kiểm tra việc chấp hành kỷ luật.\n",
    "letter": "BỘ NỘI VỤ\n-------\nSố: 9387/BNV-TL\n\nHà Nội, ngày 9 tháng 5 năm 2024\n\nKính gửi: Ủy ban nhân dân tỉnh Bắc Ninh\n\nBộ Nội vụ "
    "đề nghị Ủy ban nhân dân tỉnh chỉ đạo Sở Nội vụ phối hợp với các cơ quan có liên quan xây dựng đề án trước ngày 30/6/2024.\n",
}


def test_what_most_documents_need_is_there_when_the_rules_are_loaded(tmp_path: Path) -> None:
    """A large pattern that a first document has to wait for would not be among those that are kept."""
    files = [tmp_path / f"{name}.txt" for name in LETTERS]
    for file in files:
        file.write_text(LETTERS[file.stem], "utf-8")
    command = [sys.executable, "-B", "-c", COUNTED, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ, check=True)
    many, longest = map(int, done.stdout.split())
    assert many <= 5 and longest < 1000


def test_who_imports_the_package_of_a_room_loads_none_of_its_types() -> None:
    command = [
        sys.executable,
        "-c",
        "import sys, chidao.extract; print(*(m for m in sys.modules if m.startswith('chidao')))",
    ]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() == [
        "chidao",
        "chidao.extract",
    ]


ASKED = """
import hashlib, marshal
from chidao.extract.language import kept_patterns as kept
from chidao.extract.ready import ready
def keep(module, name, data, about):
    for part in marshal.loads(data):
        print(hashlib.sha256(repr(sorted(map(repr, part))).encode()).hexdigest())
kept.keep, kept.read_kept = keep, lambda *asked: None
ready("trial")
"""


def test_the_rules_ask_for_the_same_in_each_process() -> None:
    """Else what is kept would be written by each anew: a pattern of what is in a set lists it in some order."""
    asked = [
        subprocess.run(
            [sys.executable, "-B", "-c", ASKED], capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout.split()
        for seed in ("1", "2")
    ]  # fmt: skip
    assert len(asked[0]) == 3 and asked[0] == asked[1]
