"""The graph page: the scheme of a document, or the network around it or of all; the data that this asks for, and the same view without
the bundled scripts."""

from __future__ import annotations

import gzip
import html
import io
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple
from urllib.parse import urlencode

import msgspec
import networkx as nx
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from chidao.extract.errors import ChidaoError
from chidao.graph.answers.lookup import one_document
from chidao.graph.answers.network import add_evidence, known_of
from chidao.graph.export import flat
from chidao.graph.select import node, part_of_rows, rows
from chidao.viz.drawing.data import LARGE, View, part_of_all
from chidao.viz.drawing.trim import most_connected
from chidao.viz.web.catalogue import N_
from chidao.viz.web.changing.own_body import own_body
from chidao.viz.web.pages import graph_data, views
from chidao.viz.web.rendering.links import Links, ServerLinks
from chidao.viz.web.rendering.render import built, language_of, page
from chidao.viz.web.rendering.scheme_part import scheme_part
from chidao.viz.web.request import params
from chidao.viz.web.sitemap import route
from chidao.viz.web.snapshots import Snapshot, snapshot_of
from chidao.viz.words import DRAWN_LEVELS, drawn_level, words

_POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')
MAX_DEPTH = 6
MAX_NODES = 2000
"""The most steps and nodes that are asked for at once."""
_LISTED = 40
"""Rows of the list below a drawing, as in page.js; the script shows the others as they are looked for."""
_ASKED = ("ref", "iri", "year", "scope", "depth", "direction", "relation", "level", "max_nodes", "bodies")
_OF_NETWORK = frozenset({"depth", "direction", "relation", "level", "max_nodes", "bodies", "open", "node"})
"""Parameters that mean the network around a document, not its scheme."""
_FORMATS: dict[str, tuple[str, Callable[..., None]]] = {
    "graphml": ("application/graphml+xml", nx.write_graphml),
    "gexf": ("application/gexf+xml", nx.write_gexf),
}


class Asked:
    """What a request asks to be drawn. Raises ChidaoError for a wrong setting, HTTPException (404) for an unknown IRI."""

    def __init__(self, request: Request, shown: Snapshot) -> None:
        given = request.query_params
        self.language = language_of(request)
        relations, levels = _occurring(shown)
        view = View(
            depth=_number(given.get("depth"), "depth", range(MAX_DEPTH + 1), 1),
            direction=given.get("direction") or "both",
            # A form without script names every box that is ticked: all of them ask for nothing less than everything.
            relations=_unless_all(given.getlist("relation"), relations),
            levels=_unless_all(given.getlist("level"), levels),
            max_nodes=_number(given.get("max_nodes"), "max_nodes", range(1, MAX_NODES + 1), LARGE),
            bodies=params.one_of(request, "bodies", ("1", "true", "yes")) is not None,
        )
        self.iri = given.get("iri") or None
        year, scope = params.number(request, "year", 1900, 2200), params.text(request, "scope")
        if self.iri is None and (ref := params.text(request, "ref")):
            self.iri = one_document(shown.store, ref, year=year, scope=scope).iri
        kind = _kind(shown, self.iri) if self.iri is not None else None
        if self.iri is not None and kind is None:
            raise params.Refused(404, N_("nothing here has the IRI %(iri)s"), iri=self.iri)
        self.is_document = kind == "document"
        self.view = replace(view, bodies=True) if kind == "body" else view
        self._shown = shown

    def part(self) -> nx.MultiDiGraph[str]:
        """Return the nodes and edges that are asked for, with all that is known of them."""
        if self.iri is not None:
            return graph_data.part_shown(self._shown, self.iri, self.view)[0]
        return part_of_all(self._shown.network, self.view)


def _kind(shown: Snapshot, iri: str) -> str | None:
    try:
        return views.exists(shown, iri)
    except ChidaoError:  # no IRI at all
        return None


def _unless_all(given: list[str], everything: set[str]) -> list[str]:
    return [] if everything <= set(given) else list(dict.fromkeys(given))


def _number(text: str | None, name: str, allowed: range, default: int) -> int:
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise ChidaoError(f"{name} must be a number, not {text!r}")
    if int(text) not in allowed:
        raise ChidaoError(f"{name} must be from {allowed[0]} to {allowed[-1]}")
    return int(text)


def _links(request: Request, shown: Snapshot) -> ServerLinks:
    return ServerLinks(shown.base, request.scope.get("root_path", ""))


def _data(asked: Asked, iri: str, shown: Snapshot, links: ServerLinks, *, placed: bool = True) -> dict[str, Any]:
    return graph_data.around(shown, iri, asked.view, links=links, language=asked.language, placed=placed)


def _whole(shown: Snapshot, links: ServerLinks, language: str) -> bytes:
    """The data of the whole graph, compressed as it is sent: kept so, it takes a sixtieth of the room."""

    def make(shown: Snapshot) -> bytes:
        told = graph_data.whole(shown, links=links, language=language)
        packing, packed, before = zlib.compressobj(5, wbits=31), bytearray(), b"{"  # 31: as gzip
        for name in [*told]:  # part by part: each is freed when it is written
            packed += packing.compress(before + msgspec.json.encode({name: told.pop(name)})[1:-1])
            before = b","
        return bytes(packed + packing.compress(b"}") + packing.flush())

    found: bytes = shown.once(f"whole-{language}-{links.root}", make)
    return found


def _occurring(shown: Snapshot) -> tuple[set[str], set[str]]:
    """The relations and levels that the graph has at all: a filter offers no others."""

    def make(shown: Snapshot) -> tuple[set[str], set[str]]:
        relations = {row["relation"].rpartition("#")[2] for row in rows(shown.store, "internal/stats-relations")}
        levels = {(row["level"] or "").rpartition("level-")[2] for row in rows(shown.store, "internal/stats-documents")}
        return relations, {drawn_level(level) for level in levels}

    found: tuple[set[str], set[str]] = shown.once("graph-occurring", make)
    return found


def graph(request: Request) -> Response:
    """Return the scheme of the document that is asked for, or the page of the network: a stage that the script fills, the filters
    as a form, and the list that holds the same."""
    view = params.one_of(request, "view", ("scheme", "network"))
    shown = snapshot_of(request)
    asked = Asked(request, shown)
    links = _links(request, shown)
    of_network = view == "network" or (view is None and not _OF_NETWORK.isdisjoint(request.query_params))
    if asked.iri is not None and asked.is_document and not of_network:
        own = own_body(request)
        group = params.text(request, "group")
        part = scheme_part(shown, asked.iri, links, asked.language, own.province if own else None, opened=group)
        facts = next(rows(shown.store, "internal/document", document=node(asked.iri)))
        return page(request, "scheme", iri=asked.iri, label=facts["label"], scheme=part)
    if asked.iri is not None:
        data = _data(asked, asked.iri, shown, links, placed=False)  # the drawing asks for its own
        nodes = sorted(data["nodes"], key=lambda node: (node["id"] != data["focus"], -node["size"], node["label"]))
        focus = data["nodes"][data["focus"]]
        rest = max(len(nodes) - _LISTED, 0)
        counts = {"nodes": len(nodes), "edges": len(data["edges"]), "omitted": data["omitted"], "rest": rest}
        said: dict[int, list[dict[str, Any]]] = {}
        for edge in data["edges"]:
            said.setdefault(edge["source"], []).append(edge | {"object": data["nodes"][edge["target"]]})
        context = {
            "focus": focus,
            "counts": counts,
            "rows": [node | {"links": said.get(node["id"], [])} for node in nodes[:_LISTED]],
        }
    else:
        context = _listed(shown, links, params.one_of(request, "lone", ("1",)) is not None)
    # The script keeps more in the page's address: what was opened and chosen.
    kept = [
        (key, value) for key, value in request.query_params.multi_items() if key in _ASKED and (value or key == "level")
    ]
    query = urlencode(kept)
    return page(
        request,
        "graph",
        built=built("graph.js"),
        data_url=links.page("api/graph") + (f"?{query}" if query else ""),  # type: ignore[operator]
        classic_url=links.page("graph/classic") + (f"?{query}" if query else ""),  # type: ignore[operator]
        export_url=links.page("api/graph/export") + f"?format=graphml{'&' + query if query else ''}",  # type: ignore[operator]
        **_choices(shown, asked.view),
        **context,
    )


def _choices(shown: Snapshot, asked: View) -> dict[str, Any]:
    """What the form of filters offers, and what is chosen."""
    known = words().relations
    relations, levels = _occurring(shown)
    return {
        "asked": asked,
        "all_relations": [
            name
            for name in known
            if name in relations or name in asked.relations or (asked.bodies and name in ("issuedBy", "partOf"))
        ],
        "all_levels": [name for name in DRAWN_LEVELS if name in levels or name in asked.levels],
        "groups": {name: relation.group for name, relation in known.items()},
    }


def _listed(shown: Snapshot, links: Links, with_lone: bool = False) -> dict[str, Any]:
    """The whole graph as the list below the drawing: its most connected documents; those that are linked to nothing when they are asked
    for, and then first."""
    degrees = _degrees(shown)
    counted = dict(shown.graph.stats())
    every = counted.get("documents", 0)
    listed = ([*_lone(shown)] if with_lone else []) + degrees.first
    known = known_of(shown.store, listed[:_LISTED])
    nodes = every if with_lone else degrees.linked
    counts = {"nodes": nodes, "edges": counted.get("relations", 0), "omitted": 0, "rest": max(nodes - _LISTED, 0)}
    return {
        "focus": None, "counts": counts, "lone": every - degrees.linked, "with_lone": with_lone,
        "rows": [known[iri] | {"iri": iri, "links": [], "url": links.thing(iri)} for iri in listed[:_LISTED]],
    }  # fmt: skip


class _Degrees(NamedTuple):
    """The most connected documents, and how many are linked to any."""

    first: list[str]
    linked: int


def _degrees(shown: Snapshot) -> _Degrees:
    def make(shown: Snapshot) -> _Degrees:
        found, count = part_of_rows(shown.store, "internal/degrees", _LISTED)
        return _Degrees([row["document"] for row in found], count)

    made: _Degrees = shown.once("degrees", make)
    return made


def _lone(shown: Snapshot) -> Iterator[str]:
    """The documents that are linked to nothing, in the order of their labels."""
    linked = {row["document"] for row in rows(shown.store, "internal/degrees")}
    found = [
        (row["label"], row["node"])
        for row in rows(shown.store, "internal/lookup-documents")
        if row["node"] not in linked
    ]
    yield from (iri for _, iri in sorted(found))


def for_file(shown: Snapshot, links: Links, language: str) -> dict[str, Any]:
    """Return the page of the whole graph with its data inside, for a site without a server; without the npm part the list alone."""
    data = graph_data.whole(shown, links=links, language=language)
    return {
        "built": built("graph.js"), "inline": data, "data_url": "", "classic_url": "", **_choices(shown, View()),
        **_listed(shown, links),
    }  # fmt: skip


def classic(request: Request) -> Response:
    """Return the view that needs nothing but this package: a page of its own, drawn by pyvis, which allows no request."""
    from chidao.viz.drawing.page import render

    shown = snapshot_of(request)
    asked = Asked(request, shown)
    part, omitted = most_connected(asked.part(), LARGE, keep=asked.iri)
    add_evidence(part, shown.store)
    text = render(part, focus=asked.iri, omitted=omitted, language=asked.language)
    found = _POLICY.search(text)
    assert found
    policy = html.unescape(found[1]) + "; frame-ancestors 'self'"
    return HTMLResponse(text, headers={"Content-Security-Policy": policy})


def api_graph(request: Request) -> Response:
    """Return what surrounds a thing, or (in columns) everything."""
    params.only(request, _ASKED, empty=("level",))
    shown = snapshot_of(request)
    asked = Asked(request, shown)
    links, headers = _links(request, shown), {"Vary": "Cookie"}
    if asked.iri is None:
        told = _whole(shown, links, asked.language)
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(gzip.decompress(told), media_type="application/json", headers=headers)
        headers = {"Vary": "Cookie, Accept-Encoding", "Content-Encoding": "gzip"}
        return Response(told, media_type="application/json", headers=headers)
    return JSONResponse(_data(asked, asked.iri, shown, links), headers=headers)


def api_evidence(request: Request) -> Response:
    """Return the sentences that state one relation."""
    params.only(request, ("subject", "predicate", "object"))
    given = request.query_params
    missing = [name for name in ("subject", "predicate", "object") if not given.get(name)]
    if missing:
        raise ChidaoError(f"say also: {', '.join(missing)}")
    shown = snapshot_of(request)
    try:
        statement = (given["subject"], given["predicate"], given["object"])
        found = graph_data.evidence_of(shown, *statement, language_of(request))
    except (KeyError, ChidaoError):
        raise HTTPException(404, "the graph has no such statement") from None
    return JSONResponse({"evidence": found}, headers={"Vary": "Cookie"})


def api_export(request: Request) -> Response:
    """Return the part that is asked for as a file for another program, with the evidence in its attributes."""
    params.only(request, (*_ASKED, "format"), empty=("level",))
    name = request.query_params.get("format") or "graphml"
    if name not in _FORMATS:
        raise ChidaoError(f"unknown format {name!r}; one of {', '.join(_FORMATS)}")
    media, write = _FORMATS[name]
    stream = io.BytesIO()
    shown = snapshot_of(request)
    part = Asked(request, shown).part()
    add_evidence(part, shown.store)
    for _, _, data in part.edges(data=True):
        data["evidence"] = [
            said | {"source": said["source"].replace("\\", "/").removeprefix(shown.folder)} for said in data["evidence"]
        ]
    write(flat(part), stream, encoding="utf-8")
    disposition = f'attachment; filename="chidao-graph.{name}"'
    return Response(stream.getvalue(), media_type=media, headers={"Content-Disposition": disposition})


routes: list[BaseRoute] = [
    Route(route("graph"), graph),
    Route("/graph/classic", classic),
    Route("/api/graph", api_graph),
    Route("/api/graph/evidence", api_evidence),
    Route("/api/graph/export", api_export),
]
