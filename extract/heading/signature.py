"""The end of a document: who signed it, in what role, and to whom it goes (Nơi nhận).

Nghị định 30/2020/NĐ-CP, Phụ lục I, and Hướng dẫn 36-HD/VPTW put the signature block on the right ("TM. ỦY BAN NHÂN DÂN" /
"KT. CHỦ TỊCH" / "PHÓ CHỦ TỊCH" / name) and the recipients on the left; annexes may follow both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from chidao.extract.heading.lines import columns
from chidao.extract.language.letters import LETTER, UPPER

RECIPIENTS = re.compile(r"^[\s*_]*Nơi\s+nhận\s*:?", re.IGNORECASE)
_SIGNS_FOR = re.compile(rf"^[\s*_]*(?:T/?M|KT|TL|TUQ|T/L|K/T|Q)(?:\.\s*|\s+)[*_]*\s*(?P<who>[{UPPER}].*)$")
_ROLE = re.compile(
    r"^(?:Q\.\s*)?(?:QUYỀN\s+)?(?:PHÓ\s+)?(?:TỔNG\s+BÍ\s+THƯ|BÍ\s+THƯ|THỦ\s+TƯỚNG|BỘ\s+TRƯỞNG|THỨ\s+TRƯỞNG|"
    r"CHỦ\s+TỊCH|GIÁM\s+ĐỐC|TRƯỞNG\s+BAN|CHÁNH\s+VĂN\s+PHÒNG|CHỦ\s+NHIỆM|"
    r"CHÁNH\s+THANH\s+TRA|CỤC\s+TRƯỞNG|VỤ\s+TRƯỞNG|TỔNG\s+GIÁM\s+ĐỐC|VIỆN\s+TRƯỞNG|CHÁNH\s+ÁN|TỔNG\s+THƯ\s+KÝ|"
    r"THỐNG\s+ĐỐC|TỔNG\s+KIỂM\s+TOÁN|HIỆU\s+TRƯỞNG|TRƯỞNG\s+PHÒNG|TƯ\s+LỆNH|CHỈ\s+HUY\s+TRƯỞNG|"
    r"THƯỜNG\s+TRỰC)[A-ZĐÀ-Ỹ\s,.]*$"
)
# Role and "T/M" stand in capitals; most lines hold no such word and need no closer look.
_CAPITALS = re.compile(rf"[{UPPER}]{{2,}}(?:[\s*|]|$)|T/M")
# Ranks and degrees before a name; Nghị định 30/2020/NĐ-CP, Phụ lục I, leaves degrees out, other people do not.
_RANK = re.compile(
    r"^(?:(?:(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|úy|uý)|Chuẩn\s+Đô\s+đốc|(?:Phó\s+)?Đô\s+đốc|"
    r"(?:GS|PGS|TSKH|TS|ThS|Ths|BS|CN|KS|LS|DS)\b\.?(?:\s*CKI{1,2})?|Bác\s+sĩ|Luật\s+sư|Ông|Bà|Đồng\s+chí)[\s.,]*)+(?=\S)"
)
# What begins with capitals and is nobody's name.
_NO_PERSON = re.compile(
    r"^(?:Chương|Phần|Mục|Điều|Khoản|Điểm|Luật|Bộ|Sở|Ban|Xã|Phường|Huyện|Quận|Tỉnh|Thành\s+phố|Thị\s+(?:trấn|xã)|Ủy\s+ban|"
    r"Uỷ\s+ban|Hội\s+đồng|Nghị|Thông\s+(?:tư|báo)|Quyết|Chỉ\s+thị|Kế\s+hoạch|Báo\s+cáo|Phụ\s+lục|Mẫu|Phòng|Cục|Vụ|Chi\s+cục|"
    r"Văn\s+(?:phòng|bản)|Cộng\s+hòa|Độc\s+lập|Kính|Căn|Công\s+(?:an|báo|ty)|Trung\s+(?:tâm|ương)|Trường|Tổng\s+(?:cục|công)|"
    r"Đảng|Mặt\s+trận|Quốc\s+hội|Chính\s+phủ|Biểu|Bảng|Số|Ngày|Đơn\s+vị|Người|Chủ\s+tịch|Giám\s+đốc|Thủ\s+trưởng)(?!\w)"
)
_PERSON = re.compile(rf"^[{UPPER}][{LETTER}]+(?:\s+[{UPPER}][{LETTER}]*){{1,5}}$")
_WORDS = {
    "chủ tịch": "Chủ tịch", "thủ tướng": "Thủ tướng", "bộ trưởng": "Bộ trưởng", "thứ trưởng": "Thứ trưởng", "bí thư": "Bí thư",
    "giám đốc": "Giám đốc", "trưởng ban": "Trưởng ban", "chánh": "Chánh", "chủ nhiệm": "Chủ nhiệm", "viện trưởng": "Viện trưởng",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signature:
    """`behalf` is what stands behind "T/M", `role` and `signer` as printed, `line` where the block begins."""

    behalf: str | None
    role: str | None
    signer: str | None
    line: int | None = None


def read_signature(lines: list[str]) -> Signature:
    """The last signature block before any annex: on whose behalf, role, name."""
    behalf = role = signer = None
    for n, line in enumerate(lines):
        if len(line) > 240 or not _CAPITALS.search(line):
            continue
        for cell in columns(line.strip()):
            bare = cell.strip().strip("*_").strip()
            match = _SIGNS_FOR.match(bare)
            is_role = _ROLE.match(bare) is not None and len(bare) < 60
            if not match and not is_role:
                continue
            if match:
                behalf = behalf or match["who"].strip("*_ ").strip()
            found = _signer(lines, n + 1)
            if is_role or (match and _ROLE.match(match["who"].strip("*_ "))):
                role = bare if is_role else role
            if found and (role or behalf):
                signer = found
                roles = [r for r in _roles(lines, n) if r]
                return Signature(behalf, roles[-1] if roles else role, signer, n)
    return Signature(behalf, role, signer)


def _roles(lines: list[str], start: int) -> list[str]:
    roles: list[str] = []
    for line in lines[start : start + 5]:
        for cell in columns(line.strip()):
            bare = cell.strip().strip("*_").strip()
            if _ROLE.match(bare):
                roles.append(bare)
    return roles


def _signer(lines: list[str], start: int) -> str | None:
    """The person's name below a role: the first line that is a name; blank lines, stamps and other roles may stand between."""
    for line in lines[start : start + 16]:
        for cell in reversed(columns(line.strip())):
            bare = _RANK.sub("", cell.strip().strip("*_[]()").strip())
            if (
                _PERSON.match(bare)
                and not _NO_PERSON.match(bare)
                and not bare.isupper()
                and not bare.startswith(("Nơi", "Lưu", "Như"))
                and not RECIPIENTS.match(bare)
            ):
                return bare
    return None


def role_name(role: str | None) -> str | None:
    """A role printed in capitals, in the letters of running text.

    >>> role_name("PHÓ CHỦ TỊCH")
    'Phó Chủ tịch'
    """
    if not role:
        return None
    text = " ".join(role.lower().split())
    for lowered, written in _WORDS.items():
        text = text.replace(lowered, written)
    for lowered, written in (("quốc hội", "Quốc hội"), ("chính phủ", "Chính phủ")):
        text = text.replace(lowered, written)
    return text[0].upper() + text[1:]


_NEAR_SIGNATURE = 60
"""Lines between a signature and its recipients at most; what stands further on belongs to a form in an annex."""


def read_recipients(lines: list[str], signed: int | None) -> tuple[str, ...]:
    """The entries of "Nơi nhận", without dashes and closing marks; wrapped lines are joined. `signed` is the signature's line."""
    start = next(
        (n for n, line in enumerate(lines) if ("nhận" in line or "NHẬN" in line) and RECIPIENTS.match(line.strip())),
        None,
    )
    if start is None or (signed is not None and start > signed + _NEAR_SIGNATURE):
        return ()
    found: list[str] = []
    blank = 0
    for line in lines[start + 1 : start + 60]:
        indent = len(line) - len(line.lstrip())
        starred = re.match(r"\*\s+([^*].*)", line.strip())  # a bullet of Markdown
        first = columns(starred[1] if starred else line.strip())[0].strip() if line.strip() else ""
        bare = ("- " if starred else "") + first.strip("*_ ").strip()
        if not bare:
            blank += 1
            if found and (blank > 1 or found[-1].lower().startswith("lưu")):
                break
            continue
        if re.match(r"^[-–•+]\s*", bare):
            found.append(re.sub(r"^[-–•+]\s*", "", bare))
        elif (
            found
            and blank == 0
            and indent < 20
            and not _SIGNS_FOR.match(bare)
            and not bare.isupper()
            and not found[-1].endswith((";", "."))
        ):
            found[-1] += " " + bare
        elif found:
            break
        blank = 0
    return tuple(re.sub(r"[;,.]+$", "", item).strip() for item in found if item.strip(" -;,."))
