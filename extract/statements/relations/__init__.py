"""Relations between documents that the text itself states, each with its trigger and passage.

Between two references of a sentence the words that join them decide ("… thực hiện …", "… theo …", "… được thay thế bởi …");
inside a title they relate the titled document to the one its title names. The file's own document relates to others through
its title, its preamble ("Căn cứ …", "Thực hiện …") and its enacting clauses ("Quyết định này thay thế …").
"""

from __future__ import annotations

from chidao.extract.mentions.references import Found
from chidao.extract.model import Heading
from chidao.extract.reading.layout import Layout
from chidao.extract.reading.quotes import find_quotes
from chidao.extract.statements.relations.consolidated import find_consolidated
from chidao.extract.statements.relations.enacting import find_enacting
from chidao.extract.statements.relations.fronted import find_fronted
from chidao.extract.statements.relations.in_sentence import find_pairs
from chidao.extract.statements.relations.links import Link, nesting
from chidao.extract.statements.relations.own_title import find_own_title
from chidao.extract.statements.relations.preamble import find_preamble

__all__ = ["Link", "find_relations", "nesting"]


def find_relations(layout: Layout, found: list[Found], heading: Heading) -> list[Link]:
    """Every stated relation, in text order, each (subject, predicate, object) once."""
    quotes = find_quotes(layout.text)
    fronted = list(find_fronted(layout, found))
    told = {link.object for link in fronted}
    preamble = (
        k
        for k in find_preamble(layout, found, heading, quotes)
        if not (k.rule == "preamble-carries" and k.object in told)
    )
    links = [
        *find_pairs(layout, found),
        *fronted,
        *find_own_title(layout, found, heading, quotes),
        *preamble,
        *find_enacting(layout, found, heading, quotes),
        *find_consolidated(layout, found, heading),
    ]
    seen: set[tuple[int, str, int]] = set()
    kept: list[Link] = []
    for link in sorted(links, key=lambda k: (k.start, k.end)):
        if (link.subject, link.predicate, link.object) not in seen and link.subject != link.object:
            seen.add((link.subject, link.predicate, link.object))
            kept.append(link)
    return kept
