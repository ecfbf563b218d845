"""What is offered as a proof that a task is done, and what is not."""

from __future__ import annotations

import pytest

from chidao.graph.answers.graph import Graph
from chidao.graph.answers.task_proofs import asks_for
from chidao.graph.write.build import build

DIRECTIVE = "Kết luận số 21-KL/TW ngày 10/01/2026 của Bộ Chính trị về bảo vệ rừng"
ORDER = f"""TỈNH ỦY LÀO CAI
*
Số 15-CT/TU
ĐẢNG CỘNG SẢN VIỆT NAM
Lào Cai, ngày 02 tháng 02 năm 2026

CHỈ THỊ
về thực hiện {DIRECTIVE}

Thực hiện {DIRECTIVE}, Ban Thường vụ Tỉnh ủy yêu cầu:

1. Thành ủy Hà Nội xây dựng, ban hành kế hoạch thực hiện Kết luận số 21-KL/TW trước ngày 31/3/2026.
2. Tỉnh ủy Sơn La xây dựng, ban hành kế hoạch thực hiện Kết luận số 21-KL/TW trước ngày 31/3/2026.
3. Tỉnh ủy Cao Bằng, Tỉnh ủy Lai Châu xây dựng, ban hành kế hoạch thực hiện Kết luận số 21-KL/TW trước ngày 31/3/2026.
4. Tỉnh ủy Nghệ An xây dựng, ban hành chương trình thực hiện Kết luận số 21-KL/TW trước ngày 31/3/2026.
5. Tỉnh ủy Đồng Nai tuyên truyền Kết luận số 21-KL/TW trước ngày 31/3/2026.
"""


def plan(unit: str, place: str, number: int, day: str, title: str = f"thực hiện {DIRECTIVE}") -> str:
    _, month, _ = (int(part) for part in day.split("/"))
    return f"""{unit.upper()}
*
Số {number}-KH/TU
ĐẢNG CỘNG SẢN VIỆT NAM
{place}, ngày {day[:2]} tháng {month} năm {day[-4:]}

KẾ HOẠCH
{title}

Nội dung.

T/M BAN THƯỜNG VỤ
"""


REPORT = f"""TỈNH ỦY SƠN LA
*
Số 90-BC/TU
ĐẢNG CỘNG SẢN VIỆT NAM
Sơn La, ngày 20 tháng 6 năm 2026

BÁO CÁO
kết quả công tác 6 tháng đầu năm

Ban Thường vụ Tỉnh ủy đã ban hành Kế hoạch số 33-KH/TU ngày 12/3/2026 thực hiện {DIRECTIVE}.
"""
FILES = {
    "chi-thi": ORDER,
    "ha-noi": plan("Thành ủy Hà Nội", "Hà Nội", 58, "05/03/2026"),
    "ha-noi-cu": plan("Thành ủy Hà Nội", "Hà Nội", 8, "20/01/2026"),
    "ha-noi-khac": plan("Thành ủy Hà Nội", "Hà Nội", 60, "06/03/2026", "phòng, chống lụt bão"),
    "cao-bang": plan("Tỉnh ủy Cao Bằng", "Cao Bằng", 9, "05/03/2026"),
    "nghe-an": plan("Tỉnh ủy Nghệ An", "Nghệ An", 10, "05/03/2026"),
    "dong-nai": plan("Tỉnh ủy Đồng Nai", "Biên Hòa", 11, "05/03/2026"),
    "bao-cao": REPORT,
}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("proofs")
    for name, text in FILES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    build(sorted(folder.glob("*.txt")), folder / "graph", jobs=1)
    return Graph.open(folder / "graph")


def test_what_is_offered(graph: Graph) -> None:
    tasks = {task.iri: task for task in graph.tasks()}
    assert len(tasks) >= 5
    found = {tasks[iri].lead: [offer.label for offer in offered] for iri, offered in graph.task_offers().items()}
    assert found == {
        ("Thành ủy Hà Nội",): ["Kế hoạch 58-KH/TU"],
        ("Tỉnh ủy Sơn La",): ["Kế hoạch 33-KH/TU"],
    }, "not what is older, of something else, of one lead among two, of another kind, or not asked for"


def test_the_sentence_says_so(graph: Graph) -> None:
    said = [offer.evidence.sentence for offered in graph.task_offers().values() for offer in offered]
    assert any("đã ban hành Kế hoạch số 33-KH/TU" in sentence for sentence in said)


@pytest.mark.parametrize(
    ("text", "kind", "asked"),
    [
        ("Xây dựng, ban hành kế hoạch thực hiện Kết luận", "Kế hoạch", True),
        ("Khẩn trương ban hành chương trình hành động, kế hoạch cụ thể", "Kế hoạch", True),
        ("Ban hành chương trình hành động thực hiện Nghị quyết", "Chương trình hành động", True),
        ("Lập danh mục dự án trong kế hoạch", "Kế hoạch", False),
        ("Ban hành văn bản triển khai Kế hoạch", "Kế hoạch", False),
        ("Ban hành Kế hoạch này", "Kế hoạch", False),
        ("Lập kế hoạch đầu tư hạ tầng khung trong quý I", "Kế hoạch", False),
        ("Trong quý I, ban hành kế hoạch.", "Kế hoạch", True),
        ("Thực hiện kế hoạch", "Kế hoạch", False),
    ],
)
def test_what_is_asked_for(text: str, kind: str, asked: bool) -> None:
    assert asks_for(text, kind) is asked
