"""The proofreader's rules that need more than one place: two dates or issuers for one document, and what a graph knows otherwise."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chidao.extract.language.dates import printed_day
from chidao.extract.language.patterns import YEAR
from chidao.extract.language.symbols import likeness
from chidao.extract.model import Reference
from chidao.extract.resolved import Document
from chidao.graph.proofread.draft import Draft, Finding
from chidao.graph.select import Store, rows


@dataclass(frozen=True, slots=True)
class Known:
    """What a graph holds of one document."""

    iri: str
    label: str
    date: str | None
    issuer: str | None
    title: str | None


_YEAR = re.compile(rf"/(?:{YEAR}|undated)$")


def _stem(document: Document) -> str:
    """A document's key without the year of its date, which is what two datings of one document differ in."""
    return document.key if document.year else _YEAR.sub("", document.key)


def two_dates(draft: Draft) -> Iterator[Finding]:
    """One document, two dates. Numbers restart, so of two years only those count that share day and month, or the title."""
    groups: dict[str, dict[str, list[Reference]]] = defaultdict(lambda: defaultdict(list))
    for i, r in draft.mentions():
        if r.date and r.symbol and r.date[5:]:
            groups[_stem(draft.document(i))][r.date].append(r)
    for dated in groups.values():
        for date in sorted(dated):
            other = _likelier_date(dated, date)
            if other is None:
                continue
            line = draft.line(dated[other][0].start)
            message = f"Một văn bản, hai ngày: ở đây ghi {printed_day(date)}, dòng {line} ghi {printed_day(other)}."
            for r in dated[date]:
                yield draft.finding("two-dates", "error", r.start, r.extent, message, f"ngày {printed_day(other)}")


def _likelier_date(dated: Mapping[str, Sequence[Reference]], date: str) -> str | None:
    """Another date of the same document that this one is a slip of: the rarer date is the suspect, of two equally rare ones the later in
    the text."""
    here = dated[date]
    for other in sorted(dated.keys() - {date}):
        there = dated[other]
        if (len(here), -here[0].start) > (len(there), -there[0].start):
            continue
        if any(_same_document(x, other, y.title) for x in here for y in there):
            return other
    return None


def _same_document(a: Reference, date: str, title: str | None) -> bool:
    """Do a citation's day and another one with the same number mean one document?

    Where the number holds the year, or both are of one year, they do. Else a slip of the year ("05/5/2022", "05/5/2023") or one
    long title shows it; what comes each year on New Year's Day is two documents.
    """
    assert a.date
    if a.year is not None or a.date[:4] == date[:4]:
        return True
    if a.date[5:] == date[5:] and not date.endswith("-01-01"):
        return True
    mine, other = a.title or "", title or ""
    years = re.findall("[0-9]{4}", mine) == re.findall("[0-9]{4}", other)
    return min(len(mine.split()), len(other.split())) > 6 and likeness(mine, other) > 0.9 and years


def two_issuers(draft: Draft) -> Iterator[Finding]:
    """One document, two issuers of which neither is part of the other."""
    groups: dict[str, list[Reference]] = defaultdict(list)
    for i, r in draft.mentions():
        if r.issuer and r.symbol and r.extent > r.end and "TTLT" not in r.symbol:
            groups[draft.file.documents[i]].append(r)
    for key, mentions in groups.items():
        conflict = draft.corpus.documents[key].issuers
        if len(conflict) < 2:
            continue
        counts = Counter(r.issuer for r in mentions)
        usual = max(conflict, key=lambda name: (counts[name], name))
        first = next((r for r in mentions if r.issuer == usual), None)
        if first is None:
            continue
        for r in mentions:
            if r.issuer in conflict and r.issuer != usual and not _near(r.issuer or "", usual):
                message = f"Một văn bản, hai cơ quan ban hành: ở đây ghi “{r.issuer}”, dòng {draft.line(first.start)} ghi “{usual}”."
                yield draft.finding("two-issuers", "warning", r.start, r.extent, message, usual)


_CENTRAL = re.compile(r"Trung ương|Bộ Chính trị|Ban Bí thư")
_LOCAL = re.compile(r"(?:[Tt]ỉnh|[Tt]hành|[Hh]uyện|[Qq]uận|[Tt]hị|[Đđ]ảng) ủy|Đảng bộ")


def _near(a: str, b: str) -> bool:
    """One name within the other, or two organs of one committee, which say the same loosely ("Ban Thường vụ Tỉnh ủy" and "Ban
    Chấp hành Đảng bộ tỉnh", "Bộ Chính trị" and "Trung ương Đảng").

    >>> _near("Bộ Chính trị", "Trung ương Đảng"), _near("Chính phủ", "Bộ Nội vụ")
    (True, False)
    """
    if a in b or b in a:
        return True
    return any(house.search(a) is not None and house.search(b) is not None for house in (_CENTRAL, _LOCAL))


def short(sentence: str) -> str:
    """Return a sentence, cut at a word where it is long."""
    return sentence if len(sentence) <= 300 else sentence[:297].rsplit(" ", 1)[0] + " …"


def look_up(draft: Draft, store: Store) -> dict[str, Known]:
    """Return what the graph holds of each document that the file cites, by its key in the file. Where the file states no year, only a
    document that alone has the number and scope is meant; one of another date is found too, for `graph_disagrees`."""
    by_key: dict[str, Known] = {}
    by_stem: dict[str, list[str]] = defaultdict(list)
    for row in rows(store, "internal/lookup-documents"):
        _, _, key = row["node"].partition("/document/")
        if not row["number"]:
            continue
        by_key[key] = Known(row["node"], row["label"], row["date"], row["issuer"], row["title"])
        by_stem[_YEAR.sub("", key) if not row["year"] else key].append(key)
    found: dict[str, Known] = {}
    for i, _ in draft.mentions():
        document = draft.document(i)
        key = document.key
        if key in found:
            continue
        others = by_stem.get(_stem(document), [])
        if key in by_key and (document.date or len(others) == 1):
            found[key] = by_key[key]
        elif len(others) == 1:
            found[key] = by_key[others[0]]
    return found


def graph_disagrees(draft: Draft, known: dict[str, Known]) -> Iterator[Finding]:
    """The graph knows another date, issuer or title of what is cited; each is told once of a document."""
    told: set[tuple[str, str]] = set()
    for i, r in draft.mentions():
        k = known.get(draft.file.documents[i])
        if k is None or r.symbol is None:
            continue
        if r.date and k.date and r.date != k.date and (r.date, k.iri) not in told:
            if not _same_document(r, k.date, k.title):
                continue  # the same number in another year: another document
            told.add((r.date, k.iri))
            yield _other_date(draft, draft.document(i).label, r, k.date)
        for what, disagree in (("issuer", _other_issuer), ("title", _other_title)):
            if (what, k.iri) not in told and (finding := disagree(draft, draft.document(i).label, r, k)):
                told.add((what, k.iri))
                yield finding


def _other_date(draft: Draft, label: str, r: Reference, date: str) -> Finding:
    assert r.date
    message = f"Đồ thị biết {label} ngày {printed_day(date)}, ở đây ghi ngày {printed_day(r.date)}."
    return draft.finding("graph-date", "warning", r.start, r.extent, message, f"ngày {printed_day(date)}")


def _other_issuer(draft: Draft, label: str, r: Reference, k: Known) -> Finding | None:
    if not r.issuer or not k.issuer or r.extent <= r.end or r.issuer == k.issuer or _near(r.issuer, k.issuer):
        return None
    message = f"Đồ thị biết {label} của “{k.issuer}”, ở đây ghi “{r.issuer}”."
    return draft.finding("graph-issuer", "warning", r.start, r.extent, message, k.issuer)


def _other_title(draft: Draft, label: str, r: Reference, k: Known) -> Finding | None:
    if not r.title or not k.title or len(r.title.split()) <= 4 or likeness(r.title, k.title) >= 0.4:
        return None
    if r.title[:30] not in " ".join(draft.text[r.end : r.extent].split()):
        return None  # a title that this mention shares with its list's last one may be that one's alone
    message = f"Đồ thị biết {label} với trích yếu khác: “{short(k.title)}”."
    return draft.finding("graph-title", "hint", r.start, r.extent, message, k.title)
