"""Headings and lines with a colon that name whose work stands below them.

2. Sở Nội vụ                                         a name alone
Giao Sở Y tế chịu trách nhiệm:                       with what calls on it
Điều 7. Trách nhiệm của cơ sở lưu trú                whose duties an article tells
3. Đề nghị Ban Thường vụ Tỉnh ủy:                    in a report: those above, whose work it is not
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chidao.extract.frozen import kept_property
from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import UPPER
from chidao.extract.language.patterns import AS_FOLLOWS, CONTENT, COURTEOUS, HELPS, LEADS, SEVERAL
from chidao.extract.language.tables import task_phrases
from chidao.extract.language.verbs import CARRIES_OUT
from chidao.extract.model import Addressee
from chidao.extract.reading.outline import LONGEST_TITLE, Item
from chidao.extract.statements.addressees.name_ends import own_end
from chidao.extract.statements.addressees.words import (
    AGENCY_ALONE,
    HEAD,
    are_committees,
    are_levels,
    is_body,
    is_one,
    is_unit,
    kind_of,
    level_of_all,
)
from chidao.extract.statements.predicates import starts_work
from chidao.extract.statements.tasks.given import Given
from chidao.extract.statements.tasks.orders import CALL, SINGLED_OUT
from chidao.extract.statements.tasks.parts import CARRYING, is_superior
from chidao.extract.statements.tasks.scope import DUTIES, Scope
from chidao.extract.statements.tasks.task_text import TaskText

_CALL = re.compile(
    rf"(?:{COURTEOUS}\s+)?(?:{one_of(task_phrases('give', 'call', 'heading'))}|(?P<recommends>kiến\s+nghị))\s*:?\s+"
)
"""What stands before the addressees of a heading, in lower case."""

_HEADING_END = re.compile(
    rf"(?:\s*\([^()\n]{{2,160}}\))?\s*,?\s*(?:{one_of(task_phrases('duty'))}|trách\s+nhiệm|nhiệm\s+vụ|{LEADS}(?:,?\s*{HELPS}(?:\s+với\s*:)?[^:.;]{{0,160}}(?=:|$))?|"
    rf"{HELPS}[^:]{{0,160}}(?=:)|{CARRIES_OUT}(?:\s+(?:{CARRIES_OUT}|tốt|{SEVERAL}|{CONTENT}|công\s+việc|{AS_FOLLOWS}|sau|đây))*|"
    r"tập\s+trung(?:\s+\S+){0,6}(?=:)|(?:khẩn\s+trương|được\s+giao(?:\s+nhiệm\s+vụ)?)(?=:)|(?:(?:lãnh|chỉ)\s+đạo,?\s*)+(?:các\s+[^:.;]{0,60})?(?=:))?"
    r"[\s*_]*[:.]?[\s*_]*",
    re.IGNORECASE,
)
_WHEREIN = re.compile(
    r"\s(?:trong|đối\s+với|khi|(?<!chuyên\smôn\s)(?<!nhà\snước\s)về|theo)\s"
    rf"|(?:,|\svà)\s+(?=[{UPPER}])"
)
"""Of "Trách nhiệm của chủ đầu tư trong việc nghiệm thu", behind a name, and another name; "cơ quan chuyên môn về chăn nuôi" is one."""


@dataclass(frozen=True)
class ItemHeadings:
    """Reads what items name whose work stands below them, where `given` knows how far the document has come."""

    given: Given

    @kept_property
    def reading(self) -> TaskText:
        """The text in which the items stand."""
        return self.given.reading

    def below(self, item: Item, above: Scope) -> Scope | None:
        """Return what holds below an item that names those whose work stands there; None for any other."""
        if not (item.heading or item.lead_in or item.end - item.start <= LONGEST_TITLE):
            return None
        bracket = (
            self._of_a_bracket(item, above)
            if item.lead_in and ")" in self.reading.text[item.end - 4 : item.end]
            else None
        )
        return bracket or self._of_names(item, above)

    def _of_a_bracket(self, item: Item, above: Scope) -> Scope | None:
        """Return what holds below "2. Tuyên truyền (Sở A chủ trì; Báo B phối hợp):"; None for any other item."""
        charged = self.reading.charged(item.start, item.end)[0]
        if not charged:
            return None
        helpers = self.reading.helpers(item.start, item.end, charged)
        return _of_those(charged, above._replace(section=above.section or "work"), helpers)

    def _of_names(self, item: Item, above: Scope) -> Scope | None:
        """Return what holds below an item that is nothing but addressees, with what calls them; None for any other."""
        call = self._call(item)
        if not self._may_head(item, above, called=call is not None):
            return None
        reading = self.reading.below(above.level)
        lead, end = self._article_of_an_agency(item, above) or self._headed(item, call, reading)
        if not lead or self._says_more(item, end, call):
            return None
        recommends = call is not None and call["recommends"] is not None
        if (self.given.tells or recommends) and any(is_superior(a, self.reading.heading) for a in lead):
            # what is asked of those above is nobody's work
            return above._replace(lead=(), support=(), section="account") if self.given.tells else None
        duties = above.standing and call is not None and "rách" in call.group()
        section = DUTIES if duties and _have_duties(item, lead) else above.section or "work"
        below = above._replace(section=section, called=call is not None and asks_some(call.group(), 0, lead))
        lead, beside = self.reading.marked(item.start, end, lead)
        return _of_those(lead, below, (*beside, *self.reading.helpers(end, item.end, lead)))

    def _call(self, item: Item) -> re.Match[str] | None:
        """What calls on those whom an item names; only who inspects recommends."""
        call = _CALL.match(self.reading.low, item.start, item.end)
        return None if call and call["recommends"] and not self.given.inspects else call

    def _says_more(self, item: Item, end: int, call: re.Match[str] | None) -> bool:
        """Does the item say more than a heading does behind those whom it names behind its call, whose names stop at `end`?"""
        if call and self._asks_one(item, call.end()):
            return True
        tail = _HEADING_END.match(self.reading.text, end, item.end)
        if tail is None or tail.end() != item.end:
            return True
        # a sentence, if a short one
        return self.reading.text[item.end - 1] in ".;" and bool(self.reading.text[end : item.end].strip(" .;*_"))

    def _asks_one(self, item: Item, at: int) -> bool:
        """ "Đề nghị Lâm trường Sông Hinh đóng cửa rừng.": does a sentence say behind a name of its own what no table knows as work?"""
        text = self.reading.text
        return text[item.end - 1] == "." and 0 < own_end(text, at, item.end - 1) < item.end - 1

    def _may_head(self, item: Item, above: Scope, *, called: bool) -> bool:
        """In a list by dashes bodies stand as recipients, on a bare line as letterheads: a colon there says that work follows."""
        listed = item.style in ("dash", "plus", "bullet") or (not item.style and not self.given.opened)
        if listed and not item.lead_in:
            return False
        return not above.standing or called or item.lead_in or above.section in (CARRYING, DUTIES)

    def _headed(self, item: Item, call: re.Match[str] | None, reading: TaskText) -> tuple[tuple[Addressee, ...], int]:
        """Whom the line names behind its call, and where the names end."""
        start = call.end() if call else item.start
        whole = "của" in self.reading.text[item.start : start] and (item.heading or item.lead_in)
        lead, end = reading.addressees(start, item.end, heading=True)
        known = bool(lead) and all(a.key for a in lead) and not self.reading.text[end : item.end].strip(" :*_")
        if whole and not known and len(lead) < 2 and is_unit(self.reading.text[start : item.end]):
            # "Nhiệm vụ của Tổ tiếp công dân, xử lý khiếu nại, tố cáo:": a name that holds verbs
            return self.reading.named(start, item.end)
        if whole and not any(a.key for a in lead) and self._names_a_group(start, item.end, lead, end):
            return self.reading.named(start, item.end)
        if call is not None and not lead and SINGLED_OUT.fullmatch(call.group()):
            return self._concerned(item, start) or (lead, end)
        return lead, end

    def _article_of_an_agency(self, item: Item, above: Scope) -> tuple[tuple[Addressee, ...], int] | None:
        """Whom an article is headed with in a chapter of duties, where what these do is all of their name ("Điều 6. Đơn vị quản lý, khai
        thác bến khách"); None for any other."""
        text = self.reading.text
        agency = AGENCY_ALONE.match(text, item.start, item.end) if above.section == DUTIES else None
        if not agency or item.style != "article" or not item.heading:
            return None
        named = HEAD.match(text, item.start, item.end)
        if named is None or kind_of(named) == "none":
            return None  # "Đơn vị tính giá vé"
        does = starts_work(text, agency.end(), item.end) and not _WHEREIN.search(text, item.start, item.end)
        return self.reading.named(item.start, item.end) if does else None

    def _concerned(self, item: Item, start: int) -> tuple[tuple[Addressee, ...], int] | None:
        """Whom "Đối với chi bộ trường học:" names, where any word for those who get work names some, and "Đối với đảng bộ xã, phường",
        who are all of a level; None for others."""
        group = HEAD.match(self.reading.text, start, item.end)
        if group is None or kind_of(group) == "none":
            return None
        if item.lead_in:
            return self.reading.named(start, item.end)
        printed = self.reading.text[start : item.end].rstrip(" *_:.")
        name = Addressee(" ".join(printed.split()))
        return ((name,), start + len(printed)) if item.heading and level_of_all((name,)) else None

    def _names_a_group(self, start: int, stop: int, lead: tuple[Addressee, ...], end: int) -> bool:
        """ "Trách nhiệm của đơn vị chủ trì, phối hợp đào tạo", "… của cơ sở lưu trữ": do verbs that belong to the name of a group cut short
        what is read of it up to `end`?"""
        group = HEAD.match(self.reading.text, start, stop)
        if (
            group is None
            or kind_of(group) not in ("group", "office")
            or _WHEREIN.search(self.reading.text, start, stop)
        ):
            return False
        rest = _HEADING_END.match(self.reading.text, end, stop) if lead else None
        return rest is None or rest.end() < stop or AGENCY_ALONE.fullmatch(lead[-1].name) is not None


def _of_those(lead: tuple[Addressee, ...], below: Scope, support: tuple[Addressee, ...]) -> Scope:
    """What holds where it is said that the work is of those named."""
    level = "" if any(a.key for a in lead) else level_of_all(lead) or below.level
    return below._replace(lead=lead, support=support, open_=are_levels(lead), tacit=False, level=level)


def asks_some(low: str, at: int, named: Sequence[Addressee]) -> bool:
    """Return whether a call at low[at:], in lower case, asks ("Đề nghị các cơ quan phối hợp") and names nobody."""
    call = CALL.match(low, at)
    return call is not None and call["given"] is None and all(a.key is None and not is_one(a.name) for a in named)


def _have_duties(item: Item, named: Sequence[Addressee]) -> bool:
    """Do those whose duties an item announces carry out what a text rules: committees, and in an article "Trách nhiệm của Sở Tư pháp" a
    body of whatever province?"""
    article = item.style == "article"
    return all(are_committees(a.name) or (article and is_body(a.name) and is_one(a.name)) for a in named)
