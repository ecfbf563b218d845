"""The bodies that a document names short because they are its own: under the names that they have outside of it.

Thành lập Tổ công tác … ; (gọi tắt là Ban Chỉ đạo); Phòng Hậu cần (PH10)      what the text itself calls short
Ban Giám hiệu; Phòng Kế hoạch - Tài chính; Văn phòng Đảng ủy                   units of whoever issues
Ban Pháp chế; Bí thư Đảng ủy; Trung tâm Văn hóa huyện; Ban Quản lý dự án xã    what there is in every place
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from chidao.extract.frozen import kept_property
from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import LOWER, UPPER
from chidao.extract.language.organs import council_boards
from chidao.extract.language.patterns import ALL_OF_THEM, AS_FOLLOWS, COMMUNE_UNIT, UNIT
from chidao.extract.language.tables import words
from chidao.extract.mentions.anaphora import DEFINED
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.mentions.body_places import NAME
from chidao.extract.mentions.own_name import in_full
from chidao.extract.model import Addressee, Heading
from chidao.extract.statements.addressees.words import is_body, is_unit, split_office

_LONGEST_NAME = 160
_INSTITUTIONS = tuple(f"{word} " for word in words("institution"))
_CELL = re.compile(
    rf"(?:Chi bộ|Chi ủy|Đảng ủy|Đảng bộ|Công đoàn(?: cơ sở)?|Chi đoàn|Liên đội)\s+(?={one_of(words('institution'))}\s)"
)
"""Of "Chi bộ Trường THCS A", whose paper speaks of the school's units."""
_WHERE = re.compile(rf"\s+(?:(?:{UNIT})\s+[{UPPER}]|Sở\s).*$")
"""Where an institution is, and whose: its units are known by its own name."""
_SCHOOL = r"(?<!(?:ôi|hị|âm)\s)(?<!(?:ông|iện)\s)[Tt]rường(?! học)"
"""And no "môi trường", "thị trường", "lâm trường", "nông trường", "hiện trường"."""
_OF_ITS_OWN = re.compile(
    r"^Tổ chức\s+(?=Đoàn|Công đoàn)|"
    r"\s+(?:của|thuộc) (?:Ban|Sở|Cục|Chi cục|Hội)$|"
    rf"\s+(?:của\s+)?(?:nhà trường|đơn vị|(?<=phòng )(?:Sở|Ban)$|(?:{_SCHOOL}|[Bb]ệnh viện|[Tt]rung tâm)(?:\s.*)?)$"
)

_UNIONS = ("Hội", "Liên đoàn")
_OF_UNIONS = tuple(f" {union}" for union in _UNIONS)
_UNION = re.compile(r"(?:Hội|Liên đoàn)\s.*")
_ORGAN = re.compile(r"Ban (?:Thường vụ|Chấp hành|Thường trực) (?=\S)")
"""Of "Ban Thường vụ Đoàn xã", which stands for the whole."""
_PARTY_OFFICES = frozenset(f"{rank}bí thư{standing}" for rank in ("", "phó ") for standing in ("", " thường trực"))
"""An office that only a Party committee has: in its own papers nobody says whose."""
_HEADS_A_UNIT = re.compile(r"(?:Phó )?Trưởng (?P<unit>phòng|ban|trạm)", re.IGNORECASE)
"""Of "Trưởng phòng Kinh tế", whose second word begins the name of what is headed."""
_OF_EVERY_BODY = "Văn phòng"
"""A commune has two: that of its Party committee is meant in the committee's own papers alone."""

_COMMITTEE = "Đảng ủy "
_COUNCIL, _STANDING = "Hội đồng nhân dân", "Thường trực Hội đồng nhân dân"
_CODED = re.compile(r"\((?P<code>(?:P[ABCHKVX]|[ACHKVX])[0-9]{2})\)")
_DEPARTMENT_BEFORE = re.compile(rf"(?:Phòng|Cục)\s+[{UPPER}](?:(?!Phòng\s|Cục\s|\n\n)[^();:.|])*$")
_COMMITTEES = ("ban", "tổ", "đoàn", "tiểu ban")
_CHAIR = re.compile(rf"(?:Phó )?Trưởng (?P<what>{'|'.join(_COMMITTEES)})(?: Thường trực)?", re.IGNORECASE)
"""Who heads a committee, for short."""

_SEVERAL = re.compile(rf"(?<!\w){ALL_OF_THEM}\s", re.IGNORECASE)
"""Of "Ban Công tác Mặt trận các thôn", who are many."""
_MANAGES_SEVERAL = re.compile(
    r"^(?:Ban [Qq]uản lý\s(?:.*?\s)?|Đảng (?:ủy|bộ) (?=các (?:cơ quan|khu)\s)|Liên hiệp )các\s|^Cơ quan (?=Ủy ban Mặt trận)"
)
"""Of "Ban Quản lý dự án các công trình giao thông", "Đảng ủy các cơ quan Đảng": one body of its place all the same."""
_OF_ANOTHER_PLACE = re.compile(
    rf"^Ban [Qq]uản lý [{LOWER} ]+(?:\s[{UPPER}][{LOWER}]+){{2,4}}$|\s(?!{COMMUNE_UNIT}$){UNIT}$"
)
"""Of "Ban Quản lý rừng phòng hộ Tà Năng", which has a name that is no commune's, and of "Hội Nông dân tỉnh" in a commune's paper, which is
not the commune's."""
_AGENCY = re.compile(
    r"(?:Sở|(?:Tỉnh|Thành) đoàn|Hội|Cục|Chi cục|Liên đoàn|Liên minh|Công an (?:tỉnh|thành phố)|"
    r"Ban (?:Tuyên giáo|Tổ chức|Nội chính|Dân vận|Kinh tế|Chính sách)|Ủy ban Kiểm tra)\s"
)
_FIELDS_OF_A_CENTRE = re.compile(rf"Trung tâm [{UPPER}][^,]+(?:, [{UPPER}][^,]+)? và [{UPPER}][^,]+$")
"""Of "Trung tâm Văn hóa, Thể thao và Truyền thông huyện", whose commas part no bodies."""
_COMMUNE = re.compile(rf"(?<!\w)(?P<unit>{COMMUNE_UNIT})\s+(?P<name>{NAME})")
_EXECUTIVE = tuple(
    f"Ban {organ} {union} " for organ in ("Thường vụ", "Chấp hành") for union in ("Tỉnh đoàn", "Thành đoàn", *_UNIONS)
)
"""Of "Ban Chấp hành Tỉnh đoàn X", whose "Ban Phong trào" is that of the union itself."""
_SECTION = re.compile(
    r"(?:Phòng|Ban(?!\s(?:Tổ chức (?:giải|hội|cuộc|lễ|chương)|Quản lý|Chỉ đạo|Chỉ huy|Giám|Công tác|[Tt]hường))|Tổ)\s"
    rf"(?!.*(?:\s(?:các|{UNIT})(?!\w|\s+hội)|[0-9])).+|Văn phòng|Thanh tra"
)
"""A part of the agency that issues ("Phòng Kế hoạch - Tài chính" of a Sở), which every agency has."""
_DEPARTMENT = re.compile(rf"Phòng\s(?!.*(?:\s{UNIT}(?!\w|\s+hội)|[0-9])).+")
"""The same of the police, whose "Tổ bảo vệ an ninh" are those of communes."""
_BRANCH = re.compile(rf"(?:Trung tâm|Chi cục)\s(?!.*\s(?:các|{UNIT}|quốc gia|vùng|khu vực|Trung ương)(?!\w)).+")
"""What belongs to the agency that issues and has a seal of its own: it is known by its province."""
_SETS_UP = re.compile(
    r"(?:thành\s+lập|kiện\s+toàn)\s+(?:và\s+[^.;:\n]{4,30}\s)?(?P<name>"
    r"(?P<kind>Ban (?:Chỉ đạo|Tổ chức|Điều hành)|Tổ (?:công tác|giúp việc)|Hội đồng|Đoàn kiểm tra|Tiểu ban) [^.;:(\n]{4,120}?)"
    rf"(?=\s*[.;:(\n]|,?\s(?:gồm|bao\s+gồm|do|với|trên\s+cơ\s+sở|theo|để|{AS_FOLLOWS})\s)",
    re.IGNORECASE,
)
"""Of "Thành lập Ban Chỉ đạo phát triển kinh tế tư nhân tỉnh Đắk Lắk …"."""


@dataclass(frozen=True)
class OwnBodies:
    """`text` is what the document of `heading` says; `finder` knows the bodies of its place."""

    text: str
    heading: Heading
    finder: BodyFinder

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
        if addressee.key or self._is_open(addressee.name):
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

    def _is_open(self, name: str) -> bool:
        """ "Văn phòng Đảng ủy" in a paper of "Đảng ủy Ủy ban nhân dân xã A": is it of that committee, or of the commune's?"""
        home, issuer = self.finder.places.home, self.heading.issuer or ""
        own = issuer[issuer.find(_COMMITTEE) :] if _COMMITTEE in issuer else ""
        below = home is not None and home.level == "commune" and not own.startswith(f"{_COMMITTEE}{home.unit} ")
        return bool(own) and below and name.endswith(_COMMITTEE.rstrip())

    def _unit(self, addressee: Addressee, name: str) -> Addressee:
        """A unit that every office of its kind has, with whose it is; `name` is its name without "của đơn vị"."""
        issuer, home = self._house, self.finder.places.home
        if issuer.startswith(_INSTITUTIONS):
            return Addressee(_of_institution(name, issuer if self._is_listed(issuer) else _WHERE.sub("", issuer)))
        if _AGENCY.match(issuer) and name.endswith(f" {issuer}"):
            return Addressee(name.replace(f" thuộc {issuer}", f" {issuer}"))  # "Phòng Tổ chức thuộc Ban Tổ chức …"
        if _AGENCY.match(issuer) and (_DEPARTMENT if issuer.startswith("Công an ") else _SECTION).fullmatch(name):
            return Addressee(f"{name} {issuer}")
        branch = _BRANCH.fullmatch(name) is not None and home is not None and home.name not in name
        if _AGENCY.match(issuer) and home and home.level == "province" and branch:
            return Addressee(f"{name} {home.unit} {home.name}")
        if home and home.level == "commune" and home.name.lower() not in addressee.name.lower():
            if _SEVERAL.search(addressee.name) or _OF_ANOTHER_PLACE.search(addressee.name):
                return addressee
            return Addressee(f"{addressee.name.removesuffix(f' {home.unit}')} {home.unit} {home.name}")
        return addressee

    @kept_property
    def _house(self) -> str:
        """Whose the units are that the text names without saying so: who issues it, without the organ that does."""
        issuer = _CELL.sub("", split_office(self.heading.issuer or "")[1])
        return _ORGAN.sub("", issuer) if issuer.startswith(_EXECUTIVE) else issuer

    def _is_listed(self, issuer: str) -> bool:
        """Is it one of many of its kind ("Viện kiểm sát nhân dân tỉnh X"), whose place is all of its name?"""
        known = self.finder.read(issuer, 0)
        return known is not None and known.end == len(issuer)

    def _of_union(self, name: str) -> Addressee | None:
        """ "Thường trực Hội", "Văn phòng Liên đoàn" of the association's own paper."""
        if not name.endswith(_OF_UNIONS):
            return None
        what = next(what for what in _UNIONS if name.endswith(what))
        whole = _UNION.search(self.heading.issuer or "")
        if whole is None or not whole.group().startswith(f"{what} "):
            return None
        return Addressee(f"{name.removesuffix(what)}{whole.group()}")

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
        board = name.removesuffix(f" {_COUNCIL}")
        if home is None or not (board in council_boards() or name == _STANDING):
            return None
        if not (self.heading.issuer or "").startswith((f"{_COUNCIL} ", f"{_STANDING} ")):
            return None
        known = self.finder.read(home.fill(f"{board} {_COUNCIL} {{unit}} {{name}}"), 0)
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
        if not body and title.lower() in _PARTY_OFFICES and "Đảng" in (self.heading.issuer or ""):
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


def _of_institution(name: str, institution: str) -> str:
    """The unit's name with that of its institution, of which its end may be the beginning ("Ban Chỉ đạo chuyển đổi số | Công ty")."""
    words = institution.split()
    said = next((k for k in range(len(words), 0, -1) if name.endswith(f" {' '.join(words[:k])}")), 0)
    return " ".join((name, *words[said:]))
