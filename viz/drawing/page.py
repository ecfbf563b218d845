"""A graph as one HTML file: pyvis draws it, every value is escaped, and nothing is requested from anywhere.

pyvis renders its nodes, edges and options into the template `assets/page.html` instead of its own, which fetches
Bootstrap from a CDN and puts some values into the page as HTML. The vis-network library is read out of the installed
pyvis package. The page's content security policy allows no request at all, and only the two scripts written here.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import networkx as nx
from jinja2 import DictLoader, Environment
from markupsafe import Markup
from pyvis.network import Network  # type: ignore[import-untyped]

from chidao.extract.language.dates import printed_day
from chidao.viz.drawing import layout
from chidao.viz.drawing.labels import load

LARGE = 500
"""Above this many nodes the page draws fewer details and says so."""

_MANY_EDGES = 1500
_FEW_EDGES = 24


def render(graph: nx.MultiDiGraph[str], *, title: str, focus: str | None = None, omitted: int = 0) -> str:
    """The page of a graph, as HTML. `focus` is the node that it opens on; `omitted` nodes are said to be left out."""
    names = sorted(graph)
    ids = {name: index for index, name in enumerate(names)}
    # With a focus the panel is open, and leaves a squarer stage.
    placed = layout.arrange(graph, aspect=1.5 if focus is None else 0.9)
    nodes = [_node(ids[name], name, graph.nodes[name]) for name in names]
    order = list(load().relations)

    def importance(edge: tuple[str, str, Any, dict[str, Any]]) -> tuple[int, str, str, str, str]:
        subject, object_, key, data = edge
        predicate = _text(data.get("predicate"))
        return (order.index(predicate) if predicate in order else len(order), predicate, subject, object_, str(key))

    edges = [
        _edge(index, ids, subject, object_, data)
        for index, (subject, object_, _, data) in enumerate(sorted(graph.edges(keys=True, data=True), key=importance))
    ]
    _shorten(edges)
    large = len(nodes) > LARGE
    table = load()
    data = {
        "focus": ids.get(focus) if focus is not None else None,
        "large": large,
        "edgeLabels": len(edges) <= _FEW_EDGES,
        "card": {"width": layout.WIDTH, "height": layout.HEIGHT},
        "bands": [
            {"level": band.level, "label": table.levels[band.level], "top": band.top, "bottom": band.bottom}
            for band in placed.bands
        ],
        "nodes": nodes,
        "edges": edges,
    }
    network = _network(nodes, edges, [placed.positions[name] for name in names], placed.straight or large)
    library, style = _library(network)
    script = _asset("page.js")
    environment = Environment(
        loader=DictLoader({"page.html": _asset("page.html")}), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": True, "sort_keys": True}
    environment.globals.update(
        title=title,
        data=data,
        omitted=_count(omitted) if omitted > 0 else "",
        total=_count(len(nodes)),
        levels=_legend(table.levels, Counter(node["level"] for node in nodes)),
        families=_legend(table.families, Counter(node["family"] for node in nodes)),
        relations=_relations(edges),
        rows=_rows(nodes, edges, [band.level for band in placed.bands]),
        documents=_count(sum(node["kind"] != "body" for node in nodes)),
        bodies=_count(sum(node["kind"] == "body" for node in nodes)),
        links=_count(len(edges)),
        library=_script(library),
        library_style=Markup(style.replace("</", "<\\/")),
        style=Markup(_palette() + _asset("page.css")),
        script=_script(script),
        policy=_policy(library, script),
    )
    network.templateEnv = environment
    network.path = "page.html"
    html: str = network.generate_html()
    return html


def _node(index: int, name: str, data: dict[str, Any]) -> dict[str, Any]:
    """What the page knows of a node; everything a string, so that no missing value reaches the script."""
    kind, type_ = _text(data.get("kind")), _text(data.get("type"))
    level = _text(data.get("level"))
    table = load()
    if level not in table.levels:
        level = ""
    return {
        "id": index,
        "iri": name,
        "kind": kind,
        "label": _text(data.get("label")) or _text(data.get("title")) or name,
        "number": _text(data.get("number")),
        "type": type_,
        "title": _text(data.get("title")),
        "issuer": _text(data.get("issuer")),
        "date": printed_day(_text(data.get("date")), padded=True),
        "level": level,
        "levelLabel": table.levels[level],
        "scope": _text(data.get("scope")),
        "family": table.family(kind, type_),
    }


def _edge(index: int, ids: dict[str, int], subject: str, object_: str, data: dict[str, Any]) -> dict[str, Any]:
    predicate = _text(data.get("predicate"))
    relation = load().relation(predicate, _text(data.get("label")))
    return {
        "id": index,
        "from": ids[subject],
        "to": ids[object_],
        "predicate": predicate,
        "label": relation.label,
        "inverse": relation.inverse,
        "group": relation.group,
        "certainty": _text(data.get("certainty")),
        "evidence": [
            {key: _text(row.get(key)) for key in ("sentence", "quote", "source")} | {"place": _place(row)}
            for row in data.get("evidence") or ()
        ],
    }


def _place(row: Mapping[str, Any]) -> str:
    """ "trang 3, dòng 12"; for a register "dòng dữ liệu 7", counted from 1."""
    if row.get("row") is not None:
        return f"dòng dữ liệu {int(row['row']) + 1}"
    known = ((word, row.get(key)) for word, key in (("trang", "page"), ("dòng", "line")))
    return ", ".join(f"{word} {_text(value)}" for word, value in known if value)


def _shorten(edges: list[dict[str, Any]]) -> None:
    """Name source files from where their paths part: a page is handed on, and should not tell where a folder lies."""
    rows = [row for edge in edges for row in edge["evidence"] if row["source"]]
    paths = {row["source"]: row["source"].replace("\\", "/").split("/") for row in rows}
    common = 0
    for parts in zip(*(path[:-1] for path in paths.values()), strict=False):
        if len(set(parts)) > 1:
            break
        common += 1
    for row in rows:
        row["source"] = "/".join(paths[row["source"]][common:])


def _network(
    nodes: list[dict[str, Any]], edges: list[dict[str, Any]], positions: list[tuple[float, float]], straight: bool
) -> Any:
    """The pyvis network. Its names are numbers, and it has no titles: pyvis shows one with "href" in it as HTML."""
    network = Network(directed=True, cdn_resources="in_line")
    for node, (x, y) in zip(nodes, positions, strict=True):
        network.add_node(node["id"], label=node["number"] or node["label"], shape="custom", x=x, y=y)
    large = len(nodes) > LARGE
    straight = straight or len(edges) > _MANY_EDGES
    seen: Counter[tuple[int, int]] = Counter()
    for edge in edges:
        pair = (min(edge["from"], edge["to"]), max(edge["from"], edge["to"]))
        level = positions[edge["from"]][1] == positions[edge["to"]][1]
        parallel, seen[pair] = seen[pair], seen[pair] + 1
        if straight and not parallel:
            smooth: dict[str, Any] | bool = False
        elif level or parallel:
            smooth = {"enabled": True, "type": "curvedCW" if parallel % 2 == 0 else "curvedCCW"}
            smooth["roundness"] = 0.2 + 0.12 * (parallel // 2)
        else:
            smooth = {"enabled": True, "type": "cubicBezier", "forceDirection": "vertical", "roundness": 0.45}
        # `Network.add_edge` looks both names up in a list: quadratic.
        network.edges.append({"id": edge["id"], "from": edge["from"], "to": edge["to"], "smooth": smooth})
    network.options = {
        "autoResize": True,
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "nodes": {"shape": "custom", "size": layout.WIDTH / 2},
        "edges": {"arrows": {"to": {"enabled": True, "scaleFactor": 0.5}}, "selectionWidth": 0, "hoverWidth": 0},
        "interaction": {
            "hover": True,
            "multiselect": False,
            "selectConnectedEdges": False,
            "hoverConnectedEdges": False,
            "hideEdgesOnDrag": large,
            "hideEdgesOnZoom": large,
            "zoomSpeed": 0.6,
        },
    }
    return network


def _library(network: Any) -> tuple[str, str]:
    """vis-network's script and style as the installed pyvis carries them."""
    loader = network.templateEnv.loader
    found = [name for name in loader.list_templates() if name.endswith("/vis-network.min.js")]
    newest = max(found, key=lambda name: [int(part) if part.isdigit() else 0 for part in _version(name)])
    style = newest.removesuffix(".min.js") + ".css"

    def read(name: str) -> str:
        return str(loader.get_source(network.templateEnv, name)[0]).replace("\r\n", "\n")

    return read(newest), read(style)


def _version(name: str) -> list[str]:
    return name.split("/")[-2].removeprefix("vis-").split(".")


def _asset(name: str) -> str:
    return (files("chidao.viz.drawing") / "assets" / name).read_text(encoding="utf-8")


def _palette() -> str:
    return (files("chidao.viz") / "web" / "static" / "palette.css").read_text(encoding="utf-8")


def _script(source: str) -> Markup:
    """A script as it may stand between its tags. It is code of a known package, but an update might hold such text."""
    if "</script" in source.lower() or "<!--" in source:
        raise ValueError("a script that closes its own tag cannot be put into a page")
    return Markup(source)


def _policy(*scripts: str) -> str:
    """Forbid every request, and every script but these."""
    digests = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    return (
        f"default-src 'none'; script-src {allowed}; "
        "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def _legend(labels: dict[str, str], counts: Counter[str]) -> list[dict[str, str]]:
    return [{"key": key, "label": label, "count": _count(counts[key])} for key, label in labels.items() if counts[key]]


def _relations(edges: list[dict[str, Any]]) -> list[dict[str, str]]:
    """The relations that occur, in the edges' order."""
    counts = Counter(edge["predicate"] for edge in edges)
    first = {edge["predicate"]: edge for edge in reversed(edges)}
    return [
        {"key": key, "label": first[key]["label"], "group": first[key]["group"], "count": _count(count)}
        for key, count in counts.items()
    ]


def _rows(nodes: list[dict[str, Any]], edges: list[dict[str, Any]], levels: list[str]) -> list[dict[str, Any]]:
    """The list for readers without script, and for paper: each node with what it says of others."""
    links: dict[int, list[dict[str, Any]]] = {}
    for edge in edges:
        links.setdefault(edge["from"], []).append(
            {"label": edge["label"], "object": nodes[edge["to"]]["label"], "evidence": edge["evidence"][:1]}
        )
    ordered = sorted(nodes, key=lambda node: (levels.index(node["level"]), node["kind"] == "body", node["label"]))
    return [node | {"links": links.get(node["id"], [])} for node in ordered]


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _count(value: int) -> str:
    return f"{value:,}".replace(",", ".")


__all__ = ["LARGE", "render"]
