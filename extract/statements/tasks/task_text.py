"""What every rule of tasks reads: the text, whose it is, and who finds bodies in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from chidao.extract.frozen import kept_property
from chidao.extract.language.composing import lowered, one_of
from chidao.extract.language.dates import iso_date
from chidao.extract.language.letters import UPPER, lower, places_of
from chidao.extract.language.patterns import (
    ADDRESS,
    AGENCY,
    ALONG,
    AS_FOLLOWS,
    CHARGED,
    EACH,
    HELPS,
    IN_FORCE,
    ISSUES,
    LEADS,
    MANNER,
    PREPARES,
    SIGNS_FOR,
    SINCE,
    TYPE,
    UNIT,
    day,
)
from chidao.extract.language.tables import words
from chidao.extract.language.word_places import Places
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.mentions.elsewhere import tells_elsewhere
from chidao.extract.model import Addressee, Heading, Task
from chidao.extract.statements.addressees.addressees import read_addressees
from chidao.extract.statements.addressees.name_ends import LONGEST
from chidao.extract.statements.addressees.words import AGENCY_ALONE, are_committees
from chidao.extract.statements.deadlines.always import always
from chidao.extract.statements.deadlines.deadlines import Deadline, last_day, read_deadline
from chidao.extract.statements.predicates import IN_CHARGE, starts_work
from chidao.extract.statements.said import said_in
from chidao.extract.statements.tasks.own_bodies import OwnBodies
from chidao.extract.statements.tasks.parts import works_for_issuer
from chidao.ontology.authority import types_of

_OF_EACH = re.compile(rf"\s(?:các|những)\s+(?:{UNIT}|sở|địa phương|thôn)(?!\w)")
"""The end of a list of units that are those of each commune."""
_PARTY_LEADS = re.compile(r"(?<=\s)(?<!với )(?<!cùng )(?<!các )lãnh\s+đạo(?:\s*,\s*chỉ\s+đạo)?\s+")
"""In lower case."""
_ATTACHED_TO = re.compile(rf"\({ALONG}\s[^()\n]{{5,100}}?\sngày\s+{day()}", re.IGNORECASE)
"""Of "(Kèm theo Kế hoạch số 33/KH-UBND ngày 28/01/2026 của …)"."""
_HEAD = 1500
"""Characters within which an annex says so."""
STANDING = (types_of("assigning") & types_of("rule") - types_of("enacting")) | {
    "Hướng dẫn",
    "Hướng dẫn liên ngành",
    "Nghị quyết liên tịch",
}
BINDING = types_of("rule") & types_of("enacting") - types_of("assigning") - types_of("statute")
"""Types whose articles rule, and bind those of whose duties one speaks ("Điều 6. Trách nhiệm của Sở Y tế")."""
STANDING = STANDING | BINDING
"""Types that say what always holds; they assign where a section says so ("Tổ chức thực hiện", "Trách nhiệm của …"), or by a day."""

_WITH = re.compile(
    rf"(?:(?<=với\ssự\s)|(?<=có\ssự\s)){HELPS}\s+của\s|{HELPS}(?:\s*,?\s*{MANNER})*(?:,?\s+(?:với|cùng(?!\s+cấp(?!\w))))*\s*(?::\s*|\s(?!cùng\s+cấp))"
)
"""In lower case."""
_TOGETHER = re.compile(r"cùng(?:\s+với)?\s+(?!với\s)")
"""With what an item opens that its lead does with others: "Cùng Công an tỉnh rà quét lỗ hổng"."""
_BESIDE = re.compile(
    rf"(?:(?:{LEADS}|đầu\s+mối)\s*,?\s+cùng(?:\s+với)?|,\s+(?:cùng\s+)?với\s+sự\s+tham\s+gia\s+của)\s+(?!với\s)"
)
"""Of "Sở A chủ trì, cùng Sở B xây dựng đề án", "Giao Sở A, với sự tham gia của Sở B, tổng hợp"."""
_LEADS_AND = re.compile(rf"(?<!\w){LEADS}\s*[,;]\s+")
HELP_WITH = re.compile(rf"[\s,]+{HELPS}(?!\w)(?P<last>(?:\s+thực\s+hiện)?[\s.;)/]*\Z)?")
"""Of "Sở A chủ trì, Sở B và Sở C phối hợp xây dựng đề án", behind each of the two; `last` of "Sở A rà soát hồ sơ; Sở B phối hợp.", which
says no more of the second."""
_SHORT = 30
"""Characters in which it is said."""
_JOINED = (" cùng ", " sự tham gia ")
_PARENS = re.compile(
    rf"\(\s*(?:(?:giao|do)\s+(?!{AGENCY})|(?:{AGENCY}\s+)?{LEADS}(?:\s+(?:thực\s+hiện|tham\s+mưu))?\s*:\s*)?"
    rf"(?=[^()]{{4,160}}?(?:{LEADS}|thực\s+hiện|tham\s+mưu|{CHARGED}|{PREPARES})[^()]{{0,120}}\)|[^()]{{4,200}}\)[.;]?$)",
    re.IGNORECASE,
)
"""What opens a bracket that tells who does the work."""
_HELPED = re.compile(rf"\s*[;,]\s*(?:{AGENCY}\s+)?{HELPS}")

_MARKED_LEAD, _MARKED_HELP = (
    re.compile(rf"\(\s*(?:{AGENCY}\s+)?{role}\s*\)[\s,;]*(?:và\s+)?") for role in (LEADS, HELPS)
)
"""Of "Sở A (chủ trì), Sở B và Sở C (cơ quan phối hợp): lập đề án", in lower case."""
_WORK_OF_A_PERIOD = re.compile(
    r"chương\s+trình\s+(?:[^.;:]*\s)?công\s+tác\s+(?:trọng\s+tâm\s+)?(?:năm|quý|tháng|tuần|[0-9]+\s+tháng)\s"
)
_WITH_OTHERS = re.compile(rf"(?:{one_of(words('done with others'))}|(?P<by>{one_of(words('done by or to'))}))\s")
"""With what a row of such a programme opens whose bracket may name those whom one hears or visits, or who or whom one inspects, in lower
case."""
_TERM_FIELD = re.compile(
    r"\s*(?P<limit>(?=(?:trước|trong|xong|hoàn\s+thành|chậm\s+nhất|thời|tiến|hạn)\s))?(?:(?:thời\s+(?:gian|hạn)|tiến\s+độ|hạn|hoàn\s+thành)(?:\s+(?:hoàn\s+thành|thực\s+hiện))?\s*:\s*)?"
)

_DOES = re.compile(
    rf"(?<!đã\s)(?:{LEADS}|thực\s+hiện|tham\s+mưu|{CHARGED})|(?<=\()giao\s|(?:lãnh|chỉ)\s+đạo(?=\Z)|(?<!không\s)(?<!đã\s)(?<!chưa\s){PREPARES}(?=\s*(?:[,;]|\Z))"
)
"""In lower case."""


# "01/4/2026 - 30/6/2026", "Tháng 4 - tháng 6/2026"
_PERIOD = re.compile(
    r"(?![^\n]*quý\s+[iv1-4]{1,3}\s*[-–]\s*[iv1-4]{1,3}\s*/)[^\n]*?[0-9IVX]\s*[-–]\s*(?=(?:ngày\s+|tháng\s+|quý\s+)?[0-9IVX]{1,3}\s*/)",
    re.IGNORECASE,
)
_BARE_DAY = re.compile(rf"^(?=[0-9]{{1,2}}(?:/[0-9]{{1,2}})?\s+{EACH}\s)")
ENDS_TEXT = re.compile(rf"(?i:{ADDRESS})|{SIGNS_FOR}(?:\.|\s)\s*[{UPPER}]{{2}}")
"""What opens a list of addressees, or a signature."""

_ABBREVIATED = re.compile(
    r"^[\s|+•-]*(?P<term>[A-ZĐ][A-ZĐ&. -]{1,20}?)[ ]*[:=|\t][ |]*(?P<full>[A-ZĐ][^\n:;|\t]{4,100}?)[ ;.|]*$",
    re.MULTILINE,
)
_TERM = re.compile(r"[A-ZĐ][A-ZĐ&]+(?:[ -][A-ZĐ&]{2,})*")


def assigns(heading: Heading) -> bool:
    """Does a document with this heading make others do something? A report tells what was done, a law or decree what holds; of one
    whose type was not read nothing is known."""
    return heading.type is None or heading.type in types_of("assigning")


_YEAR_AHEAD = re.compile(r"năm\s+(20[0-9]{2})(?!\s*[-–])", re.IGNORECASE)
_THIS = "này"
_OF_ITSELF = re.compile(rf"(?<!\w){lowered(TYPE)}\s+{_THIS}(?!\w)")
"""Of "theo Kế hoạch này", in lower case."""
_LONGEST_TYPE = 100
"""Characters of a type's words, with the blanks behind them."""
_CONCLUDES = re.compile(rf"(?<=\s)(?:kết\s+luận|quyết\s+nghị|có\s+ý\s+kiến)(?:\s+chỉ\s+đạo)?(?:\s+{AS_FOLLOWS})?:\s")
"""In lower case."""
_TAKES_EFFECT = re.compile(rf"này\s+{IN_FORCE}\s+{SINCE}\s+(?:(?P<signed>{ISSUES})|{day()})")
"""In lower case."""


@dataclass(frozen=True)
class TaskText:
    """`text` is what the document of `heading` says, `lowered` the same in lower case where that is known; `finder` knows the bodies
    of its place."""

    text: str
    heading: Heading
    finder: BodyFinder
    lowered: str | None = None
    of_all: bool = False
    """It is read where all bodies of a level are spoken of: a short name is that of each, and not of a body of this paper's place."""

    @kept_property
    def low(self) -> str:
        """The text in lower case, in which patterns are found faster."""
        return lower(self.text) if self.lowered is None else self.lowered

    @kept_property
    def is_news(self) -> bool:
        """Is the text none of a paper's own, as far as can be read: it has no type and no number, and no "Kế hoạch này" speaks of it?"""
        own = self.heading.type is not None or self.heading.number is not None
        # a search of all of it for the words of types takes twenty times longer
        low, behind = self.low, len(_THIS) + 1
        return not own and not any(
            _OF_ITSELF.search(low, max(0, at - _LONGEST_TYPE), at + behind) for at in places_of((_THIS,), low)
        )

    @kept_property
    def said(self) -> Mapping[str, Places]:
        """Return where the text has the words of each group of `said_in`."""
        return said_in(self.low)

    @kept_property
    def conclusions(self) -> tuple[int, ...]:
        """Return where what somebody concludes stands behind a colon: "Chính phủ quyết nghị: | Bộ Tư pháp …"."""
        return tuple(found.end() for found in _CONCLUDES.finditer(self.low))

    def conclusion(self, begin: int, end: int) -> int:
        """Return where a conclusion begins between two places, or 0."""
        return next((at for at in self.conclusions if begin < at < end), 0)

    @kept_property
    def _tells_elsewhere(self) -> bool:
        return tells_elsewhere(self.text)

    def first(self, what: str, start: int, end: int) -> int:
        """Return where the first word of a group of `said_in` begins between two places, or -1."""
        return self.said[what].first(start, end)

    def addressees(
        self, start: int, end: int, *, heading: bool = False, small: bool = True
    ) -> tuple[tuple[Addressee, ...], int]:
        """Return the addressees listed from `start` on, and where the list ends (`start` when there is none)."""
        finder = self.finder.there(self.text, start, ordered=True) if self._tells_elsewhere else self.finder
        found, stop = read_addressees(self.text, start, finder, end, heading=heading, small=small)
        if not found or (len(found) > 1 and _OF_EACH.search(found[-1].name)):
            return found, stop  # "Phòng Kinh tế, Văn phòng HĐND và UBND các xã, phường": no unit of the one who writes
        if self.of_all:
            return found, stop
        return tuple(map(self.in_full, found)), stop

    def below(self, level: str) -> TaskText:
        """Return the same text as it reads below a heading that names all units of a level, or itself for none below its own place."""
        home = self.finder.places.home
        known = self._below.get(level) if level and home and home.level != level else self
        if known is None:
            known = replace(self, finder=self.finder.below(level), lowered=self.low, of_all=True)
            self._below[level] = known
        return known

    @kept_property
    def _below(self) -> dict[str, TaskText]:
        return {}

    def addressees_in(self, said: str, at: int = 0) -> tuple[tuple[Addressee, ...], int]:
        """Return the addressees that a cell or line by itself lists from `at` on, as they are printed there, and where the list ends."""
        known = self._listed.get((said, at))
        if known is None:
            known = self._listed[said, at] = read_addressees(said, at, self.finder, heading=True)
        return known

    @kept_property
    def _listed(self) -> dict[tuple[str, int], tuple[tuple[Addressee, ...], int]]:
        """What cells list, by what they say and from where on: the cells of a column say the same again and again."""
        return {}

    @kept_property
    def _own(self) -> OwnBodies:
        return OwnBodies(self.text, self.heading, self.finder)

    def in_full(self, addressee: Addressee) -> Addressee:
        """Return an addressee under the name that it has outside of this document."""
        return self._own.in_full(addressee)

    @kept_property
    def _day(self) -> str | None:
        """The document's day; of an annex by itself that of the document which it says it is attached to."""
        attached = _ATTACHED_TO.search(self.text, 0, _HEAD) if self.heading.date is None else None
        return iso_date(attached) if attached else self.heading.date

    def cell_deadline(self, said: str) -> Deadline | None:
        """Return the deadline that a cell states which is for nothing else; it may lie before the document's own day. Of a period that is
        given by its first and its last day the last one counts, and "25 hằng tháng" is a day."""
        year = self._year
        if period := _PERIOD.match(said):
            said = said[period.end() :]
        said = _BARE_DAY.sub("ngày ", said, count=1)
        found = read_deadline(said, year, cell=True)
        return found or read_deadline(said.rsplit(",", 1)[-1], year, cell=True)

    @kept_property
    def _abbreviated(self) -> dict[str, str]:
        """What stands for what in the text's own list of abbreviations."""
        listed = self.low.find("viết tắt")
        found = _ABBREVIATED.finditer(self.text, listed) if listed >= 0 else ()
        return {match["term"].strip(): " ".join(match["full"].split()) for match in found}

    def spelled_out(self, said: str) -> str:
        """Return what a cell says with the abbreviations that the text explains in full."""
        if not self._abbreviated:
            return said
        return _TERM.sub(lambda term: self._abbreviated.get(term.group(), term.group()), said)

    def named(self, start: int, end: int) -> tuple[tuple[Addressee, ...], int]:
        """Return the one addressee whose name is all of the line between two places, up to its colon, and where it ends."""
        printed = self.text[start:end].rstrip(" *_:.;")
        return (self.in_full(Addressee(" ".join(printed.split()))),), start + len(printed)

    def deadline(self, start: int, end: int, *, cell: bool = False) -> Deadline | None:
        """Return the deadline stated between two places, which does not lie before the document's own day."""
        own = self._day
        year = int(own[:4]) if own else None
        return read_deadline(
            self.text[start:end], year, cell=cell, after=own, in_force=self._in_force, low=self.low[start:end]
        )

    def states_a_day_ahead(self, start: int, end: int) -> bool:
        """Return whether what stands between two places is a term that ends behind the document's own day, or that comes again."""
        found = self.deadline(start, end)
        last = last_day(found.value) if found else None
        return found is not None and (last is None or self._day is None or last >= self._day)

    @kept_property
    def _year(self) -> int | None:
        """The year of a cell's months and quarters without one: the document's, or the next, where its title names that
        ("Kế hoạch … năm 2027", of December 2026)."""
        day = self._day
        if day is None:
            return None
        signed = int(day[:4])
        named = {int(year) for year in _YEAR_AHEAD.findall(self.heading.title or "")}
        return signed + 1 if day[5:7] > "09" and named == {signed + 1} else signed

    @kept_property
    def _in_force(self) -> str | None:
        """The day on which the text says that it takes effect: the one it is signed on, or another."""
        effect = _TAKES_EFFECT.search(self.low)
        return effect and (self._day if effect["signed"] else iso_date(effect))

    def task(self, start: int, end: int, lead: tuple[Addressee, ...], rule: str) -> Task:
        """Return a task between two places, in characters of `text`, so far without support and deadline."""
        return Task(start, end, self.text[start:end], lead, (), None, None, -1, rule)

    def longer(self, task: Task, end: int) -> Task:
        """Return the task with its end moved to `end`."""
        return replace(task, end=end, text=self.text[task.start : end])

    def helpers(self, start: int, end: int, lead: tuple[Addressee, ...]) -> tuple[Addressee, ...]:
        """Return whom the text between two places names behind "phối hợp với", without those of `lead`."""
        found: dict[Addressee, None] = {}
        begin = self.said["help"].first(start, end)
        for match in _WITH.finditer(self.low, begin, end) if begin >= 0 else ():
            found.update(dict.fromkeys(self.addressees(match.end(), end)[0]))
        if begin >= 0 and (leads := _LEADS_AND.search(self.low, start, begin)):
            named, stop = self.addressees(leads.end(), end)
            if HELP_WITH.match(self.low, stop, end):
                found.update(dict.fromkeys(named))
        elif begin > end - _SHORT and (cut := self.low.rfind("; ", start, begin)) > 0:
            named, stop = self.addressees(cut + 2, end)
            if (helps := HELP_WITH.match(self.low, stop, end)) and helps["last"] is not None:
                found.update(dict.fromkeys(named))
        together = _TOGETHER.match(self.low, start, end)
        if together or (together := self._beside(start, end)):
            named, stop = self.addressees(together.end(), end)
            found.update(dict.fromkeys(named if starts_work(self.text, stop, end) else ()))
        return tuple(a for a in found if a not in lead)

    def _beside(self, start: int, end: int) -> re.Match[str] | None:
        """Return what stands between who leads and with whom, where no "phối hợp" says it."""
        return _BESIDE.search(self.low, start, end) if any(self.low.find(w, start, end) >= 0 for w in _JOINED) else None

    def before_helpers(self, start: int, end: int, stop: int) -> tuple[tuple[Addressee, ...], int]:
        """Return whom the text names from `start` on up to where "; cơ quan phối hợp: …" begins before `stop`, and where the names end."""
        helped = _HELPED.search(self.low, start, stop) if stop >= 0 else None
        return self.addressees(start, helped.start() if helped else end)

    def charged(self, start: int, end: int) -> tuple[tuple[Addressee, ...], Deadline | None]:
        """Return whom a bracket puts in charge, and by when: "(Sở X chủ trì)", "(chủ trì: Sở X)", and at the end "(Sở X; tháng 12)"."""
        parens = _PARENS.search(self.text, start, end) if self.text.find("(", start, end) >= 0 else None
        if parens is None:
            return (), None
        close = self.text.find(")", parens.end(), end)
        named, stop = self.before_helpers(parens.end(), end, close)
        if named and stop == close and self.is_work_programme and all(a.key for a in named):
            return (named if self._do_it(start, end, named) else ()), None
        if all(AGENCY_ALONE.fullmatch(a.name) for a in named):
            return (), None  # "Sở X (cơ quan chủ trì)" says of whom stands before what it is
        last = max(self.text.rfind(mark, stop, close) for mark in ";,-–")
        field = _TERM_FIELD.match(self.low, last + 1, close) if last >= 0 else None
        when = self.deadline(field.end(), close, cell=True) if field else None
        dated = when is not None and field is not None and (self.text[last] != "," or field["limit"] is not None)
        return (named, when) if dated or _DOES.search(self.low, parens.start(), close) else ((), None)

    def _do_it(self, start: int, end: int, named: tuple[Addressee, ...]) -> bool:
        """Do those whom a row of a programme of work names in its bracket do the work? Whom one hears or visits does not, and who is named
        with an inspection does it only where one body of the government is named in its programme."""
        others = _WITH_OTHERS.match(self.low, start, end)
        if others is None:
            return True
        return others["by"] is not None and len(named) == 1 and works_for_issuer(named[0], self.heading)

    @kept_property
    def is_work_programme(self) -> bool:
        """Does the document list the work of a period ("Chương trình công tác năm 2026"), whose rows end with whose each is?"""
        kind, title = self.heading.type, self.heading.title
        programme = kind is not None and "trình" in kind
        return programme and _WORK_OF_A_PERIOD.search(lower(f"{kind} {title}")) is not None

    def marked(
        self, start: int, end: int, lead: tuple[Addressee, ...]
    ) -> tuple[tuple[Addressee, ...], tuple[Addressee, ...]]:
        """Return who of those named leads and who helps by the brackets behind the names: "Sở A (chủ trì), Sở B (phối hợp)"; without these
        nobody helps."""
        stop = min(end, start + 3 * LONGEST)
        leads = _MARKED_LEAD.search(self.low, start, stop) if self.said["help"].first(start, stop) >= 0 else None
        helps = _MARKED_HELP.search(self.low, leads.end(), stop) if leads else None
        named = self.addressees(leads.end(), helps.start(), heading=True)[0] if leads and helps else ()
        first = tuple(a for a in lead if a not in named)
        return (first, named) if first and len(first) < len(lead) else (lead, ())

    def _led(self, task: Task) -> tuple[Addressee, ...]:
        """Those who lead a task with the known bodies that a committee leads to take charge of it: "Đảng ủy xã lãnh đạo Công an xã chủ
        trì …"; nobody where it leads none."""
        stop = min(task.end, task.start + LONGEST)
        leads = _PARTY_LEADS.search(self.low, task.start, stop) if are_committees(task.lead[0].name) else None
        named, end = self.addressees(leads.end(), task.end, small=False) if leads else ((), 0)
        if not named or not all(a.key for a in named) or not IN_CHARGE.match(self.low, end, task.end):
            return ()
        return tuple(dict.fromkeys((*task.lead, *named)))

    def finish(self, task: Task, support: tuple[Addressee, ...] = ()) -> Task:
        """Return the task with the bodies that help and the deadline that its text states; "(Sở X chủ trì)" names the lead. `support`
        are those whom the heading above names."""
        task = replace(task, lead=led) if (led := self._led(task)) else task
        named, when = self.charged(task.start, task.end)
        if named:
            task = replace(task, lead=named, rule="in-brackets")
        first, beside = self.marked(task.start, task.end, task.lead)
        task = replace(task, lead=first) if beside else task
        helpers = dict.fromkeys(
            (*beside, *self.helpers(task.start, task.end, task.lead), *(a for a in support if a not in task.lead))
        )
        stated = self.deadline(task.start, task.end) or when or always(self.text, self.low, task.start, task.end)
        return due(task, stated, tuple(helpers))


def due(task: Task, deadline: Deadline | None, support: tuple[Addressee, ...] | None = None) -> Task:
    """Return the task with that deadline, and with that support where it is given."""
    value, text = (deadline.value, deadline.text) if deadline else (None, None)
    helped = task.support if support is None else support
    return Task(task.start, task.end, task.text, task.lead, helped, value, text, task.sentence, task.rule)
