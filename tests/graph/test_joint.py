"""A document that two bodies issued together is each one's."""

from __future__ import annotations

from datetime import date

import pytest

from chidao.graph.answers.coverage import coverage
from chidao.graph.answers.lookup import one_body, one_document
from chidao.graph.answers.show import show
from chidao.graph.select import node, rows
from chidao.graph.tables.asked import Tabled
from chidao.tests.graph.agreement import agree, tabled
from chidao.tests.graph.small_builds import build

HEAD = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
FILES = {
    "directive.txt": f"""BỘ NỘI VỤ
{HEAD}Số: 45/CT-BNV
Hà Nội, ngày 05 tháng 3 năm 2026

CHỈ THỊ
về kỷ luật lao động
""",
    "joint.txt": f"""SỞ Y TẾ - SỞ TƯ PHÁP
{HEAD}Số: 77/KHLT-SYT-STP
Sơn La, ngày 15 tháng 3 năm 2026

KẾ HOẠCH LIÊN TỊCH
thực hiện Chỉ thị số 45/CT-BNV ngày 05/3/2026 của Bộ Nội vụ về kỷ luật lao động
""",
    "other.txt": f"""SỞ CÔNG THƯƠNG
{HEAD}Số: 12/KH-SCT
Sơn La, ngày 20 tháng 3 năm 2026

KẾ HOẠCH
kiểm tra chợ
""",
}
BOTH = ["Sở Tư pháp tỉnh Sơn La", "Sở Y tế tỉnh Sơn La"]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Tabled:
    folder = tmp_path_factory.mktemp("joint")
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    build(*(folder / name for name in FILES), graph=folder / "graph")
    return tabled(folder / "graph", folder / "t.sqlite")


def test_it_says_who_else_issued_it(store: Tabled) -> None:
    found = show(store, "77/KHLT-SYT-STP").plain()
    assert [found["issuer"], *found["jointly_with"]] == BOTH[::-1]
    assert show(store, "12/KH-SCT").plain()["jointly_with"] == []


def test_it_is_in_the_list_of_each(store: Tabled) -> None:
    for name in BOTH:
        body = node(one_body(store, name)[0])
        assert [row["label"] for row in rows(store, "documents-of-body", body=body)] == [
            "Kế hoạch liên tịch 77/KHLT-SYT-STP"
        ]


def test_it_counts_for_each_and_accuses_neither(store: Tabled) -> None:
    directive = one_document(store, "45/CT-BNV").iri
    found = coverage(store, [directive], level="department", within="Sơn La", on=date(2026, 11, 1))
    states = {row.name: row.cells[0].state for row in found.rows}
    assert [name for name in states if states[name] == "implemented"] == BOTH
    silent = [row["name"] for row in rows(store, "not-acted", directive=node(directive))]
    assert silent == ["Sở Công Thương tỉnh Sơn La"]


@pytest.mark.slow
def test_tables_say_what_the_rdf_says(store: Tabled) -> None:
    agree(store)
