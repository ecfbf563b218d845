"""Numbers of which no file says for certain whose they are: "12/KH-UBND" of a commune whose province nobody names.

Two bodies give the same numbers, so such mentions mean one document only within a file, or where two citing files agree in day
and title. What else they may mean is offered, not taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from chidao.extract.corpus.clusters import Cluster, Clusters
from chidao.extract.corpus.series import is_placed, names_nobody
from chidao.extract.corpus.within_file import Mention
from chidao.extract.language.letters import slug
from chidao.extract.language.symbols import UNKNOWN, is_of_another, likeness

SAME_TITLE = 0.8
"""Share of words (see `likeness`) from which two titles are one."""
_MOST = 12
"""Documents that are compared with another, or offered for it: between more than these nobody could choose."""


@dataclass(slots=True)
class Block:
    """Mentions that mean one document; `mark` tells it from the other blocks of its number."""

    mark: str
    mentions: list[Mention] = field(default_factory=list)

    def agrees(self, others: Iterable[Mention]) -> bool:
        """Return whether citing mentions of other files agree with these in day and title, and none names another issuer."""
        both = [(a, b) for a in self.mentions for b in others if a.title and b.title and day(a) and day(a) == day(b)]
        return any(likeness(a.title or "", b.title or "") >= SAME_TITLE for a, b in both) and len(
            {m.issuer for m in (*self.mentions, *others) if m.issuer}
        ) < 2  # fmt: skip


def day(m: Mention) -> str | None:
    """Return the day of a mention, or the year in its number."""
    return m.date or (str(m.year) if m.year else None)


def split_doubtful(mentions: Iterable[Mention]) -> list[Block]:
    """Return the mentions of one number in blocks of which each means one document, that with a file of its own first."""
    files: dict[str, list[Mention]] = defaultdict(list)
    for m in mentions:
        files[m.mark].append(m)
    blocks: list[Block] = []
    by_day: dict[str, list[Block]] = defaultdict(list)
    apart = [block for mark, here in files.items() for block in _by_issuer(mark, here)]
    for mark, here in sorted(apart, key=lambda file: (not any(m.own for m in file[1]), file[0])):
        days = dict.fromkeys(d for m in here if (d := day(m)))
        near = [block for d in days for block in by_day[d][:_MOST]] if _may_join(here) else []
        block = next((b for b in near if b.agrees(here)), None)
        if block is None:
            blocks.append(block := Block(mark))
            for d in days if _may_join(here) else ():
                by_day[d].append(block)
        block.mentions += here
    return blocks


def _by_issuer(mark: str, here: list[Mention]) -> list[tuple[str, list[Mention]]]:
    """Part a file's mentions of one number by the bodies that it says have issued it, where the symbol says of none: "Chương trình số
    3-CTr/ĐU" of two Party committees that no table knows. Who is named in short is who is named in full."""
    if not names_nobody(here[0].symbol) and not any(_of_another(m) for m in here):
        return [(mark, here)]
    whose: dict[str, list[Mention]] = {}
    for m in here:
        name = m.issuer or ""
        one = next((known for known in whose if known and name and (known in name or name in known)), name)
        whose.setdefault(one, []).append(m)
    if len(whose.keys() - {""}) < 2:
        return [(mark, here)]
    return [(f"{mark}-{slug(name)}" if name else mark, of_one) for name, of_one in whose.items()]


def _of_another(m: Mention) -> bool:
    """Does the file say that somebody issued it whose symbol this is not: "77/BQL" of a board for roads and of one for forests?"""
    said = m.issuer if m.scope == UNKNOWN and not m.issuer_key else None
    return bool(said and m.symbol and is_of_another(m.symbol, said))


def _may_join(mentions: Iterable[Mention]) -> bool:
    """A file's own document is not another file's, and a commune without its province has namesakes elsewhere."""
    return not any(m.own or (m.scope is not None and not is_placed(m.scope)) for m in mentions)


def offer(doubtful: Clusters, known: Clusters) -> None:
    """Give each doubtful document of one number the others that it may be, as candidates."""
    pool = [*known.values(), *doubtful.values()]
    if len(pool) < 2:
        return
    by_day: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in pool if len(pool) > _MOST else ():
        for d in {d for m in cluster.mentions if (d := day(m))}:
            by_day[d].append(cluster)
    for cluster in doubtful.values():
        days = sorted({d for m in cluster.mentions if (d := day(m))})
        near = pool if len(pool) <= _MOST else [other for d in days for other in by_day[d]][: _MOST + 1]
        fits = [other.key for other in near if other is not cluster and _may_be(cluster, other)]
        if len(near) <= _MOST:
            cluster.leave_open(fits, None)


def _may_be(cluster: Cluster, other: Cluster) -> bool:
    """Return whether nothing that files say of two documents of one number speaks against their being one."""
    days = ({d for m in c.mentions if (d := day(m))} for c in (cluster, other))
    issuers = ({m.issuer for m in c.mentions if m.issuer} for c in (cluster, other))
    places = [{m.scope for m in c.mentions if m.scope} for c in (cluster, other)]
    below = [{scope.partition("/")[2] for scope in scopes} for scopes in places]
    titles = [c.titles() for c in (cluster, other)]
    return (
        all(_meet(a, b) for a, b in (tuple(days), tuple(issuers)))
        and _meet(*below)
        and (not all(titles) or any(likeness(a, b) >= 0.35 for a in titles[0][:_MOST] for b in titles[1][:_MOST]))
    )


def _meet(a: set[str], b: set[str]) -> bool:
    return not a or not b or not a.isdisjoint(b)
