"""Lists of documents that have ended, whole or in part, or are suspended, as offices publish them each year (Nghị định số 34/2016/NĐ-CP,
mẫu danh mục văn bản hết hiệu lực): a row for each, with what of it has ended, why, and on which day.

What the reason names as the document that replaced, repealed or amended the row's one is a relation between the two. A list that is
proposed tells nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from chidao.extract.language.composing import one_of, rules
from chidao.extract.language.dates import DATE, ONLY_DAY, iso_date
from chidao.extract.language.letters import lower, places_of
from chidao.extract.language.patterns import (
    AGENT,
    BEGINS_FORCE,
    DENIES,
    DIVISION,
    EFFECT,
    INTENDS,
    PASSIVE,
    PROPOSES,
    WHOLE,
)
from chidao.extract.language.tables import CHANGES, force_verbs, key, read_relation
from chidao.extract.language.verbs import COMPLEMENT, verbs
from chidao.extract.mentions.provision_chains import find_chains, provisions_of
from chidao.extract.model import Force, Relation
from chidao.extract.reading.grids import Cell, find_grids, heads_numbers, lines_of
from chidao.extract.statements.passage import Passage
from chidao.extract.statements.relations.clauses import shares
from chidao.extract.statements.said import said_in
from chidao.ontology.authority import types_of

ROW = "row-"
"""With what the names of rules begin whose evidence is a row."""
_OVER = rf"(?:hết|ngưng)\s+{EFFECT}"
COLUMNS = rules(
    ("part", rf"(?:(?:tên\s+)?(?:nội\s+dung|quy\s+định|điều|khoản|điểm|phần)[,\s/]*)+{_OVER}", "Nội dung, quy định hết hiệu lực"),
    ("reason", rf"l[ýí]\s+do(?:\s+{_OVER}|\s*$)", "Lý do hết hiệu lực, ngưng hiệu lực"),
    ("day", rf"(?:ngày|thời\s+(?:điểm|gian))(?:\s*,?\s*(?:tháng|năm))*\s+{_OVER}", "Ngày hết hiệu lực"),
    ("begin", rf"(?:ngày|thời\s+(?:điểm|gian))\s+{BEGINS_FORCE}", "Thời điểm có hiệu lực"),
    ("code", r"(?:tên\s+loại[,;\s]+)?số(?:\s*,|\s*/|\s+và)?\s*(?:ký\s+)?hiệu", "Số, ký hiệu; ngày, tháng, năm ban hành văn bản"),
    flags=re.IGNORECASE,
)  # fmt: skip
"""What the header of each column begins with."""
_TELLING = "|".join(rule.pattern.pattern for rule in COLUMNS if rule.name in ("day", "begin", "reason"))
_HEADER = re.compile(rf"(?:^|[|│┃║\t]|[ ]{{2}})[ *_]*(?:{_TELLING})", re.IGNORECASE | re.MULTILINE)
"""What the text of a list has where a cell begins."""
_IN_HEADER = re.compile(rf"{EFFECT}|l[ýí]\s+do")
"""What is in each such header, in lower case; `_AROUND` it stands the whole, in characters."""
_AROUND = 200
_HEADED = re.compile(rf"{_OVER}|có\s+{EFFECT}", re.IGNORECASE)
_CAPTION = re.compile(rf"[^\n]*{_OVER}[^\n]*", re.IGNORECASE)
_PROPOSED = re.compile(rf"(?<!\w)(?:{PROPOSES}|{INTENDS}|dự\s+thảo|cần)(?!\w)", re.IGNORECASE)
_RESTS = re.compile(
    rf"(?:{one_of(verb.verb for verb in force_verbs().values() if verb.event == 'suspended')}|đình\s+chỉ)",
    re.IGNORECASE,
)

_ALL = re.compile(rf"(?:{WHOLE}|cả)(?:\s+(?:nội\s+dung\s+)?(?:của\s+)?văn\s+bản)?", re.IGNORECASE)
_VERB = rf"(?P<verb>{verbs('passive', CHANGES)})(?!\w)"
_BY = re.compile(rf"(?<!\w)(?:{PASSIVE}\s+)?{_VERB}{COMPLEMENT}\s+(?:{AGENT})\s*:?\s[^|;.]{{0,60}}?$", re.IGNORECASE)
"""Before the document that did it: "Được thay thế bởi Quyết định A", "Bị bãi bỏ tại khoản 2 Điều 5 Nghị quyết A"."""
_DOES = re.compile(rf"\s*(?:,?\s*ngày\s+{DATE.pattern}\s*)?(?:(?:đã|này)\s+)*(?:{PASSIVE}\s+)?{_VERB}", re.IGNORECASE)
"""Behind it: "Được Quyết định A thay thế", "Quyết định A đã bãi bỏ"."""
_NOT = re.compile(rf"(?<!\w){DENIES}(?!\w)", re.IGNORECASE)
_NUMBER = re.compile(r"[ \t*_]*(?P<n>[0-9]{1,4})\s*[.)]?[ \t*_]*")
_ISO = re.compile(r"(?<![0-9])20[0-9]{2}-[01][0-9]-[0-3][0-9](?![0-9])")
_WHY = re.compile(
    rf"[ \t*_]*(?:(?:đã\s+)?{PASSIVE}\s|hết\s+(?:thời\s+hạn|{EFFECT})|đối\s+tượng\s|không\s+còn\s|do\s)", re.IGNORECASE
)
"""How a reason begins that stands on a line of its own."""
_WHAT = re.compile(rf"[ \t*_]*(?:các\s+)?{DIVISION}\s", re.IGNORECASE)
_ABOVE = 600
"""Characters above a table in which stands what it lists."""
_MOST = 12
"""Lines at most of a header with a cell a line, and twice that of a row; documents at most that a reason names."""

Span = tuple[int, int]
Cells = Mapping[str, Span]
"""Where the cells of a row stand, by column; "document" is all before what is said of it."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What lists of ended documents say."""

    force: tuple[Force, ...] = ()
    relations: tuple[Relation, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    """Where the tables stand, in text order: what their cells say is told by row, and is no rule of the document."""

    def hold(self, at: int) -> bool:
        """Does a table hold the offset?"""
        n = bisect_right(self.spans, at, key=lambda span: span[0]) - 1
        return n >= 0 and at < self.spans[n][1]


@dataclass(slots=True)
class _Table:
    """A list in characters of the text: where it begins, what stands above it, its columns, and its rows."""

    start: int
    above: str
    columns: frozenset[str]
    rows: list[tuple[str, Cells]] = field(default_factory=list)
    """Each with the heading of its group."""

    @property
    def end(self) -> int:
        return max(end for _, cells in self.rows for _, end in cells.values())


def _has_header(text: str) -> bool:
    """Does a cell of the text begin like the header of a list? In most texts there is none, and no table is looked for."""
    low = lower(text)
    words = (at for at in places_of(("hiệu", "lý", "lí"), low) if _IN_HEADER.match(low, at))
    return any(_HEADER.search(text, max(0, at - _AROUND), at + _AROUND) for at in words)


def find_listed(text: str, reading: Callable[[int], int], passage: Passage) -> Listed:
    """Return what the lists of `text` say, its lines as they stand in the source; `reading` leads from its characters to the passage's."""
    headed = said_in(passage.layout.low)["why and since when"]
    if not headed or passage.heading.type in types_of("proposing") or not _has_header(text):
        return Listed()
    reader = _Reader(passage)
    force: list[Force] = []
    relations: list[Relation] = []
    spans: list[Span] = []
    for table in (*_grids(text), *_stacks(text)):
        before = -1
        spans.append((reading(table.start), reading(table.end)))
        for group, cells in table.rows:
            placed = {name: (reading(start), reading(end)) for name, (start, end) in cells.items()}
            i = reader.document(placed, before)
            if i >= 0 and (told := reader.told(i, placed, table, group)):
                force.append(told)
                relations += reader.changed_by(i, placed, told.event)
            before = i
    return Listed(tuple(force), tuple(relations), tuple(sorted(spans)))


def column_of(header: str) -> str:
    """Return what the column with this header holds; "" where it is none of those that are read.

    >>> column_of("Số, ký hiệu; ngày, tháng, năm ban hành văn bản"), column_of("Ngày hết hiệu lực"), column_of("Ghi chú")
    ('code', 'day', '')
    """
    said = " ".join(header.split()).strip(" *_|")
    return next((rule.name for rule in COLUMNS if rule.pattern.match(said)), "")


def heads_list(said: Sequence[str]) -> bool:
    """Are these cells the header of a list of ends, or of beginnings?"""
    return len(said) > 2 and _is_list([column_of(words) for words in said], said)


def _is_list(columns: Sequence[str], said: Sequence[str]) -> bool:
    why = any(column == "reason" and _HEADED.search(words) for column, words in zip(columns, said, strict=True))
    return "day" in columns or "begin" in columns or (why and "code" in columns)


def _grids(text: str) -> Iterator[_Table]:
    """Yield the lists whose rows are lines of cells."""
    for grid in find_grids(text):
        table: _Table | None = None
        at: list[str] = []
        group = ""
        for row in grid:
            said = [cell.text for cell in row.cells]
            columns = [column_of(words) for words in said]
            if len(said) > 2 and _is_list(columns, said):
                if table and table.rows:
                    yield table
                table, at, group = _Table(row.start, _above(text, row.start), frozenset(columns)), columns, ""
            elif table and len([words for words in said if words.strip(" .-")]) < 3 and _heads(said):
                group = " ".join(said)
            elif table and len(said) > 2 and (cells := _cells(row.cells, at)):
                table.rows.append((group, cells))
        if table and table.rows:
            yield table


def _heads(said: Sequence[str]) -> bool:
    """Is a row the heading of those below it?"""
    return any(words.isupper() and len(words) > 6 for words in said) or len(said) == 1


def _above(text: str, start: int) -> str:
    """The last caption above a table that says what it lists."""
    found = list(_CAPTION.finditer(text, max(0, start - _ABOVE), start))
    return found[-1].group() if found else ""


def _cells(cells: Sequence[Cell], columns: Sequence[str]) -> dict[str, Span]:
    """The cells of a row that are read; what stands before the first of them that tells of an end is the document's."""
    found = {name: (cell.start, cell.end) for name, cell in zip(columns, cells, strict=False) if name and cell.text}
    first = next((n for n, name in enumerate(columns) if name not in ("", "code")), len(columns))
    own = [cell for cell in cells[:first] if cell.text]
    if own:
        found["document"] = own[0].start, own[-1].end
    return found


def _stacks(text: str) -> Iterator[_Table]:
    """Yield the lists whose cells stand on lines of their own below each other."""
    lines = [(start, end) for start, end in lines_of(text) if text[start:end].strip()]
    k = 0
    while k < len(lines):
        if not heads_numbers(text[slice(*lines[k])]):
            k += 1
            continue
        after = next((n for n in range(k + 1, min(k + _MOST, len(lines))) if _NUMBER.fullmatch(text, *lines[n])), k + 1)
        said = _headers(text, lines[k + 1 : after])
        columns = [column_of(words) for words in said]
        if _is_list(columns, said):
            table = _Table(lines[k][0], _above(text, lines[k][0]), frozenset(columns))
            after = _take(text, lines, after, table)
            if table.rows:
                yield table
        k = max(k + 1, after)


def _headers(text: str, lines: Sequence[Span]) -> list[str]:
    """The headers of columns on lines below each other; one goes on in a line that begins low."""
    said: list[str] = []
    for start, end in lines:
        words = text[start:end].strip(" \t*_")
        if said and words[:1].islower():
            said[-1] += f" {words}"
        else:
            said.append(words)
    return said


def _take(text: str, lines: Sequence[Span], k: int, table: _Table) -> int:
    """Take the rows from line `k` on into the table, and return the line behind the last of them."""
    row: list[Span] = []
    last, opened = 0, False
    while k < len(lines):
        number = _NUMBER.fullmatch(text, *lines[k])
        opens = number is not None and int(number["n"]) in (1, last + 1)
        if opens and (row or not opened):
            if row:
                table.rows.append(("", _stacked(text, row, table.columns)))
            last, row, opened = int(number["n"]) if number else last, [], True
        elif heads_numbers(text[slice(*lines[k])]) or len(row) >= 2 * _MOST:
            break
        else:
            row.append(lines[k])
        k += 1
    if row:
        table.rows.append(("", _stacked(text, row, table.columns)))
    return k


def _stacked(text: str, row: Sequence[Span], columns: frozenset[str]) -> dict[str, Span]:
    """The cells of a row with a cell a line, each known by what it holds: up to the first line that is a day and no more."""
    day = next((n for n, line in enumerate(row) if n and ONLY_DAY.fullmatch(text, *line)), None)
    end = len(row) if day is None else day
    why = next((n for n in range(1, end) if _WHY.match(text, *row[n])), end)
    what = next((n for n in range(1, why) if _WHAT.match(text, *row[n])), why) if "part" in columns else why
    parts = {"document": (0, what), "part": (what, why), "reason": (why, end)}
    found = {name: (row[a][0], row[b - 1][1]) for name, (a, b) in parts.items() if a < b}
    if day is not None:
        found["day" if "day" in columns else "begin"] = row[day]
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads rows whose cells are placed in the reading text."""

    passage: Passage

    def document(self, cells: Cells, before: int) -> int:
        """The document of a row, -1 where none is read; of a row that goes on the one `before`."""
        if "document" not in cells:
            return before
        start, end = cells.get("code") or cells["document"]
        own = [*self.passage.starting(start, end), *self.passage.starting(*cells["document"])]
        return next((i for i in own if self.passage.is_top(i) and self.passage.references[i].number), -1)

    def told(self, i: int, cells: Cells, table: _Table, group: str) -> Force | None:
        """What a row says of its document."""
        start, end = min(a for a, _ in cells.values()), max(b for _, b in cells.values())
        caption = group if _HEADED.search(group) else table.above
        if _PROPOSED.search(table.above) or _PROPOSED.search(group):
            return None
        if "begin" in table.columns:
            day = self._day(cells.get("begin"))
            return Force(start, end, "", i, "in_force", day, (), (), None, -1, f"{ROW}begins") if day else None
        part, reason = self._said(cells.get("part")), self._said(cells.get("reason"))
        rests = _RESTS.search(caption) and "hết hiệu lực" not in key(caption)
        rests = rests or ("part" not in cells and _RESTS.match(reason) is not None)
        partly = bool(part.strip(" .-")) and not _ALL.fullmatch(part.strip(" ."))
        if not part:
            partly = shares(caption) == {"part"}
        event = "suspended" if rests else "partly_expires" if partly else "expires"
        scope = self._paths(cells["part"]) if partly and part else ()
        return Force(start, end, "", i, event, self._day(cells.get("day")), scope, (), None, -1, f"{ROW}{event}")

    def _said(self, span: Span | None) -> str:
        return self.passage.text[slice(*span)] if span else ""

    def _day(self, span: Span | None) -> str | None:
        if span is None:
            return None
        if iso := _ISO.search(self.passage.text, *span):  # as a workbook keeps a day
            return iso.group()
        match = DATE.search(self.passage.text, *span)
        return iso_date(match) if match else None

    def _paths(self, span: Span) -> tuple[str, ...]:
        """The provisions that a cell names; of words that have ended in one ("Cụm từ “cấp huyện” tại Điều 2") nobody says that it has."""
        if "“" in self._said(span):
            return ()
        chains = find_chains(self.passage.text, *span)
        return tuple(dict.fromkeys(path for chain in chains for _, _, path, _ in provisions_of(chain, ())))

    def changed_by(self, i: int, cells: Cells, event: str) -> Iterator[Relation]:
        """Yield what the document that the reason of a row names did to the row's one."""
        span = cells.get("reason")
        if span is None or event == "suspended" or _NOT.search(self._said(span)):
            return
        text, end = self.passage.text, span[1]
        for k in self.passage.starting(*span)[:_MOST]:
            f = self.passage.references[k]
            verb = _BY.search(text, span[0], f.start) or _DOES.match(text, f.end, end)
            if verb is None or self.passage.same(i, k):
                continue
            predicate = read_relation(verb["verb"]).predicate
            if event == "partly_expires" and predicate in ("replaces", "repeals"):
                predicate = "amends"
            start = self.passage.references[i].start
            yield Relation(k, predicate, i, min(start, f.start), f.end, verb["verb"], "explicit", f"{ROW}ends")
            return


def with_listed(relations: Sequence[Relation], listed: Listed) -> list[Relation]:
    """Return the relations with those that lists tell of, none twice."""
    known = {(r.subject, r.predicate, r.object) for r in relations}
    return [*relations, *(r for r in listed.relations if (r.subject, r.predicate, r.object) not in known)]


__all__ = ["COLUMNS", "ROW", "Listed", "column_of", "find_listed", "heads_list", "with_listed"]
