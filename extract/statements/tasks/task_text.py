"""What every rule of tasks reads: the text, whose it is, and who finds bodies in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from chidao.extract.frozen import kept_property
from chidao.extract.language.composing import one_of
from chidao.extract.language.dates import iso_date
from chidao.extract.language.letters import UPPER, lower
from chidao.extract.language.patterns import (
    AGENCY,
    ALL_OF_THEM,
    ALONG,
    AS_FOLLOWS,
    CHARGED,
    COMMUNE_UNIT,
    EACH,
    HELPS,
    IN_FORCE,
    ISSUES,
    LEADS,
    MANNER,
    PREPARES,
    SINCE,
    UNIT,
    day,
)
from chidao.extract.language.tables import words
from chidao.extract.language.word_places import first_in
from chidao.extract.mentions.anaphora import DEFINED
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.mentions.body_places import NAME
from chidao.extract.mentions.own_name import in_full
from chidao.extract.model import Addressee, Heading, Task
from chidao.extract.statements.addressees.addressees import read_addressees
from chidao.extract.statements.addressees.words import are_committees, is_body, is_unit, split_office
from chidao.extract.statements.deadlines.always import always
from chidao.extract.statements.deadlines.deadlines import Deadline, last_day, read_deadline
from chidao.extract.statements.predicates import starts_work
from chidao.extract.statements.said import said_in
from chidao.ontology.authority import types_of

_INSTITUTION = re.compile(rf"{one_of(words('institution'))}\s")
_CELL = re.compile(
    rf"(?:Chi bộ|Chi ủy|Đảng ủy|Đảng bộ|Công đoàn(?: cơ sở)?|Chi đoàn|Liên đội)\s+(?={one_of(words('institution'))}\s)"
)
"""Of "Chi bộ Trường THCS A", whose paper speaks of the school's units."""
_WHERE = re.compile(rf"\s+(?:(?:{UNIT})\s+[{UPPER}]|Sở\s).*$")
"""Where an institution is, and whose: its units are known by its own name."""
_OF_ITS_OWN = re.compile(
    r"^Tổ chức\s+(?=Đoàn|Công đoàn)|"
    r"\s+(?:của|thuộc) (?:Ban|Sở|Cục|Chi cục|Hội)$|"
    r"\s+(?:của\s+)?(?:nhà trường|đơn vị|(?<=phòng )(?:Sở|Ban)$|(?:[Tt]rường(?! học)|[Bb]ệnh viện|[Tt]rung tâm)(?:\s.*)?)$"
)

_THE_UNION = re.compile(r"(?<=\s)(?P<what>Hội|Liên đoàn)$")
_UNION = re.compile(r"(?:Hội|Liên đoàn)\s.*")
_ORGAN = re.compile(r"Ban (?:Thường vụ|Chấp hành|Thường trực) (?=\S)")
"""Of "Ban Thường vụ Đoàn xã", which stands for the whole."""
_PARTY_OFFICE = re.compile(r"(?:Phó )?Bí thư(?: Thường trực)?", re.IGNORECASE)
"""An office that only a Party committee has: in its own papers nobody says whose."""
_HEADS_A_UNIT = re.compile(r"(?:Phó )?Trưởng (?P<unit>phòng|ban|trạm)", re.IGNORECASE)
"""Of "Trưởng phòng Kinh tế", whose second word begins the name of what is headed."""
_OF_EVERY_BODY = "Văn phòng"
"""A commune has two: that of its Party committee is meant in the committee's own papers alone."""

_COUNCIL = re.compile(r"(?:Thường trực )?Hội đồng nhân dân ")
_BOARD = re.compile(
    r"Ban (?:Kinh tế - (?:Ngân sách|Xã hội)|Văn hóa - Xã hội|Pháp chế|Dân tộc|Đô thị)|Thường trực(?= Hội đồng nhân dân$)"
)
"""Of the council that writes, and of no other."""
_CODED = re.compile(r"\((?P<code>(?:P[ABCHKVX]|[ACHKVX])[0-9]{2})\)")
_DEPARTMENT_BEFORE = re.compile(rf"(?:Phòng|Cục)\s+[{UPPER}](?:(?!Phòng\s|Cục\s|\n\n)[^();:.|])*$")
_COMMITTEES = ("ban", "tổ", "đoàn", "tiểu ban")
_CHAIR = re.compile(rf"(?:Phó )?Trưởng (?P<what>{'|'.join(_COMMITTEES)})(?: Thường trực)?", re.IGNORECASE)
"""Who heads a committee, for short."""

_SEVERAL = re.compile(rf"(?<!\w){ALL_OF_THEM}\s", re.IGNORECASE)
"""Of "Ban Công tác Mặt trận các thôn", who are many."""
_OF_EACH = re.compile(rf"\s(?:các|những)\s+(?:{UNIT}|sở|địa phương|thôn)(?!\w)")
"""The end of a list of units that are those of each commune."""
_MANAGES_SEVERAL = re.compile(
    r"^(?:Ban [Qq]uản lý\s(?:.*?\s)?|Đảng (?:ủy|bộ) (?=các (?:cơ quan|khu)\s)|Liên hiệp )các\s|^Cơ quan (?=Ủy ban Mặt trận)"
)
"""Of "Ban Quản lý dự án các công trình giao thông", "Đảng ủy các cơ quan Đảng": one body of its place all the same."""
_NAMED_SO = re.compile(rf"^Ban [Qq]uản lý [a-zà-ỹđ ]+(?:\s[{UPPER}][a-zà-ỹđ]+){{2,4}}$")
"""Of "Ban Quản lý rừng phòng hộ Tà Năng", which has a name that is no commune's."""
_AGENCY = re.compile(
    r"(?:Sở|(?:Tỉnh|Thành) đoàn|Hội|Cục|Chi cục|Liên đoàn|Liên minh|Công an (?:tỉnh|thành phố)|"
    r"Ban (?:Tuyên giáo|Tổ chức|Nội chính|Dân vận|Kinh tế|Chính sách)|Ủy ban Kiểm tra)\s"
)
_FIELDS_OF_A_CENTRE = re.compile(rf"Trung tâm [{UPPER}][^,]+(?:, [{UPPER}][^,]+)? và [{UPPER}][^,]+$")
"""Of "Trung tâm Văn hóa, Thể thao và Truyền thông huyện", whose commas part no bodies."""
_COMMUNE = re.compile(rf"(?<!\w)(?P<unit>{COMMUNE_UNIT})\s+(?P<name>{NAME})")
_PARTY_LEADS = re.compile(r"(?<=\s)(?<!với )(?<!cùng )(?<!các )lãnh\s+đạo(?:\s*,\s*chỉ\s+đạo)?\s+")
_IN_CHARGE = re.compile(rf"\s+{LEADS}(?!\w)")
"""In lower case."""
_EXECUTIVE = re.compile(r"Ban (?:Thường vụ|Chấp hành) (?:(?:Tỉnh|Thành) đoàn|Hội|Liên đoàn)\s")
"""Of "Ban Chấp hành Tỉnh đoàn X", whose "Ban Phong trào" is that of the union itself."""
_SECTION = re.compile(
    r"(?:Phòng|Ban(?!\s(?:Tổ chức (?:giải|hội|cuộc|lễ|chương)|Quản lý|Chỉ đạo|Chỉ huy|Giám|Công tác|Thường))|Tổ)\s"
    rf"(?!.*(?:\s(?:các|{UNIT})(?!\w|\s+hội)|[0-9])).+|Văn phòng|Thanh tra"
)
"""A part of the agency that issues ("Phòng Kế hoạch - Tài chính" of a Sở), which every agency has."""
_DEPARTMENT = re.compile(rf"Phòng\s(?!.*(?:\s{UNIT}(?!\w|\s+hội)|[0-9])).+")
"""The same of the police, whose "Tổ bảo vệ an ninh" are those of communes."""
_BRANCH = re.compile(rf"(?:Trung tâm|Chi cục)\s(?!.*\s(?:các|{UNIT}|quốc gia|vùng|khu vực|Trung ương)(?!\w)).+")
"""What belongs to the agency that issues and has a seal of its own: it is known by its province."""
_ATTACHED_TO = re.compile(rf"\({ALONG}\s[^()\n]{{5,100}}?\sngày\s+{day()}", re.IGNORECASE)
"""Of "(Kèm theo Kế hoạch số 33/KH-UBND ngày 28/01/2026 của …)"."""
_HEAD = 1500
"""Characters within which an annex says so."""
_LONGEST_NAME = 160
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
    rf"(?<=với\ssự\s){HELPS}\s+của\s|{HELPS}(?:\s*,?\s*{MANNER})*(?:,?\s+(?:với|cùng(?!\s+cấp(?!\w))))*\s*(?::\s*|\s(?!cùng\s+cấp))"
)
"""In lower case."""
_TOGETHER = re.compile(r"cùng(?:\s+với)?\s+(?!với\s)")
"""With what an item opens that its lead does with others: "Cùng Công an tỉnh rà quét lỗ hổng"."""
_PARENS = re.compile(
    rf"\(\s*(?:(?:giao|do)\s+(?!{AGENCY})|(?:{AGENCY}\s+)?{LEADS}(?:\s+(?:thực\s+hiện|tham\s+mưu))?\s*:\s*)?"
    rf"(?=[^()]{{4,160}}?(?:{LEADS}|thực\s+hiện|tham\s+mưu|{CHARGED}|{PREPARES})[^()]{{0,120}}\)|[^()]{{4,200}}\)[.;]?$)",
    re.IGNORECASE,
)
"""What opens a bracket that tells who does the work."""
_HELPED = re.compile(rf"\s*[;,]\s*(?:{AGENCY}\s+)?{HELPS}")
_TERM_FIELD = re.compile(
    r"\s*(?:(?:thời\s+(?:gian|hạn)|tiến\s+độ|hạn|hoàn\s+thành)(?:\s+(?:hoàn\s+thành|thực\s+hiện))?\s*:\s*)?"
)
_LIMIT = re.compile(r"\s*(?:trước|trong|xong|hoàn\s+thành|chậm\s+nhất|thời|tiến|hạn)\s")
_DOES = re.compile(
    rf"{LEADS}|thực\s+hiện|tham\s+mưu|{CHARGED}|(?<=\()giao\s|(?:lãnh|chỉ)\s+đạo(?=\Z)|(?<!không\s)(?<!đã\s)(?<!chưa\s){PREPARES}(?=\s*(?:[,;]|\Z))"
)
"""In lower case."""


# "01/4/2026 - 30/6/2026", "Tháng 4 - tháng 6/2026"
_PERIOD = re.compile(r"[^\n]*?[0-9IVX]\s*[-–]\s*(?=(?:ngày\s+|tháng\s+|quý\s+)?[0-9IVX]{1,3}\s*/)", re.IGNORECASE)
_BARE_DAY = re.compile(rf"^(?=[0-9]{{1,2}}(?:/[0-9]{{1,2}})?\s+{EACH}\s)")
_ABBREVIATIONS = re.compile(r"viết\s+tắt", re.IGNORECASE)
_ABBREVIATED = re.compile(
    r"^[\s|+•-]*(?P<term>[A-ZĐ][A-ZĐ&. -]{1,20}?)[ ]*[:=|\t][ |]*(?P<full>[A-ZĐ][^\n:;|\t]{4,100}?)[ ;.|]*$",
    re.MULTILINE,
)
_TERM = re.compile(r"[A-ZĐ][A-ZĐ&]+(?:[ -][A-ZĐ&]{2,})*")


def assigns(heading: Heading) -> bool:
    """Does a document with this heading make others do something? A report tells what was done, a law or decree what holds; of one
    whose type was not read nothing is known."""
    return heading.type is None or heading.type in types_of("assigning")


_SETS_UP = re.compile(
    r"(?:thành\s+lập|kiện\s+toàn)\s+(?:và\s+[^.;:\n]{4,30}\s)?(?P<name>"
    r"(?P<kind>Ban (?:Chỉ đạo|Tổ chức|Điều hành)|Tổ (?:công tác|giúp việc)|Hội đồng|Đoàn kiểm tra|Tiểu ban) [^.;:(\n]{4,120}?)"
    rf"(?=\s*[.;:(\n]|,?\s(?:gồm|bao\s+gồm|do|với|trên\s+cơ\s+sở|theo|để|{AS_FOLLOWS})\s)",
    re.IGNORECASE,
)
_YEAR_AHEAD = re.compile(r"năm\s+(20[0-9]{2})(?!\s*[-–])", re.IGNORECASE)
_FROM_SIGNING = re.compile(rf"này\s+{IN_FORCE}\s+{SINCE}\s+{ISSUES}")
# "Ban Chỉ đạo phát triển kinh tế tư nhân tỉnh Đắk Lắk (sau đây gọi tắt là Ban Chỉ đạo)"


@dataclass(frozen=True)
class TaskText:
    """`text` is what the document of `heading` says, `lowered` the same in lower case where that is known; `finder` knows the bodies
    of its place."""

    text: str
    heading: Heading
    finder: BodyFinder
    lowered: str | None = None

    @kept_property
    def low(self) -> str:
        """The text in lower case, in which patterns are found faster."""
        return lower(self.text) if self.lowered is None else self.lowered

    @kept_property
    def _said(self) -> Mapping[str, list[int]]:
        return said_in(self.low)

    def first(self, what: str, start: int, end: int) -> int:
        """Return where the first word of a group of `said_in` begins between two places, or -1."""
        places = self._said[what]
        return first_in(places, start, end) if places else -1

    def addressees(
        self, start: int, end: int, *, heading: bool = False, small: bool = True
    ) -> tuple[tuple[Addressee, ...], int]:
        """Return the addressees listed from `start` on, and where the list ends (`start` when there is none)."""
        found, stop = read_addressees(self.text, start, self.finder, end, heading=heading, small=small)
        if not found or (len(found) > 1 and _OF_EACH.search(found[-1].name)):
            return found, stop  # "Phòng Kinh tế, Văn phòng HĐND và UBND các xã, phường": no unit of the one who writes
        return tuple(map(self.in_full, found)), stop

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

    def in_full(self, addressee: Addressee) -> Addressee:
        """Return an addressee under the name that it has outside of this document."""
        full = self._in_full.get(addressee)
        if full is None:
            full = self._in_full[addressee] = self._whole(addressee)
        return full

    @kept_property
    def _in_full(self) -> dict[Addressee, Addressee]:
        """Addressees under their full names, by how they are printed: most texts name the same again and again."""
        return {}

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
        listed = _ABBREVIATIONS.search(self.text)
        found = _ABBREVIATED.finditer(self.text, listed.end()) if listed else ()
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

    @kept_property
    def short_forms(self) -> dict[str, str]:
        """The bodies that the text gives a shorter name, by that name in lower case."""
        found: dict[str, str] = {}
        for match in DEFINED.finditer(self.text):
            term = " ".join(match["term"].split())
            before = self.text[max(0, match.start() - _LONGEST_NAME) : match.start()].rstrip()
            words = term.split()
            at = before.lower().rfind(" ".join(words[:2]).lower())
            if at < 0 and len(words) == 2 and words[1].isupper():
                at = before.rfind(f"{words[0]} ")  # "Ban Quản lý dự án … (gọi tắt là Ban QLDA)"
            if at >= 0 and is_body(term) and len(before) - at > len(term):
                found.setdefault(term.lower(), " ".join(before[at:].split()))
        return self._founded | self._coded | found

    @kept_property
    def _coded(self) -> dict[str, str]:
        """The departments of the police whose code stands behind their name, by the code: "Phòng Hậu cần (PH10)"."""
        found: dict[str, set[str]] = {}
        for match in _CODED.finditer(self.text):
            before = self.text[max(0, match.start() - _LONGEST_NAME) : match.start()].rstrip()
            if name := _DEPARTMENT_BEFORE.search(before):
                found.setdefault(match["code"].lower(), set()).add(" ".join(name.group().split()))
        return {code: next(iter(names)) for code, names in found.items() if len(names) == 1}

    @kept_property
    def _founded(self) -> dict[str, str]:
        """The committee that a decision sets up, by the words with which its name begins: "Thành lập Tổ công tác …" is "Tổ công tác"."""
        found: dict[str, str] = {}
        for match in _SETS_UP.finditer(self.text) if self.heading.type == "Quyết định" else ():
            kind, name = match["kind"].lower(), " ".join(match["name"].split())
            known = found.get(kind, name)
            if not (known.lower().startswith(name.lower()) or name.lower().startswith(known.lower())):
                return {}  # two of a kind
            found[kind] = max(known, name, key=len)
        return found

    def _of_the_place(self, addressee: Addressee) -> Addressee:
        """The Front that a local paper calls without its place: the one of that place, and not the centre's."""
        home = self.finder.places.home
        if home is None or addressee.name not in ("Mặt trận Tổ quốc Việt Nam", "Ủy ban Mặt trận Tổ quốc Việt Nam"):
            return addressee
        full = home.fill("Ủy ban Mặt trận Tổ quốc Việt Nam {unit} {name}")
        known = self.finder.read(full, 0)
        return Addressee(known.name, known.key) if known and known.end == len(full) else addressee

    def _whole(self, addressee: Addressee) -> Addressee:
        """A unit of the issuing institution with its name ("Ban Giám hiệu Trường Trung học phổ thông X"), one of its place with that
        ("Tổ công tác Đề án 06" of a commune): every institution and every commune has such units."""
        if full := self.short_forms.get(addressee.name.lower()):
            body = self.finder.read(full, 0)
            if body and body.end == len(full):
                return Addressee(body.name, body.key)
            return self._whole(Addressee(full)) if full.lower() not in self.short_forms else Addressee(full)
        addressee = self._of_the_place(addressee)
        if addressee.key:
            return addressee
        known = self._of_committee(addressee.name) or self._of_the_subject(addressee.name)
        if known is None and self.finder.places.home:
            name = addressee.name
            known = self._of_council(name) or self._of_home(name) or self._of_place(name)
        if known:
            return known
        if own := self._of_union(addressee.name):
            return own
        if full := in_full(addressee.name, self.heading.issuer):
            return Addressee(full, self.heading.issuer_key if full == self.heading.issuer else None)
        name = _OF_ITS_OWN.sub("", addressee.name)
        return self._unit(addressee, name) if is_unit(name) else addressee

    def _unit(self, addressee: Addressee, name: str) -> Addressee:
        """A unit that every office of its kind has, with whose it is; `name` is its name without "của đơn vị"."""
        issuer, home = self._house, self.finder.places.home
        if _INSTITUTION.match(issuer):
            return Addressee(_of_institution(name, issuer if self._is_listed(issuer) else _WHERE.sub("", issuer)))
        if _AGENCY.match(issuer) and name.endswith(f" {issuer}"):
            return Addressee(name.replace(f" thuộc {issuer}", f" {issuer}"))  # "Phòng Tổ chức thuộc Ban Tổ chức …"
        if _AGENCY.match(issuer) and (_DEPARTMENT if issuer.startswith("Công an ") else _SECTION).fullmatch(name):
            return Addressee(f"{name} {issuer}")
        branch = _BRANCH.fullmatch(name) is not None and home is not None and home.name not in name
        if _AGENCY.match(issuer) and home and home.level == "province" and branch:
            return Addressee(f"{name} {home.unit} {home.name}")
        if home and home.level == "commune" and home.name.lower() not in addressee.name.lower():
            if _SEVERAL.search(addressee.name) or _NAMED_SO.search(addressee.name):
                return addressee
            return Addressee(f"{addressee.name.removesuffix(f' {home.unit}')} {home.unit} {home.name}")
        return addressee

    @kept_property
    def _house(self) -> str:
        """Whose the units are that the text names without saying so: who issues it, without the organ that does."""
        issuer = _CELL.sub("", split_office(self.heading.issuer or "")[1])
        return _ORGAN.sub("", issuer) if _EXECUTIVE.match(issuer) else issuer

    def _is_listed(self, issuer: str) -> bool:
        """Is it one of many of its kind ("Viện kiểm sát nhân dân tỉnh X"), whose place is all of its name?"""
        known = self.finder.read(issuer, 0)
        return known is not None and known.end == len(issuer)

    def _of_union(self, name: str) -> Addressee | None:
        """ "Thường trực Hội", "Văn phòng Liên đoàn" of the association's own paper."""
        short = _THE_UNION.search(name)
        whole = _UNION.search(self.heading.issuer or "") if short else None
        known = short is not None and whole is not None and whole.group().startswith(f"{short['what']} ")
        return Addressee(f"{name[: short.start('what')]}{whole.group()}") if short and whole and known else None

    def _of_committee(self, name: str) -> Addressee | None:
        """ "Phó Trưởng ban Thường trực" of the one committee that the text sets up and gives a short name."""
        kind = _CHAIR.fullmatch(name)
        whole = self._committees[kind["what"].lower()] if kind else frozenset()
        if kind is None or len(whole) != 1:
            return None
        title = name[: kind.start("what")] if kind["what"] == name[kind.start("what") :] else f"{name} "
        return Addressee(f"{title}{next(iter(whole))}")

    @kept_property
    def _committees(self) -> dict[str, frozenset[str]]:
        """The committees to which the text gives short names, by the words with which these begin."""
        short = self.short_forms.items()
        return {what: frozenset(full for term, full in short if term.startswith(what)) for what in _COMMITTEES}

    def _of_council(self, name: str) -> Addressee | None:
        """ "Ban Pháp chế" in a council's own paper: the board of that council."""
        home = self.finder.places.home
        board = _BOARD.match(name) if home and _COUNCIL.match(self.heading.issuer or "") else None
        if home is None or board is None or name[board.end() :] not in ("", " Hội đồng nhân dân"):
            return None
        known = self.finder.read(home.fill(f"{board.group()} Hội đồng nhân dân {{unit}} {{name}}"), 0)
        return Addressee(known.name, known.key) if known else None

    def _of_home(self, name: str) -> Addressee | None:
        """ "Ban Xây dựng Đảng", "Bí thư Đảng ủy" of a commune's paper: what the tables call so with the commune or its Party committee."""
        home = self.finder.places.home
        if home is None or home.level != "commune" or home.name.lower() in name.lower():
            return None
        title, body = split_office(name)
        if heads := _HEADS_A_UNIT.fullmatch(title):
            title, body = title[: heads.start("unit")].strip(), f"{heads['unit'].capitalize()} {body}"
        if organ := _ORGAN.match(name):
            title, body = organ.group().strip(), name[organ.end() :]
        if not body and _PARTY_OFFICE.fullmatch(title) and "Đảng" in (self.heading.issuer or ""):
            body = home.party.removesuffix(f" {home.unit}")
        stem = body.removesuffix(f" {home.unit}")
        if stem == _OF_EVERY_BODY and "Đảng" not in (self.heading.issuer or ""):
            return None
        for whose in ("{unit} {name}", "{party} {name}"):
            full = f"{stem} {home.fill(whose)}"
            known = self.finder.read(full, 0) if stem else None
            if known and known.end == len(full):
                of = f"{heads['unit']}{known.name[len(heads['unit']) :]}" if heads else known.name
                return Addressee(f"{title} {of}".strip(), known.key)
        return None

    @kept_property
    def _subject(self) -> tuple[str, str] | None:
        """The one commune of which a paper of its province speaks by its title, as unit and name."""
        home = self.finder.places.home
        named = _COMMUNE.finditer(self.heading.title or "") if home and home.level == "province" else ()
        found = {(place["unit"].lower(), " ".join(place["name"].split())) for place in named}
        return found.pop() if len(found) == 1 else None

    def _of_the_subject(self, name: str) -> Addressee | None:
        """ "Ban Quản lý dự án xã" of the conclusion of an inspection in one commune: the one of that commune."""
        unit, place = self._subject or ("", "")
        if not unit or not name.endswith(f" {unit}") or _SEVERAL.search(name):
            return None
        title, body = split_office(name)
        known = self.finder.read(f"{body} {place}", 0)
        if known is None or known.end < len(body) + 1 + len(place):
            return Addressee(f"{name} {place}") if is_body(body) else None
        return Addressee(f"{title} {known.name}".strip(), known.key)

    def _of_place(self, name: str) -> Addressee | None:
        """ "Hội Nữ doanh nhân tỉnh", "Trung tâm Văn hóa huyện": a body that no table knows, with the name of the province or district that
        it says it is of."""
        home, top = self.finder.places.home, self.finder.places.top
        near = (
            place for place in (home, top) if place and place.level != "commune" and name.endswith(f" {place.unit}")
        )
        place = next(near, None)
        if place is None or ("," in name and not _FIELDS_OF_A_CENTRE.match(name)):
            return None
        one = _MANAGES_SEVERAL.match(name)
        if _SEVERAL.search(name, one.end() if one else 0) or not (one or is_body(name)):
            return None
        return Addressee(f"{name} {place.name}")

    def deadline(self, start: int, end: int, *, cell: bool = False, past: bool = False) -> Deadline | None:
        """Return the deadline stated between two places; only with `past` it may lie before the document's own day."""
        own = self._day
        year = int(own[:4]) if own else None
        force = own if self._from_signing else None
        after = None if past else own
        return read_deadline(
            self.text[start:end], year, cell=cell, after=after, in_force=force, low=self.low[start:end]
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
    def _from_signing(self) -> bool:
        """Does the text say that it takes effect on the day it is signed?"""
        return _FROM_SIGNING.search(self.low) is not None

    def task(self, start: int, end: int, lead: tuple[Addressee, ...], rule: str) -> Task:
        """Return a task between two places, in characters of `text`, so far without support and deadline."""
        return Task(start, end, self.text[start:end], lead, (), None, None, -1, rule)

    def longer(self, task: Task, end: int) -> Task:
        """Return the task with its end moved to `end`."""
        return replace(task, end=end, text=self.text[task.start : end])

    def helpers(self, start: int, end: int, lead: tuple[Addressee, ...]) -> tuple[Addressee, ...]:
        """Return whom the text between two places names behind "phối hợp với", without those of `lead`."""
        found: dict[Addressee, None] = {}
        begin = self.first("help", start, end)
        for match in _WITH.finditer(self.low, begin, end) if begin >= 0 else ():
            found.update(dict.fromkeys(a for a in self.addressees(match.end(), end)[0] if a not in lead))
        if together := _TOGETHER.match(self.low, start, end):
            named, stop = self.addressees(together.end(), end)
            found.update(dict.fromkeys(a for a in named if a not in lead and starts_work(self.text, stop, end)))
        return tuple(found)

    def before_helpers(self, start: int, end: int, stop: int) -> tuple[tuple[Addressee, ...], int]:
        """Return whom the text names from `start` on up to where "; cơ quan phối hợp: …" begins before `stop`, and where the names end."""
        helped = _HELPED.search(self.low, start, stop) if stop >= 0 else None
        return self.addressees(start, helped.start() if helped else end)

    def charged(self, start: int, end: int) -> tuple[tuple[Addressee, ...], Deadline | None]:
        """Return whom a bracket puts in charge, and by when: "(Sở X chủ trì)", "(chủ trì: Sở X)", and at the end "(Sở X; tháng 12)"."""
        parens = _PARENS.search(self.text, start, end) if self.text.find("(", start, end) >= 0 else None
        close = self.text.find(")", parens.end(), end) if parens else -1
        named, stop = self.before_helpers(parens.end(), end, close) if parens else ((), end)
        if not parens or not named:
            return (), None
        last = max(self.text.rfind(mark, stop, close) for mark in ";,-–")
        field = _TERM_FIELD.match(self.low, last + 1, close) if last >= 0 else None
        when = self.deadline(field.end(), close, cell=True) if field else None
        dated = when is not None and (self.text[last] != "," or _LIMIT.match(self.low, last + 1, close) is not None)
        return (named, when) if dated or _DOES.search(self.low, parens.start(), close) else ((), None)

    def _led(self, task: Task) -> tuple[Addressee, ...]:
        """Those who lead a task with the known bodies that a committee leads to take charge of it: "Đảng ủy xã lãnh đạo Công an xã chủ
        trì …"; nobody where it leads none."""
        stop = min(task.end, task.start + _LONGEST_NAME)
        leads = _PARTY_LEADS.search(self.low, task.start, stop) if are_committees(task.lead[0].name) else None
        named, end = self.addressees(leads.end(), task.end, small=False) if leads else ((), 0)
        if not named or not all(a.key for a in named) or not _IN_CHARGE.match(self.low, end, task.end):
            return ()
        return tuple(dict.fromkeys((*task.lead, *named)))

    def finish(self, task: Task, support: tuple[Addressee, ...] = ()) -> Task:
        """Return the task with the bodies that help and the deadline that its text states; "(Sở X chủ trì)" names the lead. `support`
        are those whom the heading above names."""
        task = replace(task, lead=led) if (led := self._led(task)) else task
        named, when = self.charged(task.start, task.end)
        if named:
            task = replace(task, lead=named, rule="in-brackets")
        helpers = dict.fromkeys(
            (*self.helpers(task.start, task.end, task.lead), *(a for a in support if a not in task.lead))
        )
        stated = self.deadline(task.start, task.end) or when or always(self.text, self.low, task.start, task.end)
        return due(task, stated, tuple(helpers))


def _of_institution(name: str, institution: str) -> str:
    """The unit's name with that of its institution, of which its end may be the beginning ("Ban Chỉ đạo chuyển đổi số | Công ty")."""
    words = institution.split()
    said = next((k for k in range(len(words), 0, -1) if name.endswith(f" {' '.join(words[:k])}")), 0)
    return " ".join((name, *words[said:]))


def due(task: Task, deadline: Deadline | None, support: tuple[Addressee, ...] | None = None) -> Task:
    """Return the task with that deadline, and with that support where it is given."""
    value, text = (deadline.value, deadline.text) if deadline else (None, None)
    helped = task.support if support is None else support
    return Task(task.start, task.end, task.text, task.lead, helped, value, text, task.sentence, task.rule)
