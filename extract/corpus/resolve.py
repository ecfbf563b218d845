"""Decide which documents and bodies the references of all files mean. The only step that sees the corpus.

Identity is scope, type, number, symbol and year; everything here is a keyed join. A reference without a date means a dated
document only where one fits: first in the same file, then in the corpus; title and issuer may decide between several, and
nothing is dated after the document that cites it. Otherwise it stays a document of its own that keeps its candidates.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from chidao.extract.corpus.bodies import known_bodies, level_of
from chidao.extract.corpus.by_hand import ByHand
from chidao.extract.corpus.candidates import offer_numbers
from chidao.extract.corpus.clusters import Cluster, Clusters, place_code
from chidao.extract.corpus.congress_terms import join_terms, years_of
from chidao.extract.corpus.doubtful import Block, offer, split_doubtful
from chidao.extract.corpus.law_versions import cited_name, place_laws
from chidao.extract.corpus.series import Series, file_mark, file_name, is_placed, names_nobody, series
from chidao.extract.corpus.unnumbered import UNTITLED, place_named
from chidao.extract.corpus.within_file import Mention, complete
from chidao.extract.language.jurisdictions import province
from chidao.extract.language.letters import slug
from chidao.extract.language.order import Time, in_order
from chidao.extract.language.symbols import Issuer, code_key, issuer_of, type_key
from chidao.extract.model import SELF, Corpus, Correction, Document, Facts, File, Reference
from chidao.ontology.authority import BodyEntry, jurisdictions, types_of


class _Read(NamedTuple):
    """A file with what it mentions; `own` is its own document."""

    facts: Facts
    mentions: list[Mention]
    own: Mention | None

    @property
    def key(self) -> str | None:
        """The key of its own document."""
        return self.own.key if self.own else None

    def of_kind(self, kind: str) -> list[Mention]:
        """Return the mentions of a kind, the file's own document last."""
        return [m for m in (*self.mentions, self.own) if m and m.kind == kind]

    def file(self, facts: Facts, documents: Mapping[str, Document]) -> File:
        """Return the file's facts and what they mean, without relations to what all files together tell to be younger, or the same."""
        meant = tuple(m.key for m in self.mentions)
        own = _time(documents[self.own.key]) if self.own else (None, None)
        keys = (*meant, self.key)  # the last one is SELF
        apart = tuple(r for r in facts.relations if keys[r.subject] != keys[r.object] or keys[r.subject] is None)
        if len(apart) < len(facts.relations):
            facts = replace(facts, relations=apart)
        return File(in_order(facts, [_time(documents[key]) for key in meant], own), self.key, meant)


def _time(document: Document) -> Time:
    """When a document was signed; its day is not known where the files state several."""
    return (document.date if len(document.dates) < 2 else None), document.year


def resolve(facts: Iterable[Facts], corrections: Sequence[Correction] = ()) -> Corpus:
    """Return what all the files together mean, with what people say of it by hand in the place of what the rules read."""
    given = list(facts)
    by_hand = ByHand(given, corrections)
    files, clusters = _join(given, by_hand)
    while by_hand.find(clusters):
        files, clusters = _join(given, by_hand)
    for file in files:
        _lean(file)
    owned = [(file.facts, file.key) for file in files]
    documents = {key: _document(cluster) for key, cluster in clusters.items()}
    offer_numbers(given, [file.key for file in files], documents)
    by_hand.documents(documents, owned)
    said = by_hand.facts(owned)
    bodies = known_bodies(said, documents)
    by_hand.bodies(bodies, documents)
    told = [file.file(facts, documents) for file, facts in zip(files, said, strict=True)]
    added = by_hand.added(clusters, documents)
    return Corpus((*told, *added), documents, bodies, by_hand.outcomes(clusters, documents))


def _join(given: Sequence[Facts], by_hand: ByHand) -> tuple[list[_Read], Clusters]:
    """Read each file for what it mentions, and join the mentions that mean one document."""
    files = [_read(n, file, by_hand) for n, file in enumerate(given)]
    clusters = _by_code(m for file in files for m in file.of_kind("numbered"))
    numbered = [(key, m) for key, cluster in clusters.items() for m in cluster.mentions]
    for placed in place_laws([file.mentions for file in files], numbered):
        clusters.put(placed.key, placed.mention).leave_open(placed.candidates, placed.why)
    join_terms([file.mentions for file in files])
    place_named((m for file in files for m in file.of_kind("named") if not cited_name(m)), clusters)
    by_hand.join(clusters)
    return files, clusters


def _read(n: int, given: Facts, by_hand: ByHand) -> _Read:
    facts = by_hand.read(n, given)
    mark = file_mark(facts.source.path, facts.source.sha256)
    mentions = [_mention(n, i, ref, facts, mark) for i, ref in enumerate(facts.references)]
    own = _own(n, facts)
    complete(mentions, own, facts.heading)
    for m in (*mentions, *([own] if own else [])):
        m.by_hand = by_hand.fields((m.file, m.index))
    return _Read(given, mentions, own)


def _lean(file: _Read) -> None:
    """A back reference means what its antecedent means."""
    for m, reference in zip(file.mentions, file.facts.references, strict=True):
        if reference.antecedent is not None:
            meant = file.own if reference.antecedent == SELF else file.mentions[reference.antecedent]
            assert meant is not None  # only a file with a heading makes references to itself
            m.key = meant.key


def _mention(file: int, index: int, ref: Reference, facts: Facts, mark: str) -> Mention:
    return Mention(
        file, index, _scope(ref), ref.type, ref.number, ref.symbol, ref.year, ref.date, ref.issuer, ref.issuer_key, ref.title,
        facts.heading.date, ref.kind, ref.name, " ".join(ref.text.split()), mark=mark, term=years_of(ref, facts),
    )  # fmt: skip


def _scope(ref: Reference) -> str | None:
    """Return the jurisdiction of a cited document by its symbol and the issuer that the text states."""
    issuer = issuer_of(ref.symbol) if ref.symbol else None
    if names_nobody(ref.symbol):
        return ref.scope
    if issuer and issuer.entry:
        # "KH-BTC" of a local festival's committee is not the Ministry of Finance's, whose symbol it has; only what a state organ
        # enacts has a year in its number.
        local = ref.issuer_key and ref.scope not in (None, "vn", "home") and not ref.year
        return ref.scope if local and _is_ministry(issuer.entry) else "vn"
    if issuer and issuer.template and ref.scope == "vn" and not _central_kind(ref.issuer_key, issuer):
        return None
    if ref.kind == "numbered" and not ref.symbol and ref.type in types_of("sole-issuer"):
        return "vn"
    return ref.scope


def _is_ministry(entry: BodyEntry) -> bool:
    return entry.key.startswith("vn/bo-")


def _central_kind(key: str | None, issuer: Issuer) -> bool:
    """Is the stated central issuer of the kind that the symbol names? "1440/CV-HĐTĐKT của Hội đồng … Trung ương" is central, though
    every province has one."""
    return bool(key and issuer.template and key.removeprefix("vn/").startswith(issuer.template.slug))


def _own(file: int, facts: Facts) -> Mention | None:
    """The file's own document as a mention of itself; None when the heading states no type at all and nothing is assigned, or a
    register's row neither type nor symbol (a Party "QĐ" leaves open which type it is)."""
    heading = facts.heading
    issuer = issuer_of(heading.symbol) if heading.symbol else None
    # "57-NQ/TW" is the Centre's, also over a copy that leaves the issuer out, in whatever folder
    central = heading.issuer is None and issuer is not None and issuer.entry is not None
    scope = "vn" if central and not names_nobody(heading.symbol) else heading.scope
    assigns = facts.row is None and facts.tasks  # a tracker, or a copy that begins in the middle
    if not heading.type and not assigns and not (facts.row is not None and heading.number and heading.symbol):
        return None
    numbered = heading.number is not None
    name = None
    if not numbered:
        text = heading.title or UNTITLED
        name = f"{slug(heading.type or 'van-ban')}/{slug(text)[:100]}"
    return Mention(
        file, -1, scope, heading.type, heading.number, heading.symbol, heading.year, heading.date, heading.issuer,
        heading.issuer_key, heading.title, None, "numbered" if numbered else "named", name, file_name(facts.source.path), own=True,
        mark=file_mark(facts.source.path, facts.source.sha256), row=facts.row, month=heading.month,
    )  # fmt: skip


def _by_code(mentions: Iterable[Mention]) -> Clusters:
    """Join numbered mentions that mean one document: by type and code, then by whose number it is, and year.

    Where that is not sure, a number in another file may be another body's: such mentions stay with their file, except those that
    agree in day and title."""
    groups: dict[tuple[str, str], dict[Series, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for m in mentions:
        whose = series(m.symbol, m.scope, m.issuer_key)
        groups[type_key(m.symbol, m.type), code_key(m.number, m.symbol, m.year)][whose].append(m)
    clusters = Clusters()
    for (kind, code), by_series in groups.items():
        known = Clusters()
        for whose, group in by_series.items():
            if whose.sure:
                place_code(f"{whose.key}/{kind}/{code}", group, known)
        clusters.update(known)
        doubtful = Clusters()
        for whose, group in by_series.items():
            for block in [] if whose.sure else split_doubtful(group):
                _place_block(f"{whose.key}/{kind}/{code}", block, doubtful)
        offer(doubtful, known)
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


def _document(cluster: Cluster) -> Document:
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
        jurisdiction = next((j for j in jurisdictions() if j.slug == scope), None)
        if jurisdiction and issuer.template.level == "province":
            place = province(jurisdiction)
            return place.fill(issuer.template.name), f"{place.key}/{issuer.template.slug}"
    return None, None
