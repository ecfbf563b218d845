"""A name that means nothing or several things is answered with what there is to choose from."""

from __future__ import annotations

from html import unescape
from re import DOTALL, findall, search
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

PAGES = (
    ("/coverage?level=province&ref={}", "ref"),
    ("/coverage?ref=57-NQ/TW&ref={}", "ref"),
    ("/timeline?ref={}", "ref"),
    ("/tasks?document={}", "document"),
    ("/graph?ref={}&depth=2", "ref"),
    ("/questions/implementers?directive={}", "directive"),
)


@pytest.mark.parametrize(("address", "parameter"), PAGES)
def test_one_of_several_is_chosen_and_leads_to_what_was_asked(site: TestClient, address: str, parameter: str) -> None:
    """15-NQ/TU is a resolution of two provinces."""
    answer = site.get(address.format("15-nq/tu"))
    assert answer.status_code == 300
    assert "Có 2 văn bản gọi là “15-nq/tu”" in answer.text
    assert "Ban Thường vụ Tỉnh ủy Bắc Ninh" in answer.text
    choices = [unescape(href) for href in findall(r'class="doc" href="([^"]+)"', answer.text)]
    assert len(choices) == 2
    for choice in choices:
        given, asked = parse_qs(urlsplit(choice).query), parse_qs(urlsplit(address).query)
        assert given[parameter][-1].startswith("http"), "the IRI, which no other document has"
        assert {name: given[name] for name in asked if name != parameter} == {
            name: value for name, value in asked.items() if name != parameter
        }
        assert site.get(choice).status_code == 200


@pytest.mark.parametrize(("address", "parameter"), PAGES)
def test_what_nothing_is_called_comes_with_what_is_near(site: TestClient, address: str, parameter: str) -> None:
    answer = site.get(address.format("58-NQ/TW"))
    assert answer.status_code == 404
    assert "Ở đây không có văn bản nào gọi là “58-NQ/TW”" in answer.text
    near = {unescape(label): unescape(href) for href, label in findall(r'class="doc" href="([^"]+)"><span class="label">([^<]+)', answer.text)}  # fmt: skip
    assert "Nghị quyết 57-NQ/TW" in near
    assert site.get(near["Nghị quyết 57-NQ/TW"]).status_code == 200


def test_bodies(site: TestClient) -> None:
    several = site.get("/tasks?body=Ban Tổ chức")
    assert several.status_code == 300
    assert search(r"Có \d+ cơ quan gọi là “Ban Tổ chức”", several.text)
    assert site.get(unescape(findall(r'class="doc" href="([^"]+)"', several.text)[0])).status_code == 200
    unknown = site.get("/tasks?body=Sở Mây")
    assert unknown.status_code == 404
    assert "Ở đây không có cơ quan nào gọi là “Sở Mây”" in unknown.text


def test_in_english(site: TestClient) -> None:
    answer = site.get("/timeline?ref=15-NQ/TU", headers={"Cookie": "chidao-language=en"})
    assert "2 documents are called “15-NQ/TU”" in answer.text
    assert "Which one is meant?" in answer.text


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "“”", "x" * 1999, "a&ref=b"])
def test_any_name(site: TestClient, name: str) -> None:
    answer = site.get("/timeline", params={"ref": name})
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text
    assert "x" * 100 not in search(r"<main.*</main>", answer.text, DOTALL)[0]  # type: ignore[index]


@pytest.mark.parametrize("address", [
    "/api/document?ref={}", "/api/implementers?ref={}", "/api/coverage?ref={}", "/api/timeline?ref={}", "/api/tasks?document={}",
    "/api/graph?ref={}", "/api/questions/implementers?directive={}",
])  # fmt: skip
def test_programs_get_json(site: TestClient, address: str) -> None:
    several = site.get(address.format("15-NQ/TU"))
    assert several.status_code == 409
    assert {candidate["issuer"] for candidate in several.json()["candidates"]} >= {"Ban Thường vụ Tỉnh ủy Bắc Ninh"}
    assert all(candidate["url"].startswith("/document/") for candidate in several.json()["candidates"])
    assert site.get(address.format("99-KL/TW")).status_code == 404


def test_an_empty_draft_is_said_in_the_language_of_the_page(site: TestClient) -> None:
    assert "Chưa có dự thảo nào" in site.post("/check", data={"text": " "}).text
    english = site.post("/check", data={"text": " "}, headers={"Cookie": "chidao-language=en"})
    assert "No draft was sent: give a file or a text." in english.text


def test_a_page_that_is_not_there_repeats_no_phrase(site: TestClient) -> None:
    answer = site.get("/nope")
    assert answer.status_code == 404
    assert "Không có trang" in answer.text
    assert "Not Found" not in answer.text
