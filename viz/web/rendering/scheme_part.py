"""The scheme of a document inside a page: its cards lead to the documents, and open to the sentence that says so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from chidao.graph.answers.status import ended
from chidao.graph.answers.surroundings import Edge, surroundings
from chidao.graph.evidence import Evidence
from chidao.graph.select import rows_of_each
from chidao.ontology.vocabulary import CHIDAO
from chidao.viz.drawing.scheme import Card, scheme
from chidao.viz.drawing.scheme_html import quoted, scheme_html
from chidao.viz.law_words import ended_words
from chidao.viz.web.rendering.filters import Filters
from chidao.viz.web.rendering.links import Links
from chidao.viz.web.snapshots import Snapshot

MANY = 300
"""Up to so many cards, each has its sentence, and all stand in one page; of more, a group that is shut has a page on which it is open."""


def scheme_part(
    shown: Snapshot,
    iri: str,
    links: Links,
    language: str,
    own: str | None = None,
    *,
    inside: bool = False,
    opened: str | None = None,
) -> Markup:
    """Return the scheme of a document as HTML, for a page of its own, on which the group of this name is `opened`, or `inside` the
    document's: of one that is linked to nothing "" there. `own` is the office's province. Raises KeyError for an unknown document."""
    most = MANY if links.page("graph", iri=iri) else None  # a written site has no such pages
    made = scheme(surroundings(shown.store, iri), on=date.today().isoformat(), own=own, most=most, opened=opened)
    if inside and not made.zones:
        return Markup("")

    def elsewhere(group: str) -> str | None:
        return links.page("graph", iri=iri, group=group) if made.cut else None

    cards = list(made.cards)
    # What the document itself has ended stands beside it as that.
    asked = [iri, *(card.iri for card in cards)]
    over = {name: ended_words(found, language) for name, found in ended(shown.store, asked).items() if found.by != iri}
    cite = _Cite(shown, links, language, {} if len(cards) > MANY else _said(shown, cards))
    return scheme_html(
        made, language, page_of=links.thing, cite=cite, over=lambda name: over.get(name, ""), elsewhere=elsewhere,
        opened=opened,
    )  # fmt: skip


def _said(shown: Snapshot, cards: Sequence[Card]) -> dict[Edge, Evidence]:
    """The first sentence of each statement that joins a card."""
    edges = [card.edge for card in cards if card.edge]
    found: dict[Edge, Evidence] = {}
    wanted = set(edges)
    for row in rows_of_each(shown.store, "internal/network-statements", "subject", sorted({edge[0] for edge in edges})):
        edge = row["subject"], row["object"], row["predicate"].removeprefix(str(CHIDAO))
        if edge in wanted:
            # The query's places are those of sentences.
            found.setdefault(edge, Evidence.of(row | {"begins": row["start"], "ends": row["end"]}))
    return found


class _Cite:
    """Shows the sentence of a card, with the way to its place."""

    def __init__(self, shown: Snapshot, links: Links, language: str, said: dict[Edge, Evidence]) -> None:
        self.shown, self.links, self.language, self.said = shown, links, language, said

    def __call__(self, card: Card) -> Markup | None:
        said = self.said.get(card.edge) if card.edge else None
        if said is None:
            return None
        sha256 = self.shown.sources.get(said.source)
        to = self.links.text(sha256, said) if sha256 else None
        where = said.words(self.language, self.shown.folder)
        link = Markup('<a class="in-text" href="{}">{}</a>').format(to, where) if to else where
        return quoted(card, said, Filters.marked(said.sentence, said.quote), link)
