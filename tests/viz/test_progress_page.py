"""One directive on one screen, and the same figures on every page that has them: a register of a few provinces."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from docx import Document
from playwright.sync_api import Browser
from starlette.testclient import TestClient

from chidao.cli import main
from chidao.graph.write.build import build
from chidao.viz.web.serving.app import make_app

DIRECTIVE = "Nghị quyết số 88-NQ/TW ngày 10/01/2024 của Bộ Chính trị về chuyển đổi xanh"
REGISTER = [
    ("88-NQ/TW", "10/01/2024", "Nghị quyết về chuyển đổi xanh", "Bộ Chính trị"),
    ("21-CTr/TU", "11/03/2024", f"Chương trình hành động thực hiện {DIRECTIVE}", "Tỉnh ủy Lào Cai"),
    ("7/KH-UBND", "20/04/2024", "Kế hoạch thực hiện Chương trình hành động số 21-CTr/TU ngày 11/03/2024 của Tỉnh ủy Lào Cai",
     "Ủy ban nhân dân tỉnh Lào Cai"),
    ("30-CTr/TU", "09/05/2024", f"Chương trình hành động thực hiện {DIRECTIVE}", "Thành ủy Hà Nội"),
    ("12-CV/TU", "15/05/2024", f"Công văn về việc tuyên truyền {DIRECTIVE}", "Tỉnh ủy Sơn La"),
    ("40/KH-UBND", "02/06/2024", "Kế hoạch phòng, chống cháy rừng năm 2024", "Ủy ban nhân dân tỉnh Cao Bằng"),
    ("41/KH-UBND", "09/01/2024", "Kế hoạch phòng, chống rét cho vật nuôi", "Ủy ban nhân dân tỉnh Lai Châu"),
]  # fmt: skip
STATES = {"implemented": 2, "mentioned": 1, "silent": 1, "no-files": 30}
IRI = "https://w3id.org/chidao/id/document/vn/nghi-quyet/88-nq-tw/2024"
PATH = "/document/vn/nghi-quyet/88-nq-tw/2024"
PROGRESS = "/progress?ref=88-NQ/TW"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("progress")
    made = io.StringIO()
    csv.writer(made).writerows([("Số ký hiệu", "Ngày ban hành", "Trích yếu", "Cơ quan ban hành"), *REGISTER])
    (folder / "so.csv").write_text(made.getvalue(), encoding="utf-8")
    build([folder / "so.csv"], folder / "graph", jobs=1)
    return folder / "graph"


@pytest.fixture(scope="module")
def client(graph: Path) -> Iterator[TestClient]:
    with TestClient(make_app(graph), follow_redirects=False) as made:
        yield made


def page_of(client: TestClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.text


def bar(text: str) -> str:
    """What the small bar of a directive says."""
    found = re.search(r'class="of"><strong>(\d+)</strong>/(\d+)<', text)
    assert found
    return f"{found[1]}/{found[2]}"


class TestTheSameCountsEverywhere:
    def test_in_the_interface_for_programs(self, client: TestClient) -> None:
        (counts,) = client.get("/api/coverage", params={"ref": "88-NQ/TW"}).json()["counts"]
        assert {name: counts[name.replace("-", "_")] for name in STATES} == STATES
        assert (counts["of"], counts["direct"], counts["indirect"], counts["median"]) == (34, 2, 0, 90.5)

    def test_on_the_command_line(self, graph: Path) -> None:
        done = CliRunner().invoke(main, ["coverage", "88-NQ/TW", "--graph", str(graph), "--format", "json"])
        states = [row["cells"][0]["progress"] for row in json.loads(done.output)["rows"]]
        assert {name: states.count(name) for name in STATES} == STATES

    @pytest.mark.parametrize("path", ["/", PATH, "/timeline?ref=88-NQ/TW", "/progress"])
    def test_where_a_page_has_a_bar(self, client: TestClient, path: str) -> None:
        assert bar(page_of(client, path)) == "2/34"

    def test_on_the_page_of_the_directive(self, client: TestClient) -> None:
        text = page_of(client, PROGRESS)
        told = {
            name: int(count)
            for name, count in re.findall(r'<li data-state="([a-z-]+)">.*?<strong>(\d+)</strong>', text)
        }
        assert told == STATES
        assert "<strong>2</strong>" in text
        for name, count in STATES.items():
            assert text.count(f'<td data-state="{name}"') == count
            assert len(re.findall(rf'class="tile" data-state="{name}"', text)) == count

    def test_in_the_matrix(self, client: TestClient) -> None:
        text = page_of(client, "/coverage?ref=88-NQ/TW")
        assert re.search(r'class="sum"><strong>2</strong>/34<', text)
        for name, count in STATES.items():
            assert len(re.findall(rf'<td class="cell" data-state="{name}"', text)) == count


def test_those_not_seen_are_listed_with_the_reason(client: TestClient) -> None:
    text = page_of(client, PROGRESS)
    listed = text[text.index('id="unseen"') : text.index('id="pace"')]
    assert re.search(
        r'Có văn bản ban hành từ ngày 10/01/2024, chưa thấy.*Cao Bằng</a> <span class="small"[^>]*>1 văn bản',
        listed,
        re.DOTALL,
    )
    after = listed[listed.index("Chưa nạp văn bản nào ban hành từ ngày 10/01/2024") :]
    assert re.search(r'Lai Châu</a> <span class="small"[^>]*>mới nhất 09/01/2024', after)
    assert "Cao Bằng" not in after, "nobody is said to have no documents who has some"
    assert "Sơn La" in listed


def test_a_provinces_directive_is_for_its_departments(client: TestClient) -> None:
    text = page_of(client, "/progress?ref=21-CTr/TU")
    assert '<select name="within">' in text
    assert re.search(r'<option value="lao-cai" selected>', text)
    assert 'class="tiles"' not in text
    (row,) = re.findall(r'<tr id="row-[^"]*uy-ban-nhan-dan">.*?</tr>', text, re.DOTALL)
    assert "Gián tiếp" not in row, "its plan says itself that it carries the programme out"


def test_what_is_done_by_way_of_another_document_is_said_to_be(client: TestClient) -> None:
    text = page_of(client, "/progress?ref=88-NQ/TW&level=department&within=lao-cai")
    (row,) = re.findall(r'<tr id="row-[^"]*uy-ban-nhan-dan">.*?</tr>', text, re.DOTALL)
    assert "Gián tiếp, qua văn bản khác" in row
    assert "qua Chương trình hành động 21-CTr/TU" in row
    assert "Ủy ban nhân dân tỉnh Lào Cai" in text


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/progress?ref=88-NQ/TW&level=department", 200, "chọn tỉnh"),
        ("/progress?ref=99-NQ/TW", 404, "99-NQ/TW"),
        ("/progress?ref=88-NQ/TW&level=x", 400, "level"),
        ("/progress.docx?ref=88-NQ/TW&level=department", 400, "chọn tỉnh"),
        ("/progress.docx", 400, "Thiếu tham số ref"),
    ],
)
def test_what_is_wrong_is_said(client: TestClient, path: str, status: int, said: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert said in answer.text


def test_it_is_taken_away_as_a_word_document(client: TestClient) -> None:
    answer = client.get("/progress.docx", params={"ref": IRI})
    assert answer.headers["content-disposition"].endswith('.docx"')
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(answer.content)).paragraphs)
    assert "Đã có văn bản thực hiện: 2/34" in text


class TestWhomItIsFor:
    def test_a_resolution_on_one_province_is_counted_over_that_one(self, site: TestClient) -> None:
        text = page_of(site, "/progress?ref=15-NQ/TW")
        assert "Đối tượng thực hiện: TP. Hà Nội (theo trích yếu)" in text
        assert text.count('class="tile" data-state="not-asked"') == 33
        assert "Cà Mau" not in text[text.index('id="unseen"') : text.index('id="pace"')]
        assert bar(page_of(site, "/document/vn/nghi-quyet/15-nq-tw/2022")) == "1/1"

    def test_where_nobody_says_nobody_is_listed(self, site: TestClient) -> None:
        text = page_of(site, "/progress?ref=21-KL/TW")
        listed = text[text.index('id="unseen"') : text.index('id="pace"')]
        assert "chưa cho biết văn bản này giao cho những nơi nào" in listed
        assert "<li" not in listed
        assert '<span class="of">/' not in text
        taken = site.get("/progress.docx", params={"ref": "21-KL/TW"})
        said = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(taken.content)).paragraphs)
        assert "Đã có văn bản thực hiện: 1, chưa rõ đối tượng thực hiện" in said
        assert "Chưa thấy văn bản thực hiện" not in said

    def test_documents_whose_place_is_not_known_are_counted_and_are_not_none(self, tmp_path: Path) -> None:
        """A register of an office that names no issuer: three letters carry out a directive, and who of whom, it does not say."""
        directive = "Chỉ thị số 16/CT-TTg ngày 31/03/2020 của Thủ tướng Chính phủ"
        other = "Chỉ thị số 19/CT-TTg ngày 24/04/2020 của Thủ tướng Chính phủ"
        (tmp_path / "so.csv").write_text(
            "Số ký hiệu,Ngày ban hành,Trích yếu\n"
            f"1518/UBND-VX,31/03/2020,Công văn về việc triển khai thực hiện {directive}\n"
            f"3300/UBND-VX,18/07/2021,Công văn về việc thực hiện {directive}\n"
            f"123/BATGT-VP,23/07/2021,Công văn về việc thực hiện {directive}\n",
            encoding="utf-8",
        )
        (tmp_path / "placed.csv").write_text(
            "Số ký hiệu,Ngày ban hành,Trích yếu,Cơ quan ban hành\n"
            f"9/KH-UBND,03/05/2020,Kế hoạch thực hiện {other},Ủy ban nhân dân tỉnh Lào Cai\n",
            encoding="utf-8",
        )
        build([tmp_path / "so.csv", tmp_path / "placed.csv"], tmp_path / "graph", jobs=1)
        with TestClient(make_app(tmp_path / "graph")) as site:
            text = page_of(site, "/progress?ref=16/CT-TTg")
            assert "và 3 văn bản chưa rõ của địa phương nào" in text
            assert '<h3 id="unplaced">' in text
            assert "chưa rõ của địa phương nào" not in page_of(site, "/progress?ref=19/CT-TTg")
            taken = Document(io.BytesIO(site.get("/progress.docx", params={"ref": "16/CT-TTg"}).content))
            assert "3 văn bản thực hiện, chưa rõ của địa phương nào" in "\n".join(
                line.text for line in taken.paragraphs
            )
            for path in ("/", "/progress"):
                listed = page_of(site, path).split('<ol class="list directives">')[1].split("</ol>")[0].split("<li>")
                unplaced, placed = (next(row for row in listed if name in row) for name in ("16/CT-TTg", "19/CT-TTg"))
                assert "3 văn bản thực hiện" in unplaced and "<strong>0</strong>" not in unplaced
                assert "<strong>1</strong>" in placed


@pytest.mark.browser
class TestInABrowser:
    @pytest.fixture
    def look(self, browser: Browser, graph: Path, serving: Any, watching: Any) -> Iterator[Any]:
        with serving(graph) as address, watching(browser, address) as opened:

            def load(path: str, **settings: Any) -> Any:
                page = opened(address + path, **settings)
                page.wait_for_load_state("networkidle")
                return page

            yield load

    def test_who_has_not_is_seen_from_the_first_screen_without_scrolling(self, look: Any, follow: Any) -> None:
        page = look("/")
        assert page.locator("a.of-all").bounding_box()["y"] < 768
        follow(page, "a.of-all")
        for words in ("Cao Bằng", "Lai Châu", "Cà Mau"):
            box = page.locator(f".unseen li:has-text('{words}')").bounding_box()
            assert box["y"] + box["height"] <= 768, words
        tiles = page.locator(".tiles svg").bounding_box()
        assert tiles["y"] + tiles["height"] <= 768

    def test_a_square_leads_to_the_sentence(self, look: Any) -> None:
        page = look(PROGRESS)
        page.click("a.tile[aria-label^='Tỉnh Lào Cai'] rect")
        row = page.locator("#row-lao-cai")
        assert page.url.endswith("#row-lao-cai")
        row.locator("summary").click()
        assert "88-NQ/TW" in row.locator("blockquote").first.inner_text()

    @pytest.mark.parametrize("path", [PROGRESS, "/coverage?ref=88-NQ/TW"])
    def test_it_prints_on_one_page(self, look: Any, path: str) -> None:
        import pypdfium2

        page = look(path)
        printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
        assert len(printed) == 1
        width, height = printed[0].get_size()
        assert width > height

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("path", [PROGRESS, "/progress", "/", "/progress?ref=21-CTr/TU", "/coverage?ref=88-NQ/TW"])
    def test_everybody_can_read_it(self, look: Any, scheme: str, path: str) -> None:
        page = look(path, color_scheme=scheme)
        found = Axe().run(page).response["violations"]
        assert not [
            (v["id"], [n["target"] for n in v["nodes"]]) for v in found if v["impact"] in ("serious", "critical")
        ]
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390

    def test_states_differ_by_sign_and_not_by_colour_alone(self, look: Any) -> None:
        page = look(PROGRESS)
        signs = {
            state: page.locator(f"a.tile[data-state={state}] .sign").first.text_content().strip()[:1]
            for state in STATES
        }
        assert len(set(signs.values())) == len(STATES)
