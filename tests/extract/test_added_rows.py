"""A row added to a copy of the tables works in every place where such a thing can stand, with no line of code."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import chidao

TYPE = """
type:chieu-chi a chidao:DocumentType ;
    skos:inScheme <https://w3id.org/chidao/type> ;
    skos:prefLabel "Chiếu chỉ"@vi, "Edict"@en ;
    skos:notation "CCh" ;
    chidao:branch chidao:branch-party ;
    chidao:level chidao:level-province ;
    chidao:nature chidao:nature-assigning, chidao:nature-numbered, chidao:nature-direct ;
    chidao:normative false .
"""
PROPOSAL = """
type:don-trinh a chidao:DocumentType ;
    skos:inScheme <https://w3id.org/chidao/type> ;
    skos:prefLabel "Đơn trình"@vi, "Petition"@en ;
    skos:notation "ĐTr" ;
    chidao:branch chidao:branch-state ;
    chidao:level chidao:level-province ;
    chidao:nature chidao:nature-proposing ;
    chidao:normative false .
"""
UNIT = """
unit:tong a chidao:Unit ;
    skos:inScheme <https://w3id.org/chidao/unit> ;
    skos:prefLabel "tổng"@vi, "canton"@en ;
    chidao:level chidao:level-commune ;
    chidao:partyName "Tổng ủy"@vi ;
    chidao:partyCode "ĐU" .
"""
WORDS = """office,Đô trưởng,Đô trưởng Sở Nội vụ
body below,Ký túc xá,Ký túc xá Mẫu
before a name,trung học kỹ thuật,trường trung học kỹ thuật Mẫu
prose,Hôm qua,"Hôm qua, mưa lớn"
manner,miệt mài,thực hiện miệt mài Nghị quyết
no person,Chuyên trang,Chuyên trang Mẫu
has a charter,Hội Người Mẫu Việt Nam,Điều lệ Hội Người Mẫu Việt Nam
"""
VERBS = """thế chỗ cho,replaces,forward,explicit,Quy định số 41-QĐ/TW thế chỗ cho Quy định số 260-QĐ/TW
mất giá trị thi hành,repeals,backward,explicit,Quyết định số 10/QĐ-UBND mất giá trị thi hành kể từ ngày Quyết định này có hiệu lực,state
"""
ORGAN = "Ban Chấp sự,,Ban Chấp sự Hội Nông dân Việt Nam\n"
ABBREVIATION = "THKT,Trung học kỹ thuật,Trường THKT Mẫu\n"
PAGE = """code,mã công văn,Mã công văn: 12/KH-UBND
menu,trang nhà,Trang nhà
foot,Nhà tài trợ,Nhà tài trợ: A
"""

HEADING = """THÀNH ỦY HÀ NỘI | ĐẢNG CỘNG SẢN VIỆT NAM
Số 12-CCh/TU | Hà Nội, ngày 05 tháng 3 năm 2026

CHIẾU CHỈ
về chuyển đổi số

1. Sở Nội vụ chủ trì, phối hợp với các tổng rà soát, báo cáo trước ngày 30/6/2026.

T/M BAN THƯỜNG VỤ
KT. ĐÔ TRƯỞNG
PHÓ ĐÔ TRƯỞNG

Trần Văn A
"""
SAVED = """Trang nhà
Trang chủ
Mã công văn:
12/KH-UBND
Loại văn bản:
Kế hoạch
Người ký:
Trần Văn A
ỦY BAN NHÂN DÂN
TỈNH LÀO CAI
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

KẾ HOẠCH
về chuyển đổi số
Hôm qua, tỉnh đã họp.

Nơi nhận:
- Các sở.

Nhà tài trợ: Công ty A theo Quyết định số 9/QĐ-UBND
"""
READ = """
import json, sys
from chidao.extract.facts import Reading
from chidao.extract.language.jurisdictions import home_place
from chidao.extract.heading.signature import is_person
from chidao.extract.language.jurisdictions import place_named
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.statements.addressees.addressees import read_addressees
from chidao.graph.answers.coverage_rows import _UNIT
from chidao.viz.words import family
texts = json.load(sys.stdin)
paper = Reading(texts["heading"], home_place("Hà Nội"))
finder = BodyFinder(home_place("Hà Nội"))
page = Reading(texts["page"])
def issuer(*lines): return Reading("\\n".join([*lines, "Số: 5/KH-X", "", "KẾ HOẠCH", "về chuyển đổi số"])).heading.issuer
def names(text): return [party.name for party in read_addressees(text, 0, finder)[0]]
def references(text): return [(r.type, r.number, r.issuer) for r in Reading(text).references]
def said(text): return [(r.subject, r.predicate, r.object) for r in Reading(texts["heading"].replace("1. Sở", text + "\\n1. Sở")).relations]
def changed(text): return [(a.operation, a.path) for a in Reading(texts["heading"].replace("1. Sở", "Điều 1. " + text + "\\n1. Sở")).amendments]
def forces(text): return [(f.event, f.date) for f in Reading(texts["heading"].replace("1. Sở", text + "\\n1. Sở")).force]
def titles(text): return [r.title for r in Reading(text).references]
json.dump({
    "type": paper.heading.type,
    "tasks": [[party.name for party in task.lead] for task in paper.tasks],
    "support": [[party.name for party in task.support] for task in paper.tasks],
    "role": paper.heading.signer_role, "signer": paper.heading.signer,
    "cited": references("Thực hiện Chiếu chỉ số 12-CCh/TU ngày 05/3/2026."),
    "by number": references("Thực hiện Chiếu chỉ 12 về chuyển đổi số."),
    "family": family("document", "Chiếu chỉ"),
    "bodies": [b.name for b in finder.find("Ủy ban nhân dân tổng Hồng Hà và Tổng uỷ Hồng Hà")],
    "place": place_named("Ủy ban nhân dân tổng Hồng Hà", "ha-noi/tong-hong-ha").party,
    "row": _UNIT.search("Ủy ban nhân dân tổng Hồng Hà").group(),
    "group": names("các tổng, phường"),
    "groups": names("các sở, UBND tổng, phường"),
    "addressed": names("Phó Đô trưởng Sở Nội vụ"),
    "page": [page.heading.number, page.heading.signer, page.heading.title, len(page.references)],
    "organ": issuer("HỘI NÔNG DÂN VIỆT NAM", "BAN CHẤP SỰ"),
    "school": issuer("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "TRƯỜNG THKT HOA MẪU"),
    "below": issuer("KÝ TÚC XÁ MẪU"),
    "charter": [r.name for r in Reading("Thực hiện Điều lệ Hội Người mẫu Việt Nam.").references],
    "person": is_person("Chuyên trang Mẫu"),
    "how": [r.predicate for r in Reading("KẾ HOẠCH\\nthực hiện miệt mài Nghị quyết số 15-NQ/TW\\n\\nMột.").relations],
    "clause": said("Chiếu chỉ này thế chỗ cho các Chiếu chỉ sau: Chiếu chỉ số 10-CCh/TU; Chiếu chỉ số 11-CCh/TU."),
    "passive": said("Các Chiếu chỉ sau đây được thế chỗ cho bằng Chiếu chỉ này:\\na) Chiếu chỉ số 10-CCh/TU."),
    "instruction": changed("Thế chỗ cho khoản 1 Điều 4 Chiếu chỉ số 10-CCh/TU như sau: “1. Mới.”."),
    "expiry": forces("Điều 1. Chiếu chỉ số 10-CCh/TU mất giá trị thi hành kể từ ngày 01/7/2026."),
    "state": said("Chiếu chỉ số 10-CCh/TU mất giá trị thi hành kể từ ngày Chiếu chỉ số 11-CCh/TU có hiệu lực."),
    "title ends": titles("Thay thế Quyết định số 10/QĐ-UBND về phân cấp và thế chỗ cho Quyết định số 11/QĐ-UBND về đất đai được thế chỗ cho bởi luật."),
    "title opens": titles("Quyết định số 10/QĐ-UBND ngày 05/3/2026 thế chỗ cho Quy chế thi đua."),
    "proposed": said("Thực hiện Chiếu chỉ số 10-CCh/TU, Đơn trình số 12/ĐTr-SNV, Thành ủy yêu cầu:"),
    "heads": names("Đô trưởng các sở"),
    "of": references("Quyết định số 5/QĐ-BNV ngày 05/3/2026 của Đô trưởng Bộ Nội vụ"),
}, sys.stdout)
"""


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the package reads with a type, a unit and words of each table more than it ships."""
    root = Path(chidao.__file__).resolve().parent
    copy = tmp_path_factory.mktemp("more") / "chidao"
    copy.mkdir()
    shutil.copy(root / "__init__.py", copy)
    for room in ("ontology", "extract", "graph", "viz"):
        shutil.copytree(root / room, copy / room, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
    for table, rows in (
        ("ontology/doctypes.ttl", TYPE + PROPOSAL),
        ("ontology/jurisdictions.ttl", UNIT),
        ("extract/tables/words.csv", WORDS),
        ("extract/tables/relations.csv", VERBS),
        ("extract/tables/organs.csv", ORGAN),
        ("extract/tables/abbreviations.csv", ABBREVIATION),
        ("extract/tables/pages.csv", PAGE),
    ):
        with (copy / table).open("a", encoding="utf-8") as out:
            out.write(rows)
    done = subprocess.run(
        [sys.executable, "-c", READ], input=json.dumps({"heading": HEADING, "page": SAVED}), capture_output=True, encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(copy.parent), "PYTHONIOENCODING": "utf-8"}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("type", "Chiếu chỉ"),
        ("tasks", [["Sở Nội vụ thành phố Hà Nội"]]),
        ("cited", [["Chiếu chỉ", "12", None]]),
        ("by number", [["Chiếu chỉ", "12", None]]),
        ("family", "direct"),
        ("bodies", ["Ủy ban nhân dân tổng Hồng Hà", "Tổng ủy Hồng Hà"]),
        ("place", "Tổng ủy"),
        ("row", "tổng Hồng Hà"),
        ("group", ["các tổng, phường"]),
        ("groups", ["các sở", "UBND tổng, phường"]),
        ("support", [["các tổng"]]),
        ("role", "Phó Đô trưởng"),
        ("signer", "Trần Văn A"),
        ("addressed", ["Phó Đô trưởng Sở Nội vụ thành phố Hà Nội"]),
        ("of", [["Quyết định", "5", "Đô trưởng Bộ Nội vụ"]]),
        ("page", ["12", "Trần Văn A", "về chuyển đổi số", 0]),
        ("organ", "Ban Chấp sự Hội Nông dân Việt Nam"),
        ("school", "Trường Trung học kỹ thuật Hoa Mẫu"),
        ("below", "Ký túc xá Mẫu"),
        ("charter", ["dieu-le/hoi-nguoi-mau-viet-nam"]),
        ("person", False),
        ("how", ["implements"]),
        ("clause", [[-1, "replaces", 0], [-1, "replaces", 1]]),
        ("passive", [[-1, "replaces", 0]]),
        ("instruction", [["replace", "dieu-4/khoan-1"]]),
        ("expiry", [["expires", "2026-07-01"]]),
        ("state", [[1, "repeals", 0]]),
        ("title ends", ["về phân cấp", "về đất đai"]),
        ("title opens", ["thế chỗ cho Quy chế thi đua"]),
        ("proposed", [[-1, "implements", 0]]),
        ("heads", ["Đô trưởng các sở"]),
    ],
)
def test_added_row(read: dict[str, Any], what: str, expected: object) -> None:
    assert read[what] == expected
