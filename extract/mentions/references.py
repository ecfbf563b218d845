"""Find every place where the text refers to one particular official document.

Type words start the search; what may follow them decides: a code, an enumeration that shares a symbol ("Nghị quyết số
18, 19-NQ/TW"), a bare number ("Nghị định 68"), a name ("Luật Thủ đô"). Codes that stand alone are found by their form.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from chidao.extract.language.codes import CODE, LONE_NUMBER, Code, read_code
from chidao.extract.language.letters import LETTER, is_word
from chidao.extract.language.lexicon import Lexicon, lexicon
from chidao.extract.language.patterns import DASH, DAY_BEGINS, FOOTNOTE, NUMBER, NUMBER_SIGN, YEAR
from chidao.extract.mentions.citation import BodyReader, Following, Tail, clean_title, read_tail
from chidao.extract.mentions.named import (
    Named,
    read_charter,
    read_congress,
    read_constitution,
    read_law,
    read_plenum,
    read_topic,
)
from chidao.extract.reading.layout import Layout

# Between type word and number: "số", "số:", "chuyên đề số", "của Bộ Chính trị số".
_TO_NUMBER = re.compile(
    r"[*_]*(?:\s+(?:chuyên\s+đề|liên\s+tịch|cá\s+biệt|mật|khẩn))?"
    r"(?:\s+[*_]*(?:của\s+[^\n;,.()“”\"0-9]{2,60}?\s+)?s[ốo]\s*:?\s*[*_]*|\s+[*_]*|\s*:\s*số\s*)(?=[0-9])",
    re.IGNORECASE,
)
_TYPED = re.compile(r"\bs[ốo]\b", re.IGNORECASE)
_LAW_NUMBER = re.compile(
    rf"\s+(?P<name>[^;.()\n“”\"0-9]{{3,120}}?)\s+{NUMBER_SIGN}"
    rf"(?=[0-9]{{1,3}}(?:/{YEAR}/(?:UBTV)?QH|-(?:LCT|PLCT|PL|L)/))",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s*[,;]\s*(?:số\s*)?|\s+(?:và|hoặc)\s+(?:số\s+)?", re.IGNORECASE)
# A code has a slash before letters ("15-NQ/TW", "32/2021/NĐ-CP", "189/KH-UBND"): search that, then look back for its number.
_SLASH = re.compile(rf"/(?=\s?(?:[A-Za-zĐđ]|{YEAR}/))")
_HEAD = re.compile(rf"(?<![{LETTER}0-9/.,_-]){NUMBER}(?:\s?[-/]\s?{YEAR})?(?:\s?\\?{DASH}\s?[A-Za-zĐđ&]{{1,10}})?\s?$")
_BEFORE = re.compile(rf"{NUMBER_SIGN}$", re.IGNORECASE)
_YEARLIKE = re.compile(YEAR + "$")
# A bare number after these words is a document ("Nghị định 68", "Chỉ thị 11"); after others it counts or dates.
_BARE_TYPES = frozenset(
    [
        "nghị định",
        "nghị quyết",
        "chỉ thị",
        "kết luận",
        "thông tư",
        "quyết định",
        "quy định",
        "thông báo",
        "hướng dẫn",
        "công văn",
        "công điện",
    ]
)
# "công điện số 1852 ngày 30/11/2020": with a day behind it a number is a document's, in lower case too.
_DAY_BEHIND = re.compile(rf"\s+{DAY_BEGINS}", re.IGNORECASE)
# Types whose symbol the Party shares with another type, but the State does not: its Quy định carry QyĐ (Nghị định 30/2020/NĐ-CP).
_STATE_TYPES = {"qđ": "Quyết định", "tb": "Thông báo"}
_UNIT_BEHIND = re.compile(
    r"\s*(?:%|người|đồng|tỷ|triệu|năm|tháng|ngày|quý|khâu|nhóm|nội\s+dung|chỉ\s+tiêu|nhiệm\s+vụ|trường\s+hợp|"
    r"cơ\s+quan|đơn\s+vị|điểm|mục|tiêu\s+chí|giải\s+pháp|lần|đợt|phường|xã|huyện|cấp|tổ|lượt|cuộc|đồng\s+chí|"
    rf"[x×]\s*[0-9])(?![{LETTER}])",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Found:
    """A reference in the reading text, before the corpus is known. Offsets are reading offsets."""

    start: int
    end: int
    kind: str
    type: str | None
    rule: str
    number: str | None = None
    symbol: str | None = None
    year: int | None = None
    party: bool = False
    name: str | None = None
    scope: str | None = None
    issuer: str | None = None
    issuer_key: str | None = None
    date: str | None = None
    title: str | None = None
    title_start: int = -1
    extent: int = 0
    listed: bool = False
    bad_date: str | None = None
    stated_issuer: bool = False
    shared: bool = False


def find_references(layout: Layout, bodies: BodyReader, own: str | None = None) -> list[Found]:
    """All references of the reading text, in text order, with what stands behind each.

    `own` is the number that the heading states ("12", with its symbol "NQ-CP": "12 NQ-CP"); the line that states it is no
    reference.
    """
    text = layout.text
    words = lexicon()
    found = _cores(text, words)
    for i, f in enumerate(found[:4] if own else []):
        if (
            f.rule == "code-alone"
            and own == f"{f.number} {f.symbol}"
            and _BEFORE.search(text[max(0, f.start - 8) : f.start])
        ):
            del found[i]
            break
    _read_tails(text, found, bodies)
    _share(text, found)
    _title_laws(text, found)
    return found


_APPOSED = re.compile(r"\s*[:,(–-]?\s*")


def _title_laws(text: str, found: list[Found]) -> None:
    """ "Luật số 146/2025/QH15 của Quốc hội: Luật sửa đổi, bổ sung …": the name behind a law's number is its title."""
    for law, name in itertools.pairwise(found):
        if (
            law.kind == "numbered"
            and name.kind == "named"
            and law.title is None
            and law.type == name.type
            and law.type in ("Luật", "Bộ luật", "Pháp lệnh")
            and name.start - law.extent <= 4
            and _APPOSED.fullmatch(text, law.extent, name.start)
        ):
            law.title, law.title_start = clean_title(text[name.start : name.end]), name.start


def _cores(text: str, words: Lexicon) -> list[Found]:
    found: list[Found] = []
    taken = 0
    for index, start, end in words.find_types(text):
        if start < taken or not is_word(text, start, end):
            continue
        word = words.words[index]
        # Most type words are followed by neither number nor name; one look at the next letter tells.
        openers = _NAME_OPENERS.get(word, _OPENERS)
        if openers is not None and text[end : end + 2].lstrip()[:1] not in openers:
            continue
        got = list(_at_type(text, start, end, word, words))
        if got:
            found += got
            taken = max(f.end for f in got)
    found += _orphans(text, found, words)
    found.sort(key=lambda f: (f.start, -f.end))
    return found


def _at_type(text: str, start: int, end: int, word: str, words: Lexicon) -> Iterator[Found]:
    kind = words.types[word]
    gap = _TO_NUMBER.match(text, end)
    if gap is not None and gap.end() - end > 12 and _names_type(gap.group(), words):
        gap = None  # "Hướng dẫn của UBKT Trung ương thực hiện Quy định số 22-QĐ/TW": the number is the inner document's
    title = None
    if gap is None and word in ("luật", "bộ luật", "pháp lệnh"):
        gap = _LAW_NUMBER.match(text, end)
        if gap is not None:
            title = " ".join(text[start : gap.end("name")].split())
    if gap is not None:
        typed = bool(_TYPED.search(gap.group()))
        for f in _numbers(text, start, gap.end(), kind.name, words, typed=typed, bare=word in _BARE_TYPES, title=title):
            if word == "văn bản" and f.symbol and (head := re.split("[-/]", f.symbol)[0].lower()) in words.by_symbol:
                # "văn bản số 37-QĐ/TW": any document; which type it is, the symbol tells or leaves open.
                known = words.type_of(head)
                f.type = known.name if known else None
            yield f
        return
    named = _named(text, start, end, word)
    for n in named:
        yield Found(
            n.start,
            n.end,
            "named",
            n.type,
            n.rule,
            year=n.year,
            name=n.name,
            scope=n.scope,
            issuer=n.issuer,
            title=n.title,
        )


# What may follow a type word before its number: a figure, "số", "của … số", "chuyên đề số", emphasis, a colon.
_OPENERS = frozenset("0123456789sScClLmMkK*_:") | {""}
# … and before its name: "Đại hội", "Trung ương", "Hội nghị", "Ban Chấp hành"; a law's name may begin with any letter.
_NAME_OPENERS = {
    "nghị quyết": _OPENERS | frozenset("đĐtThHbB"),
    "kết luận": _OPENERS | frozenset("tThHbB"),
    "quy định": _OPENERS | frozenset("tThHbB"),
} | dict.fromkeys(("luật", "bộ luật", "pháp lệnh", "điều lệ", "hiến pháp", "chuyên đề"), None)


def _names_type(text: str, words: Lexicon) -> bool:
    return any(is_word(text, start, end) for _, start, end in words.find_types(text))


def _numbers(
    text: str, start: int, at: int, kind: str, words: Lexicon, *, typed: bool, bare: bool, title: str | None
) -> Iterator[Found]:
    """A code at `at`, or plain numbers that share the symbol of the code behind them."""
    plain: list[tuple[int, int, str]] = []
    begin = at
    while True:
        match = CODE.match(text, begin)
        code = read_code(text, match, typed=typed or bare) if match else None
        if code:
            break
        number = LONE_NUMBER.match(text, begin)
        joint = _JOINT.match(text, number.end()) if number else None
        if not number:
            break
        plain.append((begin, number.end(), number["number"]))
        if not joint or not text[joint.end() : joint.end() + 1].isdigit() or len(plain) > 20:
            break
        begin = joint.end()
    if code:
        rule = "code" if typed else "code-without-so"
        for i, (number_start, number_end, digits) in enumerate(plain):
            yield _coded(start if i == 0 else number_start, number_end, kind, digits, code, "code-enumeration")
        first = _coded(
            start if not plain else code.start, code.end, kind, code.number, code, "code-enumeration" if plain else rule
        )
        if title:
            first.title, first.rule = title, "law-number"
        yield first
        yield from _more(text, code, kind, words)
    elif plain and bare:
        number_start, number_end, digits = plain[0]
        dated = typed and _DAY_BEHIND.match(text, number_end)
        capital = text[start].isupper() and not _YEARLIKE.match(digits) and not _UNIT_BEHIND.match(text, number_end)
        if len(digits) <= 4 and (dated or capital):
            if text[number_end : number_end + 1] not in ("/", "-", "–") or text[number_end + 1 : number_end + 2] == " ":
                yield Found(start, number_end, "numbered", kind, "bare-number", number=digits)


def _coded(start: int, end: int, kind: str | None, number: str, code: Code, rule: str) -> Found:
    return Found(
        start, end, "numbered", kind, rule, number=number, symbol=code.symbol, year=code.year, party=code.party
    )


def _more(text: str, code: Code, kind: str, words: Lexicon) -> Iterator[Found]:
    """Further codes that share the type word: "Nghị quyết số 15-NQ/TU, 16-NQ/TU", "Luật số 43/2024/QH15, số 47/2024/QH15"."""
    at = code.end
    while True:
        joint = _JOINT.match(text, at)
        match = CODE.match(text, joint.end()) if joint else None
        following = read_code(text, match, typed=False) if match else None
        if not following or following.head.rstrip("0123456789") != code.head.rstrip("0123456789"):
            return
        yield _coded(following.start, following.end, kind, following.number, following, "code-enumeration")
        at = following.end


def _orphans(text: str, found: list[Found], words: Lexicon) -> list[Found]:
    """Codes with no type word directly before them: "(15-NQ/TW)", "số 11-NQ/TW ngày …; số 13-NQ/TW ngày …"."""
    spans = sorted((f.start, f.end) for f in found)
    more: list[Found] = []
    i = taken = 0
    for slash in _SLASH.finditer(text):
        here = slash.start()
        while i < len(spans) and spans[i][1] <= here:
            i += 1
        if here < taken or (i < len(spans) and spans[i][0] <= here):
            continue
        head = _HEAD.search(text, max(0, here - 16), here)
        if not head:
            continue
        at = head.start()
        match = CODE.match(text, at)
        if not match:
            continue
        lead = text[max(0, at - 6) : at]
        numbered = _BEFORE.search(lead) is not None
        code = read_code(text, match, typed=False)
        if not code:
            continue
        kinds = words.by_symbol.get(code.head, ())
        if not kinds and not (numbered and code.symbol):
            continue
        if kinds and not numbered and "/" not in code.symbol and code.symbol.count("-") == 0 and not code.year:
            continue
        kind = words.type_of(code.head)
        name = kind.name if kind else _STATE_TYPES.get(code.head) if not code.party and "/" not in code.symbol else None
        more.append(_coded(code.start, code.end, name, code.number, code, "code-alone"))
        taken = code.end
    return more


def _named(text: str, start: int, end: int, word: str) -> list[Named]:
    if word == "nghị quyết":
        return read_congress(text, start) or read_plenum(text, start)
    if word in ("kết luận", "quy định"):
        return read_plenum(text, start)
    if word in ("luật", "bộ luật", "pháp lệnh"):
        return read_law(text, start, end)
    if word == "điều lệ":
        return read_charter(text, start)
    if word == "hiến pháp":
        return read_constitution(text, start)
    if word == "chuyên đề":
        return read_topic(text, start)
    return []


def _read_tails(text: str, found: list[Found], bodies: BodyReader) -> None:
    """From the last reference to the first, since a title may hold the references behind it."""
    starts: list[int] = []
    extents: list[int] = []
    outer = 0
    inner = [False] * len(found)
    for i, f in enumerate(found):
        inner[i] = f.end <= outer  # "Luật sửa đổi … của Luật A và Luật B ngày …": the day is the outer law's
        outer = max(outer, f.end)
    for i in range(len(found) - 1, -1, -1):
        f = found[i]
        following = Following(starts[-1:-41:-1], extents[-1:-41:-1])
        tail = Tail(f.end) if inner[i] else read_tail(text, f.end, bodies, following, joint="LT-" in (f.symbol or ""))
        f.extent = tail.extent
        f.date, f.bad_date = tail.date, tail.bad_date
        if tail.issuer:
            f.issuer, f.issuer_key, f.stated_issuer = tail.issuer, tail.issuer_key, True
            f.scope = tail.issuer_scope or f.scope
        # "quy định chi tiết một số điều của Luật Đấu thầu về lựa chọn nhà thầu": "về" goes on with the outer title; a law
        # is named by its own.
        if tail.title and not (f.kind == "named" and f.title):
            f.title, f.title_start = tail.title, tail.title_start
        starts.append(f.start)
        extents.append(f.extent)


def _share(text: str, found: list[Found]) -> None:
    """What stands behind the last of a list holds for all of it.

    "Nghị quyết số 18, 19-NQ/TW của Ban Chấp hành Trung ương", "Nghị định 62/2020/NĐ-CP, Nghị định 106/2020/NĐ-CP của
    Chính phủ về VTVL": the issuer goes to members that stand bare; the title also to members that have just a date.
    """
    for i in range(len(found) - 2, -1, -1):
        f, g = found[i], found[i + 1]
        if g.start < f.extent or g.start - f.extent > 12:
            continue
        between = text[f.extent : g.start]
        if not re.fullmatch(rf"{FOOTNOTE}\s*(?:,|và|,\s*và)\s*", between):
            continue
        f.listed = True
        bare = f.extent == f.end
        if bare and g.issuer and not f.issuer and not g.date and f.kind == g.kind == "numbered":
            f.issuer, f.issuer_key = g.issuer, g.issuer_key
            f.scope = f.scope or g.scope
        if (
            f.title is None
            and g.title
            and not f.stated_issuer
            and not (g.date and not f.date)  # what stands behind a day tells of that document alone
            and f.kind == g.kind == "numbered"
            and f.rule != "law-number"
        ):
            f.title, f.shared = g.title, True
