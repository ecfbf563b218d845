"""The page of a document: a few screens of a directive that hundreds carry out, and each of these on one of its pages."""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from chidao.graph.answers.provisions import ProvisionDetails
from chidao.graph.answers.standing import Standing
from chidao.graph.write.build import build
from chidao.viz.web.pages.document_page import LISTS, Asked, part
from chidao.viz.web.pages.views import provision_pages
from chidao.viz.web.request.paging import A_PAGE, FEW, MANY
from chidao.viz.web.serving.app import make_app
from chidao.viz.web.site import write_site

FOLLOWED = 230
DIRECTIVE = "/document/vn/nghi-quyet/57-nq-tw/2024"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("followed")
    made = io.StringIO()
    rows = [
        (f"{number}/KH-UBND", f"{number % 28 + 1:02}/{number % 12 + 1:02}/2025",
         "Kế hoạch thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị", f"Ban Quản lý số {number}")
        for number in range(1, FOLLOWED + 1)
    ]  # fmt: skip
    csv.writer(made).writerows([("Số ký hiệu", "Ngày ban hành", "Trích yếu", "Cơ quan ban hành"), *rows])
    (folder / "so.csv").write_text(made.getvalue(), encoding="utf-8")
    build([folder / "so.csv"], folder / "graph", jobs=1)
    return folder / "graph"


@pytest.fixture(scope="module")
def client(graph: Path) -> Iterator[TestClient]:
    with TestClient(make_app(graph)) as opened:
        yield opened


def labels(text: str, section: str) -> list[str]:
    """The documents that a section lists."""
    inside = text[text.index(f'id="{section}"') :].partition("</section>")[0]
    return re.findall(r'<span class="label">([^<]+)</span>', inside)


def test_it_shows_the_beginning_of_each_list(client: TestClient) -> None:
    text = client.get(DIRECTIVE).text
    assert len(labels(text, "below")) == FEW
    assert text.count('class="said"') <= 2 * FEW + 12
    assert re.findall(r'\?list=(\w+)">Xem cả 230</a>', text) == ["below", "mentions"]
    assert len(gzip.compress(text.encode())) < 12_000


@pytest.mark.parametrize(("list", "mentions"), [("", MANY), ("mentions", A_PAGE), ("below", 0)])
def test_no_sentence_is_read_that_is_not_shown(
    client: TestClient, rows_read: Counter[str], list: str, mentions: int
) -> None:
    client.get(DIRECTIVE, params={"list": list} if list else {})
    shown = {"": FEW, "mentions": 0, "below": A_PAGE}[list]
    assert rows_read["internal/document-mentions"] == mentions
    assert shown <= rows_read["internal/implementations"] <= 2 * shown  # one may be said twice
    # Nothing but that others carry it out is said of it.
    assert rows_read["internal/document-beside"] == rows_read["internal/document-relations"] == 0


def test_each_that_carries_it_out_is_on_one_page(client: TestClient) -> None:
    pages = -(-FOLLOWED // A_PAGE)
    seen = []
    for number in range(1, pages + 1):
        text = client.get(f"{DIRECTIVE}?list=below&page={number}").text
        assert f"Trang {number}/{pages}" in text and 'id="mentions"' not in text
        seen += labels(text, "below")
    assert (len(seen), len(set(seen))) == (FOLLOWED, FOLLOWED)
    assert labels(client.get(f"{DIRECTIVE}?list=below&page=99").text, "below") == []


def test_a_page_of_a_list_leads_back_and_keeps_the_day(client: TestClient) -> None:
    text = client.get(f"{DIRECTIVE}?list=mentions&on=2026-01-31").text
    assert f'<h1><a href="{DIRECTIVE}">' in text and f'href="{DIRECTIVE}?on=2026-01-31"' in text
    assert f'rel="next" href="{DIRECTIVE}?list=mentions&amp;on=2026-01-31&amp;page=2"' in text
    assert text.count('class="said"') == A_PAGE
    assert client.get(f"{DIRECTIVE}?list=secrets").status_code == 400


@pytest.mark.parametrize(
    ("asked", "size", "shown", "pages"),
    [
        (None, 90, 90, 1), (Asked(), MANY, MANY, 1), (Asked(), MANY + 1, FEW, 1), (Asked(list="acts"), 90, 0, 1),
        (Asked(list="tasks", page=3), 70, 10, 3), (Asked(list="tasks", page=9), 70, 0, 3), (Asked(list="tasks"), 0, 0, 1),
    ],
)  # fmt: skip
def test_what_is_shown_of_a_list(asked: Asked | None, size: int, shown: int, pages: int) -> None:
    found = part("tasks", range(size), asked)
    assert (len(found.members), found.total, found.pages) == (shown, size, pages)


@pytest.mark.parametrize("name", LISTS)
def test_each_list_has_pages_of_its_own(client: TestClient, name: str) -> None:
    assert client.get(f"{DIRECTIVE}?list={name}").status_code == 200


def test_a_timeline_comes_a_page_at_a_time_and_each_page_is_drawn(client: TestClient) -> None:
    seen = []
    for number in range(1, 5):
        text = client.get("/timeline", params={"ref": "57-NQ/TW", "page": number}).text
        shown = re.findall(r'<td class="titled">\s*<a class="doc"[^>]*><span class="label">([^<]+)', text)
        drawn = re.findall(r'"label": "([^"]+)", "level"', text)
        assert not drawn or len(drawn) == len(shown) <= 60
        seen += shown
    assert (len(seen), len(set(seen))) == (FOLLOWED, FOLLOWED)


def test_a_table_of_bodies_has_the_first_of_those_without_a_place(client: TestClient) -> None:
    for address in ("/progress", "/coverage"):
        text = client.get(address, params={"ref": "57-NQ/TW"}).text
        end = text[text.index("không rõ địa bàn") if "không rõ địa bàn" in text else text.rindex("<h") :]
        assert end.count('class="label"') == 12
        assert f"{DIRECTIVE}?list=below" in end


def test_a_written_site_has_all_on_one_page(graph: Path, tmp_path: Path) -> None:
    written = write_site(graph, tmp_path / "site")
    found = [page for page in written.path.rglob("*.html") if "57-nq-tw" in str(page) and "document" in str(page)]
    assert found
    text = found[0].read_text("utf-8")
    assert len(labels(text, "below")) == FOLLOWED
    assert "?list=" not in text


def entry(path: str, text: str) -> ProvisionDetails:
    return ProvisionDetails("i", path, path, None, text, path.count("/"), Standing("unknown", "2026-01-31"))


@pytest.mark.parametrize(
    ("lengths", "cut"),
    [
        ([], [0]), ([100] * 20, [17, 3]), ([3000] * 9, [2, 2, 2, 2, 1]), ([20_000, 10, 10], [1, 2]),
    ],
)  # fmt: skip
def test_provisions_are_cut_before_an_article(lengths: list[int], cut: list[int]) -> None:
    articles = [entry(f"dieu-{number}", "a" * length) for number, length in enumerate(lengths, 1)]
    assert [len(entries) for entries in provision_pages(articles)] == cut


def test_a_long_article_is_cut_within() -> None:
    found = provision_pages([entry("dieu-1", ""), *(entry(f"dieu-1/khoan-{n}", "a" * 3000) for n in range(1, 8))])
    assert [each.path for entries in found for each in entries] == [
        "dieu-1",
        *(f"dieu-1/khoan-{n}" for n in range(1, 8)),
    ]
    assert max(map(len, found)) <= 4
