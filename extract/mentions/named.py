"""Documents that are cited by name, with no number: congress and plenum resolutions, laws, the Party Charter.

Each rule reads the text at a type word and gives the mentions it finds there. A name is a key below the issuing scope,
"nghi-quyet/dai-hoi-xiii", so that every way to write the same document meets in one place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from chidao.extract.frozen import of_last
from chidao.extract.language.composing import one_of, spaced
from chidao.extract.language.jurisdictions import unit_called
from chidao.extract.language.laws import LONGEST_NAME, is_cut, known_law, laws
from chidao.extract.language.letters import LETTER, UPPER, early_tones, slug
from chidao.extract.language.organs import PLENUM
from chidao.extract.language.patterns import (
    AND,
    BASIS,
    CENTRAL_COMMITTEE,
    COMMITTEE,
    GROUND,
    LAW,
    MISREAD_SIGN,
    NATION,
    NTH,
    PROVINCE_UNIT,
    ROMAN,
    SOME,
    TENURE,
    TENURE_YEARS,
    TERM,
    UNIT,
    UNIT_BELOW,
    YEAR,
)
from chidao.extract.language.tables import abbreviations, key, rows, words
from chidao.extract.language.verbs import AMENDS, CARRIES_OUT
from chidao.extract.model import Reference

_ORG = (
    rf"(?i:đảng\s+bộ)\s+(?P<{{0}}>(?i:{UNIT}|"
    r"khối\s+các\s+cơ\s+quan|quân\s+đội(?:\s+nhân\s+dân\s+việt\s+nam)?|công\s+an(?:\s+trung\s+ương)?|chính\s+phủ(?!\w)|quốc\s+hội)?"
    rf"(?:\s*(?<=\s)[{UPPER}][{LETTER}]*(?:\s+[{UPPER}][{LETTER}]+){{{{0,3}}}})?)"
)
_PARTY = rf"\s+(?:(?i:của)\s+)?Đảng(?!\s+(?i:bộ|{spaced('ủy')}|viên|đoàn|các))(?:\s+Cộng\s+sản\s+Việt\s+Nam)?"
_CONGRESS = re.compile(
    r"(?i:nghị\s+quyết\s+(?:của\s+)?đại\s+hội(?!\s+(?:các\s+cấp|(?:đại\s+biểu\s+)?đảng\s+(?:bộ\s+)?các|đồng\s+cổ|thành\s+viên)))"
    r"(?P<national>\s+(?i:đại\s+biểu\s+toàn\s+quốc|toàn\s+quốc)|\s+(?i:đại\s+biểu)(?=\s+(?i:đảng|lần)))?"
    rf"(?P<ours>{_PARTY})?(?P<wide>\s+(?i:toàn\s+quốc))?"
    rf"(?:\s+(?=(?i:đảng\s+bộ)){_ORG.format('org1')})?"
    rf"(?:\s+(?:(?i:l[ầà]n\s+thứ|{TERM})\s+)?(?P<roman>{ROMAN})(?![{LETTER}0-9]))?"
    rf"(?P<party>{_PARTY})?"
    rf"(?:\s+(?:(?i:của)\s+)?(?=(?i:đảng\s+bộ)){_ORG.format('org2')})?"
    rf"(?:(?<=[{LETTER}])\s+(?i:{NTH})\s+(?P<behind>{ROMAN})(?![{LETTER}0-9]))?"
)
# Other organizations have congresses too: "Nghị quyết Đại hội Công đoàn Việt Nam lần thứ XIII", "… Đại hội XII của Đoàn".
_NOT_PARTY = re.compile(
    r"\s+(?:(?i:đại\s+biểu)\s+)?(?:(?i:toàn\s+quốc)\s+)?(?:của\s+)?(?:Công\s+đoàn|Đoàn|Hội|Mặt\s+trận|MTTQ|Liên\s+|Tổng\s+|Hiệp\s+hội|Phụ\s+nữ|[Cc]hi\s+)"
)
_CENTRAL_PARTY = ("quân đội", "công an trung", "chính phủ", "quốc hội")
"""Party organizations of the centre, whose congress is no province's."""
_TERM_YEARS = re.compile(rf",?\s+{TENURE_YEARS}")

_PLENUM = re.compile(
    r"(?P<type>(?i:nghị\s+quyết|kết\s+luận|"
    rf"quy\s+định))\s+(?:(?i:của\s+)?(?i:hội\s+nghị)\s+)?(?:(?i:{NTH})\s+(?P<ordinal>[{LETTER}0-9]+(?:\s+mười)?),?\s+)?"
    rf"(?i:{CENTRAL_COMMITTEE})(?!\s+(?:Đoàn|Hội(?!\s+nghị)|Tổng)\s)"
    rf"(?:\s+(?i:{NTH})\s+(?P<behind>(?!năm\s+[0-9])[{LETTER}]+(?:\s+mười|(?<=mười)\s+[{LETTER}]+)?))?"
    rf"(?P<numbers>\s+(?:(?i:{NTH})\s+)?[0-9]{{1,2}}(?![0-9/]|-[A-Z])(?:{AND}[0-9]{{1,2}}(?![0-9/]|-[A-Z]))*)?"
)
_TERM = re.compile(
    rf"\s*,?\s*\(?\s*(?i:{TERM})\s+(?P<terms>{ROMAN}(?:{AND}"
    rf"(?:(?i:{TERM})\s+)?{ROMAN})*)(?![{LETTER}])(?P<close>\s*\))?"
)
_ORDINALS = {word: str(number) for number, word in enumerate(words("ordinal"), 1)} | {"bốn": "4"}

_CHARTER = re.compile(r"(?i:điều\s+lệ)\s+Đảng(?!\s+(?i:bộ|ủy|viên))(?:\s+[Cc]ộng\s+sản\s+Việt\s+Nam)?")
_ORGS = {
    spelling: org
    for org in words("has a charter")
    for spelling in (org, *(org.replace(full, short) for short, full in abbreviations().items() if full in org))
}
_ORGS_BY_KEY = {key(spelling): org for spelling, org in _ORGS.items()}
_ORG_CHARTER = re.compile(rf"(?i:điều\s+lệ\s+(?P<org>{one_of(_ORGS)}))")
_CONSTITUTION = re.compile(
    rf"(?i:hiến\s+pháp(?:\s+nước\s+{NATION})?)(?:\s+\(?(?:năm\s+)?(?P<year>{YEAR})(?![0-9])\)?)?(?![{LETTER}])"
)
_TOPIC = re.compile(
    rf"Chuyên\s+đề\s+toàn\s+{TERM}(?:\s+(?i:{TENURE})\s+Đại\s+hội\s+(?P<roman>{ROMAN})(?:\s+của\s+Đảng)?|\s+(?P<roman2>{ROMAN}))?"
)
_WORKING_RULES = re.compile(
    rf"(?i:quy\s+chế\s+làm\s+việc\s+của\s+{CENTRAL_COMMITTEE})(?:(?:,|\s+và)\s+(?:Bộ\s+Chính\s+trị|(?:và\s+)?Ban\s+Bí\s+thư(?:\s+Trung\s+ương(?:\s+Đảng)?)?)){{0,2}}"
    rf"\s*,?\s*\(?(?i:{TERM})\s+(?P<roman>{ROMAN})(?![{LETTER}])"
)
_ORGANS = one_of(row["organ"] for row in rows("organs.csv"))
_LOCAL_RULES = re.compile(
    rf"(?i:quy\s+chế\s+làm\s+việc\s+của)\s+(?:(?i:{_ORGANS}(?:\s+đảng\s+bộ\s+{UNIT})?){AND}){{0,3}}(?:(?i:{_ORGANS})\s+)?"
    rf"(?P<whose>(?i:{COMMITTEE}|đảng\s+bộ\s+{UNIT}))(?P<name>\s+[{UPPER}][{LETTER}]*(?:\s+[{UPPER}][{LETTER}]+){{0,3}})?"
    rf"(?:,?\s+(?i:{TERM})\s+(?P<roman>{ROMAN})(?![{LETTER}]))?(?P<years>,?\s+{TENURE_YEARS})?"
)
_CITED = re.compile(rf"(?:{BASIS}|{CARRIES_OUT}|theo|tại|trong|với|đúng)(?:\s+đúng)?\s+\Z", re.IGNORECASE)
"""Before what is cited by its name; behind "ban hành" or "về" it is of another's title."""
_AMENDED = re.compile(rf"\s*\((?i:{AMENDS})\)")
_YEAR = re.compile(rf"\s+(?:\(\s*)?(?:năm\s+)?(?P<year>{YEAR})(?![0-9]|[/.,-][0-9A-Za-zĐđ])")
"""Behind a law's name: "năm 2014", "(năm 2014)", "2014", "(2014)"."""
_AMENDING = re.compile(rf"(?i:{LAW}\s+{AMENDS}(?:\s+{SOME})?\s+(?:của\s+)?)")
_LAW_STOP = re.compile(
    r"[,;.()\n:“”\"]|\s(?:và|của|năm|ngày|số(?=\s*:?\s*[0-9])|s[ôóo](?=\s*:?\s*[0-9]{1,3}/[0-9]{4}/)|về|theo|được|quy\s+định|có|đã|thì|là|do|tại|hiện|này|để|cho|trong|"
    rf"với|khi|còn|phải|nhằm|trên|từ|đến|mà|vào|gồm)(?![{LETTER}])"
)
_MANY_LAWS = re.compile(
    r"[0-9]{1,2}\s+(?i:luật)(?:\s+(?:có\s+liên\s+quan|trong\s+lĩnh\s+vực)(?:(?!\s(?:ngày|số)\s)[^;.,()\n])*)?"
)
_FIGURES = re.compile("[0-9]+")
_TERM_NUMBER = re.compile(ROMAN)
LAW_WORD = re.compile(rf"{LAW}(?=\s)")
_NEXT_LAW = re.compile(rf"{AND}(?=(?:Bộ\s+)?[Ll]uật)")


def _space(text: str) -> str:
    return " ".join(text.split())


def _mention(start: int, end: int, kind: str, name: str, rule: str, **known: Any) -> Reference:
    return Reference(start, end, "", "named", kind, name=name, rule=rule, **{"extent": end, **known})


def _central(start: int, end: int, kind: str, name: str, rule: str, **known: Any) -> Reference:
    return _mention(start, end, kind, name, rule, scope="vn", **known)


def read_congress(text: str, start: int) -> list[Reference]:
    """ "Nghị quyết Đại hội XIII của Đảng", "Nghị quyết Đại hội Đảng bộ Thành phố lần thứ XVII", "Nghị quyết Đại hội".

    A local congress takes the scope of the document that speaks; a bare one is left open for the file's context.
    """
    match = _CONGRESS.match(text, start)
    if not match or _NOT_PARTY.match(text, match.end()):
        return []
    roman, org = match["roman"] or match["behind"], match["org1"] or match["org2"]
    if not roman:
        if years := _TERM_YEARS.match(text, match.end()):
            return [_congress_of_term(start, years.end(), _space(org or ""), f"-{years[1]}-{years[2]}")]
        if not org and not text.startswith("Đại", start + len("Nghị quyết ")):
            return []
    if org is not None and org.strip().lower().endswith("các"):
        return []
    end = start + len(match.group().rstrip())
    if match["ours"] or match["party"] or match["wide"] or "quốc" in (match["national"] or "").lower():
        return [_national_congress(start, end, roman)]
    if org:
        return [_local_congress(start, end, roman, _space(org))]
    return [_mention(start, end, "Nghị quyết", f"nghi-quyet/dai-hoi{_suffix(roman)}", "congress-open")]


def _suffix(roman: str | None) -> str:
    return f"-{roman.lower()}" if roman else ""


def _national_congress(start: int, end: int, roman: str | None) -> Reference:
    name, rule = f"nghi-quyet/dai-hoi{_suffix(roman)}", "congress-national"
    if not roman:
        return _mention(start, end, "Nghị quyết", name, rule)
    issuer = f"Đại hội đại biểu toàn quốc lần thứ {roman} của Đảng"
    return _central(start, end, "Nghị quyết", name, rule, issuer=issuer)


def _congress_of_term(start: int, end: int, place: str, years: str) -> Reference:
    """ "Nghị quyết Đại hội Đảng bộ huyện nhiệm kỳ 2020-2025": by its years alone."""
    name = f"nghi-quyet/dai-hoi{_party_of(place) if place else ''}{years}"
    return _mention(start, end, "Nghị quyết", name, "congress-term", scope=_scope_of(place))


def _scope_of(place: str) -> str | None:
    """Return whose congress it is: a province's is the paper's own."""
    return ("vn" if place.lower().startswith(_CENTRAL_PARTY) else "home") if place else None


def _party_of(place: str) -> str:
    """Return what a name says of whose congress it is; "tỉnh" alone is the province of the paper, "xã" is kept till its file says which."""
    below = re.fullmatch(UNIT_BELOW, place, re.IGNORECASE) and not re.fullmatch(PROVINCE_UNIT, place, re.IGNORECASE)
    generic = re.fullmatch(UNIT, place, re.IGNORECASE) and not below
    return "-dang-bo" if generic else f"-dang-bo-{slug(place)}"


def _local_congress(start: int, end: int, roman: str | None, place: str) -> Reference:
    name = f"nghi-quyet/dai-hoi{_party_of(place)}{_suffix(roman)}"
    issuer = f"Đại hội Đảng bộ {place}" + (f" lần thứ {roman}" if roman else "")
    return _mention(start, end, "Nghị quyết", name, "congress-local", scope=_scope_of(place), issuer=issuer)


def read_plenum(text: str, start: int) -> list[Reference]:
    """ "Nghị quyết Trung ương 4 (khóa XI, XII)" is two documents, "Nghị quyết Hội nghị Trung ương 6, 7 (khóa XIII)" too."""
    match = _PLENUM.match(text, start)
    numbers = _plenum_numbers(text, match) if match else []
    if not match or not numbers:
        return []
    kind = _space(match["type"]).capitalize()
    term = _TERM.match(text, match.end())
    terms = [(m.start(), m.end(), m.group()) for m in _TERM_NUMBER.finditer(text, *term.span("terms"))] if term else []
    if len(terms) > 1:
        named: list[tuple[int, int, str, str | None]] = [(at, end, numbers[0][2], roman) for at, end, roman in terms]
    else:
        named = [(at, end, number, terms[0][2] if terms else None) for at, end, number in numbers]
        if term:
            named[-1] = (named[-1][0], term.end(), *named[-1][2:])
    named[0] = (start, *named[0][1:])
    return [_plenum(at, end, kind, number, roman) for at, end, number, roman in named]


def _plenum_numbers(text: str, match: re.Match[str]) -> list[tuple[int, int, str]]:
    """Start, end and number of each plenum of a `_PLENUM` match, in figures or as an ordinal ("lần thứ tư")."""
    if match["numbers"]:
        return [(m.start(), m.end(), m.group().lstrip("0")) for m in _FIGURES.finditer(text, *match.span("numbers"))]
    which = "ordinal" if match["ordinal"] else "behind"
    word = _space((match[which] or "").lower())
    number = _ORDINALS.get(word) or (word if word.isdigit() else None)
    return [(match.start(which), match.end(which), number)] if number else []


def _plenum(start: int, end: int, kind: str, number: str, roman: str | None) -> Reference:
    name = f"{slug(kind)}/trung-uong-{number}" + (f"-khoa-{roman.lower()}" if roman else "")
    return _mention(start, end, kind, name, "plenum", issuer=PLENUM, scope="vn" if roman else None)


def read_law(text: str, start: int, word_end: int, depth: int = 0) -> list[Reference]:
    """ "Luật Thủ đô (sửa đổi)", "Bộ luật Lao động năm 2019", "Luật sửa đổi, bổ sung một số điều của Luật A và Luật B".

    The list of known names decides how far a name runs; a name not on it is read up to the first stop word.
    """
    if not text[start].isupper() or text[max(0, start - 5) : start].upper() == "PHÁP ":
        return []
    kind = _space(text[start:word_end]).capitalize()
    # A law that amends an amending law exists; deeper than that it is no name.
    if depth < 3 and (amending := _AMENDING.match(text, start)):
        return _amending_law(text, start, amending.end(), kind, depth + 1)
    at = word_end
    while at < len(text) and text[at].isspace():
        at += 1
    if _goes_on(text, start, word_end, at) or _OF_THE_LAW.search(text, max(0, start - 60), start):
        return []
    known = max(filter(None, (_called(text, at, _own_names(text)), known_law(text, at))), default=None)
    known = known or _called(text, at, _stated_names(text))
    read = known or _open_law(text, at)
    if read is None:
        return []
    end, name = read
    if amended := _AMENDED.match(text, end):
        end, name = amended.end(), f"{name} (sửa đổi)"
    year = _YEAR.match(text, end)
    rule, issuer = (
        "law-known" if known else "law-open",
        "Quốc hội" if kind != "Pháp lệnh" else "Ủy ban Thường vụ Quốc hội",
    )
    passed = {"year": int(year["year"]), "extent": year.end()} if year else {}
    title = f"{kind} {name}"
    return [_central(start, end, kind, f"{slug(kind)}/{slug(name)}", rule, issuer=issuer, title=title, **passed)]


def _goes_on(text: str, start: int, word_end: int, at: int) -> bool:
    """ "… CHẾ ĐỊNH TRONG DÂN LUẬT / Chiểu theo Sắc lệnh số 47": does the text go on behind a line that ends with the word for law?"""
    if text[word_end:at].count("\n") == 0:
        return False
    return _GROUND.match(text, at) is not None or (text[start:word_end].isupper() and text[at + 1 : at + 2].islower())


_GROUND = re.compile(GROUND)
_OF_THE_LAW = re.compile(
    rf"(?<![{LETTER}]){one_of(words('of the law'))}(?:\s+{one_of(words('form of a company'))})*\s+\Z",
    re.IGNORECASE,
)
"""Before the word for law, which is the law as such there: "Công ty TNHH Luật Mẫu", "Đại học Luật Hà Nội"."""
_NAME_WORD = re.compile(rf"(?P<word>\S*[{LETTER}])\S*")
_LONGEST_STATED = 200
"""Characters of a name that is stated with its number."""
# "Luật Cấp nước, thoát nước số 88/2025/QH15": a name stated with its number runs to it, over any comma.
_STATED = re.compile(
    rf"{LAW}\s+(?P<name>[{UPPER}][^;.:()\n“”\"0-9]{{3,90}}?,[^;.:()\n“”\"0-9]{{3,90}}?)\s+{MISREAD_SIGN}[0-9]{{1,3}}/[0-9]{{4}}/"
)

_PASSED = re.compile(
    rf"Quốc\s+hội\s+ban\s+hành\s+{LAW}\s+(?P<name>[{UPPER}][^;.:()\n“”\"0-9]{{3,180}}?)\s*[.;]?[ \t*_]*(?:\n|\Z)"
)
"""Where a law says what it is called, in full: "Quốc hội ban hành Luật Hợp tác xã nghề cá."."""


@of_last
def _stated_names(text: str) -> dict[int, dict[str, str]]:
    """The names with a comma that the text states with their numbers."""
    return _by_words(_STATED.finditer(text))


@of_last
def _own_names(text: str) -> dict[int, dict[str, str]]:
    """What the law of the text calls itself."""
    return _by_words(_PASSED.finditer(text))


def _by_words(stated: Iterable[re.Match[str]]) -> dict[int, dict[str, str]]:
    """The names by how many words they have and by their early spelling."""
    found: dict[int, dict[str, str]] = {}
    for match in stated:
        if not LAW_WORD.search(name := match["name"]):
            found.setdefault(len(name.split()), {})[early_tones(_space(name))] = _space(name)
    return dict(sorted(found.items(), reverse=True))


def _called(text: str, at: int, names: dict[int, dict[str, str]]) -> tuple[int, str] | None:
    """End and name of the law that is called at `at` by one of the names, the longest."""
    words = list(_NAME_WORD.finditer(text, at, at + _LONGEST_STATED)) if names else []
    for count, of_length in names.items():
        end = words[count - 1].end("word") if count <= len(words) else at
        if name := of_length.get(early_tones(_space(text[at:end]))):
            return end, name
    return None


def _open_law(text: str, at: int) -> tuple[int, str] | None:
    """End and name of a law that no table knows: from a capital up to the first stop word, eight words at most."""
    if not text[at : at + 1].isupper():
        return None
    limit = min(len(text), at + 200)
    stop = _LAW_STOP.search(text, at, limit)
    end = stop.start() if stop else limit
    words = text[at:end].split()
    if not words or len(words) > 8 or len(words[0]) < 2:
        return None
    name = " ".join(words)
    # A line that breaks off ("Luật Quản lý") names no law, nor does what a web site calls itself ("Luật Việt Nam", "Luật Việt Nam © 2025").
    return None if is_cut(name) or "©" in name or slug(name) == "viet-nam" else (end, name)


def _amending_law(text: str, start: int, at: int, kind: str, depth: int) -> list[Reference]:
    """The amending law runs over the laws that it amends; these are mentions of their own inside it."""
    if many := _MANY_LAWS.match(text, at):
        return [amending_law(text, start, many.end(), kind, longest=None)]
    inner: list[Reference] = []
    end = at
    while word := LAW_WORD.match(text, end):
        laws = read_law(text, end, word.end(), depth)
        if not laws:
            break
        inner += laws
        joint = _NEXT_LAW.match(text, laws[0].end)
        if not joint:
            break
        end = joint.end()
    if not inner:
        return []
    law, last = amending_law(text, start, inner[-1].end, kind), inner[-1]
    if last.year and last.year not in _years_of(last.name or ""):
        # "Luật sửa đổi, bổ sung một số điều của Luật Địa chất và khoáng sản năm 2025": no such law is of that year, so what amends it is.
        law, inner[-1] = replace(law, year=last.year), replace(last, year=None)
    return [law, *inner]


def _years_of(name: str) -> set[int]:
    """The years in which a law of this name was passed, all of them where no table has it."""
    return {law.year for law in laws().get(name, ())} or set(range(1945, 2200))


def amending_law(text: str, start: int, end: int, kind: str, *, longest: int | None = LONGEST_NAME) -> Reference:
    """Return the law that is called by what it does to another."""
    name = _space(text[start:end])
    called = f"{slug(kind)}/{slug(name)[:longest]}"
    return _central(start, end, kind, called, "law-amending", issuer="Quốc hội", title=name)


def read_charter(text: str, start: int) -> list[Reference]:
    """ "Điều lệ Đảng", "Điều lệ Đảng Cộng sản Việt Nam", "Điều lệ Công đoàn Việt Nam"."""
    if match := _CHARTER.match(text, start):
        issuer, title = "Đại hội đại biểu toàn quốc của Đảng", "Điều lệ Đảng Cộng sản Việt Nam"
        return [_central(start, match.end(), "Điều lệ", "dieu-le/dang", "charter", issuer=issuer, title=title)]
    if match := _ORG_CHARTER.match(text, start):
        org = _ORGS_BY_KEY[key(match["org"])]
        return [_central(start, match.end(), "Điều lệ", f"dieu-le/{slug(org)}", "charter", title=f"Điều lệ {org}")]
    return []


def read_constitution(text: str, start: int) -> list[Reference]:
    """ "Hiến pháp", "Hiến pháp năm 2013"; not "hợp hiến" or "hiến pháp" as a common noun."""
    match = _CONSTITUTION.match(text, start)
    if not match or not text[start].isupper():
        return []
    year = int(match["year"]) if match["year"] else None
    known = {"issuer": "Quốc hội", "title": "Hiến pháp", "year": year}
    return [_central(start, match.end(), "Hiến pháp", "hien-phap", "constitution", **known)]


def read_working_rules(text: str, start: int) -> list[Reference]:
    """ "Quy chế làm việc của Ban Chấp hành Trung ương, Bộ Chính trị, Ban Bí thư khóa XIII": the centre's, of one term each; those of a
    committee below it ("… Ban Thường vụ, Thường trực Tỉnh ủy nhiệm kỳ 2025 - 2030") where they are cited."""
    match = _WORKING_RULES.match(text, start)
    if not match:
        return _local_rules(text, start)
    name = f"quy-che/lam-viec-trung-uong-khoa-{match['roman'].lower()}"
    title = _space(match.group())
    return [_central(start, match.end(), "Quy chế", name, "working-rules", issuer=PLENUM, title=title)]


def _local_rules(text: str, start: int) -> list[Reference]:
    """The rules by which a committee of the Party works in one term."""
    match = _LOCAL_RULES.match(text, start)
    if not match or not (match["roman"] or match["years"]) or not _CITED.search(text[max(0, start - 30) : start]):
        return []
    whose = _space(match["whose"]).lower()
    place = whose.removeprefix("đảng bộ ") if whose.startswith("đảng bộ ") else unit_called(whose)
    years = _TERM_YEARS.fullmatch(match["years"]) if match["years"] else None
    term = f"{years[1]}-{years[2]}" if years else f"khoa-{match['roman'].lower()}"
    name = f"quy-che/lam-viec{_party_of(_space(place + (match['name'] or '')))}-{term}"
    title = _space(match.group())
    return [_mention(start, match.end(), "Quy chế", name, "working-rules", scope="home", title=title)]


def read_topic(text: str, start: int) -> list[Reference]:
    """ "Chuyên đề toàn khóa nhiệm kỳ Đại hội XIII của Đảng": the term's theme of study, cited like a document."""
    match = _TOPIC.match(text, start)
    if not match:
        return []
    roman = match["roman"] or match["roman2"]
    name = "chuyen-de/toan-khoa" + (f"-dai-hoi-{roman.lower()}" if roman else "")
    return [_central(start, match.end(), "Chuyên đề", name, "term-theme")]
