"""Corrections on the site: forms beside facts for who sits at this machine, what waits and what holds, and what there is to look at."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from starlette.testclient import TestClient

from chidao.graph.corrections import journal, read_corrections
from chidao.graph.workspace import Workspace
from chidao.graph.write.build import build
from chidao.viz.web.serving.app import make_app

HERE = ("127.0.0.1", 50000)
BASE = "https://w3id.org/chidao/id/document/"
PROGRAMME = "ha-noi/chuong-trinh/16-ctr-tu/2022"
PLAN = "ha-noi/huyen-dong-anh/ke-hoach/45-kh-hu/2022"
ODD = """TỈNH ỦY LÀO CAI
*
Số      -KH/TU
Lào Cai, ngày       tháng 8 năm 2022

KẾ HOẠCH
về chăn nuôi

Căn cứ Quyết định số 12/QĐ-UBND ngày 31/02/2022 của Ủy ban nhân dân tỉnh Lào Cai. Theo Báo cáo số 76-BC/HU.
Nghị quyết số 77-NQ/TU ngày 01/02/2021 của Tỉnh ủy Lào Cai. Nghị quyết số 77-NQ/TU ngày 03/02/2021 của Tỉnh ủy Lào Cai.
"""


@pytest.fixture
def graph(sample_graph: Path, tmp_path: Path) -> Path:
    shutil.copytree(sample_graph, tmp_path / "graph")
    return tmp_path / "graph"


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "office")


@pytest.fixture
def site(graph: Path, office: Workspace) -> Iterator[TestClient]:
    with TestClient(make_app(graph, workspace=office), base_url="http://localhost", client=HERE) as client:
        yield client


def token(client: TestClient) -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get(f"/document/{PROGRAMME}").text)
    assert found
    return found[1]


def send(client: TestClient, **fields: str) -> int:
    return client.post(
        "/office/corrections", data={"token": token(client), "next": "/corrections"} | fields
    ).status_code


FIELD = {
    "kind": "field",
    "about": BASE + PROGRAMME,
    "field": "date",
    "new": "2022-08-30",
    "why": "xem bản ký",
    "by": "Lan",
}
SAID: dict[str, dict[str, str]] = {
    "a field": FIELD,
    "a relation": {"kind": "reject", "about": BASE + PROGRAMME, "fact": "relation", "what": "implements", "of": f"{BASE}vn/nghi-quyet/15-nq-tw/2022"},
    "the same": {"kind": "same", "about": BASE + PROGRAMME, "other": "58-KH/TU"},
    "an added relation": {"kind": "relation", "about": BASE + PROGRAMME, "field": "reviews", "other": "15-NQ/TW", "why": "theo tờ trình"},
    "a name": {"kind": "name", "about": "https://w3id.org/chidao/id/body/ha-noi/so-noi-vu", "new": "Sở Nội vụ Hà Nội"},
}  # fmt: skip


@pytest.mark.parametrize("fields", SAID.values(), ids=SAID.keys())
def test_what_a_form_says_is_kept_shown_and_taken_back(
    fields: dict[str, str], site: TestClient, office: Workspace
) -> None:
    assert send(site, **fields) == 200
    kept = read_corrections(office)
    assert kept and {c.kind for c in kept} == {fields["kind"]}
    shown = site.get("/corrections").text
    assert "chờ dựng lại" in shown and f'value="{kept[0].id}"' in shown and "/office/build" in shown
    for one in kept:
        assert send(site, undo=one.id) == 200
    assert read_corrections(office) == []


def test_the_page_of_the_document_says_what_waits(site: TestClient, office: Workspace) -> None:
    assert "có hiệu lực khi dựng lại" not in site.get(f"/document/{PROGRAMME}").text
    send(site, **FIELD)
    assert "Đã ghi 1 hiệu đính, có hiệu lực khi dựng lại" in site.get(f"/document/{PROGRAMME}").text
    assert office.settings().by == "Lan" and read_corrections(office)[0].by == "Lan"
    assert "Người hiệu đính" not in site.get(f"/document/{PROGRAMME}").text


def test_a_task(site: TestClient, office: Workspace) -> None:
    page = site.get(f"/document/{PLAN}").text
    task = re.search(r'name="what" value="([^"]+/task/0)"', page)
    assert task
    form = {
        "kind": "task",
        "about": BASE + PLAN,
        "what": task[1],
        "lead": "Sở Y tế",
        "support": "",
        "deadline": "2022-12",
    }
    assert send(site, **form) == 200
    assert {(c.field, c.new) for c in read_corrections(office)} == {
        ("lead", "Sở Y tế thành phố Hà Nội"),
        ("deadline", "2022-12"),
    }
    assert send(site, kind="reject", about=BASE + PLAN, fact="task", what=task[1]) == 200
    assert len(read_corrections(office)) == 3


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "run", "about": BASE + PROGRAMME},
        {"kind": "field", "about": "x"},
        FIELD | {"about": BASE + "no/such"},
        FIELD | {"new": "2022-02-31"},
        FIELD | {"new": "x" * 5000},
        {"kind": "same", "about": BASE + PROGRAMME, "other": "999-KH/TU"},
        {"kind": "reject", "about": BASE + PROGRAMME, "fact": "relation", "what": "amends", "of": "15-NQ/TW"},
        {"kind": "apart", "about": BASE + PROGRAMME, "file": "../../x"},
        {"undo": "x"},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words(fields: dict[str, str], site: TestClient, office: Workspace) -> None:
    assert send(site, **fields) == 400
    assert read_corrections(office) == []


def test_who_may_only_read_has_no_forms(graph: Path, office: Workspace) -> None:
    with TestClient(make_app(graph), base_url="http://localhost", client=HERE) as client:
        assert "/office/corrections" not in client.get(f"/document/{PROGRAMME}").text
        assert client.get("/corrections").status_code == 200
        assert client.post("/office/corrections", data=FIELD).status_code == 403


def test_what_a_file_calls_a_document_is_said_to_be_another_one_beside_what_it_says(
    site: TestClient, office: Workspace
) -> None:
    text = site.get("/document/vn/nghi-quyet/15-nq-tw/2022?list=mentions").text
    heads = re.findall(r'<h3 class="file">([^<]+?)(?: <|<)', text)
    sums = re.findall(r'value="apart"><input type="hidden" name="file" value="([0-9a-f]{64})"', text)
    assert len(sums) == len(set(sums)) == len(heads) > 1
    assert send(site, kind="apart", about=f"{BASE}vn/nghi-quyet/15-nq-tw/2022", file=sums[1]) == 200
    (said,) = read_corrections(office)
    assert (said.kind, said.file) == ("apart", sums[1])


def test_of_a_document_that_one_file_names_none_is_said_to_be_another(site: TestClient) -> None:
    text = site.get("/document/vn/nghi-quyet/15-nq-tw/2022").text
    alone = next(
        found
        for path in dict.fromkeys(re.findall(r'href="(/document/[^"#?]+)"', text))
        if len(set(re.findall(r'<h3 class="file">([^<]+)', found := site.get(path).text))) == 1
    )
    assert 'value="reject"' in alone or 'value="field"' in alone
    assert 'value="apart"' not in alone


def test_a_file_that_cannot_be_read_is_told_and_harms_no_page(site: TestClient, office: Workspace) -> None:
    office.prepare()
    office.corrections.write_text('{"kind": "<script>"}\n', encoding="utf-8")
    shown = site.get("/corrections")
    assert shown.status_code == 200 and "corrections.jsonl" in shown.text and "<script>alert" not in shown.text
    assert site.get(f"/document/{PROGRAMME}").status_code == 200


@pytest.mark.slow
def test_what_there_is_to_look_at(samples: Path, tmp_path: Path) -> None:
    (tmp_path / "odd.txt").write_text(ODD, encoding="utf-8")
    build([samples, tmp_path / "odd.txt"], tmp_path / "graph", jobs=1)
    with TestClient(make_app(tmp_path / "graph"), base_url="http://localhost") as client:
        shown = {
            name: client.get("/corrections", params={"list": name}).text
            for name in ("conflict", "unresolved", "blank", "suspicion", "scan")
        }
    assert "77-NQ/TU" in shown["conflict"] and "01/02/2021; 03/02/2021" in re.sub(r"\s+", " ", shown["conflict"])
    assert "76-BC/HU" in shown["unresolved"] and "không tệp nào cho biết cơ quan ban hành" in shown["unresolved"]
    assert "về chăn nuôi" in shown["blank"].lower() and "odd.txt" in shown["blank"]
    assert "31/02/2022" in shown["suspicion"] and "ngày không có thật" in shown["suspicion"]
    assert "Không có nội dung nào thuộc loại này" in shown["scan"]


def test_a_body_with_the_name_of_another_one_leads_there(graph: Path, office: Workspace, site: TestClient) -> None:
    own, other = "/body/ha-noi/so-noi-vu", "/body/ha-noi/cap-uy"
    page = site.get(other).text
    name = unescape(re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)[1]).strip()  # type: ignore[index]
    assert send(site, kind="name", about=BASE.replace("document/", "") + own[1:], new=name, by="Lan") == 200
    build([], graph, jobs=1, workspace=office)
    answer = site.get(own, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, other)
    told = site.get(other).text.partition('class="notice by-hand"')[2].partition("</div>")[0]
    assert "Sở Nội vụ thành phố Hà Nội = <strong>" in told and "Lan" in told
    assert "Sở Nội vụ thành phố Hà Nội = <strong>" in site.get("/corrections").text


@pytest.mark.browser
@pytest.mark.parametrize("path", [f"document/{PROGRAMME}", "tasks", "corrections"])
def test_no_form_of_a_correction_is_on_paper(
    browser: Browser, graph: Path, office: Workspace, serving: Callable[..., Any], path: str
) -> None:
    """All folds are opened for that, also those in which there are only forms."""
    with serving(graph, workspace=office) as address:
        page = browser.new_page()
        page.goto(f"{address}/{path}")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        forms = page.locator("form.correct")
        assert forms.first.is_visible() or path == "corrections"
        page.emulate_media(media="print")
        assert not any(form.is_visible() for form in forms.all())
        width, height = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))[0].get_size()
        assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 297)


@pytest.mark.browser
@pytest.mark.slow
def test_a_wrong_date_is_corrected_kept_and_taken_back(
    browser: Browser,
    graph: Path,
    office: Workspace,
    serving: Callable[..., Any],
    wait_until: Callable[[Callable[[], object]], None],
) -> None:
    """As a person does it, without scripts too."""
    with serving(graph, workspace=office) as address:
        page = browser.new_context(java_script_enabled=False, viewport={"width": 1366, "height": 768}).new_page()
        page.goto(f"{address}/document/{PROGRAMME}")
        field = page.locator("dl.facts > div", has=page.locator("time")).first
        field.get_by_text("Sai?").click()
        field.locator('input[name="new"]').fill("2022-08-30")
        field.locator('input[name="why"]').fill("xem bản ký")
        field.get_by_role("button", name="Ghi nhận").click()
        assert page.get_by_text("Đã ghi 1 hiệu đính, có hiệu lực khi dựng lại").is_visible()
        page.get_by_role("button", name="Dựng lại ngay").click()

        def date() -> str:
            page.goto(f"{address}/document/{PROGRAMME}")
            return page.locator("dl.facts time").first.inner_text()

        wait_until(lambda: date() == "30/08/2022")
        notice = page.locator(".by-hand")
        assert "26/08/2022" in notice.inner_text() and "xem bản ký" in notice.inner_text()
        page.goto(f"{address}/corrections")
        assert page.get_by_text("đang áp dụng").is_visible()
        page.get_by_role("button", name="Hủy ghi nhận").first.click()
        assert page.get_by_text("đã bỏ, chờ dựng lại").is_visible()
        page.get_by_role("button", name="Dựng lại ngay").click()
        wait_until(lambda: date() == "26/08/2022")
        assert journal(office).history() and page.locator(".by-hand").count() == 0
        seen = browser.new_page()
        for path in (f"document/{PROGRAMME}", "corrections"):
            seen.goto(f"{address}/{path}")
            found = [v["id"] for v in Axe().run(seen).response["violations"] if v["impact"] in ("serious", "critical")]
            assert found == []
