"""Who a directive is meant for, as far as the texts say: its title, to whom it was sent, to whom it gives tasks.

A body is asked whether it has carried a directive out only where it is known to be meant. What is known, the surest first:

- a title that names provinces or a region ("… phát triển Thủ đô Hà Nội", "… vùng Tây Nguyên") means those alone, whoever it was sent to;
- those to whom it was sent, or gives a task: "Các tỉnh ủy, thành ủy", "UBND thành phố Hà Nội", "Các sở, ban, ngành";
- a resolution or directive of the Party's centre whose title limits it to nobody binds every province's committee (Điều lệ Đảng, Điều 9;
  of what these two kinds are for: Quy định 66-QĐ/TW of 2017);
- so does what provinces of three regions carry out; that one province alone does is no proof.

Anything else leaves it open, and nobody is said to have left it undone.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from chidao.extract.language.jurisdictions import find_province, named_provinces
from chidao.extract.language.letters import early_tones
from chidao.graph.answers.regions import regions_of, regions_on
from chidao.graph.select import Store, rows_of_each

_PARTY = re.compile(r"-(?:NQ|CT)/TW$")
_CAPITAL = re.compile(r"\bThủ đô\b")
_LISTED = re.compile(r"các tỉnh(?:,? thành phố)?:? (?P<names>\w[\w ]{2,30}(?:(?:,| và) \w[\w ]{2,30}){1,30})")
_SEPARATOR = re.compile(r", | và ")
_LIMITED = re.compile(
    r"\b(?:vùng|miền núi|ven biển|biên giới|hải đảo|một số|quân đội|quân ủy|công an nhân dân|đảng bộ|đảng đoàn|ban cán sự"
    r"|ở nước ngoài|khu vực|huyện|quận)\b"
)
"""What in a title says that the document is for some only, of whom no table tells."""
_SOME = re.compile(r"\b(?:liên quan|vùng|miền|có|giáp|ven|biên giới|khu vực|nơi|:)")
"""What behind "các tỉnh, thành phố" says that some are meant."""
_PLACE = re.compile(r" (?:tỉnh|thành phố) (?!ủy).{1,40}$|(?P<party> (?:tỉnh|thành) ủy) .{1,40}$")
"""The place that a body's full name ends with."""
_REGIONS_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Audience:
    """`why` names what tells who is meant ("title", "sent", "task", "issuer", "party", "carried", "" for nothing), `words` are the text's
    own; `keys` are the rows that are meant, and `others` says of all others whether they are: None where nobody says."""

    why: str = ""
    words: str | None = None
    keys: frozenset[str] = frozenset()
    others: bool | None = None

    def asked(self, key: str) -> bool | None:
        """Is a row meant? None where nobody says."""
        return True if key in self.keys else self.others

    def plain(self) -> dict[str, Any]:
        """As it is printed in JSON; `known` is whether anybody is known to be meant."""
        return {"why": self.why, "words": self.words, "known": bool(self.keys) or self.others is not None}


@dataclass(frozen=True, slots=True)
class Told:
    """What the texts tell of one directive: whom it was sent to, and the names of those who have a task in it."""

    sent: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()


Place = Callable[[str | None, Sequence[str]], str | None]
"""The row of a scope and of bodies, as a coverage's frame gives it."""


def told_of(store: Store, directives: Sequence[str]) -> Mapping[str, Told]:
    """Return what the texts tell of each of these documents, by IRI."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: {"sent": [], "tasks": []})
    for row in rows_of_each(store, "internal/document-recipients", "document", directives):
        found[row["document"]]["sent"].append(row["recipient"])
    for row in rows_of_each(store, "internal/document-task-parties", "document", directives):
        found[row["document"]]["tasks"].append(row["name"])
    return {iri: Told(tuple(names["sent"]), tuple(names["tasks"])) for iri, names in found.items()}


def audience(
    facts: Mapping[str, Any],
    told: Told,
    level: str,
    rows: Iterable[tuple[str, str]],
    place: Place,
    carried: Iterable[str],
) -> Audience:
    """Return whom a directive is meant for among the `rows` (key, name) of a level; `facts` are its row of `internal/document`, `carried`
    the keys of the rows that carry it out."""
    if level != "province":
        return _by_words(told, level, tuple(rows), place) or Audience()
    if facts.get("level") not in (None, "central"):
        return Audience(
            "issuer", facts.get("issuer"), _keys([facts.get("scope") or ""], place), False
        )  # for its own bodies
    title, day = facts.get("title") or "", facts.get("date") or facts.get("year") or ""
    if named := _named(title, day):
        return Audience("title", title, _keys(named, place), False)
    limited = bool(_LIMITED.search(_folded(title)))
    if (found := _by_words(told, level, tuple(rows), place)) and not limited:
        return found
    everybody = frozenset(key for key, _ in rows)
    if title and not limited and _PARTY.search(facts.get("code") or ""):
        return Audience("party", title, everybody, None)
    if not limited and len(regions_of(carried)) >= _REGIONS_ENOUGH:
        return Audience("carried", None, everybody, None)
    return Audience()


def _by_words(told: Told, level: str, rows: Sequence[tuple[str, str]], place: Place) -> Audience | None:
    """Whom the words of those to whom it was sent, or whom it gives tasks, mean; None where they mean no row."""
    for why, names in (("sent", told.sent), ("task", told.tasks)):
        for said in names:
            folded = _folded(said)
            for prefix, words in _words(level):
                if (match := words.search(folded)) and not _SOME.search(folded[match.end() :]):
                    return Audience(why, said, frozenset(k for k, name in rows if _folded(name).startswith(prefix)))
        own = {key: said for said in names for key in _rows_named(said, level, rows, place)}
        if own:
            return Audience(
                why, "; ".join(dict.fromkeys(own.values())), frozenset(own), None if why == "task" else False
            )
    return None


def _rows_named(said: str, level: str, rows: Sequence[tuple[str, str]], place: Place) -> set[str]:
    """The rows that a name of a body means: a province by its name, another body by its own without the place."""
    if level == "province":
        return set(_keys((j.slug for j in named_provinces(_party_places(said))), place))
    folded = _folded(said)
    listed = folded.removeprefix("các ") if folded.startswith("các sở:") else folded
    short = {key: _PLACE.sub(r"\g<party>", _folded(name)) for key, name in rows}
    return {
        key
        for key, name in short.items()
        if folded.startswith(name) or (listed is not folded and name.startswith("sở ") and name[3:] in listed)
    }


def _party_places(said: str) -> str:
    """A committee's name as its province's: "Thành ủy Hà Nội" is of "Thành phố Hà Nội"."""
    return re.sub(r"(?i)\b(tỉnh|thành) (?:ủy|uỷ)\b", lambda m: "tỉnh" if m[1].lower() == "tỉnh" else "thành phố", said)


def _named(title: str, day: str) -> set[str]:
    """The provinces that a title is about, by name or by their region."""
    found = {j.slug for j in named_provinces(_party_places(title))}
    if _CAPITAL.search(title):
        found.add("ha-noi")
    for listed in _LISTED.finditer(title):
        found |= {j.slug for name in _SEPARATOR.split(listed["names"]) if (j := find_province(name.strip()))}
    if not found:
        folded = _folded(title)
        region = next((provinces for name, provinces in regions_on(day) if name.lower() in folded), ())
        found |= set(region)
    return found


def _keys(slugs: Iterable[str], place: Place) -> frozenset[str]:
    return frozenset(key for slug in slugs if (key := place(slug, ())) is not None)


def _folded(text: str) -> str:
    return early_tones(" ".join(text.lower().split()))


@cache
def _table() -> list[dict[str, str]]:
    text = files("chidao.graph.answers").joinpath("audiences.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def _words(level: str) -> list[tuple[str, re.Pattern[str]]]:
    """What names all rows of a level, or all whose name begins so: the beginning, and the pattern."""
    return [(row["rows"], re.compile(row["words"])) for row in _table() if row["level"] == level]
