"""Where things are, on a server and among files."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract.iris import BASE
from chidao.graph.write.terms import Names
from chidao.viz.web.rendering.links import FileLinks, ServerLinks, key_of

DOCUMENT = BASE + "document/vn/nghi-quyet/15-nq-tw/2022"
keys = st.lists(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(lambda t: "/" not in t),
    min_size=1,
    max_size=4,
).map("/".join)


@given(key=keys)
def test_every_document_has_a_path_of_this_server_that_leads_back(key: str) -> None:
    iri = Names(BASE).document(key).value
    path = ServerLinks(BASE).document(iri)
    assert path.startswith("/document/")
    assert not urlsplit(path).netloc
    assert unquote(path.removeprefix("/document/")) == key
    assert key_of(iri, BASE) == ("document", iri.removeprefix(BASE + "document/"))


@pytest.mark.parametrize(
    ("iri", "path"),
    [
        (DOCUMENT, "/document/vn/nghi-quyet/15-nq-tw/2022"),
        ("https://w3id.org/chidao/body/vn/bo-chinh-tri", "/body/vn/bo-chinh-tri"),
        (BASE + "body/ha-noi/cap-uy", "/body/ha-noi/cap-uy"),
        ("https://example.org/x", "https://example.org/x"),
        ("javascript:alert(1)", "#"),
        ("data:text/html,x", "#"),
        ("urn:x", "#"),
        ("http://[x", "#"),
        (BASE + "source/abc", BASE + "source/abc"),
    ],
)
def test_server_paths(iri: str, path: str) -> None:
    assert ServerLinks(BASE).document(iri) == path


def test_pages_with_parameters() -> None:
    links = ServerLinks(BASE, "/kg", "v1")
    assert links.page("home") == "/kg/"
    assert (
        links.page("coverage", ref=["a b", "c/d"], level="province", within=None, on="")
        == "/kg/coverage?ref=a+b&ref=c%2Fd&level=province"
    )
    assert links.page("search", q="x&y", page=2, tree=True) == "/kg/search?q=x%26y&page=2&tree=1"
    assert links.static("site.css") == "/kg/static/site.css?v=v1"
    assert links.document(DOCUMENT, ".ttl") == "/kg/document/vn/nghi-quyet/15-nq-tw/2022.ttl"


FILES = {DOCUMENT: "document/vn/15.html", BASE + "body/a": "body/a.html"}
PAGES = {("home", ""): "index.html", ("coverage", ""): "coverage.html", ("coverage", DOCUMENT): "coverage/vn/15.html"}


@pytest.mark.parametrize(
    ("here", "document", "home", "static"),
    [
        ("index.html", "document/vn/15.html", "index.html", "static/site.css"),
        ("body/a.html", "../document/vn/15.html", "../index.html", "../static/site.css"),
        ("document/vn/15.html", "15.html", "../../index.html", "../../static/site.css"),
    ],
)
def test_files_lead_to_each_other(here: str, document: str, home: str, static: str) -> None:
    links = FileLinks(BASE, here, FILES, PAGES)
    assert (links.document(DOCUMENT), links.page("home"), links.static("site.css")) == (document, home, static)
    assert links.document(DOCUMENT, ".ttl") == document.replace(".html", ".ttl")


def test_what_a_written_site_has_not_is_no_link() -> None:
    links = FileLinks(BASE, "index.html", FILES, PAGES)
    assert links.page("sparql") is None
    assert links.page("coverage", ref=DOCUMENT) == "coverage/vn/15.html"
    assert links.page("coverage", ref=[DOCUMENT, "x"]) is None
    assert links.page("coverage", ref=DOCUMENT, level="district") is None
    assert links.thing(BASE + "document/other") is None
