"""The searches that an office makes again and again, and what is new in their results since somebody last looked.

The searches stand in the settings of the workspace; beside them, in `seen.json`, what each had found when it was last looked at.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from chidao.extract.errors import ChidaoError
from chidao.graph import disk
from chidao.graph.answers.graph import Graph
from chidao.graph.answers.search import FACETS
from chidao.graph.workspace import Search, Settings, Workspace

MOST = 50
"""Searches that are kept."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A search with its name, its words and facets as a query string, when it was last looked at, and how many results it has, how many
    of them new."""

    name: str
    query: str
    seen: str
    total: int
    new: int


def saved(graph: Graph, workspace: Workspace) -> list[Saved]:
    """Return the searches that are kept, in the order in which they were."""
    known, told = _known(workspace), []
    for search in workspace.settings().searches:
        found = _results(graph, search.query)
        old = set(known.get(search.name, ()))
        told.append(
            Saved(search.name, search.query, search.seen, len(found), sum(_mark(iri) not in old for iri in found))
        )
    return told


def new_since(graph: Graph, workspace: Workspace, name: str) -> frozenset[str] | None:
    """Return the IRIs of what a search finds now and did not when it was last looked at; None where no search is called so."""
    search = next((search for search in workspace.settings().searches if search.name == name), None)
    if search is None:
        return None
    old = set(_known(workspace).get(name, ()))
    return frozenset(iri for iri in _results(graph, search.query) if _mark(iri) not in old)


def keep(graph: Graph, workspace: Workspace, name: str, query: str) -> None:
    """Keep a search, in place of the one that is called so; what it finds now is not new. Raises ChidaoError."""

    def with_it(settings: Settings) -> Settings:
        others = tuple(search for search in settings.searches if search.name != name)
        if len(others) >= MOST:
            raise ChidaoError(f"no more than {MOST} searches are kept")
        return replace(settings, searches=(*others, Search(name, query)))

    workspace.change(with_it)
    look(graph, workspace, name)


def look(graph: Graph, workspace: Workspace, name: str) -> None:
    """Note that somebody has looked at what a search finds. Raises ChidaoError."""
    search = next((search for search in workspace.settings().searches if search.name == name), None)
    if search is None:
        raise ChidaoError(f"no search is called {name!r}")
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    _note(workspace, _known(workspace) | {name: sorted(map(_mark, _results(graph, search.query)))})
    _change(workspace, lambda one: replace(one, seen=now) if one.name == name else one)


def forget(workspace: Workspace, name: str) -> None:
    """Keep a search no longer. Raises ChidaoError."""
    _change(workspace, lambda one: None if one.name == name else one)
    _note(workspace, {other: seen for other, seen in _known(workspace).items() if other != name})


def _change(workspace: Workspace, made: Callable[[Search], Search | None]) -> None:
    """Keep what `made` gives for each search; none where it gives none."""
    workspace.change(lambda now: replace(now, searches=tuple(one for each in now.searches if (one := made(each)))))


def _results(graph: Graph, query: str) -> list[str]:
    given: dict[str, Any] = dict(parse_qsl(query))
    words = given.pop("q", "")
    return graph.found(words, **{name: value for name, value in given.items() if name in FACETS})


def _mark(iri: str) -> str:
    return hashlib.sha256(iri.encode()).hexdigest()[:12]


def _known(workspace: Workspace) -> dict[str, list[str]]:
    """What each search had found; nothing where that cannot be read, so that all is new."""
    try:
        return msgspec.convert(json.loads(disk.read(workspace.seen)), dict[str, list[str]])
    except (OSError, ValueError, RecursionError, msgspec.ValidationError):
        return {}


def _note(workspace: Workspace, seen: dict[str, list[str]]) -> None:
    workspace.prepare()
    try:
        disk.write(workspace.seen, json.dumps(seen, ensure_ascii=False, indent=0).encode())
    except OSError as error:
        raise ChidaoError(f"cannot be written ({error.strerror or error})", path=str(workspace.seen)) from None
