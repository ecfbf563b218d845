"""The page "Thay đổi": what the graph says that the one before did not, and what it says no more; the same as a feed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any
from urllib.parse import urljoin

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from chidao.graph import seal
from chidao.graph.answers.changed import ChangedPart
from chidao.graph.answers.graph import Graph
from chidao.graph.tables.changed import KINDS
from chidao.viz.change_words import change_line, change_words
from chidao.viz.web.catalogue import N_, translations
from chidao.viz.web.rendering.feed import Entry, atom
from chidao.viz.web.rendering.links import ServerLinks
from chidao.viz.web.rendering.render import language_of, page
from chidao.viz.web.request import params
from chidao.viz.web.sitemap import route
from chidao.viz.web.snapshots import Snapshot, snapshot_of

A_PAGE = 40
"""Lines on one page."""
IN_A_FEED = 500
"""Entries of a feed; the page has all."""
SIDES = ("new", "gone")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see: of a directive `ref`, a `body`, of one `kind`, what is "new" or what is "gone"."""

    ref: str | None
    body: str | None
    kind: str | None
    side: str | None

    @property
    def given(self) -> dict[str, str | None]:
        """The parameters that ask for it."""
        return {"ref": self.ref, "body": self.body, "kind": self.kind, "side": self.side}

    def part(self, graph: Graph, limit: int, offset: int = 0) -> ChangedPart | None:
        """Return at most so many lines of it, behind the first `offset`."""
        new = self.side == "new" if self.side else None
        return graph.changed_part(self.ref, body=self.body, kind=self.kind, new=new, limit=limit, offset=offset)


def _asked(request: Request) -> Asked:
    return Asked(
        params.text(request, "ref"), params.text(request, "body"), params.one_of(request, "kind", KINDS),
        params.one_of(request, "side", SIDES),
    )  # fmt: skip


def _made(snapshot: Snapshot) -> datetime:
    """When the generation was made."""
    return datetime.fromtimestamp(snapshot.made / 1e9, UTC).replace(microsecond=0)


def shown(request: Request) -> Response:
    """Show the lines that are asked for, some on a `page`."""
    snapshot, asked, language = snapshot_of(request), _asked(request), language_of(request)
    number = params.number(request, "page", 1, 100_000) or 1
    found = asked.part(snapshot.graph, A_PAGE, (number - 1) * A_PAGE)
    listed, counts = (found.lines, found.counts) if found else ((), {})
    sides = [new for new, side in ((True, "new"), (False, "gone")) if asked.side in (None, side)]
    context: dict[str, Any] = {
        "asked": asked, "kinds": KINDS, "counts": {kind: sum(counts.get((kind, new), 0) for new in sides) for kind in KINDS},
        "is_first": found is None, "groups": [(kind, [(line, change_words(line, language)) for line in of])
                                              for kind, of in groupby(listed, key=lambda line: line.kind)],
        "total": found.total if found else 0, "number": number, "per_page": A_PAGE, "at": _made(snapshot).astimezone().isoformat(),
    }  # fmt: skip
    return page(request, "changes", **context)


def feed(request: Request) -> Response:
    """Return the same as an Atom feed, which is sent anew only when it has changed."""
    snapshot, asked, language = snapshot_of(request), _asked(request), language_of(request)
    gettext = translations(language).gettext
    part = asked.part(snapshot.graph, IN_A_FEED)
    found = part.lines if part else ()
    links, root = ServerLinks(snapshot.base, request.scope.get("root_path", "")), str(request.base_url)
    list_page = urljoin(root, links.page("changes", **asked.given))
    mark = seal.mark(snapshot.path) if found else ""
    content = atom(
        (
            Entry(
                f"{snapshot.base}changes/{mark}/{line.identity}", change_line(line, language),
                urljoin(root, links.document(line.iri)) if line.new else list_page, line.kind,
            )
            for line in found
        ),
        name=f"{snapshot.base}changes?{sorted((name, value) for name, value in asked.given.items() if value)}",
        title=" · ".join(filter(None, (gettext(N_("Changes")), asked.ref, asked.body))),
        subtitle=gettext(N_("What the files say since the last addition, and what they say no more.")),
        updated=_made(snapshot), address=str(request.url), page=list_page,
        language=language,
    )  # fmt: skip
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Content-Language": language, "Vary": "Cookie"}
    if params.knows(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="application/atom+xml; charset=utf-8", headers=headers)


routes: list[BaseRoute] = [
    Route(route("changes"), shown, methods=["GET"]),
    Route(route("changes") + ".atom", feed, methods=["GET"]),
]
