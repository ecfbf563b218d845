"""What holds below an item: whose work stands there, who of these is named, and in what kind of section.

4. Các sở:                         whose work stands below
- Y tế: chuẩn bị thuốc             one of these
2. Sở Y tế
- Giám đốc Sở chịu trách nhiệm     who holds that office there
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from chidao.extract.model import Addressee
from chidao.extract.statements.addressees.words import are_members, is_body, is_one, split_office
from chidao.extract.statements.deadlines.deadlines import Deadline
from chidao.extract.statements.tasks.orders import Order
from chidao.extract.statements.tasks.task_text import TaskText

DUTIES = "duties"
"""The section of a chapter whose title speaks of duties ("TRÁCH NHIỆM VÀ QUYỀN HẠN"): its articles name who has them."""
_ALL_OF_A_KIND = re.compile(r"các\s+(?P<kind>sở|bộ|ban|phòng|hội)(?:\s*,\s*(?:ban\s*,\s*)?ngành)?$", re.IGNORECASE)
_LONGEST_NAME = 80


class Scope(NamedTuple):
    """What holds below an item: whose work it is, who helps, and what kind of section it is ("aims", "account", "work", …)."""

    lead: tuple[Addressee, ...] = ()
    support: tuple[Addressee, ...] = ()
    section: str = ""
    standing: bool = False
    """What stands here always holds (the articles of a regulation, an annex of procedures): only who must carry it out has work."""
    open_: bool = False
    """The lead is a group that a line with a colon calls on ("yêu cầu các bộ, ngành:"): items below may name others."""
    tacit: bool = False
    """The lead is whom the letter addresses, and no line says so: only what opens with work is theirs."""
    called: bool = False
    """The lead are those whom a heading calls on ("Đề nghị các cơ quan phối hợp") and does not name: items below may call on each."""
    level: str = ""
    """Of which level all units are that a heading names without their names ("Đối với các xã"): what is named short is theirs."""
    by: Deadline | None = None
    """When what stands below a heading is done that names no more than a month or quarter, where it says nothing of that itself."""

    @property
    def is_list(self) -> bool:
        """Is every item here work, of whom a call or letter speaks to or of whom the item names?"""
        return self.open_ or self.tacit

    @property
    def tells_somebody(self) -> bool:
        """Does what stands above tell somebody something, or when it is done?"""
        return bool(self.lead or self.by or self.is_list or self.called)


def of_those_above(lead: tuple[Addressee, ...], above: Scope) -> tuple[Addressee, ...]:
    """Return those who lead with the body named in full whose office they hold: "Bí thư Đảng ủy", "Giám đốc Sở" below the heading of one
    committee or Sở."""
    if len(above.lead) != 1 or above.lead[0].key is None:
        return lead
    body = above.lead[0]
    return tuple(
        Addressee(f"{split_office(a.name)[0]} {body.name}", body.key) if _is_held_in(a, body) else a for a in lead
    )


def _is_held_in(addressee: Addressee, body: Addressee) -> bool:
    """Is it an office whose body is named by the first words of that body's name alone?"""
    title, short = split_office(addressee.name) if addressee.key is None else ("", "")
    said = short.replace("UBND", "Ủy ban nhân dân").lower()
    return bool(title and said) and body.name.lower().startswith(f"{said} ")


def one_of_them(reading: TaskText, begin: int, end: int, above: Scope) -> Order | None:
    """Return what a sentence says that one of those has to do whom the line above names together: "Hội Nông dân: vận động …" below
    "3. Các đoàn thể xã", "Y tế: chuẩn bị …" below "4. Các sở:", "Trưởng Công an xã: phụ trách …" below "3. Các ủy viên"."""
    text = reading.text
    colon = text.find(":", begin, min(end, begin + _LONGEST_NAME)) if text[begin].isupper() else -1
    if colon < 0 or not text[colon + 1 : end].lstrip(" *_")[:1].isalpha():
        return None
    if kind := _ALL_OF_A_KIND.match(above.lead[0].name) if len(above.lead) == 1 else None:
        named = f"Các {kind['kind'].lower()}: {text[begin:colon]}"
        lead, stop = reading.addressees_in(named)
        if lead and stop == len(named) and all(a.key for a in lead):
            return Order(begin, colon, lead, called=False, given=False)
    if all(a.key for a in above.lead):
        return None
    lead, stop = reading.addressees(begin, colon, heading=True)
    whole = stop == colon and all(_is_one_of(a, above.lead) for a in lead)
    return Order(begin, colon, lead, called=False, given=False) if lead and whole else None


def _is_one_of(addressee: Addressee, group: Sequence[Addressee]) -> bool:
    """Can it be one of the group: a body, or an office where the group are members?"""
    if " các " in f" {addressee.name.lower()}":
        return False  # "UBND các tỉnh: Lào Cai, Sơn La …", behind whose colon names follow, and no work
    return is_body(addressee.name) or (all(are_members(a.name) for a in group) and is_one(addressee.name))
