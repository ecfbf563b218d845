"""Document registers (sổ đăng ký văn bản): a table with one document a row becomes one `Facts` a row.

The row's title is the text that is read: offsets count in the cell as it stands, and it is the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from chidao.extract.errors import SourceError
from chidao.extract.facts import Reading, facts_of
from chidao.extract.formats.kinds import Kind
from chidao.extract.formats.sheets import Sheet, SheetRow, json_sheets, kept_sheets, text_sheets
from chidao.extract.formats.source import errors_named
from chidao.extract.language.jurisdictions import Place, home_place, place_named, province_of
from chidao.extract.language.letters import lower
from chidao.extract.language.patterns import FORMER
from chidao.extract.language.symbols import issuer_of, issuer_part
from chidao.extract.language.tables import generic_symbols
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.mentions.issuing_bodies import read_issuer
from chidao.extract.model import BodyMention, Excerpt, Facts, Heading, HeadingPlaces, Source, Suspicion
from chidao.extract.reading.composed import compose
from chidao.extract.reading.layout import read_layout
from chidao.extract.registers.cells import (
    Code,
    Day,
    leading_type,
    plain,
    read_code_cell,
    read_day,
    read_day_behind,
    read_signer,
    recipients,
    type_of,
)
from chidao.extract.registers.columns import Columns, Table, find_table
from chidao.extract.registers.own_lead import read_own_lead
from chidao.extract.registers.tracker import is_tracker, read_tracker
from chidao.extract.registers.truecase import has_capitals, restore_capitals
from chidao.extract.registers.with_text import full_text, read_full_text
from chidao.extract.statements.law.ended_lists import heads_list

__all__ = ["is_register", "read_register"]

_FORMER = re.compile(FORMER, re.IGNORECASE)
_HEAD = 20_000
"""Characters, to the end of their line, that tell whether a text is a table."""
_ROWS = 60
"""Rows that tell whether it is a register."""


def is_register(text: str, kind: Kind, columns: Columns | None = None) -> bool:
    """Return whether text, a CSV table or JSON, has a register's columns: a title, and a number or a date, which most rows of a
    CSV table fill, since a report with a table in it is none, whatever the table's header says; or is a table of ended documents."""
    columns = columns or {}
    try:
        if kind is Kind.JSON:
            return any((table := find_table(sheet, columns)) and table.is_strong for sheet in json_sheets(text))
        line_end = text.find("\n", _HEAD)
        head = text[:line_end] if line_end > 0 else text
        sheets = [sheet for sheet in text_sheets(head) if len(sheet.rows[0].cells) > 1]
        if any(heads_list(sheet.rows[0].cells) for sheet in sheets):
            return True
        tables = (find_table(sheet, columns) for sheet in sheets)
        return any(table and table.is_strong and _is_filled(table) for table in tables)
    except SourceError:
        return False


def _is_filled(table: Table) -> bool:
    """Return whether most of the first rows have a number that is one, or a day; months have headings between the rows."""
    rows = [table.cells(row) for row in table.rows[:_ROWS]]
    good = sum(
        bool(read_code_cell(row.get("number", ""), "").number or read_day(row.get("date", "")).iso) for row in rows
    )
    return 0 < len(rows) <= 2 * good


def read_register(
    source: Source, kind: Kind, home: str | None = None, columns: Columns | None = None
) -> tuple[Facts, ...]:
    """Return the facts of each row of a register. `source` says where it comes from and holds the text of CSV and JSON, and of a
    workbook what `read_workbook` made of it. `home` names the jurisdiction of documents that do not say their own; `columns` the
    columns that have no header the table knows.

    Raises SourceError for a table without a column of numbers or titles, and ChidaoError for an unknown home or column."""
    with errors_named(source.path):
        return _read(source, kind, home_place(home), dict(columns or {}))


def _read(source: Source, kind: Kind, place: Place | None, chosen: Columns) -> tuple[Facts, ...]:
    table: Table | None = None
    rows: list[Facts] = []
    reader = _RowReader(replace(source, format=kind.value, text=""), place)
    seen: list[Sheet] = []
    text, source = source.text, reader.source if kind is Kind.XLSX else source
    tracked = not chosen and kind is not Kind.JSON
    for sheet in _sheets(text, kind):
        assigns = tracked and not rows and is_tracker(sheet)
        if assigns and (tracker := read_tracker(source, _of_one_file(text, kind, sheet), place)):
            return (tracker,)
        table = find_table(sheet, chosen)
        seen.append(sheet)
        if table is None:
            continue
        for row in table.rows:
            facts = reader.read(len(rows), row, table.cells(row))
            if facts is not None:
                rows.append(facts)
        if kind is Kind.CSV:
            break  # the other readings are of other delimiters
    if not rows and (tracker := read_tracker(source, seen, place)):
        return (tracker,)
    if not rows:
        raise SourceError(_refusal(seen, table, chosen))
    if seen[0].single and table and full_text(table.cells(table.rows[0])):
        return (replace(rows[0], row=None),)  # the file is the document
    return tuple(rows)


def _of_one_file(text: str, kind: Kind, sheet: Sheet) -> list[Sheet]:
    """Return the sheets that are read with one of them: all of a workbook; of a CSV's readings by other delimiters none."""
    return [sheet] if kind is Kind.CSV else list(_sheets(text, kind))


def _sheets(text: str, kind: Kind) -> Iterator[Sheet]:
    if kind is Kind.XLSX:
        return kept_sheets(text)
    return json_sheets(text) if kind is Kind.JSON else text_sheets(text)


def _refusal(sheets: list[Sheet], table: Table | None, columns: Columns) -> str:
    if table is not None:
        return "a register without rows"
    first = next((s for s in sheets if s.keys or (s.rows and len(s.rows[0].cells) > 1)), sheets[0] if sheets else None)
    if first is None or not (first.keys or first.rows):
        return "an empty table"
    if first.single and len(first.keys) < 2:
        return "JSON, but no list of objects: a register has one object for each document"
    names = [" ".join(n.split())[:40] for n in first.keys or first.rows[0].cells]
    listed = ", ".join(n for n in names[:12] if n)
    asked = f"no column is called {', '.join(repr(c) for c in columns.values())}; " if columns else ""
    missing = "no column of numbers (Số ký hiệu) or titles (Trích yếu)"
    return f"a table, but {asked}{missing} among: {listed}. {_advice(first, names)}"


def _advice(sheet: Sheet, names: list[str]) -> str:
    """Return what a clerk can do: the columns that hold documents' numbers and subjects by what stands in them, named."""
    rows = (sheet.rows if sheet.keys else sheet.rows[1:])[:_ROWS]
    columns = [[row.cells[i] for row in rows if i < len(row.cells) and row.cells[i].strip()] for i in range(len(names))]
    coded = [
        sum(bool(read_code_cell(cell, "").symbol or read_own_lead(plain(cell))) for cell in cells) for cells in columns
    ]
    numbers = max(range(len(names)), key=lambda i: coded[i], default=-1)
    if numbers < 0 or 2 * coded[numbers] < len(columns[numbers]) or not coded[numbers]:
        return "No column holds numbers such as 12/KH-UBND: it is no register of documents, or a column of numbers is missing"
    lengths = [sum(map(len, cells)) / len(cells) if cells else 0 for cells in columns]
    subject = max(range(len(names)), key=lambda i: lengths[i])
    said = [f"number={_named(names, numbers)}"] if subject != numbers else []
    return f"Say which column is which, by its header or its place: --columns '{'; '.join([*said, f'title={_named(names, subject)}'])}'"


def _named(names: list[str], i: int) -> str:
    usable = (
        names[i]
        and names.count(names[i]) == 1
        and not set(names[i]) & set(";='…")
        and not names[i].isdigit()
        and len(names[i]) < 40
    )
    return names[i] if usable else str(i + 1)


def _read_title(text: str, heading: Heading, place: Place | None, finder: BodyFinder, *, own: bool) -> Reading:
    """A row's title read as a document's whole text, under the heading that the columns give; it gives nobody a task. Where it begins with
    the document's `own` number, that is no reference."""
    # A line break within a cell is a blank: offsets stay. A title is one sentence, with the capitals that portals leave out.
    composed = compose(text.replace("\n", " ").replace("\r", " "))
    layout = replace(read_layout(composed), one_sentence=True)
    if not has_capitals(layout.text):
        layout = replace(layout, text=restore_capitals(lower(layout.text)))
    if heading.title:
        end = len(layout.text.rstrip())  # before the title only its type may stand
        heading = replace(heading, places=HeadingPlaces(title=(max(0, end - len(heading.title)), end)))
    given = {"composed": composed, "layout": layout, "heading": heading, "finder": finder, "tasks": []}
    whole = Reading(text, place, **given)
    if not own:
        return whole
    begin = heading.places.title[0] if heading.places.title else len(text)
    return Reading(
        text, place, **given, bodies=whole.bodies, suspicions=[s for s in whole.suspicions if s.start >= begin],
        references=[r for r in whole.references if r.start >= begin],
    )  # fmt: skip


class _Issuer(NamedTuple):
    """Who issued a row's document, as far as it says; `place` is the one whose "tỉnh" the row means."""

    name: str | None
    key: str | None
    scope: str | None
    place: Place | None


class _Said(NamedTuple):
    """What a row says of its document. `behind` is the title behind what its head says of it, where it says so, `leading` the type
    there."""

    code: Code
    day: Day
    issuer: _Issuer
    leading: str | None = None
    behind: str | None = None


class _RowReader:
    """Reads rows of one file; what rows share (finders of bodies, issuers as printed) is made once."""

    def __init__(self, source: Source, home: Place | None) -> None:
        self.source = source
        self.home = home
        self._finders: dict[str | None, BodyFinder] = {}
        self._named: dict[str, BodyMention | None] = {}

    def read(self, number: int, row: SheetRow, cells: Mapping[str, str]) -> Facts | None:
        """Return the facts of a row; None for one that holds neither number nor title (a month's heading, a sum)."""
        text = full_text(cells)
        if text and text == cells.get("title"):
            cells = {**cells, "title": ""}
        if cells.get("text") and not (text or cells.get("title") or cells.get("typed_title")):
            cells = {**cells, "title": cells.get("text", "")}  # "content" may be what the title is elsewhere
        raw = cells.get("title") or cells.get("typed_title") or ""
        if not raw.strip() and not cells.get("number", "").strip() and not text:
            return None
        said = self._said(cells, plain(raw))
        code, day, issuer = said.code, said.day, said.issuer
        heading = _heading(cells, said)
        if text:
            return self._with_text(number, text, heading, issuer)
        reading = _read_title(raw, heading, issuer.place, self._finder(issuer.place), own=said.behind is not None)
        facts = facts_of(replace(self.source, text=raw), reading)
        title = Excerpt(len(raw) - len(raw.lstrip()), len(raw.rstrip()), plain(raw), row.number)
        return replace(
            facts,
            sentences=(title,) if raw.strip() else (),
            references=tuple(replace(r, title=_as_printed(r.title, title.text)) for r in facts.references),
            row=number,
            suspicions=(*_doubts(cells, code, day), *facts.suspicions),
        )

    def _said(self, cells: Mapping[str, str], title: str) -> _Said:
        """Return what the row says of its number, day and issuer: in cells of their own, else at the head of its title."""
        code = read_code_cell(cells.get("number", ""), cells.get("symbol", ""))
        lead = read_own_lead(title)
        day = read_day(cells["date"]) if cells.get("date") else read_day_behind(code)
        printed = cells.get("issuer", "")
        if lead is None or not (
            code.number is None or _same(code, lead.code)
        ):  # or the title begins with another's number
            return _Said(code, day, self._issuer(printed, code.symbol))
        code = lead.code if code.number is None else code
        day = day if day.iso or day.bad else lead.day
        named, behind = self._named_first(lead.behind) if lead.of else (None, lead.behind)
        return _Said(code, day, self._issuer(printed or named or "", code.symbol), lead.type, lead.name or behind)

    def _named_first(self, text: str) -> tuple[str | None, str]:
        """Return the body that a text begins with, if it does, and the rest."""
        body = read_issuer(text[:1].upper() + text[1:], 0, self._finder(self.home))
        return (body.name, text[body.end :].strip(" ,;:–-")) if body else (None, text)

    def _with_text(self, number: int, text: str, fields: Heading, issuer: _Issuer) -> Facts:
        """Return the facts of a row that holds its document's text."""
        reading, notes = read_full_text(text, fields, issuer.place)
        source = replace(self.source, text=reading.text, notes=notes)
        return replace(facts_of(source, reading), row=number)

    def _finder(self, place: Place | None) -> BodyFinder:
        key = place.key if place else None
        if key not in self._finders:
            self._finders[key] = BodyFinder(place)
        return self._finders[key]

    def _issuer(self, printed: str, symbol: str | None) -> _Issuer:
        """Return the issuer that a cell names, as the home reads it; else the one that the symbol implies."""
        text = plain(printed)
        body = self._body(text[0].upper() + text[1:]) if text else None
        if body:
            return _Issuer(body.name, body.key, body.scope, _place_of(body, self.home))
        implied = self._implied(symbol)
        return implied._replace(name=" ".join(printed.split()), key=None) if text else implied

    def _body(self, text: str) -> BodyMention | None:
        """Return the body that is all of a text."""
        if text not in self._named:
            finder = self._finder(self.home)
            found = next(iter(finder.find(text)), None)
            if found is None or found.start:
                found = read_issuer(text, 0, finder)  # who heads it: "Chủ tịch UBND tỉnh Mẫu"
            whole = found is not None and found.start == 0 and not _FORMER.sub("", text[found.end :]).strip(" .,;-–")
            self._named[text] = found if whole else None
        return self._named[text]

    def _implied(self, symbol: str | None) -> _Issuer:
        """Return the issuer by the symbol: "QĐ-TTg" is central; "QĐ-UBND" is the home's where the home has such a body; a symbol
        that says nothing ("UBND-VX" does, "KH-BCĐ" does not) leaves the register's home."""
        home, issuer = self.home, issuer_of(symbol) if symbol else None
        if symbol and issuer and issuer.entry and issuer_part(symbol) in generic_symbols():
            issuer = None  # "TB-MTTQ-BTT" is of the Front's committee at any level
        if issuer and issuer.entry:
            return _Issuer(issuer.entry.name, issuer.entry.key, "vn", home)
        if home is None or (issuer and issuer.template and issuer.level != home.level):
            return _Issuer(None, None, None, home)  # a district's "NQ/HU" in a province's register: whose, nobody says
        if issuer and issuer.template:
            return _Issuer(home.fill(issuer.template.name), f"{home.key}/{issuer.template.slug}", home.key, home)
        return _Issuer(None, None, home.key, home)


def _same(a: Code, b: Code) -> bool:
    return (
        bool(a.number and b.number)
        and (a.number or "").lstrip("0") == (b.number or "").lstrip("0")
        and a.symbol == b.symbol
    )


def _heading(cells: Mapping[str, str], said: _Said) -> Heading:
    """Return a row's cells as a document's heading."""
    code, issuer = said.code, said.issuer
    title = plain(cells.get("title") or cells.get("typed_title") or "")
    stated = leading_type(plain(cells.get("type", "")))[0] or leading_type(plain(cells.get("number", "")))[0]
    leading, behind = leading_type(title)
    if said.behind is not None:
        stated, leading, title = stated or said.leading, said.leading, said.behind
    elif "title" not in cells and leading:
        stated, title = stated or leading, behind  # the column says that the title begins with its type
    signer, office = read_signer(cells.get("signer", ""))
    return Heading(
        type=type_of(code.symbol, code.party, stated, leading),
        number=code.number,
        symbol=code.symbol,
        year=code.year,
        date=said.day.iso,
        issuer=issuer.name,
        issuer_key=issuer.key,
        title=title or None,
        signer=signer,
        signer_role=" ".join(cells.get("signer_role", "").split()) or office,
        recipients=recipients(cells.get("recipients", "")),
        scope=issuer.scope,
    )


def _doubts(cells: Mapping[str, str], code: Code, day: Day) -> Iterator[Suspicion]:
    """Yield what looks like a number or a day and is none. It stands in another cell than the title, so without offsets."""
    printed = " ".join(cells.get("number", "").split())
    if code.number is None and printed:
        yield Suspicion(0, 0, printed, "no document number", "unreadable-number")
    if day.bad:
        yield Suspicion(0, 0, " ".join(day.bad.split()), "no such day", "impossible-date")


def _as_printed(title: str | None, text: str) -> str | None:
    """Return a mention's title without the capitals that were only given for reading."""
    at = lower(text).find(lower(title)) if title else -1
    return text[at : at + len(title)] if title and at >= 0 else title


def _place_of(body: BodyMention, home: Place | None) -> Place | None:
    """Return the place whose body an issuer is; a central one's is none, so that its "tỉnh" is nobody's."""
    if not body.scope or body.scope == "vn":
        return home if body.scope is None else None
    if "/" not in body.scope:
        return province_of(body.scope) or home
    return place_named(body.name, body.scope) or home
