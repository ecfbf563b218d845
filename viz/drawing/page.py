"""A graph as one HTML file: pyvis draws it, every value is escaped, and nothing is requested from anywhere.

pyvis renders its nodes, edges and options into the template `assets/page.html` instead of its own, which fetches
Bootstrap from a CDN and puts some values into the page as HTML. The vis-network library is read out of the installed
pyvis package. The page's content security policy allows no request at all, and only the two scripts written here.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from importlib.resources import files
from typing import Any

import networkx as nx
from jinja2 import DictLoader, Environment
from markupsafe import Markup
from pyvis.network import Network  # type: ignore[import-untyped]

from chidao.viz.drawing import layout
from chidao.viz.drawing.data import LARGE, picture
from chidao.viz.drawing.folder import common_folder
from chidao.viz.drawing.scripts import joined
from chidao.viz.words import DEFAULT, DRAWN_LEVELS, Words, words

_MANY_EDGES = 1500
_FEW_EDGES = 24


def render(
    graph: nx.MultiDiGraph[str],
    *,
    focus: str | None = None,
    omitted: int = 0,
    title: str | None = None,
    language: str = DEFAULT,
    scheme: Markup | None = None,
) -> str:
    """Return the page of a graph, as HTML. `focus` is the node that it opens on, with its `scheme` where one is given, and after which it
    is called without a `title`; `omitted` nodes are said to be left out."""
    told = words(language)
    # With a focus the panel is open, and leaves a squarer stage.
    placed = layout.arrange(graph, aspect=1.5 if focus is None else 0.9)
    said = (row for _, _, data in graph.edges(data=True) for row in data.get("evidence") or ())
    # A page is handed on: files are named from where the paths of those that it names part.
    folder = common_folder(str(row["source"]) for row in said if row.get("source"))
    data = picture(graph, placed, language, focus=focus, folder=folder)
    nodes, edges = data["nodes"], data["edges"]
    large = len(nodes) > LARGE
    data |= {
        "large": large,
        "edgeLabels": len(edges) <= _FEW_EDGES,
        "card": {"width": layout.WIDTH, "height": layout.HEIGHT},
        "words": data["words"] | told.page,
    }
    network = _network(nodes, edges, placed.straight or large)
    library, style = _library(network)
    script = joined("drawing/assets/page.js")
    environment = _environment(told)
    environment.globals.update(
        title=title if title is not None else title_of(data, told),
        data=data,
        omitted=told.count(omitted) if omitted > 0 else "",
        total=told.count(len(nodes)),
        counts=_counts(data, told),
        rows=_rows(nodes, edges),
        scheme=scheme,
        library=_script(library),
        library_style=Markup(style.replace("</", "<\\/")),
        style=Markup(_shared("palette.css") + _asset("page.css") + (_shared("scheme.css") if scheme else "")),
        script=_script(script),
        policy=_policy(library, script),
    )
    network.templateEnv = environment
    network.path = "page.html"
    html: str = network.generate_html()
    return html


def title_of(data: dict[str, Any], told: Words) -> str:
    """Return what a page of a picture is called."""
    if data["focus"] is None:
        return told.drawing["title_whole"]
    return told.drawing["title_around"] % {"label": data["nodes"][data["focus"]]["label"]}


def _environment(told: Words) -> Environment:
    environment = Environment(
        loader=DictLoader({"page.html": _asset("page.html")}), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": True, "sort_keys": True}
    environment.globals.update(
        language=told.language, words={**told.scheme, **told.drawing, **told.page}, level_names=told.levels
    )
    environment.filters.update(day=told.day, count=told.count)
    return environment


def _counts(data: dict[str, Any], told: Words) -> list[str]:
    """How many documents, bodies and relations there are, in words."""
    bodies = sum(node["kind"] == "body" for node in data["nodes"])
    counts = {"documents": len(data["nodes"]) - bodies, "bodies": bodies, "edges": len(data["edges"])}
    return [told.page[name] % {"count": told.count(n)} for name, n in counts.items() if n or name != "bodies"]


def _network(nodes: list[dict[str, Any]], edges: list[dict[str, Any]], straight: bool) -> Any:
    """The pyvis network. Its names are numbers, and it has no titles: pyvis shows one with "href" in it as HTML."""
    network = Network(directed=True, cdn_resources="in_line")
    for node in nodes:
        label = node["number"] or node["label"]
        network.add_node(node["id"], label=label, shape="custom", x=node["x"], y=node["y"])
    large = len(nodes) > LARGE
    straight = straight or len(edges) > _MANY_EDGES
    seen: Counter[tuple[int, int]] = Counter()
    for edge in edges:
        source, target = edge["source"], edge["target"]
        pair = (min(source, target), max(source, target))
        level = nodes[source]["y"] == nodes[target]["y"]
        parallel, seen[pair] = seen[pair], seen[pair] + 1
        if straight and not parallel:
            smooth: dict[str, Any] | bool = False
        elif level or parallel:
            smooth = {"enabled": True, "type": "curvedCW" if parallel % 2 == 0 else "curvedCCW"}
            smooth["roundness"] = 0.2 + 0.12 * (parallel // 2)
        else:
            smooth = {"enabled": True, "type": "cubicBezier", "forceDirection": "vertical", "roundness": 0.45}
        # `Network.add_edge` looks both names up in a list: quadratic.
        network.edges.append({"id": edge["id"], "from": source, "to": target, "smooth": smooth})
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


def _shared(name: str) -> str:
    """A style sheet that the site has, too."""
    return (files("chidao.viz") / "web" / "static" / name).read_text(encoding="utf-8")


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


def _rows(nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The list for readers without script, and for paper: each node with what it says of others, by level from the top down."""
    said: dict[int, list[dict[str, Any]]] = {}
    for edge in edges:
        said.setdefault(edge["source"], []).append(edge)
    ordered = sorted(nodes, key=lambda node: (DRAWN_LEVELS.index(node["level"]), node["kind"] == "body", node["label"]))
    return [node | {"edges": said.get(node["id"], [])} for node in ordered]
