"""The drawn graph as the site's scripts and other programs get it: `around` gives a thing and what surrounds it as `picture` of
viz/drawing/data.py tells it, `whole` every document, in columns.

Both also say `total`, the number of all nodes, and `omitted`, of those left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chidao.graph.answers.linked import linked
from chidao.graph.answers.network import describe, evidence_between, network_near, to_networkx
from chidao.viz.drawing import layout
from chidao.viz.drawing.by_time import ASPECT
from chidao.viz.drawing.data import TITLES, View, evidence, part_around, picture
from chidao.viz.drawing.whole import whole as columns
from chidao.viz.web.rendering.links import Links
from chidao.viz.words import DEFAULT

if TYPE_CHECKING:
    from chidao.graph.answers.network import Network
    from chidao.viz.web.snapshots import Snapshot


def network_of(snapshot: Snapshot, *, bodies: bool = False) -> Network[str]:
    """Return the generation's documents and their statements; with `bodies` who issued what and belongs to whom, too."""
    if not bodies:
        return snapshot.network
    network: Network[str] = snapshot.once(
        "network-bodies", lambda shown: to_networkx(shown.store, bodies=True, evidence=False)
    )
    return network


def part_shown(snapshot: Snapshot, iri: str, view: View) -> tuple[Network[str], int]:
    """Return what surrounds a thing as a view says, and how many nodes are left out because there are too many: of what is near, no more is
    read than is near, and told of no more than is shown. Raises KeyError for an unknown IRI."""
    if view.depth > 1 or view.bodies:
        return part_around(network_of(snapshot, bodies=view.bodies), iri, view)
    part, omitted = part_around(network_near(snapshot.store, iri, described=bool(view.levels)), iri, view)
    describe(part, snapshot.store)
    return part, omitted


def around(
    snapshot: Snapshot,
    iri: str,
    view: View | None = None,
    *,
    links: Links | None = None,
    language: str = DEFAULT,
    placed: bool = True,
) -> dict[str, Any]:
    """Return a document or body and what surrounds it; for a list of it nothing has to be `placed`. `links` gives each node its page.
    Raises KeyError for an unknown IRI."""
    view = view or View()
    part, omitted = part_shown(snapshot, iri, view)
    places = layout.arrange(part, aspect=ASPECT) if placed else None
    shown = picture(part, places, language, focus=iri, page_of=links.thing if links else None)
    total = len(network_of(snapshot, bodies=True)) if view.bodies else dict(snapshot.graph.stats())["documents"]
    return shown | {"total": total, "omitted": omitted}


def whole(snapshot: Snapshot, *, links: Links | None = None, language: str = DEFAULT) -> dict[str, Any]:
    """Return every document in columns (see viz/drawing/whole.py). Made anew for each language and place of links."""
    titled = dict(snapshot.graph.stats())["documents"] <= TITLES
    return columns(linked(snapshot.store, titled=titled), language, links.thing if links else None)


def evidence_of(
    snapshot: Snapshot, subject: str, predicate: str, object_: str, language: str = DEFAULT
) -> list[dict[str, Any]]:
    """Return the sentences that state a relation, each with its quote and place; the file named from the common folder on: where that
    lies is nobody's business.

    Raises KeyError where the graph has no such statement, ChidaoError for what is no IRI."""
    found = evidence_between(snapshot.store, subject, predicate, object_)
    if not found and not network_of(snapshot, bodies=True).has_edge(subject, object_, predicate):
        raise KeyError(predicate)
    return [evidence(said, snapshot.folder, language) for said in found]
