"""Which form a client would rather see."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from chidao.viz.web.request.negotiate import best

OFFERED = {"text/html": "html", "text/turtle": "ttl", "application/ld+json": "jsonld"}
CASES = [
    (None, "html"), ("", "html"), ("*/*", "html"), ("text/turtle", "ttl"), ("TEXT/TURTLE", "ttl"), ("text/*", "html"), ("application/*", "jsonld"),
    ("text/turtle;q=0.9, */*;q=0.1", "ttl"), ("text/html;q=0.2, text/turtle;q=0.3", "ttl"), ("text/turtle, text/html", "html"),
    ("text/*, text/html;q=0", "ttl"), ("*/*;q=0.5, text/html;q=0.1", "ttl"), ("image/png", None), ("text/html;q=0", None),
    ("text/turtle;q=oops", None), ("application/ld+json;profile=x", "jsonld"), (",,text/turtle", "ttl"),
    ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", "html"),
]  # fmt: skip


@pytest.mark.parametrize(("accept", "form"), CASES)
def test_preferences(accept: str | None, form: str | None) -> None:
    assert best(accept, OFFERED) == form


@given(st.text())
def test_any_header_is_read(accept: str) -> None:
    assert best(accept, OFFERED) in (*OFFERED.values(), None)


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/html", "text/html"),
        ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("application/n-triples", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
    ],
)
@pytest.mark.parametrize(
    "path", ["/document/vn/nghi-quyet/15-nq-tw/2022", "/body/vn/bo-chinh-tri", "/body/ha-noi/cap-uy"]
)
def test_a_thing_in_every_form(site: TestClient, path: str, accept: str, media: str) -> None:
    answer = site.get(path, headers={"accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(media)
    assert "Accept" in answer.headers["vary"]
    assert 'rel="alternate"; type="text/turtle"' in answer.headers["link"]


def test_a_form_that_nobody_has(site: TestClient) -> None:
    answer = site.get("/document/vn/nghi-quyet/15-nq-tw/2022", headers={"accept": "image/png"})
    assert answer.status_code == 406
    assert "text/turtle" in answer.text


def test_what_is_not_there_has_no_form(site: TestClient) -> None:
    assert site.get("/document/vn/nghi-quyet/none.ttl", headers={"accept": "text/turtle"}).status_code == 404
    assert site.get("/body/vn/nghi-quyet/15-nq-tw/2022").status_code == 404
