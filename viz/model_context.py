"""The graph for language models: a server of the Model Context Protocol over standard input and output.

Each tool gives plain data, with the sentences that say so where it states something, bounded in size; what was left out is counted.
Every answer comes from the generation that is current when it is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from chidao import __version__
from chidao.extract.errors import ChidaoError
from chidao.graph.answers.graph import Graph
from chidao.graph.answers.implements import Implementation
from chidao.graph.answers.provisions import provision_in
from chidao.graph.answers.tasks import task_cells
from chidao.graph.sparql.pool import Workers
from chidao.graph.sparql.run import run_apart
from chidao.graph.store import Folder
from chidao.viz.web.snapshots import Snapshots

if TYPE_CHECKING:
    from mcp.server import MCPServer

INSTRUCTIONS = """\
chidao is a read-only graph of Vietnamese official documents (Party and State): who issued what and when, which documents carry out \
which, who must do what by when. Name a document as people do: "15-NQ/TW", "Kế hoạch 118/KH-UBND", with year or scope (a province) \
where several share a number ("15-NQ/TW năm 2022" does, too). Statements come with the sentence that says them and its file: quote \
it. Long lists are cut: totals and `left_out` say so, `offset` goes on. The graph knows only the files that were read in: "nothing \
known" never means "not done", and status "unknown" never means "in force"."""

MOST = 50
"""Entries of one list in an answer."""
ROWS = 200
"""Rows of one table."""
_OF_A_BODY = 10
"""Documents of one body."""
FACET = 10
"""Values of one facet."""
LETTERS = 30_000
"""Characters of an answer, about; a model's attention is not to be drowned."""

_MESSAGE = 4000
"""Characters of an error."""

Tool = Callable[..., dict[str, Any]]
Level = Literal["province", "department", "district", "commune", "central"]


class _Answers:
    """What the server's tools and resources say, each method one of them: its signature and docstring are what a model reads."""

    def __init__(self, graph_dir: str | Path, time_limit: float) -> None:
        folder = Folder(graph_dir)
        self._snapshots = Snapshots(graph_dir)
        self._workers = Workers(folder.current, size=1, time_limit=time_limit, max_bytes=1 << 20)

    def _graph(self) -> Graph:
        return self._snapshots.current().graph

    def search(
        self,
        query: str,
        kind: Literal["document", "body"] | None = None,
        year: int | None = None,
        level: Literal["central", "province", "district", "commune"] | None = None,
        type: str | None = None,
        issuer: str | None = None,
        limit: int = 20,
        offset: int = 0,
    ) -> dict[str, Any]:
        """Find documents and bodies by number, words of the title, name, or what their text says, with or without Vietnamese
        diacritics: "nghi quyet 15", "15-NQ/TW", "chuyển đổi số 2025", "so noi vu ha noi"; words in quotation marks stand together.
        Gives IRIs for the other tools, the passage of the text that holds the words, and facets: values of `type`, `issuer`, `year`,
        `level` with counts, by which results can be narrowed."""
        found = self._graph().search(
            query, limit=min(max(limit, 1), MOST), offset=max(offset, 0), kind=kind, year=year, level=level, type=type, issuer=issuer
        )  # fmt: skip
        hits = [{key: value for key, value in asdict(hit).items() if value not in (None, (), 0)} for hit in found.hits]
        facets = {name: dict(values[:FACET]) for name, values in found.facets.items() if len(values) > 1}
        return {"total": found.total, "hits": hits, "facets": facets}

    def document(
        self, reference: str, year: int | None = None, scope: str | None = None, on: date | None = None
    ) -> dict[str, Any]:
        """All that is known of one document: identity, status (what is in force `on` a day, today by default), what it rests on and what is
        said of it, acts, tasks, mentions,
        conflicts between the files. `reference` is a number such as "15-NQ/TW" or "Nghị quyết 57-NQ/TW", a name ("Luật Thủ đô")
        or an IRI; `scope` is a province ("Hà Nội"). A number that several documents share is an error that lists them."""
        asked = self._graph()
        found = asked.show_document(reference, year=year, scope=scope, on=on)
        given = [task_cells(task) for task in asked.tasks(document=found.iri)]
        return found.plain() | {"tasks": given}

    def provision(self, reference: str, on: date | None = None, offset: int = 0) -> dict[str, Any]:
        """A provision such as "khoản 2 Điều 5 Nghị định 30/2020/NĐ-CP" with its parts, or all provisions of a document ("30/2020/NĐ-CP"):
        their text where the graph has it, who cites them, what changed them and when, whether they are in force `on` a day."""
        asked = self._graph()
        found = asked.show(reference, on=on) if provision_in(reference) else asked.provisions(reference, on=on)
        told = found.plain()
        shown = [_without_none(entry) for entry in told.get("provisions", [])[max(offset, 0) :][:MOST]]
        return told | {"total": len(told.get("provisions", [])), "provisions": shown}

    def body(self, name: str) -> dict[str, Any]:
        """All that is known of one body: its place, what came before and after it in the reorganization of 2025, the documents
        that it issued, what it did about others, its tasks. `name` is full or usual: "Sở Nội vụ tỉnh Lào Cai", "UBND tỉnh Bắc
        Ninh", or an IRI."""
        asked = self._graph()
        found = asked.show_body(name)
        return found.plain() | {"tasks": [task_cells(task) for task in asked.tasks(body=found.iri)]}

    def who_implements(
        self,
        reference: str,
        year: int | None = None,
        scope: str | None = None,
        chain: bool = False,
        on: date | None = None,
        offset: int = 0,
    ) -> dict[str, Any]:
        """The documents that carry out a directive such as "15-NQ/TW", by level and date, each with the days that it took and
        the sentences that say so; with `chain` also what carries these out in turn (centre, province, district). An empty list
        means that the files name none, not that nothing was done."""
        found = self._graph().implements(
            reference, year=year, scope=scope, chain=chain, on=on, limit=MOST, offset=max(offset, 0)
        )
        return {
            "directive": asdict(found.directive),
            "ended": found.ended.plain() if found.ended else None,
            "total": found.total,
            "implementers": [_carried(item) for item in found.documents],
        }

    def which_bodies(
        self, references: list[str], level: Level = "province", within: str | None = None
    ) -> dict[str, Any]:
        """Which bodies of a level have carried out directives such as ["15-NQ/TW", "57-NQ/TW"]: for each directive those with a
        document (with date, days and sentence), those that the files mention, and those of which nothing is known, which is not
        to say that they did nothing: of some no file of a later day is here at all. `bodies` is how many it is for, left out where
        no text says whom; then nobody is named whose silence would mean something. Levels below the province need `within`, a
        province such as "Hà Nội"."""
        found = self._graph().coverage(references, level=level, within=within, most=_OF_A_BODY)
        told = []
        for at, directive in enumerate(found.directives):
            cells = [(row.name, row.cells[at]) for row in found.rows]
            told.append(
                {
                    "directive": asdict(directive),
                    "bodies": found.tally(at).of,
                    "implemented": [
                        {
                            "body": name, "total": cell.count,
                            "documents": [_without_none(item.plain()) for item in cell.documents],
                        }
                        for name, cell in cells if cell.state == "implemented"
                    ],
                    "mentioned": [
                        {"body": name} | {key: cell.plain()[key] for key in ("acts", "evidence")}
                        for name, cell in cells if cell.state == "mentioned"
                    ],
                    "nothing_known": [name for name, cell in cells if cell.progress in ("silent", "no-files")],
                    "of_these_without_later_files": [name for name, cell in cells if cell.progress == "no-files"],
                }
            )  # fmt: skip
        return {"level": found.level, "within": found.within, "on": found.on, "coverage": told}

    def who_must(
        self,
        body: str | None = None,
        document: str | None = None,
        due_before: str | None = None,
        due_after: str | None = None,
        offset: int = 0,
    ) -> dict[str, Any]:
        """Who must do what by when, by due date. `body` leads or supports ("Sở Nội vụ tỉnh Lào Cai", or a group as printed: "UBND
        các xã, phường"); `document` assigns ("12/NQ-CP"); due days are YYYY-MM-DD, both excluded."""
        found = self._graph().tasks(
            body=body, document=document or None, due_before=_day(due_before), due_after=_day(due_after)
        )
        return {
            "total": len(found),
            "tasks": [_without_none(task_cells(task)) for task in found[max(offset, 0) :][:MOST]],
        }

    def named_question(self, name: str | None = None, parameters: dict[str, str] | None = None) -> dict[str, Any]:
        """Ask one of the named questions, for instance "most-cited", "conflicts", "not-implemented", or "who-acted" with the
        parameters {"directive": "15-NQ/TW"}. Without a name, lists them with their parameters."""
        if name is None:
            return {
                "questions": [{k: v for k, v in asdict(q).items() if k != "text"} for q in Graph.questions().values()]
            }
        found = self._graph().ask(name, parameters)
        return {"columns": found.columns, "rows": found.rows[:ROWS], "total": len(found.rows)}

    def sparql(self, query: str) -> dict[str, Any]:
        """Run one read-only SPARQL 1.1 query (SELECT, ASK, CONSTRUCT, DESCRIBE) over the union of all named graphs. The prefixes
        chidao, eli, org, prov, oa, dcterms, skos, rdfs, xsd are known; the resource chidao://vocabulary says what there is. Updates
        and SERVICE are refused; a query that takes too long is stopped; at most 200 rows come back."""
        found = run_apart(self._workers, query, "json", rows=ROWS)
        return {"columns": found.columns, "rows": found.rows, "more": found.more}

    def vocabulary(self) -> str:
        """The classes and properties of the graph, with their comments, in Turtle."""
        from importlib.resources import files

        return files("chidao.ontology").joinpath("chidao.ttl").read_text("utf-8")

    def triples(self, iri: str) -> str:
        """What the graph says of the document with this (percent-encoded) IRI, in Turtle."""
        from urllib.parse import unquote

        return self._graph().describe(unquote(iri)).decode("utf-8")


TOOLS = {
    "search": "Search documents and bodies",
    "document": "One document",
    "body": "One body",
    "provision": "A provision, or all of a document",
    "who_implements": "Who carries out a directive",
    "which_bodies": "Coverage of directives",
    "who_must": "Tasks",
    "named_question": "A named question",
    "sparql": "SPARQL",
}
"""The methods that are tools, with the title of each."""


def make_server(graph_dir: str | Path, *, time_limit: float = 30.0) -> MCPServer[Any]:
    """Return the server over the graph in a folder.

    Raises GraphError when there is no graph, ChidaoError when the package `mcp` is missing."""
    try:
        from mcp.server import MCPServer
        from mcp.server.mcpserver.exceptions import ToolError
        from mcp.shared.exceptions import MCPError
        from mcp.types import INVALID_PARAMS, ToolAnnotations
    except ImportError:
        raise ChidaoError("chidao mcp needs the package mcp: pip install 'chidao[mcp]'") from None

    def safe(tool: Tool) -> Tool:
        """Let the tool's one-line errors reach the model as such, and bound its answers."""

        @wraps(tool)
        def answer(*args: Any, **given: Any) -> dict[str, Any]:
            try:
                return fit(tool(*args, **given))
            except ChidaoError as error:
                raise ToolError(_cut(str(error).replace("--year, --scope", "year, scope"))) from None

        return answer

    class Server(MCPServer[Any]):
        """Does not repeat a name of megabytes that nothing has."""

        async def call_tool(self, name: str, arguments: dict[str, Any], context: Any = None) -> Any:
            if len(name) > _MESSAGE:
                raise ToolError(f"no tool has a name of {len(name):,} characters")
            return await super().call_tool(name, arguments, context)

        async def read_resource(self, uri: Any, context: Any = None) -> Any:
            if len(str(uri)) > _MESSAGE:
                raise MCPError(INVALID_PARAMS, f"no resource has an address of {len(str(uri)):,} characters")
            return await super().read_resource(uri, context)

        async def get_prompt(self, name: str, arguments: dict[str, str] | None = None, context: Any = None) -> Any:
            raise MCPError(INVALID_PARAMS, "there are no prompts here")

    answers = _Answers(graph_dir, time_limit)
    server = Server("chidao", version=__version__, instructions=INSTRUCTIONS, log_level="WARNING")
    for name, title in TOOLS.items():
        read_only = ToolAnnotations(read_only_hint=True, open_world_hint=False)
        server.tool(title=title, annotations=read_only)(safe(getattr(answers, name)))
    turtle = "text/turtle"
    server.resource("chidao://vocabulary", title="The vocabulary", mime_type=turtle)(answers.vocabulary)
    server.resource("chidao://document/{iri}", title="One document", mime_type=turtle)(answers.triples)
    return server


def run(graph_dir: str | Path, *, time_limit: float = 30.0) -> None:
    """Serve until standard input ends."""
    make_server(graph_dir, time_limit=time_limit).run(transport="stdio")


def _cut(told: str) -> str:
    """The message without the middle of what it repeats."""
    return told if len(told) <= _MESSAGE else f"{told[: _MESSAGE // 2]} … {told[-_MESSAGE // 2 :]}"


def _day(text: str | None) -> Any:
    from datetime import date

    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ChidaoError(f"a day is YYYY-MM-DD, not {text!r}") from None


def _without_none(found: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if value is not None}


def _carried(item: Implementation) -> dict[str, Any]:
    """With three sentences at most for each document."""
    said = replace(item, evidence=item.evidence[:3], below=()).plain()
    plain = _without_none({key: value for key, value in said.items() if key not in ("below", "again")})
    if item.below:
        plain["below"] = [_carried(below) for below in item.below[:MOST]]
        plain["below_total"] = len(item.below)
    return plain


def fit(answer: dict[str, Any]) -> dict[str, Any]:
    """Return the answer without its longest lists' ends, as far as it takes; `left_out` says of which list how many."""
    left: dict[str, int] = {}
    while len(json.dumps(answer, ensure_ascii=False)) > LETTERS:
        sizes = {
            key: len(json.dumps(value, ensure_ascii=False))
            for key, value in answer.items()
            if isinstance(value, list | tuple) and len(value) > 1
        }
        if not sizes:
            break
        key = max(sizes, key=lambda name: sizes[name])
        kept = max(1, len(answer[key]) * 2 // 3)
        left[key] = left.get(key, 0) + len(answer[key]) - kept
        answer = answer | {key: answer[key][:kept]}
    return _without_none(answer) | ({"left_out": left} if left else {})
