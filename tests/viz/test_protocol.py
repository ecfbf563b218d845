"""The SPARQL 1.1 Protocol as a client meets it: over real connections to a real server on this machine."""

from __future__ import annotations

import asyncio
import http.client
import json
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from xml.etree import ElementTree

import httpx
import pyoxigraph
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from chidao.graph.answers.ask import questions
from chidao.graph.store import read_store
from chidao.graph.write.build import build

FORM, DIRECT, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
JSON, XML, CSV, TSV = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
TTL, LD, NT, RDF = "text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
SELECT = "SELECT ?path WHERE { ?s a chidao:Source ; rdfs:label ?path }"
ASK = "ASK { ?s a chidao:Source }"
CONSTRUCT = "CONSTRUCT { ?s a chidao:Source } WHERE { ?s a chidao:Source }"
DESCRIBE = "DESCRIBE ?s WHERE { ?s a chidao:Source }"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
EVERYTHING = "SELECT * WHERE { ?s ?p ?o . ?a ?b ?c }"


@pytest.fixture(scope="module")
def graph(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("protocol") / "graph"
    build([samples / "03-chuong-trinh-16-ctr-tu.txt"], folder, jobs=1)
    return folder


@pytest.fixture(scope="module")
def graphs(graph: Path) -> list[str]:
    return sorted(g.value for g in read_store(graph).named_graphs() if hasattr(g, "value"))


Serving = Callable[..., AbstractContextManager[str]]
Wait = Callable[[Callable[[], object]], None]


@pytest.fixture(scope="module")
def url(graph: Path, serving: Serving) -> Iterator[str]:
    """A server that lets every query of these tests end, also on a loaded machine."""
    with serving(graph, time_limit=120, max_bytes=200_000, cors=["http://pages.example"]) as address:
        yield f"{address}/sparql"


@pytest.fixture(scope="module")
def hasty(graph: Path, serving: Serving) -> Iterator[str]:
    """A server that ends a query after half a second."""
    with serving(graph, time_limit=0.5) as address:
        yield f"{address}/sparql"


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=None) as made:
        made.headers["Accept"] = "*/*"
        yield made


@dataclass(frozen=True)
class Case:
    """A request and what must come back."""

    name: str
    status: int
    method: str = "GET"
    params: list[tuple[str, str]] = field(default_factory=list)
    form: list[tuple[str, str]] | None = None
    body: bytes | None = None
    type: str | None = None
    accept: str = "*/*"
    media: str | None = None
    says: str = ""


QUERY = [("query", SELECT)]
CASES = [
    # the ways in which a query comes
    Case("get", 200, params=QUERY, media=JSON),
    Case("post a form", 200, "POST", form=QUERY, media=JSON),
    Case("post a form with a charset", 200, "POST", body=urlencode(QUERY).encode(), type=f"{FORM}; charset=UTF-8", media=JSON),
    Case("post directly", 200, "POST", body=SELECT.encode(), type=DIRECT, media=JSON),
    Case("post directly, type in capitals", 200, "POST", body=SELECT.encode(), type=DIRECT.upper(), media=JSON),
    Case("post directly in UTF-8", 200, "POST", body='ASK { FILTER("Nghị quyết" = "Nghị quyết") }'.encode(), type=f'{DIRECT};charset="utf-8"', media=JSON),
    Case("post directly with a byte order mark", 200, "POST", body=b"\xef\xbb\xbf" + ASK.encode(), type=DIRECT, media=JSON),
    Case("unknown parameters are let be", 200, params=[*QUERY, ("timeout", "1")], media=JSON),
    # the ways in which it does not
    Case("two queries", 400, params=[*QUERY, *QUERY], says="more than once"),
    Case("two queries in a form", 400, "POST", form=[*QUERY, *QUERY], says="more than once"),
    Case("one in the address, one in the body", 400, "POST", params=QUERY, body=ASK.encode(), type=DIRECT, says="more than once"),
    Case("a query and an update", 400, "POST", form=[*QUERY, ("update", "CLEAR ALL")], says="not both"),
    Case("no query", 400, "POST", form=[("querry", SELECT)], says="query is missing"),
    Case("an empty query", 400, params=[("query", "")], says="malformed query: at line 1"),
    Case("a type that is none", 415, "POST", body=SELECT.encode(), type="text/plain", says=DIRECT),
    Case("no type", 415, "POST", body=SELECT.encode(), says=DIRECT),
    Case("another charset", 415, "POST", body=SELECT.encode("utf-16"), type=f"{DIRECT}; charset=utf-16", says="UTF-8"),
    Case("not UTF-8", 400, "POST", body=b"ASK { FILTER('\xff' = 'a') }", type=DIRECT, says="UTF-8"),
    Case("not UTF-8 in the address", 400, params=[("query", "ASK{}"), ("x", "\udcff")], says="UTF-8"),
    Case("too long", 413, "POST", body=b"ASK {} #" + b"x" * (1 << 20), type=DIRECT, says="at most"),
    Case("too long an address", 414, params=[("query", "ASK {} #" + "x" * (1 << 15))], says="POST"),
    Case("malformed", 400, params=[("query", "SELECT *\nWHERE { ?s ?? ?o }")], says="malformed query: at line 2, column"),
    Case("another method", 405, "PUT", params=QUERY, says="GET, HEAD, POST, OPTIONS"),
    Case("another method still", 405, "DELETE", says="GET, HEAD, POST, OPTIONS"),
    # nothing writes, nothing reaches outside
    Case("an update in a form", 403, "POST", form=[("update", "CLEAR ALL")], says="chidao build"),
    Case("an update in the address", 403, params=[("update", "CLEAR ALL")], says="chidao build"),
    Case("an update posted directly", 403, "POST", body=b"CLEAR ALL", type=UPDATE, says="chidao build"),
    Case("an update as a query", 403, params=[("query", "INSERT DATA { <a:a> <a:b> <a:c> }")], says="chidao build"),
    Case("a load as a query", 403, params=[("query", "LOAD <http://127.0.0.1:9/>")], says="chidao build"),
    Case("a service", 403, params=[("query", "ASK { SERVICE <http://127.0.0.1:9/> {} }")], says="SERVICE is refused"),
    Case("a graph elsewhere", 403, params=[("query", "ASK FROM <http://127.0.0.1:9/> {}")], says="nothing is fetched"),
    Case("a graph in a file", 403, params=[("query", "ASK FROM NAMED <file:///etc/passwd> {}")], says="nothing is fetched"),
    Case("a graph elsewhere beside it", 403, params=[("query", ASK), ("default-graph-uri", "http://127.0.0.1:9/")], says="nothing is fetched"),
    Case("a named graph elsewhere beside it", 403, "POST", params=[("named-graph-uri", "http://e/")], body=ASK.encode(), type=DIRECT, says="nothing is fetched"),
    # which form comes back
    Case("results in JSON", 200, params=QUERY, accept=JSON, media=JSON),
    Case("results in XML", 200, params=QUERY, accept=XML, media=XML),
    Case("results in CSV", 200, params=QUERY, accept=CSV, media=CSV),
    Case("results in TSV", 200, params=QUERY, accept=TSV, media=TSV),
    Case("the weightier", 200, params=QUERY, accept=f"{JSON};q=0.2, {XML};q=0.8", media=XML),
    Case("any of a kind", 200, params=QUERY, accept="text/*;q=0.1, image/png", media=CSV),
    Case("zero is no", 200, params=QUERY, accept=f"{JSON};q=0, {XML};q=0, */*;q=0.1", media=CSV),
    Case("JSON by its general name", 200, params=QUERY, accept="application/json", media="application/json"),
    Case("XML by its general name", 200, params=QUERY, accept="text/xml", media="text/xml"),
    Case("no form that there is", 406, params=QUERY, accept="image/png", says=JSON),
    Case("results as a graph", 406, params=QUERY, accept=TTL, says="SELECT and ASK give results"),
    Case("a graph for a client that knows results alone", 200, params=[("query", CONSTRUCT)], accept=JSON, media=TTL),
    Case("format results of a graph", 406, params=[("query", CONSTRUCT), ("format", JSON)], says="CONSTRUCT and DESCRIBE"),
    Case("a graph as results", 406, params=[("query", CONSTRUCT)], accept=CSV, says="CONSTRUCT and DESCRIBE give a graph"),
    Case("yes or no in JSON", 200, params=[("query", ASK)], media=JSON),
    Case("yes or no in XML", 200, params=[("query", ASK)], accept=XML, media=XML),
    Case("a graph", 200, params=[("query", CONSTRUCT)], media=TTL),
    Case("a graph in RDF/XML", 200, params=[("query", CONSTRUCT)], accept=RDF, media=RDF),
    Case("a graph in N-Triples", 200, params=[("query", DESCRIBE)], accept=NT, media=NT),
    Case("a graph in JSON-LD", 200, "POST", form=[("query", DESCRIBE)], accept=LD, media=LD),
    Case("either, as it comes", 200, params=[("query", DESCRIBE)], accept=f"{JSON}, {RDF};q=0.5", media=RDF),
    Case("format goes before Accept", 200, params=[*QUERY, ("format", "csv")], accept=XML, media=CSV),
    Case("format xml of results", 200, params=[*QUERY, ("format", "xml")], media=XML),
    Case("format xml of a graph", 200, params=[("query", CONSTRUCT), ("format", "xml")], media=RDF),
    Case("format nt", 200, params=[("query", CONSTRUCT), ("format", "nt")], media=NT),
    Case("format jsonld in a form", 200, "POST", form=[("query", CONSTRUCT), ("format", "jsonld")], media=LD),
    Case("format as a media type", 200, params=[*QUERY, ("format", TSV)], media=TSV),
    Case("format ttl of results", 406, params=[*QUERY, ("format", "ttl")], says="SELECT and ASK"),
    Case("format csv of a graph", 406, params=[("query", CONSTRUCT), ("format", "csv")], says="CONSTRUCT and DESCRIBE"),
    Case("no such format", 400, params=[*QUERY, ("format", "pdf")], says="format is one of"),
    # limits
    Case("too long a result", 422, params=[("query", EVERYTHING)], says="larger than 200000 bytes; ask for less of it with LIMIT"),
    # without a query
    Case("the description", 200, media=TTL),
    Case("the description in JSON-LD", 200, accept=LD, media=LD),
    Case("the description in RDF/XML", 200, accept=RDF, media=RDF),
    Case("the description in N-Triples", 200, accept=NT, media=NT),
    Case("the description in no form", 406, accept="image/png", says=TTL),
    Case("the page", 200, accept=BROWSER, media="text/html"),
    Case("the page with a query to change", 200, params=[*QUERY, ("edit", "1")], media="text/html"),
    Case("the page with an answer", 200, params=QUERY, accept=BROWSER, media="text/html"),
    Case("no such example", 404, params=[("example", "<b>")], accept=BROWSER, says="no question"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[c.name for c in CASES])
def test_a_request(case: Case, url: str, client: httpx.Client) -> None:
    address = url + ("?" + urlencode(case.params, errors="surrogateescape") if case.params else "")
    body = urlencode(case.form).encode() if case.form is not None else case.body
    kind = FORM if case.form is not None else case.type
    headers = {"Accept": case.accept} | ({"Content-Type": kind} if kind else {})
    answer = client.request(case.method, address, content=body, headers=headers)
    assert answer.status_code == case.status, answer.text
    assert case.says in answer.text
    if case.media:
        assert answer.headers["content-type"].partition(";")[0] == case.media
    if case.status >= 400:
        assert answer.headers["content-type"] == "text/plain; charset=utf-8" and answer.text.count("\n") == 1
    assert "accept" in answer.headers["vary"].lower()
    assert (case.status == 405) == ("allow" in answer.headers)


READ: dict[str, Callable[[str], Sequence[str | None]]] = {
    JSON: lambda text: [b["path"]["value"] for b in json.loads(text)["results"]["bindings"]],
    XML: lambda text: [e.text for e in ElementTree.fromstring(text).findall(".//{*}literal")],
    CSV: lambda text: text.split("\r\n")[1:-1],
    TSV: lambda text: [json.loads(line) for line in text.split("\n")[1:-1]],
}


@pytest.mark.parametrize("media", READ)
def test_the_same_results_in_each_form(media: str, url: str, client: httpx.Client) -> None:
    answer = client.get(url, params={"query": SELECT}, headers={"Accept": media})
    assert [Path(str(p)).name for p in READ[media](answer.text)] == ["03-chuong-trinh-16-ctr-tu.txt"]


@pytest.mark.parametrize(("media", "name"), [(TTL, "turtle"), (LD, "ld"), (NT, "nt"), (RDF, "xml")])
def test_the_same_graph_in_each_form(media: str, name: str, url: str, client: httpx.Client) -> None:
    for query in (CONSTRUCT, DESCRIBE):
        answer = client.get(url, params={"query": query}, headers={"Accept": media})
        if media == LD:  # rdflib's own reader of JSON-LD warns of itself
            read = {str(q.object) for q in pyoxigraph.parse(answer.content, format=pyoxigraph.RdfFormat.JSON_LD)}
            assert "<https://w3id.org/chidao/ns#Source>" in read
            continue
        graph = rdflib.Graph().parse(data=answer.content, format=name)
        assert (None, rdflib.RDF.type, rdflib.URIRef("https://w3id.org/chidao/ns#Source")) in graph


def test_graphs_are_chosen_beside_the_query_or_in_it(url: str, client: httpx.Client, graphs: list[str]) -> None:
    all_of_it = "SELECT (COUNT(*) AS ?n) %s WHERE { ?s ?p ?o }"
    named = "SELECT (COUNT(DISTINCT ?g) AS ?n) %s WHERE { GRAPH ?g { ?s ?p ?o } }"

    def n(query: str, clause: str = "", *beside: tuple[str, str]) -> int:
        given = urlencode([("query", query.replace("%s", clause)), ("format", "csv"), *beside])
        got = client.get(f"{url}?{given}").text
        assert got == client.post(url, content=given, headers={"Content-Type": FORM}).text
        return int(got.split()[1])

    one, other = (("default-graph-uri", g) for g in graphs)
    assert n(all_of_it, "", one) > 0 and n(all_of_it, "", other) > 0
    assert n(all_of_it, "", one) == n(all_of_it, f"FROM <{graphs[0]}>") < n(all_of_it)
    assert n(all_of_it, "", one, other) == n(all_of_it) == n(all_of_it, f"FROM <{graphs[0]}> FROM <{graphs[1]}>")
    assert n(all_of_it, f"FROM <{graphs[1]}>", one) == n(all_of_it, "", one)  # what stands beside goes before
    assert n(named) == 2 and n(named, "", one) == 0
    assert n(named, "", ("named-graph-uri", graphs[0])) == n(named, f"FROM NAMED <{graphs[0]}>") == 1
    assert n(all_of_it, "", ("named-graph-uri", graphs[0])) == 0


@pytest.mark.slow
def test_a_large_answer_is_whole_also_when_it_is_compressed(graph: Path, serving: Serving) -> None:
    query = "SELECT ?a ?b ?c ?d WHERE { ?a ?b ?c . ?d ?e ?f } LIMIT 60000"
    with serving(graph) as address:
        sizes = []
        for encoding in ("identity", "gzip"):
            answer = httpx.get(
                f"{address}/sparql", params={"query": query}, headers={"Accept-Encoding": encoding}, timeout=None
            )
            assert answer.status_code == 200 and ("content-encoding" in answer.headers) == (encoding == "gzip")
            assert len(answer.json()["results"]["bindings"]) == 60000
            sizes.append(len(answer.content))
        assert sizes[0] == sizes[1] > 4 << 20


def test_head_and_options(url: str, client: httpx.Client) -> None:
    head, get = (client.request(m, url, params={"query": SELECT}) for m in ("HEAD", "GET"))
    assert head.status_code == 200 and head.content == b"" and head.headers["content-type"] == JSON
    assert head.headers["content-length"] == get.headers["content-length"]
    options = client.options(url)
    assert options.status_code == 204 and options.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    assert client.put(url).headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_pages_of_another_origin_may_ask_when_that_is_set(url: str, client: httpx.Client) -> None:
    origin = {"Origin": "http://pages.example"}
    preflight = client.options(
        url,
        headers=origin | {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"},
    )
    assert preflight.status_code == 200 and preflight.headers["access-control-allow-origin"] == origin["Origin"]
    assert (
        client.get(url, params={"query": ASK}, headers=origin).headers["access-control-allow-origin"]
        == origin["Origin"]
    )
    assert (
        "access-control-allow-origin"
        not in client.get(url, params={"query": ASK}, headers={"Origin": "http://other.example"}).headers
    )


def test_the_service_describes_itself(url: str, client: httpx.Client, graphs: list[str]) -> None:
    read = rdflib.Graph().parse(data=client.get(url).content, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    service = rdflib.URIRef(url)
    assert (service, rdflib.RDF.type, sd.Service) in read and read.value(service, sd.endpoint) == service
    assert read.value(service, sd.supportedLanguage) == sd.SPARQL11Query
    assert set(read.objects(service, sd.feature)) == {sd.UnionDefaultGraph}
    assert len(set(read.objects(service, sd.resultFormat))) == 8
    dataset = read.value(service, sd.defaultDataset)
    names = {str(read.value(g, sd.name)) for g in read.objects(dataset, sd.namedGraph)}
    assert names == set(graphs) and "2 named graphs" in str(read.value(dataset, rdflib.RDFS.comment))
    again = client.get(url, headers={"Accept": LD})
    assert len(list(pyoxigraph.parse(again.content, format=pyoxigraph.RdfFormat.JSON_LD))) == len(read)


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_rdflib_is_a_client(method: str, form: str, url: str) -> None:
    store = SPARQLStore(url, method=method, returnFormat=form)
    remote = rdflib.Graph(store=store)
    rows = list(remote.query(SELECT.replace("chidao:Source", "<https://w3id.org/chidao/ns#Source>")))
    assert len(rows) == 1 and str(rows[0][0]).endswith("03-chuong-trinh-16-ctr-tu.txt")  # type: ignore[index]
    if form in ("json", "xml"):
        assert bool(remote.query(ASK)) is True
        assert (
            len(list(remote.triples((None, rdflib.RDF.type, rdflib.URIRef("https://w3id.org/chidao/ns#Source"))))) == 1
        )


@pytest.mark.parametrize("form", ["json", "xml"])
def test_rdflib_reads_a_graph(form: str, url: str) -> None:
    """With "json" it asks for nothing that a graph could be."""
    found = rdflib.Graph(store=SPARQLStore(url, returnFormat=form)).query(CONSTRUCT)
    assert len(list(found)) == 1


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("SELECT * WHERE { SERVICE <URL> { ?s ?p ?o } }", ""),
        ("SELECT * WHERE { SERVICE SILENT <URL> { ?s ?p ?o } }", ""),
        ("SELECT * WHERE { BIND(<URL> AS ?u) service ?u { ?s ?p ?o } }", ""),
        ("ASK { ?s <http://e/\\u0041#> ?o SERVICE <URL> { ?s ?p ?o } }", ""),
        ("SELECT * WHERE { FILTER(?a<?b#c>'''\n) SERVICE <URL> { ?s ?p ?o } #'''\n }", ""),
        ("SELECT * FROM <URL> WHERE { ?s ?p ?o }", ""),
        ("SELECT * FROM NAMED <URL> WHERE { GRAPH <URL> { ?s ?p ?o } }", ""),
        ("LOAD <URL>", ""),
        ("ASK { ?s ?p ?o }", "default-graph-uri"),
        ("ASK { GRAPH ?g { ?s ?p ?o } }", "named-graph-uri"),
    ],
)
def test_no_request_goes_out(
    text: str, beside: str, url: str, client: httpx.Client, visits: tuple[str, list[bytes]]
) -> None:
    elsewhere, seen = visits
    given = {"query": text.replace("URL", elsewhere)} | ({beside: elsewhere} if beside else {})
    for answer in (client.get(url, params=given), client.post(url, data=given)):
        assert answer.status_code in (400, 403) and answer.text.count("\n") == 1
    assert seen == []


def test_a_query_that_takes_too_long_is_ended_and_the_next_is_answered(
    hasty: str, client: httpx.Client, wait_until: Wait
) -> None:
    for _ in range(3):  # more than there are workers
        answer = client.get(hasty, params={"query": ENDLESS})
        assert answer.status_code == 504 and "longer than 0.5 seconds" in answer.text
    wait_until(lambda: client.get(hasty, params={"query": ASK}).status_code == 200)
    assert page(client, hasty, query=ENDLESS).status_code == 504


def test_a_query_that_takes_long_does_not_hold_up_the_next(url: str, client: httpx.Client) -> None:
    gone = http.client.HTTPConnection(urlsplit(url).netloc)
    gone.request("GET", "/sparql?" + urlencode({"query": ENDLESS}))
    for _ in range(3):
        assert client.get(url, params={"query": ASK}).json()["boolean"] is True
    gone.close()


def test_a_client_that_goes_away_frees_its_worker(graph: Path, serving: Serving) -> None:
    """Were it not so, the last query would find no worker within the limit."""
    with serving(graph, time_limit=120) as address:
        for _ in range(3):  # more than there are workers
            gone = http.client.HTTPConnection(urlsplit(address).netloc)
            gone.request("GET", "/sparql?" + urlencode({"query": ENDLESS}))
            time.sleep(0.4)
            gone.close()
        assert httpx.get(f"{address}/sparql", params={"query": ASK}, timeout=None).status_code == 200


def test_sixteen_clients_at_once(url: str) -> None:
    async def ask(client: httpx.AsyncClient, number: int) -> None:
        for i in range(5):
            answer = await client.get(
                url,
                params={
                    "query": f"SELECT (<http://e/{number}/{i}> AS ?x) {{ {'?s a chidao:Source' if i % 2 else ''} }}",
                    "format": "csv",
                },
            )
            assert answer.text == f"x\r\nhttp://e/{number}/{i}\r\n"

    async def all_of_them() -> None:
        async with httpx.AsyncClient(timeout=None) as client:
            await asyncio.gather(*(ask(client, n) for n in range(16)))

    asyncio.run(all_of_them())


@pytest.mark.slow
def test_a_new_build_is_asked_without_a_restart(
    samples: Path, tmp_path: Path, serving: Serving, wait_until: Wait
) -> None:
    first, second = sorted(samples.glob("0*.txt"))[:2]
    build([first], tmp_path / "graph", jobs=1)
    count = {"query": "SELECT (COUNT(*) AS ?n) WHERE { ?s a chidao:Source }", "format": "csv"}
    with serving(tmp_path / "graph") as address, httpx.Client(timeout=None, base_url=address, params=count) as client:
        assert client.get("/sparql").text.split() == ["n", "1"]
        build([first, second], tmp_path / "graph", jobs=1)
        wait_until(lambda: client.get("/sparql").text.split() == ["n", "2"])


# The page for people


def page(client: httpx.Client, url: str, **params: str) -> httpx.Response:
    return client.get(url, params=params, headers={"Accept": BROWSER})


def test_the_page_offers_a_form_and_the_named_questions(url: str, client: httpx.Client) -> None:
    text = page(client, url).text
    assert re.search(r'<div id="yasgui" data-endpoint="/sparql"', text) and '<textarea name="query"' in text
    for name, question in questions().items():
        assert f"example={name}" in text
        chosen = page(client, url, example=name).text
        assert question.text.split("\n")[0] in chosen
    assert "<script>" not in text and " style=" not in text


def test_the_page_shows_results_with_links_and_files(url: str, client: httpx.Client) -> None:
    text = page(client, url, query="SELECT ?d ?l WHERE { ?s chidao:ownDocument ?d . ?d rdfs:label ?l }").text
    assert re.search(r'<td><a href="/document/[^"]+">', text)
    for form in ("json", "xml", "csv", "tsv"):
        link = re.search(rf'href="(/sparql\?[^"]*format={form})"', text)
        assert link and client.get(url.replace("/sparql", link[1].replace("&amp;", "&"))).status_code == 200
    triples = page(client, url, query=CONSTRUCT).text
    assert "chidao:Source" in triples and "format=ttl" in triples and "format=csv" not in triples


def test_the_page_says_what_it_leaves_out_and_what_is_wrong(url: str, client: httpx.Client) -> None:
    many = page(client, url, query="SELECT ?a WHERE { ?a ?b ?c . ?d ?e ?f } LIMIT 1500")
    assert many.status_code == 200 and many.text.count("<tr>") == 1001
    assert re.search(r"1[.,]000", many.text)
    wrong = page(client, url, query="SELECT <script>alert(1)</script>")
    assert wrong.status_code == 400 and "malformed query" in wrong.text and "<script>alert" not in wrong.text
    assert page(client, url, query="ASK { SERVICE <http://127.0.0.1:9/> {} }").status_code == 403


def test_values_are_escaped_on_the_page(url: str, client: httpx.Client) -> None:
    evil = "SELECT ('<img src=x onerror=alert(1)>' AS ?v) (<javascript:alert(1)> AS ?u) ('x'@en AS ?l) {}"
    text = page(client, url, query=evil).text
    assert "<img" not in text and "&lt;img" in text and 'href="javascript' not in text
