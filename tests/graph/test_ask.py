"""Every shipped query says the same on every engine, and every named question has an answer that is right."""

from __future__ import annotations

import tomllib
import warnings
from datetime import date
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from rdflib import Dataset

from chidao.extract.errors import ChidaoError
from chidao.extract.formats.source import content_hash
from chidao.extract.iris import BASE
from chidao.extract.resolved import Correction
from chidao.graph import select as rows_module
from chidao.graph.answers.ask import Question, ask, questions
from chidao.graph.corrections import journal
from chidao.graph.dataset import open_graph
from chidao.graph.select import bound, node, select
from chidao.graph.store import all_quads, read_store
from chidao.graph.workspace import workspace_of
from chidao.graph.write.build import build

# rdflib's own engine and parser use what rdflib deprecates.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:Dataset.contexts is deprecated:DeprecationWarning"),
]

QUERIES = Path(rows_module.__file__).parent / "queries"
SHIPPED = sorted(str(path.relative_to(QUERIES).with_suffix("")) for path in QUERIES.rglob("*.rq"))
DOCUMENT = "https://w3id.org/chidao/id/document/"
LAW = tomllib.loads((Path(__file__).parent / "cases" / "law.toml").read_text("utf-8"))
DECREE = f"{DOCUMENT}vn/nghi-dinh/200-2025-nd-cp"
OF_THE_LAW = {
    "changes-of-provisions", "delegations", "provisions-most-cited", "internal/document-amendments", "internal/document-delegations",
    "internal/document-force", "internal/document-fulfilments", "internal/document-provision-mentions", "internal/document-provisions",
    "internal/documents-with-provisions", "internal/first-in-force", "internal/document-chapters", "internal/document-cited-provisions",
    "internal/document-own-paths", "internal/document-paths", "internal/has-text",
}  # fmt: skip
"""Queries that are asked about the decree."""
DIRECTIVE = f"{DOCUMENT}vn/nghi-quyet/15-nq-tw/2022"
PLAN = Path(__file__).parents[2] / "samples" / "03-chuong-trinh-16-ctr-tu.txt"
PROGRAMME = f"{DOCUMENT}ha-noi/chuong-trinh/16-ctr-tu/2022"
BODY = "https://w3id.org/chidao/id/body/ha-noi/cap-uy"
BODY_OF_TABLE = "https://w3id.org/chidao/body/"

CONFLICTS = """Thực hiện Nghị quyết số 77-NQ/TU ngày 01/02/2021 của Thành ủy Hà Nội về đô thị thông minh.
Kế hoạch số 128-KH/TU ngày 28/3/2019 của Thành ủy Hà Nội được thay bằng Kế hoạch số 128-KH/TU ngày 18/01/2023 của Thành ủy Hà Nội.
Việc thực hiện Kế hoạch số 128-KH/TU còn chậm.
Nghị quyết số 77-NQ/TU ngày 03/02/2021 của Ban Chấp hành Trung ương.
"""
CORRECTED = Correction(
    kind="field", document="ha-noi/nghi-quyet/77-nq-tu/2021", label="Nghị quyết 77-NQ/TU", field="title",
    old="về đô thị thông minh", new="Về thành phố thông minh", by="Văn thư", why="xem bản ký",
)  # fmt: skip


@pytest.fixture(scope="module")
def graph(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, a file that disagrees with itself, and a decree with what amends, details and applies it."""
    folder = tmp_path_factory.mktemp("ask")
    (folder / "conflicts.txt").write_text(CONFLICTS, encoding="utf-8")
    for name, text in LAW["documents"].items():
        (folder / f"{name}.txt").write_text(text.lstrip(), encoding="utf-8")
    workspace = workspace_of(folder / "graph")
    journal(workspace).add(CORRECTED)
    build([samples, *sorted(folder.glob("*.txt"))], folder / "graph", home="Hà Nội", jobs=1, workspace=workspace)
    return folder / "graph"


@pytest.fixture(scope="module")
def store(graph: Path) -> pyoxigraph.Store:
    return read_store(graph)


@pytest.fixture(scope="module")
def in_memory(store: pyoxigraph.Store) -> Dataset:
    """The same quads in rdflib's own store, queried by rdflib's own engine."""
    text = pyoxigraph.serialize(all_quads(store), format=pyoxigraph.RdfFormat.N_QUADS)
    dataset = Dataset(default_union=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        dataset.parse(data=text, format="nquads")
    return dataset


def markers(text: str) -> set[str]:
    return set(rows_module._MARKER.findall(text))


def day(iso: str) -> pyoxigraph.Literal:
    return pyoxigraph.Literal(iso, datatype=pyoxigraph.NamedNode("http://www.w3.org/2001/XMLSchema#date"))


def value(name: str, query: str) -> pyoxigraph.NamedNode | pyoxigraph.Literal:
    """What stands for the parameter of a query."""
    if name in ("outer", "group", "day", "path"):
        said = {"outer": "dieu-3", "group": "Các quận, huyện, thị ủy", "day": "quarterly", "path": str(PLAN)}
        return pyoxigraph.Literal(said[name])
    if name in ("on", "until"):
        return day({"on": "2026-02-15", "until": "2026-03-17"}[name] if query == "force-soon" else "2026-06-01")
    things = {
        "directive": DIRECTIVE,
        "body": BODY,
        "subject": PROGRAMME,
        "object": DIRECTIVE,
        "node": PROGRAMME,
        "s": PROGRAMME,
        "thing": PROGRAMME,
        "task": f"{BASE}source/{content_hash(PLAN)}/task/0",
        "provision": f"{DECREE}/dieu-3/khoan-2",
        "file": f"{BASE}source/{content_hash(PLAN)}",
    }
    if query in OF_THE_LAW:
        things["body"] = f"{BODY_OF_TABLE}vn/bo-xay-dung"
    other = f"{DOCUMENT}lao-cai/quyet-dinh/31-2025-qd-ubnd" if query == "basis-changed" else PROGRAMME
    return node((things | {"document": DECREE if query in OF_THE_LAW else other})[name])


def comparable(found: Any) -> list[list[tuple[str, str]]]:
    return sorted(sorted((k, "" if v is None else v) for k, v in row.items()) for row in found)


@pytest.mark.slow
@pytest.mark.parametrize("name", SHIPPED)
def test_engines_agree(name: str, graph: Path, store: pyoxigraph.Store, in_memory: Dataset) -> None:
    text = rows_module.query_text(name)
    text = bound(text, {m: value(m, name) for m in markers(text)})
    expected = list(select(store, text))
    assert comparable(select(in_memory, text)) == comparable(expected)
    assert list(select(open_graph(graph), text)) == expected
    assert expected or name in {
        "internal/body-changes", "internal/document-candidates", "internal/document-changes",
        "conflicts", "changes", "files-not-read", "delegations", "internal/document-offered", "internal/home",
        "internal/document-blanks", "internal/document-joint", "internal/same-body",
    }  # fmt: skip


UNORDERED = {"internal/network-edges", "internal/network-among"}  # sorted by the engine they take twice as long


@pytest.mark.parametrize("name", sorted({*SHIPPED} - UNORDERED))
def test_rows_come_in_a_fixed_order(name: str, store: pyoxigraph.Store) -> None:
    text = rows_module.query_text(name)
    assert "ORDER BY" in text
    text = bound(text, {m: value(m, name) for m in markers(text)})
    assert list(select(store, text)) == list(select(store, text))


def test_there_are_enough_questions() -> None:
    assert len(questions()) >= 12
    assert list(questions()) == sorted(questions())


@pytest.mark.parametrize("question", questions().values(), ids=questions().keys())
def test_a_question_is_described(question: Question) -> None:
    assert question.vi.endswith("?") and len(question.en) > 20
    assert {p.name for p in question.params} == markers(question.text)
    for param in question.params:
        assert param.help


# question, parameters, a row that must be among the answers, a row that must not
ANSWERS: list[tuple[str, dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    (
        "implementers",
        {"directive": "15-NQ/TW"},
        {
            "label": "Chương trình hành động 16-CTr/TU",
            "date": "2022-08-26",
            "level": "province",
            "relation": "implements",
        },
        {"label": "Kế hoạch 45-KH/HU"},
    ),
    (
        "implemented",
        {"document": "16-CTr/TU"},
        {"label": "Nghị quyết 15-NQ/TW", "relation": "implements"},
        {"label": "Nghị quyết 12/NQ-CP"},
    ),
    (
        "chain",
        {"directive": "15-NQ/TW"},
        {"aboveLabel": "Kế hoạch 118/KH-UBND", "belowLabel": "Kế hoạch 156/KH-UBND", "level": "district"},
        {"aboveLabel": "Nghị quyết 57-NQ/TW"},
    ),
    (
        "changes",
        {},
        {"label": "Nghị quyết 03/NQ-CP", "change": "amends", "byLabel": "Nghị quyết 71/NQ-CP"},
        {"label": "Nghị quyết 15-NQ/TW"},
    ),
    (
        "changes",
        {"document": "238/QĐ-UBND"},
        {"change": "replaces", "byLabel": "Quyết định 412/QĐ-UBND", "date": "2022-09-30"},
        {"label": "Nghị quyết 03/NQ-CP"},
    ),
    ("cited-without-date", {}, {"label": "Kế hoạch 58-KH/TU"}, {"label": "Nghị quyết 15-NQ/TW"}),
    (
        "conflicts",
        {},
        {"label": "Nghị quyết 77-NQ/TU", "what": "date", "one": "2021-02-01", "other": "2021-02-03"},
        {"label": "Nghị quyết 15-NQ/TW"},
    ),
    ("conflicts", {}, {"label": "Nghị quyết 77-NQ/TU", "what": "issuer"}, {"what": "title"}),
    (
        "days-to-first",
        {},
        {"label": "Nghị quyết 15-NQ/TW", "firstLabel": "Chương trình hành động 16-CTr/TU", "days": "113"},
        {"label": "Nghị quyết 15-NQ/TW", "firstLabel": "Nghị quyết 12/NQ-CP"},
    ),
    (
        "documents-of-body",
        {"body": "Thành ủy Hà Nội"},
        {"label": "Chương trình hành động 16-CTr/TU", "date": "2022-08-26"},
        {"label": "Nghị quyết 12/NQ-CP"},
    ),
    (
        "corrections",
        {},
        {
            "label": "Nghị quyết 77-NQ/TU",
            "field": "title",
            "after": "Về thành phố thông minh",
            "by": "Văn thư",
            "reason": "xem bản ký",
        },
        {"kind": "reject"},
    ),
    ("most-cited", {}, {"label": "Nghị quyết 15-NQ/TW", "files": "5"}, {"mentions": "0"}),
    ("not-implemented", {}, {"label": "Nghị quyết 11-NQ/TW"}, {"label": "Nghị quyết 15-NQ/TW"}),
    ("output-by-year", {}, {"issuer": "Chính phủ", "year": "2023"}, {"year": ""}),
    (
        "output-by-year",
        {"body": "Thành ủy Hà Nội"},
        {"issuer": "Thành ủy Hà Nội", "year": "2022"},
        {"issuer": "Chính phủ"},
    ),
    (
        "ordered",
        {"directive": "15-NQ/TW"},
        {"due": "2022-12-31", "lead": "Ban Tuyên giáo Thành ủy Hà Nội"},
        {"lead": "Bộ Chính trị"},
    ),
    (
        "tasks-of-body",
        {"body": "Sở Nội vụ thành phố Hà Nội"},
        {"due": "2023-09-30", "deadline": "2023-Q3", "role": "lead", "document": "Kế hoạch 118/KH-UBND"},
        {"role": "support", "due": "2023-09-30"},
    ),
    (
        "unresolved",
        {},
        {"label": "Kế hoạch 128-KH/TU", "candidateLabel": "Kế hoạch 128-KH/TU", "date": "2019-03-28"},
        {"label": "Nghị quyết 15-NQ/TW"},
    ),
    ("what-is-said", {"directive": "28-NQ/TW"}, {"line": "20", "footnote": "2"}, {"sentence": None}),
    (
        "provisions-most-cited",
        {},
        {"label": "Nghị định 200/2025/NĐ-CP", "name": "khoản 2 Điều 3", "mentions": "3", "documents": "2"},
        {"mentions": "0"},
    ),
    (
        "changes-of-provisions",
        {"document": "200/2025/NĐ-CP"},
        {
            "name": "Điều 4",
            "operation": "repeal",
            "since": "2026-03-01",
            "byLabel": "Nghị định 20/2026/NĐ-CP",
            "clause": "khoản 3 Điều 1",
        },
        {"name": "Điều 7"},
    ),
    (
        "basis-changed",
        {"on": "2026-06-01"},
        {
            "label": "Quyết định 31/2025/QĐ-UBND",
            "basisLabel": "Nghị định 200/2025/NĐ-CP",
            "change": "amends",
            "since": "2026-03-01",
        },
        {"label": "Thông tư 15/2025/TT-BXD"},
    ),
    (
        "delegations",
        {"document": "200/2025/NĐ-CP"},
        {
            "name": "khoản 2 Điều 3",
            "delegate": "Bộ trưởng Bộ Xây dựng",
            "state": "late",
            "byLabel": "Thông tư 15/2025/TT-BXD",
        },
        {"name": "Điều 4", "state": "issued"},
    ),
    (
        "delegations",
        {},
        {"name": "Điều 4", "delegate": "Bộ trưởng Bộ Tài chính", "state": "not seen"},
        {"name": "Điều 1"},
    ),
    (
        "force-soon",
        {"on": "2026-02-15"},
        {"day": "2026-03-01", "label": "Nghị định 20/2026/NĐ-CP", "event": "in-force"},
        {"label": "Nghị định 200/2025/NĐ-CP"},
    ),
    (
        "force-soon",
        {"on": "2026-12-15"},
        {"day": "2026-12-31", "event": "suspension-ends", "name": "Điều 9"},
        {"event": "in-force"},
    ),
    ("who-acted", {"directive": "15-NQ/TW"}, {"actor": "Thành ủy Hà Nội", "action": "implement"}, {"source": None}),
    (
        "not-acted",
        {"directive": "15-NQ/TW"},
        {"name": "Ủy ban nhân dân tỉnh Bắc Ninh", "after": "2", "documents": "4"},
        {"name": "Thành ủy Hà Nội"},
    ),
]


@pytest.mark.parametrize(("name", "given", "row", "never"), ANSWERS, ids=[f"{a[0]}-{len(a[1])}" for a in ANSWERS])
def test_the_answer_is_right(
    name: str, given: dict[str, Any], row: dict[str, Any], never: dict[str, Any], store: pyoxigraph.Store
) -> None:
    answer = ask(store, name, **given)
    for found in answer.rows:
        assert tuple(found) == answer.columns
    assert any(row.items() <= found.items() for found in answer.rows), answer.rows
    assert not any(never.items() <= found.items() for found in answer.rows)


def test_every_question_has_a_right_answer() -> None:
    # every sample is read: test_build asks what was not
    assert {a[0] for a in ANSWERS} | {"files-not-read"} == set(questions())


def test_the_columns_are_there_when_nothing_is_found(store: pyoxigraph.Store) -> None:
    for question in questions().values():
        found = store.query(question.text, use_default_graph_as_union=True)
        assert isinstance(found, pyoxigraph.QuerySolutions)
        given: dict[str, Any] = {
            p.name: {"directive": "110/2004/NĐ-CP", "document": "110/2004/NĐ-CP", "body": "Quốc hội"}[p.name]
            for p in question.params
            if p.after is None
        }
        assert ask(store, question.name, **given).columns == tuple(v.value for v in found.variables)


# question, parameters, what the one line says
REFUSED: list[Any] = [
    ("nothing", {}, "no question is called 'nothing'"),
    ("../stats", {}, "no question"),
    ("internal/stats", {}, "no question"),
    ("chain", {}, "needs --param directive"),
    ("chain", {"body": "Thành ủy Hà Nội"}, "no parameter 'body'"),
    ("most-cited", {"title": "x"}, r"no parameter 'title' \(it has: none\)"),
    pytest.param("chain", {"directive": "15-NQ/TW", "store": "x"}, "no parameter 'store'"),
    ("chain", {"directive": "999-NQ/TW"}, "no document here is called '999-NQ/TW'"),
    ("chain", {"directive": "128-KH/TU"}, "3 documents are called"),
    ("force-soon", {"on": "mai"}, "on is a day such as 2026-06-30, not 'mai'"),
    ("documents-of-body", {"body": "Sở Không có"}, "no body here is called"),
]


@pytest.mark.parametrize(("name", "given", "says"), REFUSED)
def test_what_cannot_be_asked_is_said(name: str, given: dict[str, Any], says: str, store: pyoxigraph.Store) -> None:
    with pytest.raises(ChidaoError, match=says):
        ask(store, name, **given)


def test_year_picks_the_parameter(store: pyoxigraph.Store) -> None:
    assert ask(store, "what-is-said", directive="128-KH/TU", year=2019).rows


def test_a_day_is_asked_of_questions_of_a_day(store: pyoxigraph.Store) -> None:
    rows = ask(store, "force-soon", {"until": "2026-04-30"}, on=date(2026, 1, 1)).rows
    assert [row["day"] for row in rows] == ["2026-03-01"]
    with pytest.raises(ChidaoError, match="most-cited is not asked of a day"):
        ask(store, "most-cited", on=date(2026, 1, 1))
