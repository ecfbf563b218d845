"""Line ends within a heading's parts, where a page or a mail program broke them: healed, so that each part stands on one line.

Only breaks after which nothing else can follow are healed: "ngày 21" / "tháng 11 năm 2025", "Số:" / "5680/CT-CS", "CỘNG HÒA XÃ HỘI" /
"CHỦ NGHĨA VIỆT NAM". A blank takes the place of each line end, so every offset stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise, repeat

from chidao.extract.language.composing import Rule, rules, spaced
from chidao.extract.language.letters import LETTER, LOWER, UPPER, places_of
from chidao.extract.language.lexicon import lexicon
from chidao.extract.language.organs import organs
from chidao.extract.language.tables import words
from chidao.extract.mentions.body_heads import heads

_BREAK = r"[*_]{0,3}[ \t\r]*\n[ \t*_]*"
_AT = rf"(?P<at>{_BREAK})"
_DAY_AT = r"(?P<at>[*_]{0,3}[ \t\r|]*\n[ \t*_|]*)"
"""A day may be broken over two rows of a table with one column too."""
# A search for a letter is the fastest one: that of either case would be slower.
_DAY, _MONTH, _YEAR = "[Nn](?:gày|GÀY)", "[Tt](?:háng|HÁNG)", "[Nn](?:ăm|ĂM)"
_PLACE = rf"[{UPPER}][{LETTER}]{{1,8}}"
_NUMBER = r"^[*_| \t]*(?:Số|SỐ|Sô)[ \t]*+:?[ \t]*+"


_GAP = rf"(?:{_BREAK}|[ \t]+)"
_NATION, _PARTY = (
    f"(?P<at>{_GAP.join(map(spaced, title.split()))})"
    for title in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "ĐẢNG CỘNG SẢN VIỆT NAM")
)


DAYS = rules(
    ("month", rf"{_DAY}[ \t.…]*[0-9]{{0,2}}{_DAY_AT}(?={_MONTH}\s)", "Cần Thơ, ngày 21\ntháng 11 năm 2025"),
    ("day", rf"{_DAY}[ \t]*{_DAY_AT}(?=[0-9]{{1,2}}\s+{_MONTH}\s)", "Cần Thơ, ngày\n21 tháng 11 năm 2025"),
    ("figure of the month", rf"{_MONTH}[ \t]*{_DAY_AT}(?=[0-9]{{1,2}}\s+{_YEAR}\s)", "ngày 21 tháng\n11 năm 2025"),
    ("year", rf"{_MONTH}[ \t.…]*[0-9]{{0,2}}{_DAY_AT}(?={_YEAR}\s*[0-9.…])", "ngày 21 tháng 11\nnăm 2025"),
    ("figure of the year", rf"{_MONTH}[ \t]*[0-9]{{1,2}}[ \t]+{_YEAR}[ \t]*{_DAY_AT}(?=[12][0-9]{{3}})", "ngày 21 tháng 11 năm\n2025"),
    flags=re.MULTILINE,
)  # fmt: skip
_FIGURES = " \t.…0123456789*_"


_DAY_LINES = 4
"""What goes on with a day stands on no more lines below the one that breaks off; blank ones may stand between."""
_GOES_ON, _BREAKS_OFF = frozenset("0123456789tTnN"), frozenset(f"{_FIGURES}mMyYgG")
"""The letters with which the rest of a day begins below, "tháng", "năm" or a figure, and with which the line above it ends."""


def _breaks_day(line: str) -> bool:
    """May the line end within a day? Most headings break none, and need no search for the five."""
    return line.endswith(("ăm", "ĂM")) or line.rstrip(_FIGURES).endswith(("gày", "GÀY", "háng", "HÁNG"))


NUMBERS = rules(
    ("number", rf"{_NUMBER}{_AT}(?=[0-9]{{1,5}}\s*[-/][0-9{UPPER}/])", "Số:\n5680/CT-CS"),
    ("symbol", rf"{_NUMBER}[0-9]{{1,5}}[ \t]*{_AT}(?=[-/][{UPPER}])", "Số: 5680\n/CT-CS"),
    (
        "within the symbol",
        rf"{_NUMBER}[0-9]{{1,5}}(?:[-/][{LETTER}0-9]{{1,8}}){{0,3}}[-/]{_AT}(?=[{UPPER}]{{2}}|[12][0-9]{{3}}/[{UPPER}])",
        "Số 19-CT/\nTU",
    ),
    flags=re.MULTILINE,
)  # fmt: skip
_BROKEN_NUMBER = re.compile(
    rf"(?:Số|SỐ|Sô)[ \t]*+:?[ \t]*+(?:[0-9]{{1,5}}(?:(?:[-/][{LETTER}0-9]{{1,8}}){{0,3}}[-/])?)?[ \t*_\r]*+\n"
)
"""The same of a number."""
(_ABOUT,) = rules(
    ("what a letter is about", rf"^[*_ \t]*V/v[ \t]*:?{_AT}(?=[{LETTER}])", "V/v\nphòng, chống bệnh dại"),
    flags=re.MULTILINE,
)
_BEHIND_PLACE, _WITHIN_PLACE, *_TITLES = rules(
    ("behind the place", rf"^[*_ \t]*[{UPPER}][{LETTER}. ]{{2,30}},[ \t]*{_AT}(?={_DAY}\s)", "Hà Nội,\nngày 5 tháng 6 năm 2025"),
    (
        "within the place",
        rf"^[*_ \t]*(?!S[Ốố]\b){_PLACE}(?P<at>[ \t]*\n[ \t]*)(?={_PLACE}(?:\s{_PLACE}){{0,2}},\s+ngày\s)",
        "*Cần\nThơ, ngày 21 tháng 11 năm 2025*",
    ),
    ("title of the nation", _NATION, "CỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM"),
    ("title of the Party", _PARTY, "**ĐẢNG CỘNG SẢN**\n**VIỆT NAM**"),
    flags=re.MULTILINE,
)  # fmt: skip
_WORD = rf"[{UPPER}][{LOWER}]{{1,6}}"
_LINE_END = r"[ \t\r]*\n[ \t]*"
_SIGNERS = [name.upper().split() for name in (*(organ.name for organ in organs().values()), "Ủy ban nhân dân")]
_CUT = {(" ".join(name[:at]), name[at]) for name in _SIGNERS for at in range(1, len(name))}
_CUTS = "|".join(rf"{spaced(before)}(?={_LINE_END}{spaced(behind)}(?!\w))" for before, behind in sorted(_CUT))
_SIGNED = rules(
    ("signer", rf"\*\*{_WORD}(?P<at>{_LINE_END})(?={_WORD}(?:\s{_WORD}){{0,3}}\*\*)", "**Nguyễn\nVăn Mẫu**"),
    ("on whose behalf", rf"T/?M\.?\s+(?:{_CUTS})(?P<at>{_LINE_END})", "T/M BỘ CHÍNH\nTRỊ"),
)
"""A signer's name in bold type, and on whose behalf one signs: "**Nguyễn⏎Văn Mẫu**", "T/M BỘ CHÍNH⏎TRỊ"."""
_ONE_CELL = re.compile(r"^\|(?=[^|\n]+$)", re.MULTILINE)
"""The bar before a cell that stands on a line of its own, as some programs write tables as text."""
_BAR_ALONE = re.compile(r"\n[ \t]*\|[ \t\r]*(?=\n)")
"""A bar on a line of its own, between cells that stand each on its line."""
_MARKS = str.maketrans("*_\r\n|", "     ")
_HEAD = 6000
"""Characters; a heading with all its blank lines and bars is no longer."""


def heal(text: str, start: int = 0) -> str:
    """Return the text with the broken parts of the heading that begins at `start` on one line each.

    >>> heal("Huế, ngày 21\\ntháng 11 năm 2025\\n")
    'Huế, ngày 21 tháng 11 năm 2025\\n'
    """
    head, rest = text[start : start + _HEAD], text[start + _HEAD :]
    if head.startswith("|"):
        head = _ONE_CELL.sub(lambda bar: " " * len(bar.group()), head)
    if "\n|" in head:
        head = _BAR_ALONE.sub(lambda bar: " " * len(bar.group()), head)
    # What each rule needs of a line is seen at once, and most headings have none of it.
    lines = list(map(str.strip, head.split("\n"), repeat(" \t\r*_#|")))
    around = [
        n for n, (line, below) in enumerate(pairwise(lines)) if below[:1] in _GOES_ON and line[-1:] in _BREAKS_OFF
    ]
    if breaks := [n for n in around if _breaks_day(lines[n])]:
        head = _with_day(head, lines, breaks[0], breaks[-1])
    for wrap in _broken(head, lines):
        head = wrap.pattern.sub(_on_one_line, head)
    begun, broken = _broken_types()
    head = head if begun.isdisjoint(lines) else broken.sub(_on_one_line, head)
    head = head if _broken_names().keys().isdisjoint(lines[:_HEADING]) else _with_names(head)
    healed = text[:start] + head + rest
    signer, for_whom = _SIGNED
    healed = signer.pattern.sub(_on_one_line, healed) if "**" in healed else healed
    return for_whom.pattern.sub(_on_one_line, healed)


def _broken(head: str, lines: Sequence[str]) -> list[Rule]:
    """The rules that may heal the head, whose lines say `lines`."""
    wraps = [*NUMBERS] if _BROKEN_NUMBER.search(head) else []
    behind = [below for line, below in pairwise(lines) if line[-1:] == ","]
    wraps += (_BEHIND_PLACE,) if any("gày" in below[:4].lower() for below in behind) else ()
    wraps += (_ABOUT,) if "V/v" in lines or "V/v:" in lines else ()
    wraps += (_WITHIN_PLACE,) if any(map(str.isalpha, lines)) else ()
    wraps += _TITLES if "CỘNG" in head else ()
    return wraps


def _with_day(head: str, lines: Sequence[str], first: int, last: int) -> str:
    """The heading with a day on one line that is broken from line `first` to line `last`; `lines` are what each says."""
    starts = [0, *[end + 1 for end in places_of("\n", head)], len(head) + 1]
    below = [n for n in range(last + 1, len(lines)) if lines[n]][:_DAY_LINES]
    begin, end = starts[first], starts[below[-1] + 1]
    day = head[begin:end]
    for wrap in DAYS:
        day = wrap.pattern.sub(_on_one_line, day)
    return f"{head[:begin]}{day}{head[end:]}"


@cache
def _broken_types() -> tuple[frozenset[str], re.Pattern[str]]:
    """A type word in capitals, alone, with a line end within: "QUYẾT⏎ĐỊNH"; and what may stand before that. What begins with a shorter type
    word is that one with a title below it: "CHƯƠNG TRÌNH⏎HÀNH ĐỘNG"."""
    types = {word.upper() for word in lexicon().types}
    behind: dict[str, set[str]] = {}
    for word in types:
        parts = word.split()
        for i in range(1, len(parts)):
            if (before := " ".join(parts[:i])) not in types:
                behind.setdefault(before, set()).add(" ".join(parts[i:]))
    cuts = "|".join(
        rf"{re.escape(before)}(?={_BREAK}(?:{'|'.join(map(re.escape, sorted(rest)))})[*_ \t]*$)"
        for before, rest in sorted(behind.items())
    )
    return frozenset(behind), re.compile(rf"^[*_# \t]*(?:{cuts}){_AT}", re.MULTILINE)


_HEADING = 45
"""Lines in which the issuer stands, and below the title who decides."""


def _with_names(head: str) -> str:
    """The heading with each name of a body or an office on one line that is broken: "ỦY⏎BAN NHÂN DÂN"."""
    cut, printed = _broken_names(), head.split("\n")
    lines = [line.strip(" \t\r*_#") for line in printed[: _HEADING + 1]]
    for n in range(len(lines) - 2, -1, -1):
        if lines[n + 1].partition(" ")[0] in cut.get(lines[n], ()):
            end = sum(len(line) + 1 for line in printed[: n + 1]) - 1
            begin, stop = len(head[:end].rstrip(_MARKED)), len(head) - len(head[end:].lstrip(_MARKED))
            head = f"{head[:begin]}{' ' * (stop - begin)}{head[stop:]}"
    return head


_MARKED = " \t\r\n*_"
"""What may stand between the two lines of a name: their end, and the marks of emphasis."""


@cache
def _broken_names() -> dict[str, frozenset[str]]:
    """What of a body's name may stand on a line before its end, in capitals, and with which words the next line then goes on."""
    names = {head.text.upper() for head in heads()} | {office.upper() for office in words("office")}
    whole = names | {word.upper() for word in lexicon().types}
    cut: dict[str, set[str]] = {}
    for name in names:
        parts = name.split()
        for at in range(1, len(parts)):
            if (before := " ".join(parts[:at])) not in whole:
                cut.setdefault(before, set()).add(parts[at])
    return {before: frozenset(behind) for before, behind in cut.items()}


def _on_one_line(match: re.Match[str]) -> str:
    begin, end = match.start("at") - match.start(), match.end("at") - match.start()
    printed = match.group()
    return printed[:begin] + printed[begin:end].translate(_MARKS) + printed[end:]
