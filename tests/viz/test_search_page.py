"""The search page, and the searches that are kept there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from chidao.graph.workspace import Workspace
from chidao.viz.web.serving.app import make_app

OFFICE = "/office/searches"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace")


@pytest.fixture
def office(sample_graph: Path, workspace: Workspace) -> Iterator[TestClient]:
    app = make_app(sample_graph, workspace=workspace)
    with TestClient(app, base_url="http://localhost", client=("127.0.0.1", 50000), follow_redirects=False) as client:
        yield client


def main_of(client: TestClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text.split("<main", 1)[1].split("</main>")[0]


def token(client: TestClient) -> str:
    found = re.search(r'name="token" value="([^"]+)"', main_of(client, "/search?q=nghi+quyet"))
    assert found
    return found[1]


def test_a_passage_with_its_words_leads_to_its_place(site: TestClient) -> None:
    text = main_of(site, "/search?q=%22cán+bộ,+đảng+viên+trong+Huyện%22")
    assert "<mark>cán bộ, đảng viên trong Huyện</mark>" in text and "khớp ở: toàn văn" in text
    to = re.search(r'class="snippet"><a href="([^"#]+)#(s\d+)"', text)
    assert to
    shown = site.get(to[1].replace("&amp;", "&")).text
    assert re.search(rf'<span class="s asked" id="{to[2]}">', shown)


def test_facets_are_links_that_narrow_and_can_be_taken_away(site: TestClient) -> None:
    text = main_of(site, "/search?q=nghi+quyet&type=Nghị+quyết&level=central")
    assert set(re.findall(r'data-level="(\w+)"', text)) == {"central"}
    assert re.search(r'href="/search\?q=nghi\+quyet&amp;level=central" aria-current="true"', text)
    assert re.search(r'href="/search\?q=nghi\+quyet&amp;type=Ngh[^"&]+&amp;level=central&amp;year=2022"', text)
    every = re.search(r'role="status"><span>(\d+) kết quả', main_of(site, "/search?q=nghi+quyet"))
    count = re.search(
        r'level=central">Trung ương</a> <span class="number">(\d+)', main_of(site, "/search?q=nghi+quyet")
    )
    narrow = re.search(r'role="status"><span>(\d+) kết quả', main_of(site, "/search?q=nghi+quyet&level=central"))
    assert every and count and narrow and int(every[1]) > int(narrow[1]) == int(count[1])


def test_orders(site: TestClient) -> None:
    for order, back in (("date", True), ("oldest", False)):
        text = main_of(site, f"/search?q=ke+hoach&kind=document&where=name&sort={order}")
        days = ["".join(reversed(day)) for day in re.findall(r"· (\d\d)/(\d\d)/(\d{4})", text)]
        assert len(days) > 3 and days == sorted(days, reverse=back)


@pytest.mark.parametrize(
    "path", ["/search?where=x", "/search?state=x", "/search?sort=x", "/search?carried=maybe", "/search?page=0"]
)
def test_wrong_values_are_refused(site: TestClient, path: str) -> None:
    assert site.get(path).status_code == 400


def test_who_may_only_read_is_offered_nothing_to_keep(site: TestClient) -> None:
    assert "<form" not in main_of(site, "/search?q=nghi+quyet&saved=x").split('class="found', 1)[1]
    assert site.post(OFFICE, data={"do": "keep", "name": "x", "query": "q=x"}).status_code == 403


def test_a_search_is_kept_looked_at_and_forgotten(office: TestClient, workspace: Workspace) -> None:
    given = {
        "token": token(office),
        "name": "Thủ đô <b>",
        "query": "q=thu+do&level=central",
        "next": "/search?q=thu+do",
    }
    answer = office.post(OFFICE, data=given | {"do": "keep"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/search?q=thu+do")
    text = main_of(office, "/search")
    assert "Tìm kiếm đã lưu" in text and "Thủ đô &lt;b&gt;" in text and "mới từ lần xem trước" not in text
    workspace.seen.write_text("{}")
    text = main_of(office, "/search")
    to = re.search(r'class="new" href="([^"]+)">(\d+) kết quả mới từ lần xem trước', text)
    assert to
    fresh = main_of(office, to[1].replace("&amp;", "&"))
    assert fresh.count('<strong class="new">') == int(to[2]) > 0
    assert office.post(OFFICE, data=given | {"do": "look"}).status_code == 303
    assert "mới từ lần xem trước" not in main_of(office, "/search")
    assert office.post(OFFICE, data=given | {"do": "forget"}).status_code == 303
    assert "Tìm kiếm đã lưu" not in main_of(office, "/search") and workspace.settings().searches == ()


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"name": "a\nb"}, {"query": "x=1"}, {"query": "q=" + "x" * 5000}, {"do": "burn"}, {"token": "x"}],
)
def test_what_is_refused(office: TestClient, workspace: Workspace, wrong: dict[str, str]) -> None:
    given = {"token": token(office), "do": "keep", "name": "x", "query": "q=x"} | wrong
    assert office.post(OFFICE, data=given).status_code == (403 if "token" in wrong else 400)
    assert workspace.settings().searches == ()
