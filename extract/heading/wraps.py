"""Line ends within a heading's parts, where a page or a mail program broke them: healed, so that each part stands on one line.

Only breaks after which nothing else can follow are healed: "ngày 21" / "tháng 11 năm 2025", "Số:" / "5680/CT-CS", "CỘNG HÒA XÃ HỘI" /
"CHỦ NGHĨA VIỆT NAM". A blank takes the place of each line end, so every offset stays.
"""

from __future__ import annotations

import re

from chidao.extract.language.letters import LETTER, LOWER, UPPER

_BREAK = r"[*_]{0,3}[ \t\r]*\n[ \t*_]*"
_WRAPS = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        # the day: "Cần Thơ, ngày 21⏎tháng 11 năm 2025", "Hà Nội,⏎ngày 5 tháng 6 năm 2025", "tháng 11⏎năm 2025", "năm⏎2025"
        rf"[Nn](?:gày|GÀY)[ \t.…]*[0-9]{{0,2}}(?P<at>{_BREAK})(?=[Tt](?:háng|HÁNG)\s)",
        rf"[Nn](?:gày|GÀY)[ \t]*(?P<at>{_BREAK})(?=[0-9]{{1,2}}\s+[Tt](?:háng|HÁNG)\s)",
        rf"[Tt](?:háng|HÁNG)[ \t]*(?P<at>{_BREAK})(?=[0-9]{{1,2}}\s+[Nn](?:ăm|ĂM)\s)",
        rf"[Tt](?:háng|HÁNG)[ \t.…]*[0-9]{{0,2}}(?P<at>{_BREAK})(?=[Nn](?:ăm|ĂM)\s*[0-9.…])",
        rf"[Tt](?:háng|HÁNG)[ \t]*[0-9]{{1,2}}[ \t]+[Nn](?:ăm|ĂM)[ \t]*(?P<at>{_BREAK})(?=[12][0-9]{{3}})",
        rf"^[*_ \t]*[{UPPER}][{LETTER}. ]{{2,30}},[ \t]*(?P<at>{_BREAK})(?=[Nn](?:gày|GÀY)\s)",
        # the place: "*Cần⏎Thơ, ngày 21 tháng 11 năm 2025*"
        rf"^[*_ \t]*[{UPPER}](?!Ố\b|ố\b)[{LETTER}]{{1,8}}(?P<at>[ \t]*\n[ \t]*)(?=[{UPPER}][{LETTER}]{{1,8}}"
        rf"(?:\s[{UPPER}][{LETTER}]{{1,8}}){{0,2}},\s+ngày\s)",
        # the number: "Số:⏎5680/CT-CS", "Số: 5680/⏎CT-CS"
        rf"^[*_| \t]*(?:Số|SỐ|Sô)[ \t]*:?[ \t]*(?P<at>{_BREAK})(?=[0-9]{{1,5}}\s*[-/][0-9{UPPER}/])",
        rf"^[*_| \t]*(?:Số|SỐ|Sô)[ \t]*:?[ \t]*[0-9]{{1,5}}[ \t]*(?P<at>{_BREAK})(?=[-/][{UPPER}])",
        # the nation's and the Party's title
        rf"CỘNG(?P<at>{_BREAK})(?=H(?:ÒA|OÀ)\s+XÃ\s+HỘI)",
        rf"CỘNG\s+H(?:ÒA|OÀ)(?P<at>{_BREAK})(?=XÃ\s+HỘI\s+CHỦ)",
        rf"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ(?P<at>{_BREAK})(?=HỘI\s+CHỦ)",
        rf"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI(?P<at>{_BREAK})(?=CHỦ\s+NGHĨA)",
        rf"XÃ\s+HỘI\s+CHỦ(?P<at>{_BREAK})(?=NGHĨA\s+VIỆT)",
        rf"XÃ\s+HỘI\s+CHỦ\s+NGHĨA(?P<at>{_BREAK})(?=VIỆT\s+NAM)",
        rf"CHỦ\s+NGHĨA\s+VIỆT(?P<at>{_BREAK})(?=NAM\b)",
        rf"ĐẢNG(?P<at>{_BREAK})(?=CỘNG\s+SẢN\s+VIỆT)",
        rf"ĐẢNG\s+CỘNG(?P<at>{_BREAK})(?=SẢN\s+VIỆT)",
        rf"ĐẢNG\s+CỘNG\s+SẢN(?P<at>{_BREAK})(?=VIỆT\s+NAM)",
        rf"CỘNG\s+SẢN\s+VIỆT(?P<at>{_BREAK})(?=NAM\b)",
    )
)
_WORD = rf"[{UPPER}][{LOWER}]{{1,6}}"
_SIGNED = (
    re.compile(rf"(?<=\*\*){_WORD}(?P<at>[ \t\r]*\n[ \t]*)(?={_WORD}(?:\s{_WORD}){{0,3}}\*\*)"),
    re.compile(
        r"T/?M\.?\s+(?:BỘ\s+CHÍNH|BAN(?:\s+BÍ)?|BAN\s+THƯỜNG|BAN\s+CHẤP|ỦY(?:\s+BAN)?)(?P<at>[ \t\r]*\n[ \t]*)"
        r"(?=TRỊ|BÍ\s+THƯ|THƯ\b|THƯỜNG|VỤ|TRỰC|HÀNH|CHẤP|BAN\b|NHÂN)"
    ),
)
"""A signer's name in bold type, and on whose behalf one signs: "**Nguyễn⏎Văn A**", "T/M BỘ CHÍNH⏎TRỊ"."""
_HEAD = 6000
"""Characters; a heading with all its blank lines and bars is no longer."""


def heal(text: str, start: int = 0) -> str:
    """Return the text with the broken parts of the heading that begins at `start` on one line each.

    >>> heal("Huế, ngày 21\\ntháng 11 năm 2025\\n")
    'Huế, ngày 21 tháng 11 năm 2025\\n'
    """
    head, rest = text[start : start + _HEAD], text[start + _HEAD :]
    for wrap in _WRAPS:
        head = wrap.sub(_on_one_line, head)
    healed = text[:start] + head + rest
    for wrap in _SIGNED if "**" in healed else _SIGNED[1:]:
        healed = wrap.sub(_on_one_line, healed)
    return healed


def _on_one_line(match: re.Match[str]) -> str:
    begin, end = match.start("at") - match.start(), match.end("at") - match.start()
    printed = match.group()
    return printed[:begin] + " " * (end - begin) + printed[end:]
