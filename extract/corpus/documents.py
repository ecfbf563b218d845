"""What a document is, by all that is said of it: chosen from its mentions, those of its own file first."""

from __future__ import annotations

import re
from collections import Counter

from chidao.extract.corpus.bodies import level_of
from chidao.extract.corpus.clusters import Cluster
from chidao.extract.corpus.law_versions import cited_name
from chidao.extract.corpus.series import is_placed, names_nobody, series
from chidao.extract.corpus.within_file import Mention
from chidao.extract.language.jurisdictions import province_of
from chidao.extract.language.symbols import Issuer, issuer_of
from chidao.extract.resolved import Document


def document_of(cluster: Cluster) -> Document:
    """Return the document that these mentions mean, without what only others may tell of it."""
    own = cluster.own
    first = own or cluster.mentions[0]
    symbol = next((m.symbol for m in cluster.mentions if m.symbol), None)
    implied = issuer_of(symbol) if symbol else None
    issuer, issuer_key, issuers = _issuer(cluster)
    if issuer is None and implied and not names_nobody(symbol):
        issuer, issuer_key = _implied(implied, first.scope)
    date = cluster.chosen("date")
    return Document(
        key=cluster.key,
        kind=first.kind,
        type=cluster.chosen("type"),
        number=first.number,
        symbol=symbol,
        year=next((m.year for m in cluster.mentions if m.year), None),
        date=date,
        issuer=issuer,
        issuer_key=issuer_key,
        title=cluster.chosen("title", longest=True),
        scope=first.scope,
        level=level_of(first.scope) or (implied.level if implied else None),
        dates=tuple(sorted({m.date for m in cluster.mentions if m.date})),
        issuers=issuers,
        candidates=cluster.candidates,
        why=cluster.why or _nobodys(first, issuer_key),
        month=date[:7] if date else cluster.chosen("month"),
        name=_name(cluster) if first.kind == "named" else None,
    )


def _name(cluster: Cluster) -> str | None:
    """What a document without a number is called: as the texts print it; a file's own with neither type nor title by the file."""
    own = cluster.own
    if own is None:
        return _printed_name(cluster)
    return None if own.type or own.title else own.text


def _nobodys(first: Mention, issuer_key: str | None) -> str | None:
    """Return why it is open whose document a numbered one is."""
    if first.kind != "numbered":
        return None
    if first.scope is None:
        return "no file says whose document it is"
    if not is_placed(first.scope):
        return "no file says which province its issuer is in"
    return (
        None if series(first.symbol, first.scope, issuer_key).sure else "its symbol does not say whose document it is"
    )


def _printed_name(cluster: Cluster) -> str | None:
    """How the files call a document without a number: the longest form, since short ones lean on it ("Nghị quyết Đại
    hội" on "Nghị quyết Đại hội Đảng bộ Thành phố lần thứ XVII")."""
    mentions = cluster.mentions
    plenum = re.search(r"/trung-uong-(\d+)(?:-khoa-([ivx]+))?$", mentions[0].name or "")
    if plenum:
        return f"{mentions[0].type} Trung ương {plenum[1]}" + (f" khóa {plenum[2].upper()}" if plenum[2] else "")
    name = max((m.text for m in mentions if m.text), key=lambda t: (len(t), t), default=None)
    if name and cited_name(mentions[0]) and (year := re.search(r"/([0-9]{4})$", cluster.key)):
        name += f" năm {year[1]}"
    return name


def _issuer(cluster: Cluster) -> tuple[str | None, str | None, tuple[str, ...]]:
    """Return the issuer that the mentions state, its key, and all that they state. "Thành ủy" said of what its standing committee
    issued is the looser name of the same issuer, so the closer one wins and the two do not conflict."""
    counts = Counter((m.issuer, m.issuer_key) for m in cluster.mentions if m.issuer)
    names = {name for name, _ in counts if name}
    loose = {a for a in names for b in names if a != b and a in b}
    stated = tuple(sorted(names - loose))
    if cluster.own and cluster.own.issuer:
        return cluster.own.issuer, cluster.own.issuer_key, stated
    by_hand = {(m.issuer, m.issuer_key) for m in cluster.mentions if m.issuer and "issuer" in m.by_hand}
    closer = [issuer for issuer in counts if issuer in by_hand or (not by_hand and issuer[0] in stated)]
    name, key = max(closer, key=lambda issuer: (counts[issuer], issuer[0] or ""), default=(None, None))
    return name, key, stated


def _implied(issuer: Issuer, scope: str | None) -> tuple[str | None, str | None]:
    if issuer.entry:
        return issuer.entry.name, issuer.entry.key
    if issuer.template and scope and "/" not in scope:
        place = province_of(scope)
        if place and issuer.template.level == "province":
            return place.fill(issuer.template.name), f"{place.key}/{issuer.template.slug}"
    return None, None
