"""The server for language models, asked by the protocol's own client over the really started command."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from mcp import ClientSession, StdioServerParameters, stdio_client
from mcp.server.mcpserver.exceptions import ToolError
from mcp.shared.exceptions import MCPError

from chidao.extract.errors import ChidaoError
from chidao.viz.model_context import LETTERS, fit, make_server

pytestmark = pytest.mark.slow

DIRECTIVE = "15-NQ/TW"


@pytest.fixture(scope="module")
def told(sample_graph: Path) -> dict[str, Any]:
    """Everything that one session is told."""

    async def session() -> dict[str, Any]:
        command = StdioServerParameters(
            command=sys.executable,
            args=["-m", "chidao.cli", "mcp", "--graph", str(sample_graph), "--time-limit", "2"],
            env=dict(os.environ),
        )
        async with stdio_client(command) as (reader, writer), ClientSession(reader, writer) as client:
            start = await client.initialize()
            found: dict[str, Any] = {"start": start, "tools": (await client.list_tools()).tools}
            for key, (name, arguments) in CALLS.items():
                found[key] = await client.call_tool(name, arguments)
            found["vocabulary"] = await client.read_resource("chidao://vocabulary")
            iri = found["document"].structured_content["iri"]
            found["turtle"] = await client.read_resource("chidao://document/" + quote(iri, safe=""))
            return found

    return asyncio.run(asyncio.wait_for(session(), 60))


CALLS: dict[str, tuple[str, dict[str, Any]]] = {
    "search": ("search", {"query": "nghi quyet 15"}),
    "document": ("document", {"reference": DIRECTIVE}),
    "unknown": ("document", {"reference": "99-KL/TW"}),
    "ambiguous": ("document", {"reference": "15-NQ/TU"}),
    "body": ("body", {"name": "Thành ủy Hà Nội"}),
    "provision": ("provision", {"reference": DIRECTIVE}),
    "implementers": ("who_implements", {"reference": DIRECTIVE}),
    "chain": ("who_implements", {"reference": DIRECTIVE, "chain": True}),
    "coverage": ("which_bodies", {"references": [DIRECTIVE]}),
    "no province": ("which_bodies", {"references": [DIRECTIVE], "level": "district"}),
    "tasks": ("who_must", {"due_before": "2030-01-01"}),
    "no day": ("who_must", {"due_before": "soon"}),
    "questions": ("named_question", {}),
    "question": ("named_question", {"name": "who-acted", "parameters": {"directive": DIRECTIVE}}),
    "no question": ("named_question", {"name": "why"}),
    "sparql": ("sparql", {"query": "SELECT ?label WHERE { ?d a chidao:Document ; rdfs:label ?label } ORDER BY ?label"}),
    "many rows": ("sparql", {"query": "SELECT * WHERE { ?s ?p ?o }"}),
    "service": ("sparql", {"query": "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}),
    "update": ("sparql", {"query": "INSERT DATA { <urn:a> <urn:b> <urn:c> }"}),
    "endless": ("sparql", {"query": "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"}),
    "after that": ("sparql", {"query": "ASK { ?s ?p ?o }"}),
}


def content(told: dict[str, Any], key: str) -> Any:
    assert not told[key].is_error, told[key].content
    return told[key].structured_content


def test_it_says_how_to_ask_and_what_nothing_means(told: dict[str, Any]) -> None:
    assert told["start"].server_info.name == "chidao"
    assert "never means" in told["start"].instructions
    assert {tool.name for tool in told["tools"]} == {name for name, _ in CALLS.values()}
    assert all(len(tool.description or "") > 60 for tool in told["tools"])


def test_documents_come_with_their_sentences(told: dict[str, Any]) -> None:
    found = content(told, "document")
    assert (found["label"], found["date"]) == ("Nghị quyết 15-NQ/TW", "2022-05-05")
    assert found["status"]["state"] == "unknown" or found["status"]["changes"]
    assert all(row["sentence"] for row in found["relations"])
    assert content(told, "search")["total"] >= 3


def test_implementers_and_chain(told: dict[str, Any]) -> None:
    items = {item["label"]: item for item in content(told, "implementers")["implementers"]}
    assert items["Chương trình hành động 16-CTr/TU"]["days"] == 113
    assert items["Chương trình hành động 16-CTr/TU"]["evidence"][0]["sentence"]
    chain = content(told, "chain")["implementers"]
    assert any(item.get("below") for item in chain)


def test_coverage_says_of_whom_nothing_is_known(told: dict[str, Any]) -> None:
    (found,) = content(told, "coverage")["coverage"]
    assert [entry["body"] for entry in found["implemented"]] == ["thành phố Hà Nội"]
    assert found["nothing_known"] == [], "a resolution on the capital is not for the other provinces"
    assert found["bodies"] == 1


def test_bodies_tasks_and_questions(told: dict[str, Any]) -> None:
    assert content(told, "body")["documents"]
    assert content(told, "tasks")["total"] > 5
    assert any(question["name"] == "most-cited" for question in content(told, "questions")["questions"])
    assert content(told, "question")["rows"]


ERRORS = [
    ("unknown", "99-KL/TW"), ("ambiguous", "2 documents are called"), ("no province", "needs a province"), ("no day", "YYYY-MM-DD"),
    ("no question", "why"), ("service", "SERVICE is refused"), ("update", "chidao build"), ("endless", "2"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "said"), ERRORS)
def test_errors_are_told_in_a_line(told: dict[str, Any], key: str, said: str) -> None:
    assert told[key].is_error
    assert said in told[key].content[0].text
    assert "Traceback" not in told[key].content[0].text


def test_queries_are_bounded(told: dict[str, Any]) -> None:
    assert content(told, "sparql")["rows"][0]["label"]
    many = content(told, "many rows")
    assert len(many["rows"]) + many["left_out"]["rows"] == 200
    assert many["more"] is True
    assert content(told, "after that")["rows"] == [{"answer": "true"}], "a new worker answers"


def test_resources_are_turtle(told: dict[str, Any]) -> None:
    from rdflib import Graph

    assert "chidao:implements" in told["vocabulary"].contents[0].text
    assert len(Graph().parse(data=told["turtle"].contents[0].text, format="turtle")) > 20


def test_without_the_package_one_line_says_what_to_install(sample_graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    with pytest.raises(ChidaoError, match=r"pip install 'chidao\[mcp\]'"):
        make_server(sample_graph)


def test_the_first_question_after_a_build_sees_it(samples: Path, tmp_path: Path) -> None:
    from chidao.graph.write.build import build

    files = tmp_path / "files"
    files.mkdir()
    (files / "1.txt").write_bytes((samples / "01-nghi-quyet-15-nq-tw.txt").read_bytes())
    build([files], tmp_path / "graph", jobs=1)

    async def session() -> list[int]:
        command = StdioServerParameters(
            command=sys.executable, args=["-m", "chidao.cli", "mcp", "--graph", str(tmp_path / "graph")]
        )
        async with stdio_client(command) as (reader, writer), ClientSession(reader, writer) as client:
            await client.initialize()
            totals = []
            for name in ("03-chuong-trinh-16-ctr-tu.txt", "02-nghi-quyet-12-nq-cp.txt", ""):
                found = await client.call_tool("who_implements", {"reference": DIRECTIVE})
                assert found.structured_content is not None
                totals.append(found.structured_content["total"])
                if name:
                    (files / name).write_bytes((samples / name).read_bytes())
                    build([files], tmp_path / "graph", jobs=1)
            return totals

    assert asyncio.run(asyncio.wait_for(session(), 60)) == [0, 1, 2]


def test_answers_are_bounded_and_say_what_is_missing() -> None:
    long = {"label": "x", "mentions": ["m" * 100] * 2000, "relations": ["r"] * 10, "none": None}
    found = fit(long)
    assert len(str(found)) < 2 * LETTERS
    assert found["left_out"] == {"mentions": 2000 - len(found["mentions"])}
    assert found["relations"] == ["r"] * 10
    assert fit({"a": [1]}) == {"a": [1]}
    assert fit({"a": ["x" * 2 * LETTERS]})["a"], "one entry stays, however long"


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("document", {"reference": "A" * 1_000_000}),
        ("who_must", {"due_before": "A" * 1_000_000}),
        ("search", {"query": "x", "kind": "A" * 1_000_000}),
        ("named_question", {"name": "who-acted", "parameters": {"A" * 1_000_000: "x"}}),
        ("which_bodies", {"references": ["A" * 1_000_000] * 3}),
        ("sparql", {"query": "SELECT " + "A" * 1_000_000}),
        ("A" * 1_000_000, {}),
    ],
    ids=["document", "day", "choice", "parameter", "directives", "query", "tool"],
)
def test_errors_do_not_repeat_megabytes(tool: str, arguments: dict[str, Any], sample_graph: Path) -> None:
    server = make_server(sample_graph)
    with pytest.raises(ToolError) as caught:
        asyncio.run(server.call_tool(tool, arguments))
    assert len(str(caught.value)) < 5000


def test_nor_do_those_of_resources(sample_graph: Path) -> None:
    with pytest.raises(MCPError) as caught:
        asyncio.run(make_server(sample_graph).read_resource("chidao://document/" + "A" * 1_000_000))
    assert len(str(caught.value)) < 5000
