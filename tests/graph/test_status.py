"""Whether a document still stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyoxigraph
import pytest

from chidao.graph.answers.lookup import one_document
from chidao.graph.answers.status import of_a_part, status
from chidao.graph.store import read_store
from chidao.graph.write.build import build

DECISION = """ỦY BAN NHÂN DÂN
TỈNH SƠN LA
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 9/QĐ-UBND
Sơn La, ngày 02 tháng 5 năm 2025

QUYẾT ĐỊNH
Về việc sắp xếp các bến xe

Điều 1. Sửa đổi, bổ sung Quyết định số 1/QĐ-UBND ngày 01/02/2020 của Ủy ban nhân dân tỉnh Sơn La.
Điều 2. Quyết định này thay thế Quyết định số 2/QĐ-UBND ngày 02/02/2020 của Ủy ban nhân dân tỉnh Sơn La.
Điều 3. Bãi bỏ Quyết định số 3/QĐ-UBND ngày 03/02/2020 của Ủy ban nhân dân tỉnh Sơn La.
Căn cứ Quyết định số 5/QĐ-UBND ngày 05/02/2020 của Ủy ban nhân dân tỉnh Sơn La.
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> pyoxigraph.Store:
    folder = tmp_path_factory.mktemp("status")
    (folder / "a.txt").write_text(DECISION, encoding="utf-8")
    build([folder / "a.txt"], folder / "graph", jobs=1)
    return read_store(folder / "graph")


LIST = """ỦY BAN NHÂN DÂN
TỈNH SƠN LA
Số: 9/QĐ-UBND
Sơn La, ngày 20 tháng 01 năm 2026

QUYẾT ĐỊNH
Công bố danh mục văn bản hết hiệu lực năm 2025

Điều 1. Công bố Danh mục văn bản hết hiệu lực năm 2025.

DANH MỤC VĂN BẢN HẾT HIỆU LỰC NĂM 2025
| TT | Tên loại | Số, ký hiệu | Tên gọi | Nội dung hết hiệu lực | Lý do hết hiệu lực | Ngày hết hiệu lực |
| 1 | Quyết định | 12/2020/QĐ-UBND ngày 03/4/2020 | Quy định nội dung chi | Toàn bộ | Bị bãi bỏ tại Điều 3 Quyết định số 40/2025/QĐ-UBND ngày 01/7/2025 | 15/7/2025 |
| 2 | Quyết định | 13/2020/QĐ-UBND ngày 04/4/2020 | Về chợ | Khoản 2 Điều 5 | Bị bãi bỏ bởi Quyết định số 41/2025/QĐ-UBND ngày 01/7/2025 | 16/7/2025 |
"""


def test_a_list_says_what_is_over_and_since_when(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LIST, encoding="utf-8")
    build([tmp_path / "a.txt"], tmp_path / "graph", jobs=1)
    store = read_store(tmp_path / "graph")
    whole, part = (
        status(store, one_document(store, code).iri, date(2026, 3, 1))
        for code in ("12/2020/QĐ-UBND", "13/2020/QĐ-UBND")
    )
    assert (whole.state, whole.force.state, whole.force.since) == ("repealed", "expired", "2025-07-15")
    assert [(c.label, c.part, c.since) for c in whole.changes] == [("Quyết định 40/2025/QĐ-UBND", False, "2025-07-15")]
    assert (part.state, part.force.state, part.force.ended) == ("amended", "partly", ("dieu-5/khoan-2",))


@pytest.mark.parametrize(
    ("reference", "state"),
    [
        ("1/QĐ-UBND", "amended"),
        ("2/QĐ-UBND", "replaced"),
        ("3/QĐ-UBND", "repealed"),
        ("5/QĐ-UBND", "unknown"),
        ("9/QĐ-UBND", "unknown"),
    ],
)
def test_states(store: pyoxigraph.Store, reference: str, state: str) -> None:
    found = status(store, one_document(store, reference).iri)
    assert found.state == state
    if state != "unknown":
        (change,) = found.changes
        assert (change.label, change.date, change.part) == ("Quyết định 9/QĐ-UBND", "2025-05-02", False)
        assert reference in change.evidence[0].sentence


def test_the_page_says_so(store: pyoxigraph.Store, tmp_path: Path) -> None:
    from chidao.viz.web.rendering.filters import Filters

    assert Filters("vi").standing("replaced") == "Đã bị thay thế"


@pytest.mark.parametrize(
    ("quote", "part"),
    [
        ("bãi bỏ Điều 5 Nghị định số 1/2020/NĐ-CP", True), ("thay thế cụm từ “a” tại Thông tư số 2/2020/TT-BTC", True), ("thay thế Nghị định số 1/2020/NĐ-CP", False),
        ("bãi bỏ một phần Quyết định số 3", True), (None, False), ("", False),
    ],
)  # fmt: skip
def test_parts(quote: str | None, part: bool) -> None:
    assert of_a_part(quote) is part
