"""To whom a document goes: the entries of "Nơi nhận" at its end, on the left of the signature, one below the other or on one line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chidao.extract.heading.lines import AROUND, columns
from chidao.extract.heading.signature import SIGNS_FOR_WHOM
from chidao.extract.language.patterns import RECIPIENTS

OPENS = re.compile(rf"^[\s*_]*{RECIPIENTS}\s*:?", re.IGNORECASE)
_STARRED = re.compile(r"\*\s+([^*].*)")  # a bullet of Markdown
_NEAR_SIGNATURE = 60
"""Lines between a signature and its recipients at most; what stands further on belongs to a form in an annex."""


def read_recipients(lines: Sequence[str], signed: int | None) -> tuple[str, ...]:
    """Return the entries of "Nơi nhận", without dashes and closing marks; wrapped lines are joined. `signed` is the line of the
    signature."""
    start = next(
        (
            n
            for n, line in enumerate(lines)
            if ("nhận" in line or "NHẬN" in line) and OPENS.match(f"{_begun(lines[n - 1])}{alone(line)}")
        ),
        None,
    )
    if start is None or (signed is not None and start > signed + _NEAR_SIGNATURE):
        return ()
    behind = OPENS.sub("", columns(alone(lines[start]))[0]).strip("*_ :")
    entries = in_one_line(behind) if is_dashed(behind) or "; Lưu" in behind else []
    entries += _entries(lines[start + 1 : start + 60]) if not entries or entries[-1].endswith(";") else []
    found = [entry.rstrip(";,.").strip() for entry in entries]
    return tuple(entry for entry in found if entry.strip(" -;,."))


def _begun(above: str) -> str:
    """What the line above says where the heading of the recipients is broken in two: "Nơi⏎nhận:"."""
    said = above.strip(" |*_\r")
    return f"{said} " if said.lower() == "nơi" else ""


def alone(line: str) -> str:
    """Return the line without the bar before a table's first cell: "| **Nơi nhận:**", "| **Nơi nhận:** | **CHÁNH VĂN PHÒNG** |"."""
    bare = line.strip()
    return bare.lstrip("|*_ ") if bare.startswith("|") else bare


def _entries(lines: Sequence[str]) -> list[str]:
    """The entries at the head of `lines`, each without its dash, up to a line that is no entry's."""
    found: list[str] = []
    blank = 0
    for line in lines:
        entry = entry_of(line)
        if not entry:
            blank += 1
            if found and (blank > 1 or found[-1].lower().startswith("lưu")):
                break
            continue
        if is_dashed(entry):
            found += in_one_line(entry)
        elif found and not blank and _goes_on(line, entry, found[-1]):
            found[-1] += " " + entry
        elif found:
            break
        blank = 0
    return found


def in_one_line(behind: str) -> list[str]:
    """Return the entries that stand on one line: "- Như Điều 3; - UBND tỉnh; - Lưu: VT.", or without their dashes."""
    parts = r"(?<=;)\s*(?=[-–+•])|(?<=[;,.])\s+(?=[-–+•]\s)" if is_dashed(behind) else r"(?<=;)\s+"
    return [entry for part in re.split(parts, behind) if (entry := part.strip(" -–+•\\"))]


_DASHES = frozenset("-–•+")


def is_dashed(entry: str) -> bool:
    """Does an entry open with a dash, or with what stands for one?"""
    return (entry[1:2] if entry[:1] == "\\" else entry[:1]) in _DASHES


def entry_of(line: str) -> str:
    """Return what the left column of a line says, behind its dash; "" for a blank line."""
    starred = _STARRED.match(line.strip())
    first = columns(starred[1] if starred else alone(line))[0]
    return ("- " if starred else "") + first.strip(AROUND)


def _goes_on(line: str, entry: str, before: str) -> bool:
    """Is the line more of the entry before it, and not of the signature's column or of another part?"""
    indent = len(line) - len(line.lstrip())
    shouts = entry.isupper() and not (before.endswith((":", ",")) and entry.endswith((";", ".", ",")))
    return indent < 20 and not SIGNS_FOR_WHOM.match(entry) and not shouts and not before.endswith((";", "."))
