"""The groups of mentions within which identity is decided, and how it is decided in each: no mention of one group ever means what those
of another do because of them, so a change of a file is a change of the groups of its mentions.

Numbered mentions are grouped by type and code; laws cited by name by that name, once it is known which numbered laws bear it; other names
by the name with its jurisdiction. A congress's name may be another one once all mentions of its organization's congresses are seen
(`congress_terms`), so these are a group of their own before that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from chidao.extract.corpus.clusters import Clusters, place_code
from chidao.extract.corpus.congress_terms import join_terms, organization
from chidao.extract.corpus.doubtful import Block, offer, split_doubtful
from chidao.extract.corpus.law_versions import cited_name
from chidao.extract.corpus.series import Series, series
from chidao.extract.corpus.within_file import Mention
from chidao.extract.language.symbols import code_key, type_key

NUMBERED, LAW, NAMED = "c ", "l ", "n "
"""How the names of groups begin, in the order in which they are decided: laws are placed where the numbered ones are."""


def group_of(m: Mention) -> str | None:
    """Return the group of a mention; None for one that leans on another of its file."""
    if m.kind == "numbered":
        return f"{NUMBERED}{type_key(m.symbol, m.type)} {code_key(m.number, m.symbol, m.year)}"
    if m.kind != "named":
        return None
    if name := cited_name(m):
        return LAW + name
    return f"{NAMED}{m.scope or 'unknown'}/{m.name}"


def term_group_of(m: Mention) -> str | None:
    """Return the organization whose congress a mention by name means; None for any other mention, and for a file's own document."""
    if m.own or m.kind != "named" or not m.scope or (whose := organization(m.name)) is None:
        return None
    return f"{m.scope} {whose}"


def is_placed_by_file(m: Mention) -> bool:
    """Return whether it counts for what a mention means which file it stands in, and not only what it says."""
    if m.kind == "numbered":
        return m.own or not series(m.symbol, m.scope, m.issuer_key).sure
    return m.own or m.scope is None


def join_group_terms(mentions: Iterable[Mention]) -> None:
    """Give the congresses of one organization, as all files mention them, the names that they have together."""
    files: dict[int, list[Mention]] = defaultdict(list)
    for m in mentions:
        files[m.file].append(m)
    join_terms(list(files.values()))


def place_numbered(group: str, mentions: Sequence[Mention]) -> Clusters:
    """Join the mentions of one type and code: by whose number it is, and year.

    Where that is not sure, a number in another file may be another body's: such mentions stay with their file, except those that
    agree in day and title."""
    kind, code = group.split(" ")
    by_series: dict[Series, list[Mention]] = defaultdict(list)
    for m in mentions:
        by_series[series(m.symbol, m.scope, m.issuer_key)].append(m)
    known = Clusters()
    for whose, of_body in by_series.items():
        if whose.sure:
            place_code(f"{whose.key}/{kind}/{code}", of_body, known)
    doubtful = Clusters()
    for whose, of_body in by_series.items():
        for block in [] if whose.sure else split_doubtful(of_body):
            _place_block(f"{whose.key}/{kind}/{code}", block, doubtful)
    offer(doubtful, known)
    clusters = Clusters(known)
    clusters.update(doubtful)
    return clusters


def _place_block(base: str, block: Block, clusters: Clusters) -> None:
    """Place the mentions of a block below a key of their own where another block has theirs."""
    placed = Clusters()
    place_code(base, block.mentions, placed)
    if not clusters.keys().isdisjoint(placed):
        placed.clear()
        place_code(f"{base}/{block.mark}", block.mentions, placed)
    clusters.update(placed)
