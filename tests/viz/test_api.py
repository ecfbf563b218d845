"""The JSON API: what each endpoint answers, that it is described as it is, and that nothing odd breaks it."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from urllib.parse import quote

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openapi_spec_validator import validate
from openpyxl import load_workbook
from referencing import Registry, Resource
from starlette.routing import Route
from starlette.testclient import TestClient

from chidao.graph.answers.ask import questions
from chidao.viz.web import api
from chidao.viz.web.pages import graph_page

DIRECTIVE = "15-NQ/TW"
SPEC = api.description()
GETS = [path for path, item in SPEC["paths"].items() if "get" in item]


def conforms(answer: Any, schema: dict[str, Any]) -> None:
    resource = Resource.from_contents(SPEC, default_specification=jsonschema_specification())
    registry = Registry().with_resource("urn:chidao", resource)
    absolute = json.loads(json.dumps(schema).replace('"#/', '"urn:chidao#/'))
    jsonschema.Draft202012Validator(absolute, registry=registry).validate(answer)


def jsonschema_specification() -> Any:
    from referencing.jsonschema import DRAFT202012

    return DRAFT202012


def test_the_description_is_valid_openapi() -> None:
    validate(SPEC)


def test_every_route_is_described_and_every_description_is_routed() -> None:
    routed = {
        (route.path, method.lower())
        for route in (*api.routes, *graph_page.routes)
        if isinstance(route, Route) and route.path.startswith("/api/") and route.path != "/api/openapi.json"
        for method in route.methods or ()
        if method != "HEAD"
    }
    named = {(f"/api/questions/{name}", "get") for name in questions()}
    assert routed - {("/api/questions/{name}", "get")} | named == {
        (path, method) for path, item in SPEC["paths"].items() for method in item
    }


def test_the_description_is_served(site: TestClient) -> None:
    answer = site.get("/api/openapi.json")
    assert answer.json() == SPEC
    assert "OpenAPI" in site.get("/api").text


def test_the_whole_graph_answers_as_described(site: TestClient) -> None:
    conforms(site.get("/api/graph").json(), SPEC["components"]["schemas"]["GraphWhole"])
    conforms(site.get("/api/graph?ref=15-NQ/TW&bodies=1").json(), SPEC["components"]["schemas"]["GraphPart"])


@pytest.mark.parametrize("path", [p for p in GETS if "x-try" in SPEC["paths"][p]["get"]])
def test_the_examples_answer_as_described(site: TestClient, path: str) -> None:
    operation = SPEC["paths"][path]["get"]
    answer = site.get(operation["x-try"])
    assert answer.status_code == 200, answer.text
    conforms(answer.json(), operation["responses"]["200"]["content"]["application/json"]["schema"])


@pytest.mark.parametrize(
    "reference", ["15-NQ/TW", "nghi quyet 15-nq/tw", "Quy định 08-QĐ/TU", "16-CTr/TU", "Luật 25/2012/QH13"]
)
def test_documents_answer_as_described(site: TestClient, reference: str) -> None:
    answer = site.get("/api/document", params={"ref": reference})
    assert answer.status_code == 200, answer.text
    found = answer.json()
    conforms(found, SPEC["components"]["schemas"]["Document"])
    by_iri = site.get("/api/document", params={"iri": found["iri"]})
    assert by_iri.json() == found
    assert site.get(found["url"]).status_code == 200


def test_implementers_come_with_days_and_sentences(site: TestClient) -> None:
    found = site.get("/api/implementers", params={"ref": DIRECTIVE}).json()
    first = {item["label"]: item for item in found["implementers"]}["Chương trình hành động 16-CTr/TU"]
    assert first["days"] == 113
    assert "15-NQ/TW" in first["evidence"][0]["sentence"]
    tree = site.get("/api/implementers", params={"ref": DIRECTIVE, "tree": "1"}).json()
    assert any(item["below"] for item in tree["implementers"])


def test_a_number_of_two_provinces_is_a_conflict_with_its_candidates(site: TestClient) -> None:
    labels = [hit["label"] for hit in site.get("/api/search", params={"q": "15-NQ/TU"}).json()["hits"]]
    assert labels.count("Nghị quyết 15-NQ/TU") == 2, "the samples hold two resolutions with this number"
    answer = site.get("/api/document", params={"ref": "15-NQ/TU"})
    assert answer.status_code == 409
    conforms(answer.json(), SPEC["components"]["schemas"]["Several"])
    chosen = answer.json()["candidates"][0]
    assert site.get("/api/document", params={"iri": chosen["iri"]}).status_code == 200


def test_evidence_and_export_answer_as_described(site: TestClient) -> None:
    found = site.get("/api/implementers", params={"ref": DIRECTIVE}).json()
    asked = {"subject": found["implementers"][0]["iri"], "predicate": "implements", "object": found["directive"]["iri"]}
    answer = site.get("/api/graph/evidence", params=asked)
    conforms(answer.json(), SPEC["components"]["schemas"]["GraphEvidence"])
    assert site.get("/api/graph/export", params={"ref": DIRECTIVE, "format": "graphml"}).text.startswith("<?xml")


def test_findings_answer_as_described(site: TestClient) -> None:
    answer = site.post("/api/check", json={"text": "Nghị quyết số 15-NQ/TW ngày 31/2/2022"})
    conforms(answer.json(), SPEC["components"]["schemas"]["Checked"])


WRONG = [
    ("/api/document", 400, "ref is missing"),
    ("/api/document?ref=99-KL/TW", 404, "99-KL/TW"),
    ("/api/document?iri=urn:x", 404, "urn:x"),
    ("/api/document?ref=15-NQ/TW&year=MMXX", 400, "year is a whole number"),
    ("/api/document?ref=15-NQ/TW&year=1", 400, "from 1900"),
    ("/api/document?ref=15-NQ/TW&ref=16", 400, "ref is given 2 times"),
    ("/api/search?query=x", 400, "no parameter is called 'query'"),
    ("/api/search?level=village", 400, "level is one of"),
    ("/api/search?limit=0", 400, "limit"),
    ("/api/search?q=&kind=", 400, "kind is empty"),
    ("/api/tasks?due_before=", 400, "due_before is empty"),
    ("/api/document?ref=15-NQ/TW&scope=Lào+Cai", 404, "fits scope Lào Cai"),
    ("/api/graph?ref=15-NQ/TW&year=2021", 404, "fits year 2021"),
    ("/api/graph?year=1", 400, "from 1900"),
    ("/api/graph?bodies=2", 400, "bodies is one of"),
    ("/api/graph/evidence?subject=x&predicate=y&object=z", 404, "no such statement"),
    ("/api/search?limit=1000", 400, "limit"),
    ("/api/document?ref=15-NQ/TW&iri=urn:x", 400, "either ref or iri"),
    ("/api/body?name=a&iri=urn:x", 400, "either name or iri"),
    ("/api/openapi.json?x=1", 400, "no parameter"),
    ("/api/body", 400, "name is missing"),
    ("/api/body?name=Sở+Mây", 404, "Sở Mây"),
    ("/api/coverage", 400, "ref is missing"),
    ("/api/coverage?ref=15-NQ/TW&level=district", 404, "needs a province"),
    ("/api/coverage?ref=15-NQ/TW&within=Atlantis", 404, "Atlantis"),
    ("/api/coverage?ref=15-NQ/TW&format=pdf", 400, "format is one of"),
    ("/api/tasks?due_before=tomorrow", 400, "YYYY-MM-DD"),
    ("/api/tasks?due_before=2025-02-30", 400, "YYYY-MM-DD"),
    ("/api/tasks?body=Sở+Mây", 404, "Sở Mây"),
    ("/api/questions/none", 404, "none"),
    ("/api/questions/implementers", 400, "directive"),
    ("/api/questions/implementers?document=x", 400, "no parameter is called 'document'"),
    ("/api/nothing", 404, ""),
]


@pytest.mark.parametrize(("path", "status", "said"), WRONG)
def test_what_is_wrong_is_said_in_one_line(site: TestClient, path: str, status: int, said: str) -> None:
    answer = site.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/json"
    assert said in answer.json()["error"]


@pytest.mark.parametrize("path", ["/api/search", "/api/document", "/api/stats"])
def test_other_methods_are_refused(site: TestClient, path: str) -> None:
    answer = site.post(path)
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
    assert site.get("/api/check").status_code == 405


def test_an_answer_is_as_good_as_the_generation(site: TestClient) -> None:
    first = site.get("/api/stats")
    again = site.get("/api/stats", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert site.get("/api/stats", headers={"If-None-Match": '"other"'}).status_code == 200
    for header in ("*", f'"other", W/{first.headers["etag"]}'):
        assert site.get("/api/search?q=x", headers={"If-None-Match": header}).status_code == 304
    assert site.get("/api/document?ref=99-KL/TW", headers={"If-None-Match": first.headers["etag"]}).status_code == 404


def test_coverage_as_tables(site: TestClient) -> None:
    asked = {"ref": DIRECTIVE}
    text = site.get("/api/coverage", params=asked | {"format": "csv"})
    rows = list(csv.DictReader(io.StringIO(text.content.decode("utf-8-sig"))))
    assert {row["state"] for row in rows} == {"implemented", "unknown"}
    assert {row["progress"] for row in rows} == {"implemented", "not-asked"}, "a resolution on the capital"
    assert {(row["body"], row["files"]) for row in rows if row["files"] not in ("0", "")} >= {("tỉnh Bắc Ninh", "3")}
    assert any(row["document"] == "Chương trình hành động 16-CTr/TU" and row["days"] == "113" for row in rows)
    book = site.get("/api/coverage", params=asked | {"format": "xlsx"})
    assert book.headers["content-disposition"] == 'attachment; filename="coverage.xlsx"'
    assert load_workbook(io.BytesIO(book.content)).sheetnames == ["Bảng tổng hợp", "Câu trích dẫn"]


def test_tasks_as_a_table_and_a_calendar(site: TestClient) -> None:
    total = len(site.get("/api/tasks").json()["tasks"])
    rows = list(csv.DictReader(io.StringIO(site.get("/api/tasks?format=csv").content.decode("utf-8-sig"))))
    assert len(rows) == total > 10
    assert site.get("/api/tasks?format=ical").text.startswith("BEGIN:VCALENDAR")
    book = load_workbook(io.BytesIO(site.get("/api/tasks?format=xlsx").content))
    assert book["Nhiệm vụ"].max_row > total


odd = st.text(max_size=40) | st.sampled_from(
    ["'", '"><script>', "../..", "\x00", "{}", "?x", "http://[", "urn:x", "1" * 30, "\ud7ff"]
)


@settings(max_examples=60)
@given(data=st.data())
def test_odd_parameters_never_break_an_endpoint(site: TestClient, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(GETS))
    operation = SPEC["paths"][path]["get"]
    names = [p.get("name") or p["$ref"].rpartition("/")[2] for p in operation.get("parameters", ())]
    given = {name: data.draw(odd) for name in names if name not in ("name", "parameters") and data.draw(st.booleans())}
    answer = site.get(path.replace("{name}", quote(data.draw(odd), safe="")), params=given)
    assert answer.status_code in (200, 304, 307, 400, 404, 409), answer.text
    if answer.status_code >= 400 and answer.headers["content-type"] == "application/json":
        assert "\n" not in answer.json()["error"] or "candidates" in answer.json() or answer.status_code in (400, 404)
