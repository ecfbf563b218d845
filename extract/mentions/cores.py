"""Find what each reference consists of, from its type word through its code or name.

Type words start the search; what may follow them decides: a code, an enumeration that shares a symbol ("Nghị quyết số
18, 19-NQ/TW"), a bare number ("Nghị định 68"), a name ("Luật Thủ đô"). Codes that stand alone are found by their form.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from chidao.extract.language.codes import CODE, LONE_NUMBER, Code, read_code
from chidao.extract.language.composing import one_of
from chidao.extract.language.laws import laws
from chidao.extract.language.letters import LETTER, UPPER, is_word, slug
from chidao.extract.language.lexicon import OFFICIAL_LETTER, Lexicon, lexicon
from chidao.extract.language.patterns import (
    ABOUT,
    CONTENT,
    DASH,
    DAY,
    DAY_BEGINS,
    LAW,
    MISREAD_SIGN,
    NUMBER,
    NUMBER_SIGN,
    SCANNED_YEAR,
    TOKEN,
    UNIT,
    YEAR,
)
from chidao.extract.language.tables import words
from chidao.extract.language.verbs import AMENDS
from chidao.extract.mentions.named import (
    amending_law,
    read_charter,
    read_congress,
    read_constitution,
    read_law,
    read_plenum,
    read_topic,
    read_working_rules,
)
from chidao.extract.model import Reference
from chidao.extract.reading.layout import Layout
from chidao.ontology.authority import types_of

# Between type word and number: "số", "số:", "chuyên đề số", "thanh tra số", "của Bộ Chính trị số".
_TO_NUMBER = re.compile(
    rf"[*_]*(?:\s+(?:chuyên\s+đề|liên\s+tịch|cá\s+biệt|mật|khẩn|{one_of(words('matter of a type'))}(?=\s+s[ốo]\s)))?"
    r"(?:(?:\s+[*_]*(?:của\s+[^\n;,.()“”\"0-9]{2,60}?\s+)?|\s*:\s*)(?P<said>s[ốôóo](?:\s+s[ốo])?)\s*:?\s*[*_]*|\s+[*_]*)(?=[0-9])",
    re.IGNORECASE,
)
_LAW_NUMBER = re.compile(
    rf"\s++(?P<name>(?:{AMENDS}\s[^;.()\n“”\"0-9]{{3,420}}?|[^;.()\n“”\"0-9]{{3,120}}?))\s+(?P<said>{MISREAD_SIGN})"
    rf"(?=[0-9]{{1,3}}(?:/{YEAR}/(?:P?L-)?(?:UBTV)?QH|-(?:LCT|PLCT|PL|L)/))",
    re.IGNORECASE,
)
_JOINT = re.compile(
    rf"(?P<day>\s*,?\s*\(?ngày\s+{DAY}\)?)?(?:\s*[,;]\s*(?:số\s*)?|\s+(?:và|hoặc)\s+(?:số\s+)?)", re.IGNORECASE
)
"""`day` of "Các Công văn số 101/UBND-NC ngày 02/3/2025, 102/UBND-NC ngày …"."""
# A code has a slash before letters ("15-NQ/TW", "32/2021/NĐ-CP", "189/KH-UBND"): search that, then look back for its number.
_SLASH = re.compile(rf"/(?=\s?(?:[A-Za-zĐđ]|{YEAR}/))")
_HEAD = re.compile(
    rf"(?<![{LETTER}0-9/.,_-]){NUMBER}(?:\s?[-/]\s?{SCANNED_YEAR})?(?:\s?\\?{DASH}\s?[A-Za-zĐđ&]{{1,10}})?\s?$"
)
# A form has a code like a document's: "mẫu số 01/HNCT", "biểu số 04/BCĐBQH".
_FORM = re.compile(r"(?:mẫu|biểu|phụ\s+lục)(?:\s+(?:biểu|phiếu|đơn))?\s+(?:số\s*:?\s*)?\Z", re.IGNORECASE)
_BEFORE = re.compile(rf"{NUMBER_SIGN}(?P<parted>(?:[0-9] ){{1,4}})?\Z", re.IGNORECASE)
"""`parted` is what OCR set apart from the last figure of a number: "số 1 7 8/TB-UBND"."""
# "công điện số 1852 ngày 30/11/2020": with a day behind it a number is a document's, in lower case too.
_DAY_BEHIND = re.compile(rf",?\s+{DAY_BEGINS}", re.IGNORECASE)
_COMMITTEE = one_of(word.capitalize() for word in words("committee"))
_WHOSE_OR_ON_WHAT = re.compile(
    rf"\s+(?:của\s+(?:{_COMMITTEE}|Chính\s+phủ|Thủ\s+tướng|Ủy\s+ban|UBND|HĐND|Hội\s+đồng|(?:Ban|Bộ|Sở)\s[{UPPER}])|{ABOUT}\s(?=[^.;:()\n]*\scủa\s(?:{_COMMITTEE}|Ủy\s+ban|UBND|HĐND|Chính\s+phủ)))"
)
"""Whose a number is, or on what and whose: not "Chương trình số 3 của Đài Truyền hình Việt Nam", and "Kế hoạch số 2 về trang trí" is a part
of another plan."""
_UNIT_BEHIND = re.compile(
    rf"\s*(?:%|{CONTENT}|{UNIT}|{one_of(words('counted'))}|"
    rf"[x×]\s*[0-9])(?![{LETTER}])",
    re.IGNORECASE,
)
_MOST_LISTED = 20
"""Plain numbers that share one symbol."""
# What may follow a type word before its number: a figure, "số", "của … số", "chuyên đề số", emphasis, a colon.
_OPENERS = frozenset("0123456789sScClLmMkK*_:") | {word[0] for word in words("matter of a type")} | {""}
# … and before its name: "Đại hội", "Trung ương", "Hội nghị", "Ban Chấp hành"; a law's name may begin with any letter.
_NAME_OPENERS = {
    "nghị quyết": _OPENERS | frozenset("đĐtThHbB"),
    "kết luận": _OPENERS | frozenset("tThHbB"),
    "quy định": _OPENERS | frozenset("tThHbB"),
    "chuyên đề": None,
}
_NAMES: dict[str, Callable[[str, int, int], list[Reference]]] = {
    "nghị quyết": lambda text, start, end: read_congress(text, start) or read_plenum(text, start),
    "kết luận": lambda text, start, end: read_plenum(text, start),
    "quy định": lambda text, start, end: read_plenum(text, start),
    "quy chế làm việc": lambda text, start, end: read_working_rules(text, start),
    "điều lệ": lambda text, start, end: read_charter(text, start),
    "hiến pháp": lambda text, start, end: read_constitution(text, start),
    "chuyên đề": lambda text, start, end: read_topic(text, start),
}
"""Which names a type word may open; a statute's opens that of a law."""


def find_cores(layout: Layout, words: Lexicon, own_type: int = -1) -> list[Reference]:
    """Return every reference from its type word through its code or name, in text order. The type that the heading states at `own_type`
    opens none: what stands behind it is the document's own title, "LUẬT / SỬA ĐỔI … CỦA LUẬT ĐẤT ĐAI SỐ 31/2024/QH15"."""
    text = layout.text
    found: list[Reference] = []
    taken = 0
    openings = _openings()
    for index, start, end in layout.type_words:
        # Most type words are followed by neither number nor name; one look at the next letter tells.
        opening = openings[index]
        opens = text[end : end + 2].lstrip()[:1]
        if opening.openers and opens not in opening.openers:
            continue
        if start < taken or start == own_type or not is_word(text, start, end):
            continue
        lead, name = _lead(text, start, end, opening, opens, words), opening.name
        got = _numbers(text, lead) if lead else []
        if not got and name and (lead is None or opening.word == "hiến pháp"):
            got = name(text, start, end)  # the year behind the constitution is no number
        if got and not (got[0].rule == "bare-number" and _next_row(layout, got[0])):
            found += got
            taken = max((f.end for f in got if f.rule != "law-amending"), default=got[0].end)
    found += _orphans(text, found, words)
    found += _standards(text, words)
    found.sort(key=lambda f: (f.start, -f.end))
    return found


def _next_row(layout: Layout, f: Reference) -> bool:
    """Is the number that of the next row, below a last cell that ends with a type word: "… | Thông tư" / "3 | Rà soát …", or alone on the
    line below it, where each cell has one: "Thông tư" / "3" / "Rà soát …"?"""
    if not layout.text[f.end : f.end + 3].lstrip(" ").startswith(("|", "\t")) and not _opens_line(layout, f.end + 1):
        return False
    return _opens_line(layout, f.end - len(f.number or ""))


def _opens_line(layout: Layout, at: int) -> bool:
    """Does a line of the source begin at layout.text[at]?"""
    n = bisect_left(layout.starts, at)
    return n < len(layout.starts) and layout.starts[n] == at


@dataclass(frozen=True, slots=True)
class _Opening:
    """What a type word may open: `openers` are the letters that may follow it (None for any), `name` reads the name that it opens, `law`
    says that a law's number may stand behind its name."""

    word: str
    kind: str
    openers: frozenset[str] | None
    name: Callable[[str, int, int], list[Reference]] | None
    law: bool


@cache
def _openings() -> tuple[_Opening, ...]:
    """What each word of the lexicon may open, by its index there."""
    words = lexicon()
    found: list[_Opening] = []
    for word in words.words:
        kind = words.types[word]
        openers = None if "named" in kind.natures else _NAME_OPENERS.get(word, _OPENERS)
        statute = "statute" in kind.natures
        name = _NAMES.get(word) or (read_law if statute else None)
        found.append(_Opening(word, kind.name, openers, name, statute and word not in _NAMES))
    return tuple(found)


@dataclass(slots=True)
class _Lead:
    """A type word at `start` with its number at `at`; `typed`: "số" stands between, `bare`: a number alone may follow the word.
    `title` is a law's name that stands before its number."""

    start: int
    at: int
    word: str
    kind: str | None
    typed: bool
    title: str | None
    outer: Reference | None = None
    """The law in whose name this one stands."""

    @property
    def bare(self) -> bool:
        """Is it "Nghị định 68", "Chỉ thị 11"? After other words a bare number counts or dates."""
        return self.kind is not None and self.word == self.kind.lower() and self.kind in types_of("numbered")


def _lead(text: str, start: int, end: int, opening: _Opening, opens: str, words: Lexicon) -> _Lead | None:
    """The type word at start..end with what leads to its number, where `opens` comes next; None where no number follows."""
    gap = _TO_NUMBER.match(text, end) if opens in _OPENERS else None
    if gap is not None and gap.end() - end > 12 and _names_type(gap.group(), words):
        gap = None  # "Hướng dẫn của UBKT Trung ương thực hiện Quy định số 22-QĐ/TW": the number is the inner document's
    title = outer = None
    if gap is None and opening.law and (gap := _LAW_NUMBER.match(text, end)):
        if _names_other(gap["name"], words):
            return None  # "Luật Bầu cử …, Nghị quyết số 101/2025/UBTVQH15" are two
        if amended := _amended(text, start, gap):
            outer, start = amending_law(text, start, gap.end("name"), opening.kind), amended
        title = " ".join(text[start : gap.end("name")].split())
    if gap is None:
        return None
    return _Lead(start, gap.end(), opening.word, opening.kind, gap["said"] is not None, title, outer)


_AMENDED = re.compile(rf"{AMENDS}\s(?:[^,]*?\s)?(?P<kind>{LAW})\s+(?P<law>[^,]+)\Z", re.IGNORECASE)


def _amended(text: str, start: int, gap: re.Match[str]) -> int | None:
    """Where the law begins whose number it is, if not at `start`: of "Luật sửa đổi, bổ sung một số điều của Luật Thủy sản số
    18/2017/QH14" the table knows that the number is the amended law's; else it is the amending one's."""
    amended = _AMENDED.match(gap["name"])
    versions = laws().get(f"{slug(amended['kind'])}/{slug(amended['law'])}", ()) if amended else ()
    numbered = any(text.startswith(law.code, gap.end()) for law in versions)
    return gap.start("name") + amended.start("kind") if amended and numbered else None


_ANOTHER = re.compile(
    rf"(?P<name>(?:,|\s+và)\s+{LAW}\s+[^;,.()\n“”\"0-9]{{2,120}}?)\s+{NUMBER_SIGN}[0-9]{{1,3}}/{YEAR}/(?:UBTV)?QH[0-9]{{1,2}}"
)
"""The next law of a list, with its number."""
_UNDERGOES = re.compile(r"\s+(?:đã\s+)?(?:được|bị)\s")


def _over_its_list(text: str, amending: Reference, end: int) -> list[Reference]:
    """The law that amends the one whose number ends at `end`, and those that stand behind it: "Luật sửa đổi … Luật A số …, Luật B số … và
    Luật C số …" is called without the numbers."""
    title = amending.title or ""
    while another := _ANOTHER.match(text, end):
        title, end = f"{title}{another['name']}", another.end()
    if _UNDERGOES.match(text, end):  # "… Luật B số 2/2018/QH14 đã được sửa đổi theo Luật số …" is said of B
        return []
    return [replace(amending_law(title, 0, len(title), amending.type or ""), start=amending.start, end=end, extent=end)]


_NO_NAME = re.compile(rf"(?i:của\s+Quốc\s+hội|này\s|.*:)|(?s:.*)\s{LAW}\Z")
"""What no law's name begins with: "Luật này có hiệu lực thì thực hiện theo Luật Đất đai số …" names one behind; and ends with: of "Luật
Chăn nuôi đã được sửa đổi theo Luật số …" the number is the last one's."""
_AMENDING = re.compile(rf"{AMENDS}|về\s", re.IGNORECASE)
_PARTS = (",", " và")
"""What parts "Luật A" from "Luật B số …"."""


def _names_other(name: str, words: Lexicon) -> bool:
    """Does what stands between "Luật" and the number hold another document, which the number is then of? A law that amends others
    names them."""
    if _NO_NAME.match(name) or any(slug(part["type"]) in _slugs() for part in _NEXT.finditer(name)):
        return True
    if _AMENDING.match(name):
        return False
    return any(
        name[start].isupper()
        and name[:start].strip()  # "Luật Quy hoạch đô thị và nông thôn số …" begins with a type's word
        and (name[:start].rstrip().endswith(_PARTS) or "statute" not in words.types[words.words[index]].natures)
        for index, start, end in words.find_types(name)
        if is_word(name, start, end)
    )


_NEXT = re.compile(rf"(?:,|\svà)\s+(?P<type>[{UPPER}]\S*\s+\S+)\s*\Z")
"""What ends the words before a number, behind a comma: "Luật Nhà ở, Nghi quyết | số 201/2025/QH15", in whatever tones OCR left."""


@cache
def _slugs() -> frozenset[str]:
    """The type words without marks and tones."""
    return frozenset(map(slug, lexicon().types))


def _names_type(text: str, words: Lexicon) -> bool:
    return any(is_word(text, start, end) for _, start, end in words.find_types(text))


def _numbers(text: str, lead: _Lead) -> list[Reference]:
    """A code behind the type word, or plain numbers that share the symbol of the code behind them."""
    plain, code = _plain_numbers(text, lead.at, typed=lead.typed or lead.bare)
    if code is None:
        return _bare_number(text, lead, plain[0]) if plain and lead.kind else []
    if plain:
        found = [_coded(lead, m.start(), m.end(), code, "code-enumeration", m["number"]) for m in plain]
        found[0] = replace(found[0], start=lead.start)
        found.append(_coded(lead, code.start, code.end, code, "code-enumeration"))
    else:
        rule = "law-number" if lead.title else "code" if lead.typed else "code-without-so"
        found = [_coded(lead, lead.start, code.end, code, rule)]
    if lead.title:
        found[-1] = replace(found[-1], title=lead.title, rule="law-number")
    if lead.outer:
        found = _over_its_list(text, lead.outer, code.end) + found
    return found + _further_codes(text, lead, code)


def _plain_numbers(text: str, at: int, *, typed: bool) -> tuple[list[re.Match[str]], Code | None]:
    """The plain numbers at `at`, and the code in which their list ends."""
    plain: list[re.Match[str]] = []
    while len(plain) <= _MOST_LISTED:
        match = CODE.match(text, at)
        if match and (code := read_code(text, match, typed=typed)):
            return plain, code
        number = LONE_NUMBER.match(text, at)
        if number is None:
            break
        plain.append(number)
        joint = _JOINT.match(text, number.end())
        if joint is None or joint["day"] or not text[joint.end() : joint.end() + 1].isdigit():
            break
        at = joint.end()
    return plain, None


def _bare_number(text: str, lead: _Lead, number: re.Match[str]) -> list[Reference]:
    """ "Nghị định 68", "kế hoạch số 1852 ngày 30/11/2020", "Kế hoạch số 118 của Đảng ủy Công an Trung ương": no year, no count, no part of
    another number."""
    digits, end = number["number"], number.end()
    dated = lead.typed and (_DAY_BEHIND.match(text, end) or _told_of(text, lead, end))
    capital = lead.bare and text[lead.start].isupper() and not _is_year(digits) and not _UNIT_BEHIND.match(text, end)
    goes_on = text[end : end + 1] in ("/", "-", "–") and text[end + 1 : end + 2] != " "
    # OCR set it apart from its other figures: "số 1 2 3 4/BNV-TCBC"
    goes_on = goes_on or (len(digits) == 1 and text[end : end + 1] == " " and text[end + 1 : end + 2].isdecimal())
    # "KẾT LUẬN" as a heading above item "3."
    item = "\n" in text[lead.start : lead.at] and text[end : end + 1] in (".", ")", ":")
    if len(digits) > 4 or not (dated or capital) or goes_on or item:
        return []
    return [Reference(lead.start, end, "", "numbered", lead.kind, digits, extent=end, rule="bare-number")]


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and digits.startswith(("19", "20"))


def _told_of(text: str, lead: _Lead, end: int) -> bool:
    """Is it told of the number who issued it: "ban hành Chương trình hành động số 40", "Kế hoạch số 08 về đại hội của Tỉnh ủy"?"""
    if lead.kind not in types_of("fixed-symbol") or not text[lead.start].isupper():
        return False
    return text.endswith("ban hành ", 0, lead.start) or _WHOSE_OR_ON_WHAT.match(text, end) is not None


def _coded(lead: _Lead, start: int, end: int, code: Code, rule: str, number: str | None = None) -> Reference:
    kind, words = lead.kind, lexicon()
    if lead.word == "văn bản" and code.head in words.by_symbol:
        # "văn bản số 37-QĐ/TW": any document; which type it is, the symbol tells or leaves open.
        kind = _type_of(code, words)
    return Reference(
        start, end, "", "numbered", kind, number or code.number, code.symbol, code.year, extent=end, rule=rule
    )


def _further_codes(text: str, lead: _Lead, code: Code) -> list[Reference]:
    """Further codes that share the type word: "Nghị quyết số 15-NQ/TU, 16-NQ/TU", "Luật số 43/2024/QH15, số 47/2024/QH15"."""
    found: list[Reference] = []
    letter = code.head not in lexicon().by_symbol  # whose further numbers no symbol of a type tells
    while (joint := _JOINT.match(text, code.end)) and (letter or joint["day"] is None):
        plain, following = _plain_numbers(text, joint.end(), typed=False)
        if following is None or not _of_one_type(code, following, letter=letter):
            break
        code = following
        found += [_coded(lead, m.start(), m.end(), code, "code-enumeration", m["number"]) for m in plain]
        found.append(_coded(lead, code.start, code.end, code, "code-enumeration"))
    return found


def _of_one_type(code: Code, following: Code, *, letter: bool) -> bool:
    """Do two symbols begin alike, or are both those of who sends letters: "302/VPCP-KTTH" and "5520/UBND-NC"?"""
    words = lexicon()
    letters = letter and following.head not in words.by_symbol and words.knows(following.head)
    return letters or following.head.rstrip("0123456789") == code.head.rstrip("0123456789")


def _orphans(text: str, found: list[Reference], words: Lexicon) -> list[Reference]:
    """Codes with no type word directly before them: "(15-NQ/TW)", "số 11-NQ/TW ngày …; số 13-NQ/TW ngày …"."""
    spans = [*sorted([(f.start, f.end) for f in found]), (len(text), len(text) + 1)]
    more: list[Reference] = []
    i = taken = 0
    for slash in _SLASH.finditer(text):
        here = slash.start()
        while spans[i][1] <= here:
            i += 1
        if here < taken or spans[i][0] <= here:
            continue
        head = _HEAD.search(text, max(0, here - 16), here)
        match = CODE.match(text, head.start()) if head else None
        code = read_code(text, match, typed=False) if match else None
        if not code or _FORM.search(text, max(0, code.start - 24), code.start) or _parted(text, code.start):
            continue
        if _stands_alone(code, words, said=says_number(text, code.start)):
            kind = _type_of(code, words)
            end = taken = code.end
            more.append(
                Reference(
                    code.start, end, "", "numbered", kind, code.number, code.symbol, code.year, extent=end, rule="code-alone"
                )
            )  # fmt: skip
    return more


def _parted(text: str, at: int) -> bool:
    """Is the number at `at` but the end of one?"""
    if not text[at - 2 : at - 1].isdecimal():
        return False
    before = _BEFORE.search(text, max(0, at - 16), at)
    return before is not None and before["parted"] is not None


# "QCVN 02:2019/BLĐTBXH", "QCVN 08-MT:2023/BTNMT" (Luật Tiêu chuẩn và quy chuẩn kỹ thuật).
_STANDARD = re.compile(
    rf"QCVN(?<![{LETTER}]QCVN)\s?(?P<number>[0-9]{{1,4}}(?:-(?:[0-9]{{1,2}}|[A-ZĐ]{{2,5}}))?)\s?:\s?(?P<year>{YEAR})/(?P<by>{TOKEN})"
)


def _standards(text: str, words: Lexicon) -> list[Reference]:
    """Technical regulations, which have their type in their number."""
    found: list[Reference] = []
    for m in _STANDARD.finditer(text):
        kind = words.by_symbol["qcvn"][0].name
        by = words.tokens.get(m["by"].lower(), m["by"])
        found.append(
            Reference(
                m.start(), m.end(), "", "numbered", kind, m["number"], by, int(m["year"]), scope="vn", extent=m.end(), rule="standard"
            )
        )  # fmt: skip
    return found


def says_number(text: str, at: int) -> bool:
    """Does "số" stand right before `at`?"""
    before = _BEFORE.search(text, max(0, at - 8), at)
    return before is not None and before["parted"] is None


def _stands_alone(code: Code, words: Lexicon, *, said: bool) -> bool:
    """Is what looks like a code one, with no type word before it? `said`: "số" is."""
    if code.head not in words.by_symbol:
        return said and bool(code.symbol)
    return said or "/" in code.symbol or "-" in code.symbol or code.year is not None


def _type_of(code: Code, words: Lexicon) -> str | None:
    """The type that the symbol of a code without a type word names; the State's where only the State has one of it."""
    if kind := words.type_of(code.head):
        return kind.name
    if code.party or "/" in code.symbol:
        return None
    # Of the State's documents the letter alone has no type in its symbol: "86/BNV-TL" (Nghị định 30/2020/NĐ-CP, Phụ lục I).
    letter = code.year is None and "-" in code.symbol and code.head not in words.by_symbol and code.head in words.tokens
    return OFFICIAL_LETTER if letter else words.own_type(code.head, "state")
