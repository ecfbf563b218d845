"""The page of a body: no longer than a few screens, however much it issued."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from chidao.graph.write.build import build
from chidao.viz.web.pages.body_page import A_PAGE, FEW, Asked, part
from chidao.viz.web.serving.app import make_app

MANY = 130
BODY = "/body/lao-cai/uy-ban-nhan-dan"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("body")
    made = io.StringIO()
    heads = ("Số ký hiệu", "Ngày ban hành", "Trích yếu", "Cơ quan ban hành")
    papers = [
        (f"{number}/KH-UBND", f"15/{number % 12 + 1:02}/{2019 + number % 5}", f"Kế hoạch trồng rừng đợt {number}",
         "Ủy ban nhân dân tỉnh Lào Cai")
        for number in range(1, MANY + 1)
    ]  # fmt: skip
    csv.writer(made).writerows([heads, *papers])
    (folder / "so.csv").write_text(made.getvalue(), encoding="utf-8")
    build([folder / "so.csv"], folder / "graph", jobs=1)
    with TestClient(make_app(folder / "graph")) as opened:
        yield opened


def listed(text: str) -> list[str]:
    section = text[text.index('id="documents"') :].partition("</section>")[0]
    return re.findall(r'<span class="label">([^<]+)</span>', section)


def test_it_shows_the_latest_and_leads_to_the_others(client: TestClient) -> None:
    text = client.get(BODY).text
    assert len(listed(text)) == FEW
    assert f"Xem cả {MANY}" in text
    bars = re.findall(r'list=documents&amp;year=(\d{4})"', text)
    assert bars == ["2019", "2020", "2021", "2022", "2023"]


def test_a_list_comes_a_page_at_a_time_and_each_document_once(client: TestClient) -> None:
    seen = [label for page in (1, 2, 3) for label in listed(client.get(f"{BODY}?list=documents&page={page}").text)]
    assert (len(seen), len(set(seen))) == (MANY, MANY)
    first = client.get(f"{BODY}?list=documents").text
    assert len(listed(first)) == A_PAGE
    assert "Trang 1/3" in first
    assert 'id="acts"' not in first


def test_documents_of_a_year_or_with_words(client: TestClient) -> None:
    assert len(listed(client.get(f"{BODY}?year=2021").text)) == MANY // 5
    assert listed(client.get(f"{BODY}?words=trong+rung+dot+77").text) == ["Kế hoạch 77/KH-UBND"]
    assert listed(client.get(f"{BODY}?words=zzz").text) == []
    assert client.get(f"{BODY}?list=secrets").status_code == 400


@pytest.mark.parametrize(
    ("asked", "shown", "pages"),
    [(None, 120, 1), (Asked(), FEW, 1), (Asked(list="acts"), FEW, 1), (Asked(list="tasks", page=3), 20, 3), (Asked(list="tasks", page=9), 0, 3)],
)  # fmt: skip
def test_what_is_shown_of_a_list(asked: Asked | None, shown: int, pages: int) -> None:
    found = part("tasks", range(120), asked)
    assert (len(found.members), found.total, found.pages) == (shown, 120, pages)


def test_the_answer_to_a_question_comes_a_page_at_a_time(client: TestClient) -> None:
    def labels(page: int) -> list[str]:
        text = client.get(f"/questions/documents-of-body?body=Ủy ban nhân dân tỉnh Lào Cai&page={page}").text
        return re.findall(r'<a class="doc"[^>]*>([^<]+)</a>', text)

    assert [len(labels(page)) for page in (1, 2, 7)] == [20, 20, 10]
    assert len({label for page in range(1, 8) for label in labels(page)}) == MANY


def test_what_is_wrong_with_a_question_is_said_in_vietnamese(client: TestClient) -> None:
    answer = client.get("/questions/force-soon?on=mai")
    assert answer.status_code == 400
    (said,) = re.findall(r'role="alert">([^<]*)<', answer.text)
    assert said == "on phải là ngày như 2026-06-30, không phải &#39;mai&#39;"


def test_the_place_of_an_answer_leads_into_its_text(client: TestClient) -> None:
    text = client.get("/questions/what-is-said?directive=1/KH-UBND").text
    assert re.search(r'<td data-head="Tệp"><a class="in-text" href="/text/[0-9a-f]{64}\?at=0-1&amp;row=0#r0">', text)
    assert "<th" in text and 'data-column="line"' not in text
