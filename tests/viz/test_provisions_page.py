"""The pages of the law: what is in force on a day, and a document's provisions; on a server and as files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from chidao.viz.web.serving.app import make_app
from chidao.viz.web.site import write_site

DECREE = "/document/vn/nghi-dinh/200-2025-nd-cp"


@pytest.fixture(scope="module")
def law_site(law_graph: Path) -> Iterator[TestClient]:
    with TestClient(make_app(law_graph), follow_redirects=False) as client:
        yield client


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2025-08-01", "Chưa có hiệu lực; có hiệu lực từ ngày 01/09/2025"),
        ("2025-10-01", "Còn hiệu lực từ ngày 01/09/2025"),
        ("2026-06-01", "Hết hiệu lực một phần từ ngày 01/03/2026 đối với Điều 4"),
    ],
)
def test_a_document_on_a_day(law_site: TestClient, day: str, says: str) -> None:
    page = law_site.get(DECREE, params={"on": day})
    assert page.status_code == 200 and says in text_of(page.text)
    assert f'name="on" value="{day}"' in page.text
    cited = text_of(page.text).partition("Điều khoản được viện dẫn nhiều nhất")[2]
    assert "khoản 2 Điều 3 " in cited and cited.index("Thông tư 15/2025/TT-BXD") < cited.index("khoản 1 Điều 3")


def test_a_day_that_is_none(law_site: TestClient) -> None:
    assert law_site.get(DECREE, params={"on": "mai"}).status_code == 400


def test_provisions_of_a_document(law_site: TestClient) -> None:
    page = law_site.get("/provisions", params={"ref": "200/2025/NĐ-CP", "on": "2026-06-01"})
    said = text_of(page.text)
    assert page.status_code == 200
    assert 'id="dieu-3/khoan-3/diem-b"' in page.text and "b) Sơ đồ bến;" in said
    assert "bãi bỏ Điều 4" in said and "giao quy định chi tiết cho Bộ trưởng Bộ Xây dựng" in said
    assert said.count("Điều 3. Cấp phép") == 1  # on the list of contents: the heading is not said twice below


def test_one_provision_has_a_page(law_site: TestClient) -> None:
    page = law_site.get(f"{DECREE}/dieu-3/khoan-2")
    said = text_of(page.text)
    assert page.status_code == 200 and "Khoản 2 Điều 3 Nghị định 200/2025/NĐ-CP" in said
    assert "Giấy phép có thời hạn năm năm." in said and "Hồ sơ cấp phép" not in said
    assert law_site.get(f"{DECREE}/dieu-3/khoan-3/diem-b").status_code == 200
    assert law_site.get(f"{DECREE}/dieu-77").status_code == 404
    assert law_site.get(f"{DECREE}/dieu-3/khoan-3/diem-đ").status_code == 200


def test_a_provision_is_linked_data(law_site: TestClient) -> None:
    turtle = law_site.get(f"{DECREE}/dieu-3/khoan-2.ttl")
    assert turtle.status_code == 200 and "LegalResourceSubdivision" in turtle.text
    assert (
        law_site.get(f"{DECREE}/dieu-3/khoan-2", headers={"Accept": "text/turtle"})
        .headers["content-type"]
        .startswith("text/turtle")
    )
    assert law_site.get(f"{DECREE}/dieu-77.ttl").status_code == 404


def test_what_is_no_query_of_a_document(law_site: TestClient) -> None:
    assert law_site.get("/provisions").status_code == 400


def test_a_written_site_leads_to_the_provision(law_graph: Path, tmp_path: Path) -> None:
    write_site(law_graph, tmp_path / "site")
    document = (tmp_path / "site/document/vn/nghi-dinh/200-2025-nd-cp.html").read_text("utf-8")
    link = re.search(r'href="([^"#]+)#(dieu-3/khoan-2)"', document)
    assert link
    page = (tmp_path / "site/document/vn/nghi-dinh" / link[1]).resolve()
    assert f'id="{link[2]}"' in page.read_text("utf-8")


def test_the_api_gives_them(law_site: TestClient) -> None:
    answer = law_site.get(
        "/api/provisions", params={"ref": "200/2025/NĐ-CP", "path": "dieu-4", "on": "2026-06-01"}
    ).json()
    (entry,) = answer["provisions"]
    assert (entry["label"], entry["heading"], entry["force"]["state"]) == ("Điều 4", "Thu hồi giấy phép", "expired")
    assert law_site.get("/api/provisions", params={"ref": "200/2025/NĐ-CP", "path": "Điều 4"}).status_code == 400
    answer = law_site.get("/api/provisions", params={"ref": "Điều 4 Nghị định 200/2025/NĐ-CP"}).json()
    assert [entry["path"] for entry in answer["provisions"]] == ["dieu-4"]
    answer = law_site.get("/api/questions/force-soon", params={"on": "2026-02-15", "format": "csv"})
    assert answer.text.startswith("\ufeffday,document") and "Nghị định 20/2026/NĐ-CP" in answer.text
    sheet = law_site.get("/api/questions/force-soon", params={"on": "2026-02-15", "format": "xlsx"})
    assert sheet.content.startswith(b"PK")
    assert law_site.get("/api/questions/force-soon", params={"on": "mai"}).status_code == 400
