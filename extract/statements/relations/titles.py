"""What a title says of the documents that it names.

A title is one noun phrase with a verb for its head: "(Kế hoạch) triển khai thực hiện Nghị quyết A", "Điều chỉnh mục đích sử
dụng đất tại Quyết định B", "Thực hiện chỉ đạo của Thủ tướng Chính phủ tại Công văn C". The verb right before the document
tells; where only a linking word stands there ("tại", "theo", "ban hành kèm theo"), the head of the title does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import LETTER
from chidao.extract.language.patterns import (
    ALONG,
    ALSO,
    APPLIES,
    ASKED,
    BESIDE,
    CLOSES,
    CONTENT,
    DENIES,
    DIRECTS,
    DIVISION,
    DRAFTS,
    EFFECT,
    ISSUES,
    MANNER,
    NUMBER_SIGN,
    PASSIVE,
    PRINTED_WORDS,
    PROPOSES,
    PUTS_OFF,
    SEVERAL,
    SHARE,
    SOME,
    TYPE,
    WHOSE,
    WITH,
)
from chidao.extract.language.tables import CARRIES, CHANGES, key, read_relation
from chidao.extract.language.verbs import CARRIES_OUT, Said, acts, find_relations, governing, verbs
from chidao.extract.model import SELF, Reference, Relation
from chidao.extract.statements.passage import Passage
from chidao.extract.statements.relations.links import same_list
from chidao.ontology.authority import types_of


@dataclass(frozen=True, slots=True)
class _Lead:
    """What a title, which begins at `begin`, says before its document `index`: the words from `start` on, and their verbs."""

    passage: Passage
    begin: int
    start: int
    index: int
    verbs: tuple[Said, ...]
    rule: str

    @property
    def document(self) -> Reference:
        return self.passage.references[self.index]

    def held(self, verb: Said, start: int) -> bool:
        """Is it said that what the verb says is put off?"""
        return _HELD.search(self.passage.text, max(start, verb.start - 24), verb.end) is not None

    def continued(self, verb: Said, start: int) -> bool:
        """Is it said that what the verb says goes on?"""
        return _CONTINUED.search(self.passage.text[start : verb.start]) is not None

    def by(self, verb: Said, predicate: str | None = None) -> Relation:
        """Return what the verb says of the document."""
        return self._said(predicate or verb.means, verb.start, verb.trigger, "explicit")

    def along(self, link: re.Match[str]) -> Relation:
        """Return that something is done along the lines of the document ("theo")."""
        return self._said("implements", link.start(), link["link"], "implied")

    def _said(self, predicate: str, start: int, trigger: str, certainty: str) -> Relation:
        return Relation(SELF, predicate, self.index, start, self.document.end, trigger, certainty, self.rule)


LETTERS = types_of("correspondence")
"""Types that tell of plans of others: "Công văn A về Chương trình hành động thực hiện B" carries nothing out."""
PROPOSED = re.compile(
    rf"(?:{one_of(types_of('plan'))}|nghị\s+quyết|{PROPOSES}|{DRAFTS}|ý\s+kiến|trình|thẩm\s+định)"
    r"(?:\s+[^\s,;.]+){0,8}\s*$",
    re.IGNORECASE,
)
"""What stands before "thực hiện B" where a letter speaks of what is, or is to be, issued for B."""

WINDOW = 400
"""How far before a document its verb may stand, in characters."""

PART = (
    rf"(?:(?!điều(?!\s+[0-9])){DIVISION}|{PRINTED_WORDS}|biểu|danh\s+mục|bảng|căn\s+cứ|"
    rf"thành\s+phần|tên|{SHARE}|{SOME})"
)
"""A part of a document: what is done to it changes the document, which stays."""
_PART = re.compile(rf"(?<![{LETTER}]){PART}(?![{LETTER}])", re.IGNORECASE)

# Between the verb and the document: how it is done, how many there are, which part of it is meant.
_FILLER = (
    rf"(?:{MANNER}|{SHARE}|"
    rf"{SEVERAL}|(?:{CONTENT}|{DIVISION}|quy\s+định|điều\s+khoản|"
    rf"văn\s+bản|{DIRECTS}|tên|thời\s+hạn|{EFFECT}|căn\s+cứ\s+pháp\s+lý)|"
    rf"của|tại|trong|nêu\s+tại|{ALONG}|{ISSUES}|theo|và|việc|số\s*:?|[0-9]{{1,3}}|[:“\"*,])"
)
_DIRECT = re.compile(rf"\s*(?:{_FILLER}\s*){{0,9}}", re.IGNORECASE)
_LINK = re.compile(
    rf"(?<![{LETTER}])(?P<link>{ALONG}(?:\s+tại)?|theo(?:\s+quy\s+định\s+(?:tại|của))?|nêu\s+tại|tại|trong|của|"
    rf"điều\s+[0-9]+|tại\s+(?:cuộc\s+họp|hội\s+nghị|phiên\s+họp|buổi)\s+[^,;\n]{{2,80}}?\s+và)\s*"
    rf"(?:(?:{SEVERAL}|{CONTENT}|văn\s+bản|hội\s+nghị|thông\s+báo|"
    rf"{DIVISION}(?:\s+(?:số\s+)?[0-9IVXa-zđ]{{1,4}})?|và|,|tại|[0-9]{{1,3}})\s*)*"
    rf"(?:{NUMBER_SIGN})?[“\"*]*\s*$",
    re.IGNORECASE,
)
# "cho công ty thuê đất tại Quyết định …", "được giao đất … theo Quyết định …": the passage tells on what ground something stands.
_GROUND = re.compile(
    rf"(?<![{LETTER}])(?:(?P<asked>{ASKED})|(?:thành\s+lập|quản\s+lý|thụ\s+hưởng|"
    rf"hợp\s+đồng\s+lao\s+động|công\s+nhận|{ISSUES})(?:\s+[^\s,;]+){{0,8}}\s+theo)(?![{LETTER}])",
    re.IGNORECASE,
)
# What is only proposed, and what is put off, is not done to the document.
_LONGEST = 2000
"""Characters before a document that say what a title does to it; no title is longer, but a list may be."""
_PROPOSED = re.compile(
    rf"(?<![{LETTER}])(?:{PROPOSES}\s+(?:xây\s+dựng|{ISSUES}|{verbs('clause')})|{DRAFTS})",
    re.IGNORECASE,
)
_HELD = re.compile(
    rf"(?<![{LETTER}])(?:{PUTS_OFF}|{DENIES})(?:\s+việc)?\s+"
    rf"(?:{governing('title', ['continues'])}\s+)?(?:{EFFECT}|{APPLIES}|tổ\s+chức|{CARRIES_OUT})",
    re.IGNORECASE,
)
_CONTINUED = re.compile(
    rf"(?<![{LETTER}]){governing('title', ['continues'])}\s+(?:[^\s,;.:]+[,]?\s+){{0,6}}$", re.IGNORECASE
)
_WITH = re.compile(rf"{WITH}\s+$", re.IGNORECASE)
_REVIEWED = re.compile(rf"(?<![{LETTER}]){governing('title', ['reviews'])}(?![{LETTER}])", re.IGNORECASE)
_INSPECTED = re.compile(
    rf"(?<![{LETTER}]){acts('inspect')}(?:,?\s+[^\s,;.:“”]+){{0,6}}?\s+(?:việc|công\s+tác|quá\s+trình)\s+$",
    re.IGNORECASE,
)
"""Before "thực hiện" in "Kế hoạch giám sát việc thực hiện Luật A": what looks at how others carry a document out does not do so."""
# "hệ số điều chỉnh giá đất", "phạm vi điều chỉnh": no verb.
_NOUN = re.compile(rf"(?:hệ\s+số|phạm\s+vi|đối\s+tượng|{PASSIVE}|đã)\s+$", re.IGNORECASE)
_COORDINATED = re.compile(
    rf"{CLOSES}(?:{WHOSE})?(?:[,;]|(?:[,;]\s*)?{BESIDE})\s*(?:(?:các|văn\s+bản)\s+)*(?:{NUMBER_SIGN})?[“\"]?\s*",
    re.IGNORECASE,
)
_COORDINATED_CLAUSE = re.compile(
    rf"{CLOSES}(?:{WHOSE})?(?:[,;]\s*(?:{ALSO}\s+)?|\s{ALSO}\s+)",
    re.IGNORECASE,
)


def _verbs(text: str, start: int, end: int) -> Iterator[Said]:
    """Yield the verbs of a title; "hệ số điều chỉnh" and "đã được sửa đổi" hold none."""
    for verb in find_relations(text, start, end):
        if not _NOUN.search(text, max(start, verb.start - 14), verb.start):
            yield verb


def read_title(passage: Passage, begin: int, inside: Sequence[int], rule: str) -> Iterator[Relation]:
    """Yield what the title that begins at `begin` says of the documents `inside` it, in text order.

    `inside` holds the indices of those that stand in no other document's title; the subject is the document's own.
    """
    last: Relation | None = None
    at = begin
    for n, i in enumerate(inside):
        f = passage.references[i]
        if n and not same_list(passage, inside[n - 1], i):
            said = None
        elif at > begin and _COORDINATED.fullmatch(passage.text, at, f.start):
            said = replace(last, object=i, end=f.end) if last else None
        else:
            said = _read_one(passage, (begin, at), i, rule)
        if said:
            yield said
        last, at = said, f.extent


def _read_one(passage: Passage, span: tuple[int, int], i: int, rule: str) -> Relation | None:
    """Return what the title says of document `i`; the span begins with the title, and ends with the document before `i`."""
    text, f = passage.text, passage.references[i]
    begin, at = max(span[0], passage.references[i].start - _LONGEST), span[1]
    if at > span[0] and not _COORDINATED_CLAUSE.match(text, at, f.start):
        return None
    start = max(at, f.start - WINDOW)
    before = text[start : f.start]
    if "," in before and before.count('"') % 2:
        return None
    if _PROPOSED.search(text, begin, f.start):
        return None
    lead = _Lead(passage, begin, start, i, tuple(_verbs(text, start, f.start)), rule)
    if said := _direct(lead):
        return None if said.predicate in CHANGES and passage.heading.type in types_of("proposing") else said
    return _linked(lead)


def _direct(lead: _Lead) -> Relation | None:
    """Return what the last verb says where it takes the document, or a part of it, for its object."""
    if not lead.verbs:
        return None
    text, begin, verb = lead.passage.text, lead.begin, lead.verbs[-1]
    gap = text[verb.end : lead.document.start]
    few = len(gap.split()) <= 4 and not re.search(r"[,;.“”\"]", gap.rstrip('“" *'))
    if not _DIRECT.fullmatch(text, verb.end, lead.document.start) and not (few and not _LINK.search(gap)):
        return None
    if "theo" in gap.lower().split() and verb.means not in CHANGES:
        return None
    if verb.means not in CHANGES and _WITH.search(text, begin, verb.start):
        return None
    if lead.passage.heading.type in LETTERS and verb.means in CARRIES and PROPOSED.search(text, begin, verb.start):
        return None
    if lead.held(verb, begin) or _said_of_others(lead, verb):
        return None
    if verb.means in ("replaces", "repeals") and _PART.search(gap):
        return lead.by(verb, "amends")
    return _carried_out(lead, verb, max(begin, verb.start - 90)) if verb.means == "implements" else lead.by(verb)


_OTHERS = re.compile(rf"(?P<several>{SEVERAL}\s+)?(?:{TYPE}|văn\s+bản)\s+$", re.IGNORECASE)
"""Documents that a title only counts, or names by their type alone."""


def _said_of_others(lead: _Lead, verb: Said) -> bool:
    """ "Sửa đổi một số nghị định | quy định chi tiết Luật A", "Bãi bỏ Kế hoạch | thực hiện B": is it what is changed that carries B out?"""
    changes = {former.means for former in lead.verbs[:-1]} & CHANGES
    if not changes or verb.means in CHANGES:
        return False
    others = _OTHERS.search(lead.passage.text, max(lead.begin, verb.start - 60), verb.start)
    return others is not None and (others["several"] is not None or "repeals" in changes)


def _carried_out(lead: _Lead, verb: Said, before: int) -> Relation | None:
    """Return what a verb of carrying out says behind the words from `before` on: "tổng kết việc thực hiện …" reviews."""
    text = lead.passage.text
    if _REVIEWED.search(text[before : verb.start]):
        return lead.by(verb, "reviews")
    if _INSPECTED.search(text, before, verb.start):
        return None
    return lead.by(verb, "continues" if lead.continued(verb, before) else None)


def _linked(lead: _Lead) -> Relation | None:
    """Return what the title's head does to the document before which only a linking word stands ("tại", "theo")."""
    text, f = lead.passage.text, lead.document
    link = _LINK.search(text, lead.start, f.start)
    if not link or f.type in types_of("proposing"):
        return None
    theo = key(link["link"]).startswith("theo")
    if key(link["link"]).startswith("theo quy định"):
        return None
    head = lead.verbs[0] if lead.verbs else None
    changes = head is not None and head.means in CHANGES
    ground = _GROUND.search(text, lead.start, link.start() + len(link["link"]))
    if ground and (ground["asked"] or (theo and not changes)):
        return None
    if head is None:
        return lead.along(link) if theo else None
    if not changes:
        return _carried_through(lead, head, link)
    if theo and f.type != lead.passage.heading.type:
        return None if ground else lead.along(link)
    return _changed_through(lead, head, link)


def _changed_through(lead: _Lead, head: Said, link: re.Match[str]) -> Relation | None:
    """ "Điều chỉnh mục đích sử dụng đất tại Quyết định A", "Bãi bỏ Quy chế ban hành kèm theo Quyết định A"."""
    if "within" not in read_relation(head.trigger).forms:
        return None  # "thu hồi khu đất đã giao tại Quyết định …" takes back the land
    if head.means in ("amends", "corrects"):
        return lead.by(head)
    whole = "kèm theo" in key(link["link"]) and not _PART.search(lead.passage.text[head.end : link.end()])
    return lead.by(head, None if whole else "amends")


def _carried_through(lead: _Lead, head: Said, link: re.Match[str]) -> Relation | None:
    """ "Thực hiện chỉ đạo của Thủ tướng Chính phủ tại Công văn A", "Tổ chức hội nghị theo Kế hoạch A"."""
    printed = key(link["link"])
    if printed in ("của", "kèm theo", "ban hành kèm theo") and head.means != "reviews":
        return None
    if lead.held(head, lead.start):
        return None
    if lead.verbs[-1].means in ("implements", "continues", "guides", "reviews"):
        goes_on = head.means == "implements" and lead.continued(head, max(lead.start, head.start - 60))
        return lead.by(head, "continues" if goes_on else None)
    return lead.along(link) if printed.startswith("theo") else None
