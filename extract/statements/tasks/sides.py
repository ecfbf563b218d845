"""The bodies between which a document holds, and what they do together.

Quy chế phối hợp giữa Sở A và Sở B                                the title names them
SỞ A - CÔNG AN TỈNH                                               they issue it together
Sở A và Công an tỉnh (sau đây gọi tắt là hai bên) thống nhất …    the text says who are meant

"Hai bên tổ chức sơ kết …" is then the work of all of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from chidao.extract.frozen import kept_property
from chidao.extract.language.patterns import AGENCY
from chidao.extract.mentions.anaphora import DEFINED
from chidao.extract.model import Addressee
from chidao.extract.statements.predicates import starts_work
from chidao.extract.statements.tasks.nothing_to_do import may_or_agrees
from chidao.extract.statements.tasks.orders import LONGEST_TERM, Order
from chidao.extract.statements.tasks.task_text import TaskText

_BETWEEN = re.compile(r"(?:^|\s)phối\s+hợp\s(?:[^.;:]{1,120}\s)?giữa\s+", re.IGNORECASE)
_BOTH = re.compile(rf"(?:cả\s+)?hai\s+(?:bên|ngành|{AGENCY})|(?:các|mỗi|từng)\s+bên(?!\w)")
"""In lower case."""
_MOST_NAMES = 400


@dataclass(frozen=True)
class Sides:
    """The sides of the document that `reading` is of; most have none."""

    reading: TaskText

    @kept_property
    def keys(self) -> frozenset[str | None]:
        """The bodies between which the document's title says it holds, where all are known."""
        title = self.reading.heading.title or ""
        between = _BETWEEN.search(title)
        named = self.reading.addressees_in(title, between.end())[0] if between else ()
        keys = frozenset(self.reading.in_full(a).key for a in named)
        return keys if len(keys) > 1 and None not in keys else frozenset()

    @kept_property
    def _both(self) -> tuple[Addressee, ...]:
        """Who are meant by "hai bên": whom the text calls so, or who issue it together."""
        for match in DEFINED.finditer(self.reading.text):
            if _BOTH.fullmatch(match["term"].strip().lower()):
                return self._named_before(match.start())
        heading = self.reading.heading
        own = (Addressee(heading.issuer or "", heading.issuer_key),) if heading.jointly else ()
        return (*own, *heading.jointly)

    def _named_before(self, stop: int) -> tuple[Addressee, ...]:
        """The two or more whose names end at `stop`, in the sentence that says what they are called."""
        text = self.reading.text
        start = max(text.rfind("\n", 0, stop) + 1, stop - _MOST_NAMES)
        for begin in (start, *(at + 2 for at in range(start, stop) if text.startswith(", ", at, stop))):
            named, end = self.reading.addressees(begin, stop, heading=True)
            if len(named) > 1 and not text[end:stop].strip():
                return named
        return ()

    def order(self, begin: int, end: int) -> Order | None:
        """Return what a sentence says that both have to do."""
        if self.reading.said["both"].first(begin, end) < 0:
            return None
        low = self.reading.low
        both = _BOTH.match(low, begin, end)
        if both is None and (comma := low.find(", ", begin, min(end, begin + LONGEST_TERM))) > 0:
            both = _BOTH.match(low, comma + 2, end)
            both = both if both and self.reading.states_a_day_ahead(begin, comma) else None
        if both is None or not self._both or not starts_work(self.reading.text, both.end(), end):
            return None
        if may_or_agrees(self.reading.text, both.end(), end):
            return None
        return Order(begin, both.end(), self._both, called=False, given=False)
