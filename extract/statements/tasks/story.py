"""Before a document has said what it orders it tells its story: how it came about, on what grounds, and that it is issued.

Năm 2025, các sở đã sửa chữa các bến. Tuy nhiên, …            the story
QUYẾT ĐỊNH:                                                    before which a decision orders nothing
UBND xã có trách nhiệm đôn đốc …                              who is in charge: work, also where a text begins with it
… ngành Y tế cần thực hiện các nhiệm vụ sau đây:              work that is announced
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from chidao.extract.frozen import kept_property
from chidao.extract.language.composing import one_of
from chidao.extract.language.tables import task_phrases
from chidao.extract.statements.addressees.words import are_many
from chidao.extract.statements.predicates import HAS_DUTY
from chidao.extract.statements.tasks.duties import Duties
from chidao.extract.statements.tasks.lead_ins import goes_on_below
from chidao.extract.statements.tasks.news import tells_of_a_paper
from chidao.extract.statements.tasks.orders import Order
from chidao.extract.statements.tasks.own_affairs import settles
from chidao.extract.statements.tasks.parts import is_superior
from chidao.extract.statements.tasks.task_text import TaskText
from chidao.ontology.authority import types_of

_ANSWERS = re.compile(rf"\s+{one_of(word for word in task_phrases('duty') if ' ' in word)}\s")
"""Of "Sở A có trách nhiệm …", in lower case; what "cần", "phải" be done may be part of a story."""
_ENACTS = re.compile(r"^[\s*_|]*(?:quyết\s+(?:định|nghị)|nghị\s+quyết)\s*:[\s*_|]*$", re.MULTILINE)
"""The line behind which a decision decides, in lower case: before it stand its grounds, and who tells what is decided there."""
_OF_A_LEVEL = (" cấp xã ", " cấp huyện ", " cấp tỉnh ")
"""Of "UBND cấp xã", whose duties any text that explains a law repeats."""


@dataclass(frozen=True)
class Story:
    """The story of the text of `reading`, whose `duties` are known; it goes on until something is ordered."""

    reading: TaskText
    duties: Duties

    def tells(self, order: Order, begin: int, end: int, *, begun: bool) -> bool:
        """Does the story still go on in a sentence that calls on nobody? `begun` says that sentences stand before it."""
        if begin < self._enacted:
            return True
        if self._charges_at_once(order, begin, end) or self._announces_duties(order, begin, end):
            return False
        another = self._is_of_others(order) and all(a.key for a in order.lead)
        letter = another and self.reading.heading.type in types_of("letter")
        first = self._is_of_others(order) and order.start == begin
        if (letter or first) and self.reading.deadline(order.end, end):
            # a letter of one sentence: "Về đề nghị của Sở A, Sở B thẩm định trước ngày …"; or the first of any text
            return False
        if not begun or order.start != begin or self.reading.is_news:
            return True
        return not another and settles(self.reading.text, order.end, len(self.reading.text))

    @kept_property
    def _enacted(self) -> int:
        """Where a decision begins to decide."""
        enacts = _ENACTS.search(self.reading.low) if self.reading.heading.type in types_of("enacting") else None
        return enacts.start() if enacts else 0

    def _is_of_others(self, order: Order) -> bool:
        """Does it tell of others than whoever issues, and of nobody above?"""
        heading = self.reading.heading
        return heading.issuer_key is not None and not any(
            a.key == heading.issuer_key or is_superior(a, heading) for a in order.lead
        )

    def _charges_at_once(self, order: Order, begin: int, end: int) -> bool:
        """ "Văn phòng UBND huyện có trách nhiệm đôn đốc …", "UBND các xã chủ trì lập danh sách …": does a text that says nothing of itself
        begin a paragraph with who is in charge? One body that "chủ trì" something may do so in a story; a level is spoken of by law."""
        opens = order.start == begin and not self.reading.text[:begin].rstrip(" *_-+").rpartition("\n")[2]
        if (
            not self.reading.is_news
            or not opens
            or any(level in f"{a.name} " for a in order.lead for level in _OF_A_LEVEL)
        ):
            return False
        answers = _ANSWERS.match(self.reading.low, order.end, end) is not None
        return answers or (self.duties.leads(order, end) and all(are_many(a.name) for a in order.lead))

    def _announces_duties(self, order: Order, begin: int, end: int) -> bool:
        """ "Để hoàn thành nhiệm vụ, ngành Y tế cần thực hiện tốt các nhiệm vụ sau đây:", and in news of a paper "Theo đó, Sở Y tế …":
        does the sentence say that what is to be done follows?"""
        low = self.reading.low
        if self.reading.is_news and low.startswith("theo đó", begin) and tells_of_a_paper(low, begin):
            return True
        return goes_on_below(low, order.end, end) and HAS_DUTY.match(low, order.end, end) is not None
