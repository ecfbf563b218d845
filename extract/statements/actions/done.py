"""What was done, and what is only ordered or ruled: an act is what the text says that a body has done.

A report tells of acts, but for its parts on what is to come; a plan, directive or letter orders them, and tells of acts only before its
first section ("Thực hiện Nghị quyết A, Ủy ban nhân dân ban hành …") and where a sentence says that they are past ("đã triển
khai"). A law rules.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chidao.extract.frozen import kept_property
from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import UPPER
from chidao.extract.language.order import older
from chidao.extract.language.patterns import (
    ACCORDING,
    ALONG,
    DENIES,
    DRAFTS,
    INTENDS,
    ITEM,
    LEADS,
    MANNER,
    NOUN,
    PASSIVE,
    PROPOSES,
    PUTS_OFF,
)
from chidao.extract.language.tables import task_phrases, words
from chidao.extract.language.verbs import Said, acts
from chidao.extract.language.word_places import Places
from chidao.extract.statements.passage import Passage
from chidao.extract.statements.predicates import starts_work
from chidao.extract.statements.relations.links import outranked
from chidao.extract.statements.relations.openings import first_section
from chidao.extract.statements.said import said_in
from chidao.extract.statements.sections import section_of, sections_ahead
from chidao.ontology.authority import types_of

_FRONT = re.compile(ITEM)
"""What stands before the first word of a sentence."""
# These two read text in lower case.
_PAST = re.compile(r"(?<!\w)(?:đã|vừa|qua|thời\s+gian\s+qua|năm\s+qua|(?<!đánh\sgiá\s)kết\s+quả)(?!\w)")
# "Giao Sở Nội vụ …", "yêu cầu các đơn vị …", "… sẽ ban hành": to be done, whoever says it.
_ORDERS = re.compile(rf"{ITEM}(?:{one_of(task_phrases('give', 'call'))}|{PROPOSES})\s")
_CALLED = re.compile(
    rf"{one_of(task_phrases('call'), whole=True)}(?::\s|\s+(?:các|cấp|ban|ủy|sở|đảng)(?:\s|$))(?!.*\sđã\s)"
    rf"|{one_of(task_phrases('call'), whole=True)}\s+(?:{MANNER}\s+)?$"  # "yêu cầu thực hiện B"
    # and no "giao ban quý I"
    rf"|{one_of(task_phrases('give'), whole=True)}\s+(?:các|cấp|ủy|sở|đảng|(?:văn\s+)?phòng|công\s+an|chi\s+(?:bộ|cục)|trường|đoàn"
    rf"|ban\s+(?:xây|tổ|tuyên|nội|dân|kinh|pháp|quản|chỉ|chấp|thường))\s(?!.*\sđã\s)"
    # "Thành ủy chỉ đạo Ban Tuyên giáo chủ trì, phối hợp với các ban; các đoàn thể triển khai B": who is to lead is told to
    rf"|{one_of((*task_phrases('give', 'call'), 'chỉ đạo'), whole=True)}\s[^.:\n]{{3,160}}?\s{LEADS}(?!\w)(?!.*\s(?:đã|vừa)\s)"
)
_ORDERED = re.compile(
    rf"(?:s(?<!\ws)ẽ|c(?<!\wc)(?:ần\s+(?:phải|được|tiếp\s+tục|{MANNER})|ó\s+trách\s+nhiệm))(?:\s|$)(?!.*\sđã\s)"
)
# "đề nghị ban hành Nghị quyết triển khai B": what somebody proposes; but what has a number was issued in the end.
_PROPOSED = re.compile(
    rf"(?<!\w)(?:(?:{PROPOSES}\s+(?!của\s)|{DRAFTS}\s+)(?:[^\s,;.]+\s+){{0,8}}|{PROPOSES}\s+(?!của\s)(?:(?!đã\s)[^\s;.]+\s+){{0,16}})$"
)
# "Nếu Sở Du lịch triển khai B", "dự kiến ban hành A để triển khai B", "đã hoãn triển khai B", "hồ sơ đã tiếp nhận thì thực hiện theo B",
# "các đại biểu thống nhất thực hiện B", "nghe báo cáo về kết quả thực hiện B": not done, whoever is past.
_NOT_YET = re.compile(
    rf"(?<!\w)(?:{INTENDS}\s+(?:[^\s,;.]+\s+){{0,12}}|{PUTS_OFF}\s+(?:(?:việc|tổ\s+chức)\s+){{0,2}}"
    rf"|thì\s+(?:(?:được|vẫn|phải|tiếp\s+tục|tổ\s+chức)\s+){{0,2}}|nghe\s+(?:[^\s,;.]+\s+){{0,12}}|{one_of(words('agrees'))}\s+(?:(?:việc|tổ\s+chức|sẽ)\s+){{0,2}})$"
)
# "mong muốn các cấp ủy quán triệt, triển khai B", "phải triển khai B", "nâng cao trách nhiệm của cấp ủy trong thực hiện B": wished or owed.
# But "vượt chỉ tiêu phấn đấu năm" and "có quyết tâm cao nên xã triển khai B" were done.
_OWED = re.compile(
    rf"(?<!\w)(?<!chỉ tiêu ){one_of(words('owed or wished'))},?\s+(?:(?!(?:đã|nên)\s)[^\s,;.:]+\s+){{0,12}}"
    rf"(?:{acts('disseminate', 'concretize', 'implement')},\s+(?:tổ\s+chức\s+)?){{0,3}}$"
)

# "Nhằm cụ thể hóa B và tạo chuyển biến trong nhận thức." is what something is for; a main clause would tell what was done.
_PURPOSE = re.compile(rf"{ITEM}(?:(?:với|theo)\s+)?(?:mục\s+(?:đích|tiêu)|nhằm|để)(?!\w)")
_MAIN_CLAUSE = re.compile(r"(?<!\w)(?:đã|vừa|ban\s+hành)\s")
_COUNTED = re.compile(
    r",\s(?:(?!(?:phấn\s+đấu|sẽ|cần|phải|mỗi)\s)[^;]){2,200}?(?<!số)\s[0-9]{1,3}(?:\.[0-9]{3})*\s+(?!(?:tháng|năm|ngày|quý)\s)[a-zđ]"
)
"""Of ", Đảng ủy xã tổ chức 05 hội nghị", in lower case: a report counts what was done."""
_LABEL = re.compile(rf"{ITEM}(?P<said>[^:.;]{{3,80}}):\s")
"""Of "Nhiệm vụ trọng tâm năm 2026: tiếp tục triển khai B"."""
_WHO = r"(?:các|cấp|ban|ủy|uỷ|sở|đảng|chi|đoàn|hội|toàn|mỗi|thủ\s+trưởng)"
_BELOW = re.compile(
    rf"(?P<said>{one_of(task_phrases('give', 'call'))}(?:\s+{_WHO}\s[^\n:]{{0,300}})?:)\s*(?:\n|[1a][.)]\s|[-–]\s)"
)
"""Of an order whose items stand below: "yêu cầu các chi bộ thực hiện một số nội dung như sau:"."""
_MARKS = (r"[-–+•*]", r"[0-9]{1,2}[.)]", r"[a-zđ][.)]")

_ALIKE = re.compile(
    "|".join(rf"(?:\s*{mark}\s[^\n]*)+" for mark in _MARKS)
    + rf"|(?:\s*\n(?!\s*(?:{'|'.join(_MARKS)}|[ivx]{{1,5}}\s?[-./–)]))[^\n]+)+"
)
"""Paragraphs in lower case that begin alike: with dashes, numbers, letters or no mark."""
_UNMARKED = re.compile(rf"\s*\n\s*(?!\W|{'|'.join(_MARKS)})")
_TO_ALL = ("các ", "mỗi ", "từng ", "toàn ")
# "theo quy định của B", "theo đề nghị của … tại B", "ban hành kèm theo B": what rules something, who asked for it, what it came with.
_RULED = re.compile(
    rf"(?<!\w)(?:{ACCORDING}(?:\s+[^\s;.]+){{0,16}}|quy\s+định\s+(?:tại|của|ở|trong)(?:\s+[^\s;.]+){{0,16}}"
    rf"|{ALONG}|ban\s+hành\s+kèm|hiệu\s+lực\s+thi\s+hành(?:\s+[^\s;.]+){{0,12}})\s*$",
    re.IGNORECASE,
)
# "Việc phân cấp theo B", "mức hỗ trợ thực hiện theo B": B rules the matter that the clause speaks of, and nobody is told to act.
# But "việc quy hoạch cán bộ theo B được thực hiện đúng hướng dẫn" tells how it was done.
_MATTER = re.compile(
    rf"(?:{ITEM}|.*;\s+)(?:(?:các|những|mọi|toàn\s+bộ)\s+)?(?:{NOUN}|{one_of(words('is ruled'))})\s(?!.*\sđã\s)"
)

_BY_SOMEBODY = re.compile(
    rf"\s{PASSIVE}\s+(?:xã|phường|huyện|tỉnh|thành\s+phố|ubnd|ủy\s+ban|sở|phòng|công\s+an|chi\s+cục|trung\s+tâm)\s"
)
"""Of "Hồ sơ được xã giải quyết theo B", in lower case: somebody has done it."""
_HAS_DONE = re.compile(rf"{ITEM}(?:(?:trong|qua|năm|tháng|quý|thời\s+gian\s+qua)(?!\w)[^.;:]{{0,24}}?,?\s+)?đã\s")
"""Of "Trong năm đã lựa chọn nhà thầu theo Luật A", in lower case, which tells of the issuer."""
_DONE_SO = re.compile(rf"\s{PASSIVE}\s+(?:[^\s;.]+\s+){{0,2}}?{acts('implement')}\s+(?:đúng|{MANNER})(?!\w)")
_BY = re.compile(r"\s+(?:đúng\s+)?theo\s")
# "đã được tổ chức thực hiện theo quy định của B": B was followed.
_FOLLOWED = re.compile(
    rf"(?<!\w)đã\s(?:[^\s;.]+\s+){{0,8}}{acts('implement')}(?:\s+[^\s;.]+){{0,2}}\s*$", re.IGNORECASE
)


def ruled(text: str, start: int, end: int) -> bool:
    """Do the words before `end`, from `start` on, name the document there as what rules something, or what it came with?"""
    found = _RULED.search(text, max(start, end - 160), end)
    return found is not None and not _FOLLOWED.search(text, max(start, found.start() - 80), found.start())


_NEGLECTED = re.compile(rf",\s+[{UPPER}][^,;.:\n]{{2,100}}?\s(?:{DENIES}|còn\s+chậm)(?!\w)")
"""Behind "Thực hiện Nghị quyết 15", who has not done it: ", Sở Nội vụ chưa ban hành kế hoạch"."""
_LAWS = types_of("statute") | (types_of("enacting") - types_of("assigning"))
"""What anybody may have followed."""
_TO_COME = frozenset(["ahead", "asks", "aims", "work"])
_LONGEST_HEADING = 300
_FAR = 2000
"""Characters of a sentence before a verb that are looked at; a list of documents may be one sentence of a hundred pages."""


def _within(parts: Sequence[tuple[int, int]], at: int) -> bool:
    """Does `at` stand in one of the parts, which are in order?"""
    i = bisect_right(parts, at, key=lambda part: part[0]) - 1
    return i >= 0 and at < parts[i][1]


@dataclass(frozen=True)
class Told:
    """A text that tells of acts; `changed` are the documents that its own clauses change."""

    passage: Passage
    changed: frozenset[int]

    @kept_property
    def _ahead(self) -> tuple[tuple[int, int], ...]:
        """The parts that tell what is to come, in order and none within another, in a text that otherwise tells of what was done."""
        parts: list[tuple[int, int]] = []
        if self.passage.heading.type not in types_of("assigning"):
            for begin, end in sections_ahead(self.passage.text, self.passage.layout.body_end):
                if parts and begin <= parts[-1][1]:
                    begin, former = parts.pop()
                    end = max(former, end)
                parts.append((begin, end))
        return tuple(parts)

    def _tells_ahead(self, verb: Said) -> bool:
        """Does the verb stand in a part that tells what is to come, or that an order opens?"""
        return _within(self._ahead, verb.start) or (verb.means != "issue" and _within(self._ordered_below, verb.start))

    @kept_property
    def _orders_from(self) -> int:
        """Where the text begins to order; beyond its end where it does not."""
        text = self.passage.text
        return first_section(text) if self.passage.heading.type in types_of("assigning") else len(text) + 1

    @kept_property
    def _ordered_below(self) -> tuple[tuple[int, int], ...]:
        """The parts below an order, each as far as paragraphs begin alike."""
        low, parts = self.passage.layout.low, list[tuple[int, int]]()
        for call in self._said["call or direct"]:
            if (not parts or call >= parts[-1][1]) and (opens := _BELOW.match(low, call)):
                parts.append((opens.end("said"), self._end_of_items(opens.end("said"))))
        return tuple(parts)

    def _end_of_items(self, start: int) -> int:
        """Return where the items end that an order opens at `start`. One without a mark begins with what is to be done, or to whom it is
        said: "Tháng 2, Đảng ủy tổ chức …", "Kết quả, …" goes on with the account."""
        low = self.passage.layout.low
        alike = _ALIKE.match(low, start)
        if alike is None or not _UNMARKED.match(low, start):
            return alike.end() if alike else start
        end = start
        while (item := _UNMARKED.match(low, end, alike.end())) and (
            low.startswith(_TO_ALL, item.end()) or starts_work(self.passage.text, item.end(), alike.end())
        ):
            line = low.find("\n", item.end(), alike.end())
            end = line if line >= 0 else alike.end()
        return end

    def _heads_a_part(self, at: int) -> bool:
        """ "I. KẾT QUẢ THỰC HIỆN NGHỊ QUYẾT SỐ 15-NQ/TU": a line in capitals that is not the title says what stands below."""
        begin, end = self.passage.layout.paragraph(at)
        said = self.passage.text[begin:end]
        if len(said) > _LONGEST_HEADING or not said.isupper():
            return False
        return " ".join(said.split()).lower() not in (self.passage.heading.title or "").lower()

    def _is_to_come(self, before: str, verb: Said) -> bool:
        """Do the words before a verb, in lower case, say that it is ordered, proposed, intended or put off?"""
        if _ORDERS.match(before) or _ORDERED.search(before):
            return True
        if self._says("call or direct", before, verb) and _CALLED.search(before):
            return True
        if verb.trigger.lower() != "theo" and self._says("owed", before, verb) and _OWED.search(before):
            return True
        label = _LABEL.match(before) if ":" in before else None
        if label and section_of(label["said"]) in _TO_COME and not _PAST.search(before):
            return True
        if self._says("not yet", before, verb) and _NOT_YET.search(before):
            return True
        proposed = verb.means != "issue" and self._says("proposed", before, verb)
        return proposed and _PROPOSED.search(before) is not None

    def _purposed(self, before: str, verb: Said) -> bool:
        """Does the sentence, which names nobody who acts, only tell what something is for?"""
        if verb.means == "issue" or ";" in before or not _PURPOSE.match(before):
            return False  # "Nhằm …; thực hiện Công văn B, Hội tổ chức …"
        low, (start, end) = self.passage.layout.low, self.passage.layout.sentence(verb.start)
        end = min(end, verb.end + _FAR)
        counts = self.passage.heading.type not in types_of("assigning") and _COUNTED.search(low, verb.end, end)
        return not counts and _MAIN_CLAUSE.search(low, start, end) is None

    @kept_property
    def _said(self) -> Mapping[str, Places]:
        return said_in(self.passage.layout.low)

    def _says(self, what: str, before: str, verb: Said) -> bool:
        """Do the words before a verb hold one of a group of `said_in`?"""
        return self._said[what].first(verb.start - len(before), verb.start) >= 0

    def _is_ruled(self, before: str, verb: Said) -> bool:
        """Does the document behind the verb rule what the sentence speaks of, and nobody is told to act: "Theo A, việc cấp phép được phân
        cấp", "Các dự án đã phê duyệt theo A"?"""
        text, own = self.passage.text, self.passage.heading.type
        by = verb.trigger.lower() == "theo"
        if by and (own in types_of("enacting") or _FRONT.fullmatch(before) or before.split()[-1:] == ["tiếp"]):
            return True  # "Tiếp theo Công văn A, …" only says what went before
        if not _MATTER.match(before) or not (by or _BY.match(text, verb.end)):
            return False
        if _BY_SOMEBODY.search(before):
            return False
        end = min(self.passage.layout.sentence(verb.start)[1], verb.end + _FAR)
        return _DONE_SO.search(text, verb.end, end) is None

    def _by_law(self, before: str, verb: Said, kind: str | None) -> bool:
        """Is a law said to be followed, in a sentence that names nobody who acts: "Người ứng cử theo Luật A phải nộp hồ sơ"?"""
        by = verb.trigger.lower() == "theo" or _BY.match(self.passage.text, verb.end)
        return kind in _LAWS and not _BY_SOMEBODY.search(before) and bool(by) and not _HAS_DONE.match(before)

    @kept_property
    def _untold(self) -> dict[int, tuple[bool, str]]:
        """Of verbs, by where they stand, whether they tell of nothing that was done, with the words before them in lower case."""
        return {}

    def _is_untold(self, verb: Said) -> tuple[bool, str]:
        """Is it said of the verb by itself that it is to come, or is its matter only ruled? With the words before it in lower case."""
        start = max(self.passage.layout.sentence(verb.start)[0], verb.start - _FAR)
        before = self.passage.layout.low[start : verb.start]
        heads = self._heads_a_part(verb.start)
        return heads or self._is_to_come(before, verb) or self._is_ruled(before, verb), before

    def done(self, i: int, verb: Said, *, legal: bool, stated: bool) -> bool:
        """Is what the verb says of document `i` said to have been done? `stated`: its sentence says who acts."""
        if i in self.changed:
            return verb.means == "amend"
        f, own = self.passage.references[i], self.passage.heading.type
        if legal or f.type in types_of("proposing") or (verb.means == "amend" and outranked(own, "amends", f)):
            return False
        if older((self.passage.heading.date, self.passage.heading.year), (f.date, f.year)):
            return False
        if verb.start not in self._untold:
            self._untold[verb.start] = self._is_untold(verb)
        untold, before = self._untold[verb.start]
        if untold or (_FRONT.fullmatch(before) and _NEGLECTED.match(self.passage.text, f.extent)):
            return False
        if not stated and (self._purposed(before, verb) or self._by_law(before, verb, f.type)):
            return False
        told = verb.start < self._orders_from and (own not in types_of("assigning") or verb.trigger.lower() != "theo")
        told = told and not self._tells_ahead(verb)
        return told or _PAST.search(before) is not None
