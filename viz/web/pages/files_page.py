"""The list of files: what was read of each, and which were not read, why, and what to do."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from chidao.extract.language.letters import fold
from chidao.graph.select import rows_of_each
from chidao.graph.write.manifest import shown_below
from chidao.graph.write.terms import Names
from chidao.viz.web.rendering.reasons import Reason, reason_of
from chidao.viz.web.rendering.render import language_of, page
from chidao.viz.web.request import params
from chidao.viz.web.sitemap import route
from chidao.viz.web.snapshots import Snapshot, snapshot_of

A_PAGE = 40
"""Files on one page."""
STATES = ("read", "unread")


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that a build met, as people are shown it. `same` is another one with the same content, which was read in its place; one that
    was not read has a `reason`. `added` is its name among the files that were added by hand, "" for others."""

    name: str
    sha256: str = ""
    same: str = ""
    reason: Reason | None = None
    added: str = ""
    counts: dict[str, int] | None = None


def files_of(snapshot: Snapshot, language: str, added: str = "") -> list[File]:
    """Return every file of a generation by its name; `added` is the folder of files that were added by hand."""
    made, first, found = snapshot.graph.built, dict[str, str](), []
    for entry in made.entries:
        name = (entry.shown or entry.path).replace("\\", "/")
        same = first.setdefault(entry.sha256, name)
        found.append(
            File(
                name=name,
                sha256=entry.sha256,
                same=same if same != name else "",
                added=_below(entry.path, added),
            )
        )
    roots = made.roots()
    for path, why in made.unread:
        name = _shown(path, roots, added)
        found.append(File(name=name, reason=reason_of(why, language), added=_below(path, added)))
    return sorted(found, key=lambda file: (fold(file.name), file.name))


def _below(path: str, folder: str) -> str:
    return path[len(folder) + 1 :].replace("\\", "/") if folder and path.startswith(folder + os.sep) else ""


def _shown(path: str, roots: Mapping[str, str], added: str) -> str:
    """A path as people are shown it; of one in a folder of which nothing was read the last name alone."""
    if own := _below(path, added):
        return f"{os.path.basename(added)}/{own}"
    return shown_below(path, roots) or Path(path).name


def _counted(snapshot: Snapshot, files: list[File]) -> dict[str, dict[str, int]]:
    """How many documents, references and tasks each file has given, by checksum; counted once for a file."""
    names = Names(snapshot.base)
    known: dict[str, dict[str, int]] = snapshot.once("counts of files", lambda _: {})
    iris = {names.source(file.sha256).value: file.sha256 for file in files if file.sha256 and file.sha256 not in known}
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows_of_each(snapshot.store, "internal/file-counts", "file", iris):
        if row["file"]:
            found[iris[row["file"]]][row["what"]] = int(row["count"])
    known |= {sha256: found[sha256] for sha256 in iris.values()}
    return known


def files(request: Request) -> Response:
    """Show the files, those whose name has the words of `q`, in one `state`, some on a `page`."""
    snapshot, language = snapshot_of(request), language_of(request)
    workspace = request.app.state.workspace
    added = os.path.abspath(workspace.files) if workspace else ""
    every: list[File] = snapshot.once(f"files {language}", lambda shown: files_of(shown, language, added))
    q, state = params.text(request, "q") or "", params.one_of(request, "state", STATES)
    number = params.number(request, "page", 1, 100_000) or 1
    wanted = fold(q).split()
    found = [
        file for file in every
        if all(word in fold(file.name) for word in wanted) and (not state or (file.reason is None) == (state == "read"))
    ]  # fmt: skip
    listed = found[(number - 1) * A_PAGE : number * A_PAGE]
    context: dict[str, Any] = {
        "q": q, "state": state or "", "number": number, "total": len(found), "files": listed, "per_page": A_PAGE,
        "counts": _counted(snapshot, listed), "read": sum(file.reason is None for file in every), "every": len(every),
    }  # fmt: skip
    return page(request, "files", **context)


routes: list[BaseRoute] = [Route(route("files"), files, methods=["GET"])]
