"""Documents without a number. Personnel, land and complaint papers repeat their titles daily, so two files without a number are
never one because type, issuer and title agree: they stay apart, as candidates of each other.
"""

from __future__ import annotations

from collections.abc import Sequence

from chidao.extract.corpus.clusters import Clusters
from chidao.extract.corpus.within_file import Mention

UNTITLED = "khong-trich-yeu"
CONGRESS = "nghi-quyet/dai-hoi"
_MOST = 12
"""Documents that are offered for another: between more than these nobody could choose."""


def place_named(key: str, mentions: Sequence[Mention]) -> Clusters:
    """Place the files' own documents that have no number, and the documents that are cited by name, all of one name.

    One file of a title, the first by its content's sum, has the title's key, where citations by that name lead too; others are
    known by their file, and so is each that has no title either."""
    clusters = Clusters()
    own = sorted((m for m in mentions if m.own), key=_mark)
    _place_cited(key, [m for m in mentions if not m.own], _place_own(key, own, clusters), clusters)
    return clusters


def _place_own(key: str, own: list[Mention], clusters: Clusters) -> list[str]:
    """Place the files of one title, each as a document; return their keys."""
    if key.endswith(f"/{UNTITLED}"):
        for m in own:
            clusters.put(f"{key}/{_mark(m)}", m)
        return []
    keys = [key if n == 0 else f"{key}/{_mark(m)}" for n, m in enumerate(own)]
    for own_key, m in zip(keys, own, strict=True):
        cluster = clusters.put(own_key, m)
        if len(keys) > 1:
            others = [k for k in keys if k != own_key] if len(keys) <= _MOST else []
            cluster.leave_open(others, "another file without a number has this title")
    return keys


def _place_cited(key: str, cited: list[Mention], own: list[str], clusters: Clusters) -> None:
    """Place citations by a name that files with the keys `own` bear too."""
    if len(own) > 1:
        for m in cited:
            clusters.put(f"{key}/cited", m).leave_open(
                own if len(own) <= _MOST else [], "several files have this title"
            )
    elif cited and cited[0].scope is None and (cited[0].name or "").startswith(CONGRESS):
        _place_congresses(key, cited, clusters)
    else:
        for m in cited:
            clusters.put(key, m)


def _place_congresses(key: str, cited: list[Mention], clusters: Clusters) -> None:
    """Place congresses of which no file says whose: what one file calls "Nghị quyết Đại hội Đảng bộ xã Tân Phú" is another's
    commune of that name in another file."""
    marks = sorted({m.mark for m in cited})
    for m in cited:
        clusters.put(key if m.mark == marks[0] else f"{key}/{m.mark}", m).leave_open(
            (), "no file says whose congress it is"
        )


def _mark(m: Mention) -> str:
    return m.mark if m.row is None else f"{m.mark}-{m.row}"
