"""Documents that are cited by name, with no number: congress and plenum resolutions, laws, the Party Charter.

Each rule reads the text at a type word and gives the mentions it finds there. A name is a key below the issuing scope,
"nghi-quyet/dai-hoi-xiii", so that every way to write the same document meets in one place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import takewhile

from chidao.extract.language.letters import LETTER, UPPER, slug
from chidao.extract.language.patterns import ROMAN, TERM


@dataclass(slots=True)
class Named:
    """`name` is the key, `scope` "vn" for a central document, "home" for one of the reading document's own
    jurisdiction, None when open. `issuer` is a canonical name where the rule implies one. `year` is a stated year."""

    start: int
    end: int
    type: str
    name: str
    scope: str | None
    issuer: str | None
    rule: str
    title: str | None = None
    year: int | None = None


_ORG = (
    rf"(?i:đảng\s+bộ)\s+(?P<{{0}}>(?i:thành\s+phố|tỉnh|huyện|quận|thị\s+xã|xã|phường|thị\s+trấn|"
    r"khối\s+các\s+cơ\s+quan)?"
    rf"(?:\s*(?<=\s)[{UPPER}][{LETTER}]*(?:\s+[{UPPER}][{LETTER}]+){{{{0,3}}}})?)"
)
_CONGRESS = re.compile(
    r"(?i:nghị\s+quyết\s+(?:của\s+)?đại\s+hội)(?!\s+(?:các\s+cấp|đảng\s+các\s+cấp|đảng\s+bộ\s+các|đồng\s+cổ|"
    r"thành\s+viên))"
    r"(?P<national>\s+(?i:đại\s+biểu\s+toàn\s+quốc|toàn\s+quốc)|\s+(?i:đại\s+biểu)(?=\s+(?i:đảng|lần)))?"
    rf"(?:\s+(?=(?i:đảng\s+bộ)){_ORG.format('org1')})?"
    rf"(?:\s+(?:(?i:l[ầà]n\s+thứ)\s+)?(?P<roman>{ROMAN})(?![{LETTER}0-9]))?"
    rf"(?P<party>\s+(?:(?i:của)\s+)?Đảng(?!\s+(?i:bộ|ủy|uỷ|viên|đoàn))(?:\s+Cộng\s+sản\s+Việt\s+Nam)?)?"
    rf"(?:\s+(?:(?i:của)\s+)?(?=(?i:đảng\s+bộ)){_ORG.format('org2')})?"
)
_TERM_YEARS = re.compile(r",?\s+(?:(?i:nhiệm\s+kỳ))\s+(20[0-9]{2})\s?[-–]\s?(20[0-9]{2})")

_PLENUM = re.compile(
    r"(?P<type>(?i:nghị\s+quyết|kết\s+luận|"
    rf"quy\s+định))\s+(?:(?i:của\s+)?(?i:hội\s+nghị)\s+)?(?:(?i:lần\s+thứ)\s+(?P<ordinal>[{LETTER}0-9]+(?:\s+mười)?)\s+)?"
    r"(?i:ban\s+chấp\s+hành\s+trung\s+ương|trung\s+ương|BCH\s*TW|TW|BCHTW)(?:\s+Đảng)?"
    rf"(?:\s+(?i:lần\s+thứ)\s+(?P<behind>(?!năm\s+[0-9])[{LETTER}]+(?:\s+mười|(?<=mười)\s+[{LETTER}]+)?))?"
    rf"(?P<numbers>\s+(?:(?i:lần\s+thứ)\s+)?[0-9]{{1,2}}(?![0-9/]|-[A-Z])(?:(?:\s*,\s*|"
    rf"\s+và\s+)[0-9]{{1,2}}(?![0-9/]|-[A-Z]))*)?"
)
_TERM = re.compile(
    rf"\s*,?\s*\(?\s*(?i:{TERM})\s+(?P<terms>{ROMAN}(?:(?:\s*,\s*|\s+và\s+)"
    rf"(?:(?i:{TERM})\s+)?{ROMAN})*)(?![{LETTER}])(?P<close>\s*\))?"
)
_ORDINALS = {
    w: str(n)
    for n, w in enumerate(
        [
            "nhất",
            "hai",
            "ba",
            "tư",
            "năm",
            "sáu",
            "bảy",
            "tám",
            "chín",
            "mười",
            "mười một",
            "mười hai",
            "mười ba",
            "mười bốn",
            "mười lăm",
        ],
        1,
    )
} | {"bốn": "4"}

_CHARTER = re.compile(r"(?i:điều\s+lệ)\s+Đảng(?!\s+(?i:bộ|ủy|viên))(?:\s+[Cc]ộng\s+sản\s+Việt\s+Nam)?")
_ORG_CHARTER = re.compile(
    r"(?i:điều\s+lệ)\s+(?P<org>Công\s+đoàn\s+Việt\s+Nam|Đoàn\s+Thanh\s+niên\s+[Cc]ộng\s+sản\s+Hồ\s+Chí\s+Minh|"
    r"Đoàn\s+TNCS\s+Hồ\s+Chí\s+Minh|Đội\s+Thiếu\s+niên\s+Tiền\s+phong|"
    r"Mặt\s+trận\s+Tổ\s+quốc\s+Việt\s+Nam|MTTQ\s+Việt\s+Nam|Hội\s+(?:Nông\s+dân|Liên\s+hiệp\s+[Pp]hụ\s+nữ|LHPN|"
    r"Cựu\s+chiến\s+binh)\s+Việt\s+Nam)"
)
_SHORT_ORGS = {
    "TNCS": "Thanh niên Cộng sản",
    "Thanh niên cộng sản": "Thanh niên Cộng sản",
    "MTTQ": "Mặt trận Tổ quốc",
    "LHPN": "Liên hiệp Phụ nữ",
    "Liên hiệp phụ nữ": "Liên hiệp Phụ nữ",
}
_CONSTITUTION = re.compile(
    rf"(?i:hiến\s+pháp)(?:\s+nước\s+(?i:cộng\s+hòa\s+xã\s+hội\s+chủ\s+nghĩa\s+việt\s+nam))?(?:\s+\(?năm\s+(?P<year>19[0-9]{{2}}|"
    rf"20[0-9]{{2}})\)?)?(?![{LETTER}])"
)
_TOPIC = re.compile(
    r"Chuyên\s+đề\s+toàn\s+(?:khóa|"
    rf"khoá)(?:\s+(?i:nhiệm\s+kỳ)\s+Đại\s+hội\s+(?P<roman>{ROMAN})(?:\s+của\s+Đảng)?|\s+(?P<roman2>{ROMAN}))?"
)
_AMENDED = re.compile(r"\s*\((?i:sửa\s+đổi)(?:,?\s+(?i:bổ\s+sung))?\)")
_YEAR = re.compile(r"\s+(?:\(\s*)?năm\s+(?P<year>19[0-9]{2}|20[0-9]{2})(?![0-9])")
_AMENDING = re.compile(r"(?i:luật|pháp\s+lệnh)\s+(?i:sửa\s+đổi(?:,\s*bổ\s+sung)?(?:\s+một\s+số\s+điều)?\s+(?:của\s+)?)")
_LAW_STOP = re.compile(
    r"[,;.()\n:“”\"]|\s(?:và|của|năm|ngày|số|về|theo|được|quy\s+định|có|đã|thì|là|do|tại|hiện|này|để|cho|trong|"
    rf"với|khi|còn|phải|nhằm|trên|từ|đến|mà|vào|gồm)(?![{LETTER}])"
)
_MANY_LAWS = re.compile(
    r"[0-9]{1,2}\s+(?i:luật)(?:\s+(?:có\s+liên\s+quan|trong\s+lĩnh\s+vực)(?:(?!\s(?:ngày|số)\s)[^;.,()\n])*)?"
)


@cache
def law_names() -> dict[str, str]:
    """Law names by lower case, from `tables/laws.txt`."""
    lines = files("chidao.extract").joinpath("tables/laws.txt").read_text("utf-8").splitlines()
    names = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return {name.lower(): name for name in names}


@cache
def _law_tree() -> dict[str, list[str]]:
    """Law names by their first word, longest first."""
    tree: dict[str, list[str]] = {}
    for name in sorted(law_names(), key=len, reverse=True):
        tree.setdefault(name.split()[0].rstrip(","), []).append(name)
    return tree


def _space(text: str) -> str:
    return " ".join(text.split())


def read_congress(text: str, start: int) -> list[Named]:
    """ "Nghị quyết Đại hội XIII của Đảng", "Nghị quyết Đại hội Đảng bộ Thành phố lần thứ XVII", "Nghị quyết Đại hội".

    A local congress takes the scope of the document that speaks; a bare one is left open for the file's context.
    """
    match = _CONGRESS.match(text, start)
    if not match:
        return []
    end = match.end()
    roman, org = match["roman"], match["org1"] or match["org2"]
    national = bool(match["party"]) or bool(match["national"] and "quốc" in match["national"].lower())
    if not roman:
        years = _TERM_YEARS.match(text, end)
        if years:
            return [
                Named(
                    start,
                    years.end(),
                    "Nghị quyết",
                    f"nghi-quyet/dai-hoi-{years[1]}-{years[2]}",
                    None,
                    None,
                    "congress-term",
                )
            ]
        if not text.startswith("Đại", start + len("Nghị quyết ")) and not org:
            return []
    if org is not None and org.strip().lower().endswith("các"):
        return []
    end = start + len(text[start:end].rstrip())
    if national:
        issuer = f"Đại hội đại biểu toàn quốc lần thứ {roman} của Đảng" if roman else None
        name = f"nghi-quyet/dai-hoi-{roman.lower()}" if roman else "nghi-quyet/dai-hoi"
        return [Named(start, end, "Nghị quyết", name, "vn" if roman else None, issuer, "congress-national")]
    if org:
        place = _space(org)
        generic = place.lower() in ("thành phố", "tỉnh", "huyện", "quận", "thị xã", "xã", "phường")
        number = f"-{roman.lower()}" if roman else ""
        name = f"nghi-quyet/dai-hoi-dang-bo{number}" if generic else f"nghi-quyet/dai-hoi-dang-bo-{slug(place)}{number}"
        issuer = f"Đại hội Đảng bộ {place}" + (f" lần thứ {roman}" if roman else "")
        return [Named(start, end, "Nghị quyết", name, "home", issuer, "congress-local")]
    name = f"nghi-quyet/dai-hoi-{roman.lower()}" if roman else "nghi-quyet/dai-hoi"
    return [Named(start, end, "Nghị quyết", name, None, None, "congress-open")]


def read_plenum(text: str, start: int) -> list[Named]:
    """ "Nghị quyết Trung ương 4 (khóa XI, XII)" is two documents, "Nghị quyết Hội nghị Trung ương 6, 7 (khóa XIII)" too."""
    match = _PLENUM.match(text, start)
    if not match:
        return []
    kind = _space(match["type"]).capitalize()
    which = "ordinal" if match["ordinal"] else "behind"
    ordinal = match[which]
    numbers = [
        (m.start(), m.end(), m.group().lstrip("0")) for m in re.compile("[0-9]+").finditer(text, *match.span("numbers"))
    ]
    if not numbers and ordinal:
        word = _space(ordinal.lower())
        number = _ORDINALS.get(word) or (word if word.isdigit() else None)
        if number:
            numbers = [(match.start(which), match.end(), number)]
    if not numbers:
        return []
    term = _TERM.match(text, match.end())
    terms = (
        [(m.start(), m.end(), m.group()) for m in re.compile(ROMAN).finditer(text, *term.span("terms"))] if term else []
    )
    found: list[Named] = []

    def add(begin: int, end: int, number: str, roman: str | None) -> None:
        name = f"{slug(kind)}/trung-uong-{number}" + (f"-khoa-{roman.lower()}" if roman else "")
        found.append(Named(begin, end, kind, name, "vn" if roman else None, "Ban Chấp hành Trung ương", "plenum"))

    if len(terms) > 1:
        for i, (at, end, roman) in enumerate(terms):
            add(start if not i else at, end, numbers[0][2], roman)
        return found
    for i, (at, end, number) in enumerate(numbers):
        last = i == len(numbers) - 1
        add(start if not i else at, term.end() if last and term else end, number, terms[0][2] if terms else None)
    return found


def read_law(text: str, start: int, word_end: int, depth: int = 0) -> list[Named]:
    """ "Luật Thủ đô (sửa đổi)", "Bộ luật Lao động năm 2019", "Luật sửa đổi, bổ sung một số điều của Luật A và Luật B".

    The list of known names decides how far a name runs; a name not on it is read up to the first stop word.
    """
    if not text[start].isupper() or text[max(0, start - 5) : start].upper() == "PHÁP ":
        return []
    kind = _space(text[start:word_end]).capitalize()
    # A law that amends an amending law exists; deeper than that it is no name.
    amending = _AMENDING.match(text, start) if depth < 3 else None
    if amending:
        return _amending_law(text, start, amending.end(), kind, depth + 1)
    at = word_end
    while at < len(text) and text[at].isspace():
        at += 1
    known = _known_law(text, at)
    if known:
        end, name = known
    else:
        if not (at < len(text) and re.match(f"[{UPPER}]", text[at])):
            return []
        limit = min(len(text), at + 200)  # eight words at most are a name
        stop = _LAW_STOP.search(text, at, limit)
        end = stop.start() if stop else limit
        words = list(takewhile(lambda w: w, text[at:end].split()))
        if not words or len(words) > 8 or len(words[0]) < 2:
            return []
        name = _space(text[at:end])
    amended = _AMENDED.match(text, end)
    if amended:
        end = amended.end()
        name += " (sửa đổi)"
    year = _YEAR.match(text, end)
    return [
        Named(
            start,
            end,
            kind,
            f"{slug(kind)}/{slug(name)}",
            "vn",
            "Ủy ban Thường vụ Quốc hội" if kind == "Pháp lệnh" else "Quốc hội",
            "law-known" if known else "law-open",
            f"{kind} {name}",
            int(year["year"]) if year else None,
        )
    ]


def _known_law(text: str, at: int) -> tuple[int, str] | None:
    head = re.compile(rf"[{LETTER}]+").match(text, at)
    if not head:
        return None
    for name in _law_tree().get(head.group().lower(), ()):
        window = text[at : at + len(name) + 12]
        folded = _space(window.lower())
        if folded.startswith(name) and not (len(folded) > len(name) and folded[len(name)].isalpha()):
            end = at
            for word in name.split():
                end = _after(text, end, word)
            return end, law_names()[name]
    return None


def _after(text: str, at: int, word: str) -> int:
    while text[at].isspace():
        at += 1
    return at + len(word)


def _amending_law(text: str, start: int, at: int, kind: str, depth: int) -> list[Named]:
    """The amending law runs over the laws that it amends; these are mentions of their own inside it."""
    inner: list[Named] = []
    many = _MANY_LAWS.match(text, at)
    if many:
        name = _space(text[start : many.end()])
        return [Named(start, many.end(), kind, f"{slug(kind)}/{slug(name)}", "vn", "Quốc hội", "law-amending", name)]
    end = at
    while True:
        word = re.compile(r"(?:Bộ\s+luật|Luật|Pháp\s+lệnh)(?=\s)").match(text, end)
        laws = read_law(text, end, word.end(), depth) if word else []
        if not laws:
            break
        inner += laws
        end = laws[0].end
        joint = re.compile(r"\s*,\s*(?=(?:Bộ\s+)?[Ll]uật)|\s+và\s+(?=(?:Bộ\s+)?[Ll]uật)").match(text, end)
        if not joint:
            break
        end = joint.end()
    if not inner:
        return []
    end = inner[-1].end
    name = _space(text[start:end])
    return [Named(start, end, kind, f"{slug(kind)}/{slug(name)[:120]}", "vn", "Quốc hội", "law-amending", name), *inner]


def read_charter(text: str, start: int) -> list[Named]:
    """ "Điều lệ Đảng", "Điều lệ Đảng Cộng sản Việt Nam", "Điều lệ Công đoàn Việt Nam"."""
    match = _CHARTER.match(text, start)
    if match:
        issuer = "Đại hội đại biểu toàn quốc của Đảng"
        return [
            Named(
                start, match.end(), "Điều lệ", "dieu-le/dang", "vn", issuer, "charter", "Điều lệ Đảng Cộng sản Việt Nam"
            )
        ]
    match = _ORG_CHARTER.match(text, start)
    if match:
        org = _space(match["org"])
        for short, full in _SHORT_ORGS.items():
            org = org.replace(short, full)
        return [Named(start, match.end(), "Điều lệ", f"dieu-le/{slug(org)}", "vn", None, "charter", f"Điều lệ {org}")]
    return []


def read_constitution(text: str, start: int) -> list[Named]:
    """ "Hiến pháp", "Hiến pháp năm 2013"; not "hợp hiến" or "hiến pháp" as a common noun."""
    match = _CONSTITUTION.match(text, start)
    if not match or not text[start].isupper():
        return []
    year = int(match["year"]) if match["year"] else None
    name = f"hien-phap/{year}" if year else "hien-phap"
    return [Named(start, match.end(), "Hiến pháp", name, "vn", "Quốc hội", "constitution", "Hiến pháp", year)]


def read_topic(text: str, start: int) -> list[Named]:
    """ "Chuyên đề toàn khóa nhiệm kỳ Đại hội XIII của Đảng": the term's theme of study, cited like a document."""
    match = _TOPIC.match(text, start)
    if not match:
        return []
    roman = match["roman"] or match["roman2"]
    name = "chuyen-de/toan-khoa" + (f"-dai-hoi-{roman.lower()}" if roman else "")
    return [Named(start, match.end(), "Chuyên đề", name, "vn", None, "term-theme")]
