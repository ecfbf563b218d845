"""Laws, codes and ordinances: by which names they are called, which number each has, and which was in force on a day.

`tables/laws.csv` holds facts of the laws' own texts (number, day of passage, day of effect); `tables/laws.txt` further names whose
numbers are not entered.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from chidao.extract.language.letters import early_tones, lower, slug
from chidao.extract.language.symbols import code_key
from chidao.extract.language.tables import rows

KNOWN_UNTIL = "2025-09-30"
"""To this day the table has every version of the laws in it; which one a later text means stays open."""
LONGEST_NAME = 120
"""Characters of the key of a law that is called by what it does to others, behind its type."""
_CODE = re.compile(r"(?P<number>[0-9]+)/(?P<year>[0-9]{4})/(?P<symbol>\S+)")
_GLUED = re.compile(r"(?:năm|ngày|số)\s*[0-9]")
"""What loses its blank behind a name in a scan or an italic line: "địa phươngnăm 2025"."""


@dataclass(frozen=True, slots=True)
class Law:
    """A law with a number; `key` is that of its document, days are ISO, `replaces` are the numbers of those in whose place it stands."""

    type: str
    name: str
    number: str
    symbol: str
    year: int
    passed: str
    in_force: str
    replaces: tuple[str, ...]

    @property
    def code(self) -> str:
        """Its code as it is printed: "31/2024/QH15"."""
        return f"{self.number}/{self.year}/{self.symbol}"

    @property
    def key(self) -> str:
        """The key of its document."""
        return f"vn/{slug(self.type)}/{code_key(self.number, self.symbol, self.year)}"


@cache
def laws() -> dict[str, tuple[Law, ...]]:
    """Return the versions of each law by its name as a key ("luat/dat-dai"), the oldest first."""
    found: dict[str, list[Law]] = defaultdict(list)
    for row in rows("laws.csv"):
        code = _CODE.fullmatch(row["number"])
        assert code, row
        law = Law(
            row["type"], row["name"], code["number"], code["symbol"], int(code["year"]), row["passed"], row["in_force"],
            tuple(filter(None, row["replaces"].split("|"))),
        )  # fmt: skip
        found[f"{slug(law.type)}/{slug(law.name)}"].append(law)
    return {name: tuple(versions) for name, versions in found.items()}


def in_force(name: str, day: str) -> tuple[Law, ...]:
    """Return the version of a law that a text of `day` means by its bare name; two where the next is passed and not yet in force, none
    where the table cannot tell.

    >>> [law.number for law in in_force("luat/dat-dai", "2015-03-01")], len(in_force("luat/dat-dai", "2024-03-01"))
    (['45'], 2)
    """
    versions = [law for law in laws().get(name, ()) if law.passed <= day]
    current = [i for i, law in enumerate(versions) if law.in_force <= day]
    if not current or day > KNOWN_UNTIL or _ends().get(versions[-1].code, "9999") <= day:
        return ()
    return tuple(versions[current[-1] :])


def over(name: str, day: str) -> tuple[Law, ...]:
    """Return the law of this name that has ended by `day`, and the one of another name in its place; none where it has not, or where the
    table cannot tell. Papers go on to say the old name: "Luật Khiếu nại, tố cáo".

    >>> [law.code for law in over("luat/khieu-nai-to-cao", "2026-03-10")], over("luat/dat-dai", "2026-03-10")
    (['09/1998/QH10', '02/2011/QH13'], ())
    """
    last = laws().get(name, ())[-1:]
    following = _following().get(last[0].code) if last else None
    return (*last, following) if following and following.in_force <= day else ()


@cache
def _ends() -> dict[str, str]:
    """Return on which day another law, of whatever name, took the place of each that has one behind it."""
    return {code: law.in_force for code, law in _following().items()}


def replaced_by(key: str, day: str) -> tuple[Law, str] | None:
    """Return the law that stands in the place of the one with this key by `day`, and since when that one is over.

    >>> law, since = replaced_by("vn/luat/77-2015-qh13", "2025-12-10")
    >>> law.code, since
    ('72/2025/QH15', '2025-03-01')
    """
    law, over, code = None, None, _codes().get(key, "")
    while (following := _following().get(code)) and following.in_force <= day:
        law, over, code = following, over or following.in_force, following.code
    return (law, over) if law and over else None


@cache
def _codes() -> dict[str, str]:
    return {law.key: law.code for versions in laws().values() for law in versions}


@cache
def _following() -> dict[str, Law]:
    return {code: law for versions in laws().values() for law in versions for code in law.replaces}


@cache
def law_names() -> dict[str, str]:
    """Return the full name of a law by every name that it is called by, in lower case: also "mttq việt nam", "tổ chức hđnd và ubnd"."""
    lines = files("chidao.extract").joinpath("tables/laws.txt").read_text("utf-8").splitlines()
    names = {line.strip().lower(): line.strip() for line in lines if line.strip() and not line.startswith("#")}
    for row in rows("laws.csv"):
        for called in (row["name"], *filter(None, row["also"].split("|"))):
            names[called.lower()] = row["name"]
    return {shorter: names[called] for called in names for shorter in _shortened(called)} | names


def _shortened(called: str) -> set[str]:
    """The name with some or all of the words in it that offices shorten in their short forms."""
    spellings = {called}
    for row in rows("short_in_laws.csv"):
        spellings |= {spelling.replace(row["full"].lower(), row["short"].lower()) for spelling in spellings}
    return spellings


@cache
def _tree() -> dict[str, list[tuple[str, str]]]:
    """Names by their first two letters, the longest first: squeezed, with the full name."""
    tree: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for called in sorted(law_names(), key=len, reverse=True):
        squeezed = _squeezed(called)
        tree[squeezed[:2]].append((squeezed, law_names()[called]))
    return tree


def _squeezed(text: str) -> str:
    """What remains of a name where scans lose blanks and writers commas ("quyphạm", "Phòng chống thiên tai")."""
    return "".join(early_tones(lower(text)).replace(",", " ").split())


LONGEST = 200
"""Characters of text in which a name stands; the longest name takes 90."""


def known_law(text: str, at: int) -> tuple[int, str] | None:
    """Return where the law that is named at `at` ends, and its full name; of several the longest."""
    window = text[at : at + LONGEST]
    squeezed = _squeezed(window)
    for name, full in _tree().get(squeezed[:2], ()):
        if squeezed.startswith(name):
            end = at + _end(window, len(name))
            if not text[end : end + 1].isalpha() or _GLUED.match(text, end):
                return end, full
    return None


def _end(window: str, letters: int) -> int:
    """Where so many characters that are neither blank nor comma end."""
    at = 0
    while letters:
        letters -= not (window[at].isspace() or window[at] == ",")
        at += 1
    return at


def is_cut(name: str) -> bool:
    """Is this the beginning of a law's name and none itself: "Quản lý", "Giám"?"""
    squeezed = _squeezed(name)
    return any(len(known) > len(squeezed) and known.startswith(squeezed) for known, _ in _tree().get(squeezed[:2], ()))
