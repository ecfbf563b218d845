"""The proofreader's rules about what is no longer in force: replaced, repealed or expired, by the file's own word and by a graph's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chidao.extract.language.composing import spaced
from chidao.extract.language.dates import printed_day
from chidao.extract.language.laws import replaced_by
from chidao.extract.language.provision_paths import path_words
from chidao.extract.model import SELF, Reference
from chidao.extract.resolved import Document
from chidao.graph.answers.force import ForceEvent, force_events
from chidao.graph.answers.status import ended, of_a_part
from chidao.graph.proofread.draft import Draft, Finding
from chidao.graph.proofread.known import Known, short
from chidao.graph.select import Store


@dataclass(frozen=True, slots=True)
class End:
    """What ended a document: `by`, of `date`, replaces or repeals it, or says until when it holds; `since` is the day from which it is
    over. The sentence says so, in `source` at `line`; of a law the table of laws, and no sentence."""

    predicate: str
    by: str | None
    date: str | None
    quote: str
    sentence: str
    source: str
    line: int
    since: str | None = None


_DONE = {"replaces": "thay thế", "repeals": "bãi bỏ"}
_TELLS = re.compile(
    rf"thay\s+thế|bãi\s+bỏ|{spaced('hủy bỏ')}|hết\s+hiệu\s+lực|sửa\s+đổi|trước\s+đây|chấm\s+dứt|thu\s+hồi|ngưng\s+hiệu\s+lực|"
    r"chuyển\s+tiếp|kết\s+quả\s+thực\s+hiện|tổng\s+kết|sơ\s+kết",
    re.IGNORECASE,
)
_GROUNDS = frozenset(["based_on", "implements", "continues", "guides"])
_CHANGES = frozenset(["replaces", "repeals", "amends", "consolidates", "reviews"])


def ended_in_file(draft: Draft) -> dict[str, End]:
    """By document key: what this file says has ended it, other than this document itself."""
    ends: dict[str, End] = {}
    for link in draft.facts.relations:
        if link.predicate not in _DONE or link.subject == SELF or link.object == SELF or of_a_part(link.text):
            continue
        by = draft.document(link.subject)
        sentence = draft.facts.sentences[link.sentence]
        ends.setdefault(
            draft.file.documents[link.object],
            End(link.predicate, by.label, by.date, link.text, sentence.text, draft.facts.source.path, sentence.line),
        )
    return ends


def laws_replaced(draft: Draft, on: date) -> dict[str, End]:
    """By document key: which of the laws that the file names another law has replaced by this day, as the table of laws has it."""
    ends: dict[str, End] = {}
    for key in dict.fromkeys(draft.file.documents):
        if found := replaced_by(key, on.isoformat()):
            law, since = found
            ends[key] = End("replaces", f"{law.type} {law.name} số {law.code}", law.passed, "", "", "", 0, since)
    return ends


def no_longer_in_force(draft: Draft, ends: dict[str, End]) -> Iterator[Finding]:
    """A citation of what another document has replaced or repealed: a warning where this one rests on it, else a hint at the first. Where
    the sentence itself tells of that, of the past or of an amendment, it is no fault; nor where this document is older than the end, or
    brings it about."""
    own = draft.facts.heading.date
    said = [k for k in draft.facts.relations if k.subject == SELF]
    grounds = {k.object for k in said if k.predicate in _GROUNDS}
    itself = {draft.file.documents[k.object] for k in said if k.object != SELF and k.predicate in _CHANGES}
    told: set[str] = set()
    for i, r in _telling_which(draft):
        key = draft.file.documents[i]
        end = ends.get(key)
        if end is None or key in itself or draft.in_quotation(r.start) or (own and end.date and end.date > own):
            continue
        sentence = draft.facts.sentences[r.sentence].text
        if _TELLS.search(sentence) or sentence == end.sentence or (key in told and i not in grounds):
            continue
        told.add(key)
        yield _ended(draft, draft.document(i), r, end, "warning" if i in grounds else "hint")


def _telling_which(draft: Draft) -> Iterator[tuple[int, Reference]]:
    """The references that say which document they mean: by a number, of a law also by its day. A name alone means what is in force."""
    return ((i, r) for i, r in enumerate(draft.facts.references) if r.kind == "numbered" or r.date or r.year)


def _ended(draft: Draft, document: Document, r: Reference, end: End, severity: str) -> Finding:
    dated = f" ngày {printed_day(end.date)}" if end.date else ""
    since = f" từ ngày {printed_day(end.since)}" if end.since else ""
    said = f": “{short(end.sentence)}” ({end.source}, dòng {end.line})." if end.sentence else "."
    if end.predicate not in _DONE:
        message = f"{document.label} đã hết hiệu lực{since}{said}"
        return draft.finding("expired", severity, r.start, r.extent, message)
    over = f", hết hiệu lực{since}" if since else ""
    message = f"{document.label} đã bị {_DONE[end.predicate]} bởi {end.by}{dated}{over}{said}"
    if end.predicate == "replaces":
        return draft.finding("replaced", severity, r.start, r.extent, message, end.by)
    return draft.finding("repealed", severity, r.start, r.extent, message)


def graph_ends(store: Store, known: dict[str, Known], on: date) -> dict[str, End]:
    """By document key: what the graph says has ended the document by this day."""
    keys = {k.iri: key for key, k in known.items()}
    return {
        keys[iri]: End(
            e.how, e.label, e.date, e.evidence.quote or "", e.evidence.sentence, e.evidence.source, e.evidence.line, e.since
        )
        for iri, e in ended(store, keys, on).items()
    }  # fmt: skip


def graph_partly_ended(draft: Draft, store: Store, known: dict[str, Known], on: date) -> Iterator[Finding]:
    """A citation of what has ended but for some provisions ("…, trừ quy định tại Điều 40"), unless it is these that are cited."""
    keys = {k.iri: key for key, k in known.items()}
    for iri, events in force_events(store, keys).items():
        end = next(
            (e for e in events if _ends_but(e, on) and not (e.by or "").endswith(f"/document/{draft.file.own}")), None
        )
        if end and (first := _cited(draft, keys[iri], end)):
            since = f" từ ngày {printed_day(end.date)}" if end.date else ""
            left = ", ".join([*map(path_words, end.apart), *end.apart_words])
            said = end.evidence
            place = f"{said.source}, dòng {said.line}"
            message = (
                f"{known[keys[iri]].label} đã hết hiệu lực{since}, trừ {left}: “{short(said.sentence)}” ({place})."
            )
            yield draft.finding("partly-expired", "warning", first.start, first.extent, message)


def _ends_but(event: ForceEvent, on: date) -> bool:
    return event.kind == "partly-expires" and not event.scope and event.happened(on.isoformat())


def _cited(draft: Draft, key: str, end: ForceEvent) -> Reference | None:
    """The first mention of a document, where it is not only for what an end leaves in force."""
    cited = [p for p in draft.facts.provisions if p.document != SELF and draft.file.documents[p.document] == key]
    if cited and all(end.spares(p.path) for p in cited):
        return None
    mentions = (r for i, r in draft.mentions() if draft.file.documents[i] == key and not draft.in_quotation(r.start))
    first = next(mentions, None)
    return None if first is None or _TELLS.search(draft.facts.sentences[first.sentence].text) else first
