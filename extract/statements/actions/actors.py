"""Who acts: the body, or the bodies listed, at the head of a clause or sentence; else the one that acted in the paragraph before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from chidao.extract.frozen import kept_property
from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import UPPER
from chidao.extract.language.organs import organs
from chidao.extract.language.patterns import (
    ALL_OF_THEM,
    ALSO,
    COMMITTEE,
    COMRADE,
    DENIES,
    ITEM,
    MANNER,
    ORGANIZES,
    PROPOSES,
    ROMAN,
    TENURE,
    TERM,
    TYPE,
    UNIT,
    WEIGHS,
)
from chidao.extract.language.tables import words
from chidao.extract.language.verbs import find_acts
from chidao.extract.mentions.elsewhere import told_of
from chidao.extract.mentions.organs import as_printed
from chidao.extract.mentions.subjects import FOR_ANOTHER, PERSON
from chidao.extract.mentions.whole_names import KINDS, NAMED, issues_itself, whole_names
from chidao.extract.model import Action, BodyMention
from chidao.extract.reading.layout import Layout

_UP_TO_CLAUSE = re.compile(r"(?s:.*)(?:[;.:]\s|\n)")
_IN_A_TIME = (
    r"(?:(?:trong|vào|đầu|cuối|từ\s+đầu)\s+)?(?:(?:quý|tháng|năm|tuần)\s+[0-9IVX]+(?:\s*/\s*[0-9]{4}|\s+năm\s+[0-9]{4})?"
    r"|[0-9]{1,2}\s+tháng(?:\s+(?:đầu|cuối))?\s+năm(?:\s+[0-9]{4})?|(?:(?:những|các)\s+)?(?:năm|tháng|thời\s+gian)\s+(?:vừa\s+)?qua|vừa\s+qua)"
)
"""When somebody did what is told: "Trong quý III, ", "6 tháng đầu năm 2025, ", "Thời gian qua, "."""
# What may stand before the subject of a sentence.
_OPENING = re.compile(
    rf"{ITEM}(?:\([^()\n]{{2,24}}\)\s?[-–]\s*)?(?:(?:đặc\s+biệt|{ALSO}|trong\s+đó|từ\s+đầu\s+{TENURE}\s+đến\s+nay|"
    rf"hằng\s+năm|{TENURE}\s+[0-9\s–-]+|sau\s+đại\s+hội|cơ\s+bản\s+đến\s+nay|đến\s+nay|ngày\s+[0-9/]+|{_IN_A_TIME}|"
    rf"(?:các\s+)?{COMRADE}|thay\s+mặt|và)\s*,?\s*)*",
    re.IGNORECASE,
)
# What may stand between a body and the verb that it is the subject of.
_BEFORE_VERB = re.compile(
    rf"\s*(?:\({TERM}\s+{ROMAN}\)|{TERM}\s+{ROMAN})?{PERSON}?\s*(?:(?:sẽ|{one_of(words('already'))}|{MANNER})\s+)*{ORGANIZES}"
)
_DAY = r"[Nn]gày\s+[0-9]{1,2}(?:/[0-9]{1,2}/|\s+tháng\s+[0-9]{1,2}\s+năm\s+)[0-9]{4}"
_ON_A_DAY = re.compile(rf",\s+{_DAY},?\s+\Z")
"""Of "Thực hiện Chỉ thị 15, ngày 5/9/2024 | Thành ủy có Kế hoạch …"."""
_TEAM = (
    r"(?:[Đđ]oàn|[Tt]ổ)(?:\s+(?:công\s+tác|kiểm\s+tra|giám\s+sát|khảo\s+sát|thanh\s+tra))?"
    r"|(?:[Cc]ác\s+)?(?:[Đđ]ại\s+biểu|[Đđ]oàn\s+viên|[Hh]ội\s+viên)"
)
"""People of whom nobody is told whose they are: "Đoàn | đã nghiên cứu A", "Các đại biểu | đã thảo luận"."""
_UNION = re.compile(r"(?<!liên )(?<!tập )(?<!công )(?<!lữ )(?<!sư )(?<!trung )(?<!binh )đoàn(?!\w)", re.IGNORECASE)
"""Of the Youth Union's committees, which call it "Đoàn": "Ban Chấp hành Tỉnh đoàn Mẫu"."""
_IN_NO_TABLE = re.compile(
    rf"(?:\A{ITEM}|,\s+|(?<!\w){_DAY},?\s+)(?P<who>(?P<team>{_TEAM})|(?P<named>{NAMED})|{COMMITTEE}|{one_of(KINDS)}(?:\s+nhân\s+dân)?\s+(?:các\s+)?(?i:{UNIT}))"
    rf"{_BEFORE_VERB.pattern}\Z"
)
"""A body as the subject of a verb, be it in a table or not: "Công ty Cấp nước Mẫu | ban hành", "UBND tỉnh | đã ban hành"."""
_ALONE = frozenset(kind.lower() for kind in KINDS)
# What a sentence may begin with before the verb of what is told in its main clause.
_FRONTED = re.compile(rf"{_OPENING.pattern}(?:(?:để|nhằm)\s+)?", re.IGNORECASE)
# "Thực hiện Nghị quyết 15, Sở Nội vụ đã rà soát …": whatever is told of the body is its way of doing what the sentence begins with.
_TELLS = re.compile(
    rf"\s+(?:{one_of(words('by now'))}|{DENIES}|{MANNER})\s|{_BEFORE_VERB.pattern}\s*{one_of(words('sends'))}\s+(?:{TYPE})(?!\w)"
)
_MANY_TELL = re.compile(rf",\s+{ALL_OF_THEM}\s[^;.:\n]{{2,160}}?\s(?:{one_of(words('by now'))}|{DENIES})\s")
"""The same of those who are named together, and not by name."""
# "Sở Tư pháp đã tham mưu Ủy ban nhân dân tỉnh ban hành A": who it is laid before does it.
_SERVES = re.compile(
    rf"\s+(?:[^\s,;.]+\s+){{0,4}}?(?:{WEIGHS}|{PROPOSES}|giúp)\s+(?:(?:cho|để|với|và(?:\s+được)?)\s+)?(?:chủ\s+tịch\s+)?",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    rf"\s(?:(?:{WEIGHS}|{PROPOSES}|giúp)(?:\s+(?:cho|để|với))?|trong\s+đó,?)\s+"
    rf"(?:{one_of(KINDS)}(?:\s+nhân\s+dân)?\s+)?(?:các\s+)?(?i:{UNIT})(?:\s+[{UPPER}]\w+(?:\s+[{UPPER}]\w+){{0,2}})?{_BEFORE_VERB.pattern}\Z"
)
"""Of "Sở Tư pháp tham mưu UBND tỉnh | ban hành A", "…, trong đó huyện Mẫu | ban hành A": who does it, and in no table."""
_FOR = "thay mặt"
_LONGEST_FOR = 12
_AND = (",", "và", ", và")
_LONGEST_CLAUSE = 1000
"""Characters of a clause; a sentence may be a list of a hundred pages."""
_LONGEST_OPENING = 200
"""Characters before the subject of a sentence."""
_LONGEST_VERB = 40
"""Characters of a verb of an act."""
_MOST = 40
"""Bodies that act together."""


def clause_start(text: str, start: int, end: int) -> int:
    """Return where the clause that ends at `end` begins: behind the last semicolon, colon or full stop of text[start:end]."""
    before = _UP_TO_CLAUSE.match(text, start, end)
    return before.end() if before else start


@dataclass(frozen=True)
class Actors:
    """The bodies of a text, in text order, as subjects of its verbs."""

    layout: Layout
    bodies: Sequence[BodyMention]

    @kept_property
    def _whole(self) -> tuple[BodyMention, ...]:
        """The bodies with the names that end in theirs: "Đoàn Thanh niên Bộ Y tế ban hành A" tells of no ministry."""
        return whole_names(self.layout.text, self.bodies)

    @kept_property
    def _starts(self) -> list[int]:
        return [b.start for b in self._whole]

    def of(self, verb: int, issuer: str | None = None) -> tuple[list[BodyMention], bool]:
        """Return who does what the verb at `verb` says in a document of the `issuer`, and whether its clause or sentence states them;
        nobody who is stated is one of whom nobody can say which one it is: "UBND tỉnh" in a paper of no known place."""
        if (verb, issuer) not in self._doing:
            self._doing[verb, issuer] = self._of(verb, issuer)
        return self._doing[verb, issuer]

    @kept_property
    def _doing(self) -> dict[tuple[int, str | None], tuple[list[BodyMention], bool]]:
        """Who does what, by its verb: the documents of a list share it."""
        return {}

    def _of(self, verb: int, issuer: str | None) -> tuple[list[BodyMention], bool]:
        sentence, _ = self.layout.sentence(verb)
        near = max(sentence, verb - _LONGEST_CLAUSE)
        clause = clause_start(self.layout.text, near, verb)
        for begin in dict.fromkeys((clause if clause > near else sentence, sentence)):
            if (stated := self._at_head(begin, verb)) is None:
                return [], True
            if stated:
                somebody = _SOMEBODY.search(self.layout.text, max(stated[-1].end, verb - _LONGEST_OPENING), verb)
                return ([] if somebody else stated), True
        if (behind := self._behind(sentence, verb)) is not None:
            return behind, True
        if (other := self._printed(sentence, verb, issuer)) is not None:
            return other, True
        i = bisect_left(self._openers, verb, key=lambda body: body.start)
        acted = self._openers[i - 1 : i] if i else []
        acted = [body for body in acted if body.start >= self.layout.paragraph(verb)[0]]
        # "Tại Điện Biên, Chủ tịch UBND tỉnh đã ký": nobody knows whose
        return acted, not acted and told_of(self.layout.text, verb) is not None

    def _printed(self, sentence: int, verb: int, issuer: str | None) -> list[BodyMention] | None:
        """The body that stands right before the verb in its sentence and in no table, other than the document's issuer; none where its name
        does not say which one it is."""
        text = self.layout.text
        near = max(sentence, verb - _LONGEST_OPENING)
        clause = clause_start(text, near, verb)
        found = _IN_NO_TABLE.search(text[clause:verb]) if clause < verb else None
        if found is None:
            return None
        own = as_printed(text, clause + found.start("who"), clause + found.end("who"))
        called = own.name.lower()
        if found["team"] and not (called == "đoàn" and issuer and _UNION.search(issuer)):
            return []
        if called in organs() or called in _ALONE or (issuer and called in issuer.lower()):
            return None
        return [own] if found["named"] else []

    def _behind(self, sentence: int, verb: int) -> list[BodyMention] | None:
        """ "Để cụ thể hóa Nghị quyết 15, Thành ủy ban hành …": who does what the sentence begins with stands behind its comma; of
        "Thực hiện Nghị quyết 15, các sở đã …" nobody by name."""
        text = self.layout.text
        if verb - sentence > _LONGEST_OPENING or not _FRONTED.fullmatch(text, sentence, verb):
            return None
        end = min(self.layout.sentence(verb)[1], verb + _LONGEST_CLAUSE)
        for body in self._whole[bisect_left(self._starts, verb) : bisect_left(self._starts, end)]:
            if text[max(0, body.start - 2) : body.start] == ", " or _ON_A_DAY.search(text, verb, body.start):
                if _TELLS.match(text, body.end, end):
                    return [body]
                said = _BEFORE_VERB.match(text, body.end, end)
                at = said.end() if said else end
                if any(act.start == at for act in find_acts(text, self.layout.low, at, min(end, at + _LONGEST_VERB))):
                    return [body]
        return [] if _MANY_TELL.search(text, verb, end) else None

    @kept_property
    def _openers(self) -> list[BodyMention]:
        """The bodies with which a sentence begins."""
        return [body for body in self._whole if self._opens(body, self.layout.sentence(body.start)[0])]

    def _opens(self, body: BodyMention, begin: int) -> bool:
        near = body.start - begin <= _LONGEST_OPENING
        return near and _OPENING.fullmatch(self.layout.text, begin, body.start) is not None

    def _at_head(self, begin: int, verb: int) -> list[BodyMention] | None:
        """Return the bodies that stand at the head of text[begin:verb], listed with commas; None where one does it for another of whom
        nobody says which one it is: "Thay mặt Ban Thường vụ Tỉnh ủy, Bí thư Tỉnh ủy Lào Cai đã ký"."""
        text = self.layout.text
        first, behind = bisect_left(self._starts, begin), bisect_left(self._starts, verb)
        if first == behind or self._whole[first].end > verb:
            return []
        if not self._opens(self._whole[first], begin):
            # "Chỉ đạo UBND Thành phố ban hành …": the body right before the verb does it.
            nearest = self._whole[behind - 1]
            if not _BEFORE_VERB.fullmatch(text, nearest.end, verb):
                return []
            other = FOR_ANOTHER.search(text, max(begin, nearest.start - _LONGEST_OPENING), nearest.start)
            return None if other else [nearest]
        listed = [self._whole[first]]
        if text[max(begin, listed[0].start - _LONGEST_FOR) : listed[0].start].lower().rstrip().endswith(_FOR):
            # "Thay mặt Bộ Chính trị, Thường trực Ban Bí thư đã ký": for whom it is done, who is of no other place than who does it
            one, signer = listed[0], self._whole[behind - 1]
            said = one.scope in ("vn", signer.scope) or len(one.name) <= one.end - one.start
            return listed if said else None
        for body in self._whole[first + 1 : min(behind, first + _MOST)]:
            if body.end > verb or " ".join(text[listed[-1].end : body.start].split()) not in _AND:
                break
            listed.append(body)
        nearest = self._whole[behind - 1]
        if _SERVES.fullmatch(text, listed[-1].end, nearest.start) and _BEFORE_VERB.fullmatch(text, nearest.end, verb):
            return [nearest]
        return listed

    @kept_property
    def _ending(self) -> dict[int, BodyMention]:
        """The bodies by where their names end."""
        return {b.end: b for b in self.bodies}

    def doing(self, act: str, symbol: str | None, body: BodyMention) -> BodyMention:
        """Return who does it to what has the symbol, where `body` is named: who issues may be the one in whose name it ends."""
        inner = body if act != "issue" or body.key else self._ending.get(body.end, body)
        return inner if issues_itself(symbol, inner) else body

    def subject(self, action: Action) -> BodyMention | None:
        """Return the mention that names the stated actor of an action, which begins with it or else with its verb."""
        i = bisect_left(self._starts, action.start)
        acting = [b for b in self._whole[i : i + 1] if b.start == action.start] or self.of(action.start)[0]
        return next((b for b in acting if (b.key or None) == action.actor_key), None)
