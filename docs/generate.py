"""Write the pages that repeat what the program says: docs/cli.md and docs/vi/lenh.md from the commands' help, docs/questions.md from the
queries' first comments, docs/vocabulary.md from the ontology, docs/imports.md from the modules' imports,
docs/dependencies.md from pyproject.toml and docs/dependencies.toml. `make docs` runs
this; a test holds them current.
"""

from __future__ import annotations

import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import click
import grimp
from packaging.requirements import Requirement
from rdflib import Graph
from rdflib.term import Node

from chidao.cli import main
from chidao.graph.answers.ask import questions
from chidao.ontology.graphs import CHIDAO, OWL, RDF, RDFS, table_graph
from chidao.viz.commands.language import SpokenContext, in_language, remember
from chidao.viz.speech import Speech

DOCS = Path(__file__).parent
MADE = "<!-- Written by docs/generate.py; `make docs` brings it up to date. -->"
VOCABULARY = """# Vocabulary

{made}

The namespace is `https://w3id.org/chidao/ns#`, in short `chidao:`. It is **not registered yet**: the address
does not answer. `chidao validate` checks a graph against the shapes in `ontology/shapes.ttl`.

Each term stands on a published one where one exists, so that generic tools understand the graph: documents
are [ELI](https://op.europa.eu/en/web/eu-vocabularies/eli) legal resources, bodies are [W3C
ORG](https://www.w3.org/TR/vocab-org/) organizations, types and levels are SKOS concepts, actions and runs are
PROV-O activities, evidence uses [Web Annotation](https://www.w3.org/TR/annotation-model/) selectors.
`chidao:implements` is a subproperty of `eli:ensures_implementation_of`, whose definition covers a regional
body that carries out a national act; `eli:implements` is deprecated.

Six Turtle files in `ontology/` hold all of it: `chidao.ttl` (the terms below), `doctypes.ttl` (document
types), `bodies.ttl` (central bodies and templates of local ones), `jurisdictions.ttl` (provinces before and
after the mergers of 2025), `districts.ttl` (the districts that there were until then) and `shapes.ttl`.
"""


IMPORTS = f"""# Rooms and their imports

{MADE}

Each room of a layer with the rooms that it imports; [CONTRIBUTING.md](../CONTRIBUTING.md) says what is in them. A room stands
above all that it imports, and rooms of one floor do not import each other. `make lint` refuses an import that leads
up, by the contracts in `pyproject.toml`.
"""
DEPENDENCIES = f"""# Dependencies

{MADE}

What is installed with chidao, from which version on, under which licence, and why. Lower bounds leave out versions with known
holes, and are tested (`make test-lowest`). `constraints.txt` names one version of each package, and of all that these need, with the
hashes of its files: with

```
pip install --require-hashes --requirement constraints.txt && pip install --no-deps chidao
```

an installation is the same everywhere, whatever a registry may serve; `make lock` writes it anew. `make dist` puts a bill of materials
(SBOM, CycloneDX) beside the package. The scripts of pages come from npm's packages at the versions and hashes of
`viz/web/frontend/package-lock.json`; their licences stand in `licenses.txt` beside the bundles.
"""
GROUPS = {
    "run": "To run",
    "notebook": "In notebooks: `pip install chidao[notebook]`",
    "mcp": "For language models: `pip install chidao[mcp]`",
    "dev": "To work on it",
    "bench": "To measure",
}
LAYERS = ("ontology", "extract", "graph", "viz")


def cli_page(title: str, say: Speech) -> str:
    """All commands with their help in a language, as `--help` prints it."""
    parts = [f"# {title}\n\n{MADE}\n"]
    for context in _contexts(in_language(main, say), "chidao", None):
        remember(context, say)
        parts.append(f"\n## {context.command_path}\n\n```\n{context.get_help().rstrip()}\n```\n")
    return "".join(parts)


def questions_page() -> str:
    """All named questions with their help and parameters."""
    parts = [
        f"# Named questions\n\n{MADE}\n\n"
        "`chidao ask NAME` answers them, `chidao ask --list` lists them. Each is one SPARQL file in `graph/queries/`.\n"
    ]
    for question in questions().values():
        parts.append(f"\n## {question.name}\n\n{question.vi}\n\n{question.en}\n")
        if question.params:
            parts.append("\n")
        for p in question.params:
            parts.append(f"- `--param {p.name}=…`{'' if p.required else ' (optional)'}: {p.help}\n")
    return "".join(parts)


def vocabulary_page() -> str:
    """All classes and properties, each with its label, its meaning and the published term above it."""
    graph = table_graph("chidao")
    parts = [VOCABULARY.format(made=MADE)]
    for title, kind in (
        ("Classes", OWL.Class),
        ("Relations and other links", OWL.ObjectProperty),
        ("Values", OWL.DatatypeProperty),
    ):
        parts.append(f"\n## {title}\n\n| Term | Tiếng Việt | Meaning | Under |\n| --- | --- | --- | --- |\n")
        terms = sorted((t for t in graph.subjects(RDF.type, kind) if str(t).startswith(str(CHIDAO))), key=str)
        parts.extend(_term_row(graph, term) for term in terms)
    return "".join(parts)


def imports_page() -> str:
    """Each layer's rooms by floor, from the top down, with what they import.

    Raises graphlib.CycleError for rooms that import each other."""
    modules = grimp.build_graph("chidao", exclude_type_checking_imports=True, cache_dir=None)
    imports: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for module in modules.modules:
        room = tuple(module.split(".")[1:3])
        imports[room] |= {tuple(name.split(".")[1:3]) for name in modules.find_modules_directly_imported_by(module)}
    parts = [IMPORTS]
    for layer in reversed(LAYERS):
        rooms = {r: names - {r} for r, names in imports.items() if r[:1] == (layer,) and len(r) > 1}
        parts.append(
            f"\n## {layer}\n\n| Floor | Room | Imports of this layer | From the layers below |\n| --- | --- | --- | --- |\n"
        )
        for floor, room in reversed([*_floors(rooms)]):
            own = [name for _, name in sorted(n for n in rooms[room] if n in rooms)]
            below = [".".join(n) for n in sorted(rooms[room]) if n[:1] != (layer,) and n]
            parts.append(f"| {floor} | `{room[1]}` | {', '.join(own)} | {', '.join(below)} |\n")
    return "".join(parts)


def dependencies_page() -> str:
    """Every package that pyproject.toml names, with what docs/dependencies.toml says of it. Raises KeyError for one that it leaves out."""
    project = tomllib.loads((DOCS.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    told = tomllib.loads((DOCS / "dependencies.toml").read_text(encoding="utf-8"))
    groups = {"run": project["dependencies"], **project["optional-dependencies"]}
    parts = [DEPENDENCIES]
    for group, title in GROUPS.items():
        parts.append(f"\n## {title}\n\n| Package | Version | Licence | Why |\n| --- | --- | --- | --- |\n")
        for requirement in map(Requirement, groups[group]):
            licence, why = told[group][requirement.name]
            bound = str(requirement.specifier).replace(">=", "≥ ") or "any"
            parts.append(f"| {requirement.name} | {bound} | {licence} | {why} |\n")
    return "".join(parts)


def _floors(rooms: dict[tuple[str, ...], set[tuple[str, ...]]]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield each room with its floor, from 1: one above the highest of the rooms that it imports."""
    above = TopologicalSorter({room: names & rooms.keys() for room, names in rooms.items()})
    above.prepare()
    floor = 0
    while above.is_active():
        floor += 1
        ready = sorted(above.get_ready(), reverse=True)
        yield from ((floor, room) for room in ready)
        above.done(*ready)


def pages() -> dict[Path, str]:
    return {
        DOCS / "cli.md": cli_page("Commands", Speech("en")),
        DOCS / "vi" / "lenh.md": cli_page("Các lệnh", Speech("vi")),
        DOCS / "questions.md": questions_page(),
        DOCS / "vocabulary.md": vocabulary_page(),
        DOCS / "imports.md": imports_page(),
        DOCS / "dependencies.md": dependencies_page(),
    }


def _term_row(graph: Graph, term: Node) -> str:
    above = [*graph.objects(term, RDFS.subClassOf), *graph.objects(term, RDFS.subPropertyOf)]
    cells = (
        f"`{graph.qname(str(term))}`",
        _text(graph, term, RDFS.label, "vi"),
        _text(graph, term, RDFS.comment, "en"),
        ", ".join(sorted(f"`{graph.qname(str(node))}`" for node in above)),
    )
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |\n"


def _text(graph: Graph, term: Node, predicate: Node, language: str) -> str:
    return next((str(node) for node in graph.objects(term, predicate) if getattr(node, "language", "") == language), "")


def _contexts(command: click.Command, name: str, parent: click.Context | None) -> Iterator[click.Context]:
    width: dict[str, Any] = {"terminal_width": 100, "max_content_width": 100, "color": False}
    context = SpokenContext(command, parent, info_name=name, **width, **command.context_settings)
    yield context
    if isinstance(command, click.Group):
        for key, sub in sorted(command.commands.items()):
            yield from _contexts(sub, key, context)


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(DOCS.parent), file=sys.stderr)
