"""Who has work by a text that says what always holds: a regulation, guidance, an annex of procedures.

Điều 7. Trách nhiệm của Sở Y tế / 1. Rà soát …                     below a body whose duties it tells
Các tỉnh ủy có trách nhiệm cụ thể hóa Quy định này.                who is to carry it out
Hai bên tổ chức sơ kết …                                           those between whom it holds
Sở Tài chính báo cáo trước ngày 30/6/2026.                         by a day
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from chidao.extract.language.composing import one_of
from chidao.extract.language.patterns import LEADS
from chidao.extract.language.tables import words
from chidao.extract.language.verbs import CARRIES_OUT
from chidao.extract.model import Addressee
from chidao.extract.reading.outline import Item
from chidao.extract.statements.addressees.words import (
    AGENCY_ALONE,
    are_bodies,
    are_committees,
    are_members,
    is_body,
    is_one,
)
from chidao.extract.statements.deadlines.deadlines import last_day
from chidao.extract.statements.predicates import starts_work
from chidao.extract.statements.tasks.orders import LONGEST_TERM, Order
from chidao.extract.statements.tasks.parts import CARRYING
from chidao.extract.statements.tasks.scope import DUTIES, Scope
from chidao.extract.statements.tasks.sides import Sides
from chidao.extract.statements.tasks.task_text import BINDING, HELP_WITH, TaskText
from chidao.ontology.authority import types_of

_BOUND_BY_IT = re.compile(
    r"(?:chịu|có)\s+trách\s+nhiệm\s+thi\s+hành(?!\s+(?:công\s+vụ|nhiệm\s+vụ|án|bản\s+án|pháp\s+luật))", re.IGNORECASE
)
"""Of "Các tổ chức đảng và đảng viên có trách nhiệm thi hành."."""
_THIS_ITSELF = re.compile(
    rf"(?<!khi )(?<!trình )(?:{CARRIES_OUT}|{one_of(words('carries itself out'))})"
    rf"(?:\s+(?!không|chưa|sai|theo|vượt)[^\s.;:]+){{0,6}}\s+{one_of(types_of('rule'))}\s+này(?!\w)",
    re.IGNORECASE,
)
"""Of "cụ thể hóa, tổ chức thực hiện Quy định này"."""
_IN_CHARGE = re.compile(rf"[\s,:]*(?:{LEADS}|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm)\s*,?\s", re.IGNORECASE)

GUIDES = ("Hướng dẫn", "Hướng dẫn liên ngành")
"""Types that tell those who carry something out what each has to do: "Đoàn kiểm tra có trách nhiệm bảo vệ bí mật"."""
_MEETS = re.compile(r"\s*:?\s*(?:(?:dự\s+kiến|sẽ|mỗi\s+\S+|tổ\s+chức)\s+)*họp\s", re.IGNORECASE)
"""How often a body meets, which a regulation says of its procedure."""
_NEAR = 60
"""Characters behind those who are named."""


@dataclass(frozen=True)
class Duties:
    """The duties of which the text of `reading` speaks, which may hold between `sides`."""

    reading: TaskText
    sides: Sides

    def assigns(self, order: Order, begin: int, end: int, above: Scope, item: Item) -> bool:
        """Does a text that says what always holds assign here: in a section for that, to who must carry it out, or by a day?"""
        binding = self.reading.heading.type in BINDING
        duty = above.section == DUTIES and self._has_duty(order.lead, above)
        if (duty and not (binding and not starts_work(self.reading.text, order.end, end))) or self._binds(order, end):
            return True
        leads = order.start == begin and self.leads(order, end)
        if leads and above.section == "work" and all(a.key for a in order.lead):
            return True
        if self.reading.heading.type in GUIDES and order.start == begin and self._guides(order, end, item, leads=leads):
            return True
        # whose last articles speak of force and of what goes over as well
        carries = (above.section == CARRYING and not binding) or self._carries_out(order, end)
        return carries or (
            not meets(self.reading.text, order.end, end) and self.reading.deadline(begin, end) is not None
        )

    def _guides(self, order: Order, end: int, item: Item, *, leads: bool) -> bool:
        """Does a sentence of guidance tell a body what it has to do: what it is in charge of, or does with another that is named, or a
        step towards what the same item sets a day for?"""
        text, lead = self.reading.text, order.lead
        if leads and all(a.key or is_body(a.name) for a in lead):
            return True
        if not starts_work(text, order.end, end):
            return False
        if all(a.key for a in lead) and HELP_WITH.match(self.reading.low, order.end, end):
            helpers = self.reading.helpers(order.end, end, lead)
            return bool(helpers) and all(a.key for a in helpers)
        bodies = all(a.key or is_one(a.name) or are_committees(a.name) for a in lead)
        due = self.reading.deadline(end, item.end) if bodies and end < item.end else None
        return due is not None and last_day(due.value) is not None

    def _carries_out(self, order: Order, end: int) -> bool:
        """ "Các tỉnh ủy, thành ủy có trách nhiệm cụ thể hóa Quy định này": is it said who is to carry out what the text rules?"""
        text = self.reading.text
        if _BOUND_BY_IT.search(text, order.end, min(end, order.end + _NEAR)):
            return True
        return starts_work(text, order.end, end) and _THIS_ITSELF.search(text, order.end, end) is not None

    def _binds(self, order: Order, end: int) -> bool:
        """Does a regulation of how bodies work together say here what one of them, or all of them, have to do?"""
        theirs = self.sides.keys and self.sides.keys.issuperset(a.key for a in order.lead)
        return bool(theirs) and not order.called and starts_work(self.reading.text, order.end, end)

    def leads(self, order: Order, end: int) -> bool:
        """Does the order put somebody in charge ("chủ trì, phối hợp với …")?"""
        return _IN_CHARGE.match(self.reading.text, order.end, end) is not None

    def bind(self, item: Item, above: Scope) -> bool:
        """Is an item work for those who lead where it stands? In a text that says what always holds, only for bodies that are named."""
        if not above.standing or above.section == CARRYING:
            return bool(above.lead)
        binding = self.reading.heading.type in BINDING
        duty = self._has_duty(above.lead, above) and not (binding and not self._says_work(item))
        return duty or self._is_due(item, above)

    def _says_work(self, item: Item) -> bool:
        """Does the item open with what is to be done, or with a term before it ("Hằng năm, tổng hợp …")? In a circular what else stands
        below a body whose duties it lists are its rights, and what becomes of others."""
        text = self.reading.text
        if starts_work(text, item.start, item.end):
            return True
        comma = text.find(", ", item.start, min(item.end, item.start + LONGEST_TERM))
        term = comma >= 0 and self.reading.deadline(item.start, comma) is not None
        return term and starts_work(text, comma + 1, item.end)

    def _is_due(self, item: Item, above: Scope) -> bool:
        """Has the item below those who are named something to be done by a day, or in the chapter of duties below bodies that are named
        by their kind ("Điều 7. Các đơn vị trực thuộc Bộ")? That is work, also where the rest always holds."""
        text = self.reading.text
        due = bool(above.lead) and starts_work(text, item.start, item.end)
        bodies = above.section == DUTIES and all(
            a.key or are_bodies(a.name) or AGENCY_ALONE.match(a.name) for a in above.lead
        )
        return due and (bodies or self.reading.deadline(item.start, item.end) is not None)

    def _has_duty(self, named: tuple[Addressee, ...], above: Scope) -> bool:
        """In a text that says what always holds: are those named bodies, or in its chapter of duties one, an office, members, or
        committees of the Party?"""
        duties = above.section == DUTIES
        return bool(named) and all(a.key or (duties and _has_duties(a.name)) for a in named)


def _has_duties(name: str) -> bool:
    return is_one(name) or are_members(name) or are_committees(name)


def meets(text: str, at: int, end: int) -> bool:
    """Does it go on behind a body's name with when or how often that body meets?"""
    return _MEETS.match(text, at, end) is not None
