"""What a letter or telegram asks of those it is addressed to, where its sentences leave out whom.

    Ủy ban nhân dân tỉnh yêu cầu: 1. Rà soát …            below "Kính gửi: Các sở": the work of the addressees
    đề nghị khẩn trương lập báo cáo, gửi về Sở trước …    a sentence with its term
    đề nghị Quý cơ quan góp ý, gửi trước ngày …           who is meant is said above

What another body asked, and what is asked of those above, is none of theirs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from chidao.extract.frozen import kept_property
from chidao.extract.language.letters import trimmed
from chidao.extract.language.patterns import AGENCY
from chidao.extract.model import Addressee
from chidao.extract.statements.addressees.words import is_one
from chidao.extract.statements.predicates import starts_work
from chidao.extract.statements.tasks.lead_ins import CALLS_BELOW
from chidao.extract.statements.tasks.orders import Order, calls_of_its_own
from chidao.extract.statements.tasks.parts import is_superior, same_committee
from chidao.extract.statements.tasks.task_text import TaskText
from chidao.ontology.authority import types_of

_YOURS = re.compile(
    rf"quý\s+(?:{AGENCY}|sở|ban|phòng|công\s+ty|địa\s+phương|trường|ông)(?:\s*,\s*(?:{AGENCY}|ban|ngành|địa\s+phương|bà))*\s+"
)
_A_PAPER = re.compile(
    r"(?:các\s+|mọi\s+)?(?:nội\s+dung|ý\s+kiến|văn\s+bản|kết\s+quả|hồ\s+sơ|danh\s+sách)\s[^,.;:]{0,60}$"
)
"""Of "Nội dung góp ý đề nghị gửi về Sở trước …", which opens with what is to be sent."""
_MOST_BETWEEN = 3
"""Characters between who calls and the call."""
_MOST_TOPIC = 120
_TYPES = types_of("letter") | {"Công điện"}


@dataclass(frozen=True)
class Letter:
    """The letter that `reading` is of; of any other document it knows no addressees."""

    reading: TaskText

    @kept_property
    def addressees(self) -> tuple[Addressee, ...]:
        """Whom the letter is addressed to, without those who stand above its writer."""
        heading, reading = self.reading.heading, self.reading
        if heading.type not in _TYPES:
            return ()
        named = (a for entry in heading.addressed for a in reading.addressees_in(entry)[0])
        return tuple(dict.fromkeys(reading.in_full(a) for a in named if not is_superior(a, heading)))

    def asked_below(self, start: int, end: int) -> tuple[Addressee, ...]:
        """Return whose work stands below a line that asks for it in the writer's own name; none for any other line."""
        call = CALLS_BELOW.search(self.reading.low, start, end) if self.addressees else None
        return self.addressees if call and call["asks"] and self._is_own(start, call.start()) else ()

    def order(self, begin: int, end: int) -> Order | None:
        """Return what a sentence asks of the addressees by a day, in the writer's own name."""
        reading = self.reading
        for call in calls_of_its_own(reading, begin, end) if self.addressees else ():
            yours = _YOURS.match(reading.low, call.end(), end)
            behind = yours.end() if yours else call.end()
            if not starts_work(reading.text, behind, end) or not reading.deadline(behind, end):
                continue
            if self._is_own(begin, call.start()):
                return Order(call.start(), behind - 1, self.addressees, called=True, given=False)
        return None

    def is_asked(self, start: int, end: int) -> bool:
        """Does an item say something to do, at once or behind what it is about ("Về nhà ở: rà soát …")?"""
        text = self.reading.text
        colon = text.find(":", start, min(end, start + _MOST_TOPIC))
        return starts_work(text, start, end) or (colon > 0 and starts_work(text, colon + 1, end))

    def _is_own(self, begin: int, at: int) -> bool:
        """Is it the writer who asks at `at`: nobody else is named right before?"""
        reading, heading = self.reading, self.reading.heading
        stop = trimmed(reading.text, begin, at)
        for start in (reading.text.rfind(mark, begin, stop) + len(mark) for mark in (", ", ". ", "; ", ": ")):
            who, end = reading.addressees(max(start, begin), stop, heading=True)
            if who and stop - end < _MOST_BETWEEN:
                return all(
                    is_one(a.name) if a.key is None else a.key == heading.issuer_key or same_committee(a, heading)
                    for a in who
                )
        return stop == begin or reading.text[stop - 1] in ",:;" or _A_PAPER.match(reading.low, begin, stop) is not None
