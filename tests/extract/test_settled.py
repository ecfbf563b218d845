"""What is kept of the meaning of all files is, after any history of changes, what it would be made from nothing."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from functools import cache
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chidao.extract.corpus.resolve import resolve
from chidao.extract.corpus.settled import Settled
from chidao.extract.facts import extract_text
from chidao.extract.model import Facts, Source
from chidao.extract.resolved import Body, Corpus, Correction, Document, File

HEADS = (
    "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI\nSố: {n}/KH-UBND\nHà Nội, ngày 05 tháng 4 năm 202{y}\nKẾ HOẠCH\nVề việc thứ {n}",
    "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI\nSố:      /KH-UBND\nHà Nội, ngày      tháng 4 năm 2024\nKẾ HOẠCH\nVề việc thứ {y} của thành phố",
    "ỦY BAN NHÂN DÂN\nXÃ TÂN PHÚ\nSố: {n}/KH-UBND\nTân Phú, ngày 06 tháng 5 năm 202{y}\nKẾ HOẠCH\nVề việc của xã",
    "ĐẢNG ỦY XÃ TÂN PHÚ\nSố: {n}-KH/ĐU\nTân Phú, ngày 06 tháng 5 năm 202{y}\nKẾ HOẠCH\nVề việc của đảng bộ",
    "QUY CHẾ\nlàm việc của cơ quan thứ {y}",
    "",
)
LINES = (
    "Căn cứ Kế hoạch số {n}/KH-UBND của Ủy ban nhân dân thành phố Hà Nội;",
    "Căn cứ Kế hoạch số {n}/KH-UBND ngày 05/4/202{y} của Ủy ban nhân dân thành phố Hà Nội về việc thứ {n};",
    "Thực hiện Nghị quyết số {n}-NQ/TU ngày 0{n}/3/202{y} của Thành ủy Hà Nội về việc thứ {n}, Nghị quyết trên được triển khai.",
    "Thực hiện Nghị quyết số {n}-NQ/TU của Thành ủy Hà Nội.",
    "Căn cứ Luật Đất đai; Luật Đất đai năm 20{y}3;",
    "Căn cứ Luật số {n}1/202{y}/QH15 về đất đai;",
    "Căn cứ Kế hoạch số {n}-KH/ĐU của Đảng ủy; Kế hoạch số {n}/KH-UBND;",
    "Thực hiện Nghị quyết Đại hội Đảng bộ thành phố Hà Nội lần thứ XVI{y}, nhiệm kỳ 2020-2025.",
    "Thực hiện Nghị quyết Đại hội nhiệm kỳ 2020-2025 Đảng bộ thành phố Hà Nội; Nghị quyết Đại hội Đảng bộ xã Tân Phú.",
    "Thực hiện Quy chế làm việc của cơ quan thứ {y}.",
    "1. Giao Sở Nội vụ chủ trì, phối hợp với Sở Y tế rà soát việc thứ {n}, báo cáo trước ngày 30/6/2026.",
    "Thực hiện Kế hoạch số 9/KH-UBND ngày 05/4/202{y} của Ủy ban nhân dân thành phố Hà Nội.",
    "Sở Kế hoạch và Đầu tư tỉnh Yên Bái, Ban Tổ chức Trung ương tham mưu việc thứ {n}.",
)
VALUES = {"number": "{}-NQ/TU", "date": "2024-03-0{}", "title": "về việc khác", "issuer": "Thành ủy Hà Nội"}
HOMES = (None, "Hà Nội", "Lào Cai")
PIECE = st.tuples(st.integers(0, len(LINES) - 1), st.integers(1, 3), st.integers(3, 5))
FILE = st.tuples(st.tuples(st.integers(0, len(HEADS) - 1), st.integers(1, 3), st.integers(3, 5)), st.lists(PIECE, max_size=4), st.sampled_from(HOMES), st.booleans())  # fmt: skip
KINDS = st.tuples(st.sampled_from(["number", "date", "title", "issuer", "same", "apart", "name", "relation", "reject", "task"]), st.integers(0, 40), st.integers(0, 40))  # fmt: skip
STEP = st.tuples(st.lists(st.tuples(st.integers(0, 6), st.none() | FILE), max_size=2), st.lists(KINDS, max_size=3))

Made = tuple[tuple[int, int, int], list[tuple[int, int, int]], str | None, bool]


@cache
def _facts(name: str, text: str, home: str | None) -> Facts:
    return extract_text(Source(name, hashlib.sha256(text.encode()).hexdigest(), "utf-8", text), home)


def facts(number: int, made: Made) -> list[Facts]:
    """What a small file says; or a register, whose rows are files of one source."""
    (head, n, y), lines, home, register = made
    parts = [HEADS[head].format(n=n, y=y), *(LINES[line].format(n=n, y=y) for line, n, y in lines)]
    if not register:
        return [_facts(f"{number}.txt", "\n".join(part for part in parts if part) + "\n", home)]
    sha256 = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    rows = [_facts(f"{number}.csv", part + "\n", home) for part in parts if part]
    return [replace(row, source=replace(row.source, sha256=sha256), row=i) for i, row in enumerate(rows)]


def corrections(said: list[tuple[str, int, int]], corpus: Corpus) -> list[Correction]:
    """Corrections of what a corpus holds, as far as it holds any such thing."""
    made = [_correction(*one, corpus) for one in said if corpus.files and corpus.documents and corpus.bodies]
    return [msgspec.convert({"id": f"c{i}", **one}, Correction) for i, one in enumerate(made) if one]


def _correction(kind: str, one: int, two: int, corpus: Corpus) -> dict[str, Any]:
    file = corpus.files[one % len(corpus.files)]
    documents, bodies = sorted(corpus.documents), sorted(corpus.bodies)
    key, other = (documents[n % len(documents)] for n in (one, two))
    own = {"file": file.facts.source.sha256, "source": file.facts.source.path, "row": file.facts.row}
    if kind in VALUES:
        old = corpus.documents[key].code if kind == "number" else getattr(corpus.documents[key], kind)
        about = own if two % 2 and file.own == key else {}
        return {
            "kind": "field",
            "document": key,
            "field": kind,
            "old": old,
            "new": VALUES[kind].format(two % 4 + 1),
            **about,
        }
    if kind in ("same", "relation"):
        return {"kind": kind, "document": key, "other": other, "field": "implements", "why": "Ghi chú."}
    if kind == "apart":
        return {"kind": kind, "document": file.documents[two % len(file.documents)] if file.documents else key, **own}
    if kind == "name":
        return {"kind": kind, "body": bodies[one % len(bodies)], "new": "Cơ quan khác"}
    if not file.facts.tasks:
        return {}
    task = file.facts.tasks[two % len(file.facts.tasks)]
    about = own | {"told": " ".join(task.text.split()), "quote": file.facts.sentences[task.sentence].text}
    if kind == "reject":
        return {"kind": kind, "fact": "task", **about}
    return {"kind": kind, "field": "lead", "new": "Sở Y tế", "bodies": ("ha-noi/so-y-te",), **about}


class Mirror:
    """What somebody knows who is told of changes alone."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.bodies: dict[str, Body] = {}
        self.files: dict[str, list[File]] = {}

    def follow(self, settled: Settled, given: dict[str, list[Facts]]) -> None:
        for key in settled.changed_documents():
            self._set(self.documents, key, settled.find_document(key))
        for key in settled.changed_bodies():
            self._set(self.bodies, key, settled.find_body(key))
        for sha256 in settled.gone():
            del self.files[sha256]
        for name in settled.changed_sources():
            self.files[given[name][0].source.sha256] = settled.files(name, given[name])
        for file in settled.added:  # what people have added is a source of its own, with another sum each time
            self.files[file.facts.source.sha256] = [file]

    @staticmethod
    def _set(known: dict[str, Any], key: str, value: object) -> None:
        assert known.get(key) != value
        if value is None:
            del known[key]
        else:
            known[key] = value


@pytest.mark.slow
@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(first=st.dictionaries(st.integers(0, 6), FILE, max_size=6), steps=st.lists(STEP, max_size=6))
def test_over_any_history(tmp_path_factory: pytest.TempPathFactory, first: dict[int, Made], steps: list[Any]) -> None:  # fmt: skip
    path = str(tmp_path_factory.mktemp("settled") / "kept")
    mirror, made = Mirror(), dict(first)
    stamps: dict[str, str] = {}
    said: list[Correction] = []
    for step, (changes, corrected) in enumerate([([], []), *steps]):
        made.update({number: now for number, now in changes if now})
        for number in (number for number, now in changes if not now):
            made.pop(number, None)
        given: dict[str, list[Facts]] = {}
        seen: set[str] = set()
        for number in sorted(made):  # a content that is there twice counts once
            found = facts(number, made[number])
            if found and found[0].source.sha256 not in seen:
                seen.add(found[0].source.sha256)
                given[str(number)] = found
        settled = Settled(path, new=not step)
        for name in stamps.keys() - given.keys():
            settled.drop(name)
        for name, found in given.items():
            stamp = f"{found[0].source.path} {found[0].source.sha256} {made[int(name)][2]}"
            if stamps.get(name) != stamp:
                settled.put(name, stamp, name.encode(), found)
            stamps[name] = stamp
        stamps = {name: stamp for name, stamp in stamps.items() if name in given}
        everything = [file for found in given.values() for file in found]
        if corrected:
            said = corrections(corrected, resolve(everything, said))
        settled.settle(said, given.__getitem__)
        mirror.follow(settled, given)
        fresh = resolve(everything, said)
        assert mirror.documents == fresh.documents
        assert mirror.bodies == fresh.bodies
        assert [file for found in given.values() for file in mirror.files[found[0].source.sha256]] == [
            file for file in fresh.files if file.facts.source.path != "corrections.jsonl"
        ]
        assert (settled.outcomes, settled.added) == (
            fresh.outcomes, tuple(file for file in fresh.files if file.facts.source.path == "corrections.jsonl")
        )  # fmt: skip
        sums = settled.sums()
        assert (sums.documents, sums.bodies) == (len(fresh.documents), len(fresh.bodies))
        assert sums.relations == sum(len(file.facts.relations) for file in fresh.files)
        settled.close()


def test_what_has_changed_is_all_that_is_told() -> None:
    given = {str(n): facts(n, ((0, n, 4), [(2, 1, 4)], None, False)) for n in range(3)}
    settled = Settled()
    for name, found in given.items():
        settled.put(name, "", name.encode(), found)
    settled.settle((), given.__getitem__)
    assert settled.changed_sources() == ["0", "1", "2"]
    assert any(re.search("1-nq-tu", key) for key in settled.changed_documents())
