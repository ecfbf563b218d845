"""Document registers (sổ đăng ký văn bản): a table with one document a row becomes one `Facts` a row.

Columns are found by their headers, whose spellings stand in `tables/register_columns.csv`, from registers of offices (Nghị
định 30/2020/NĐ-CP, Phụ lục VI: sổ đăng ký văn bản đi, sổ đăng ký văn bản đến, mục lục văn bản) and exports of portals; or the
user names them. The row's title is the text that is read: offsets count in the cell as it stands, and it is the evidence.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import zip_longest

from chidao.extract.errors import ChidaoError, SourceError
from chidao.extract.facts import Reading, facts_of, home_place
from chidao.extract.formats.kinds import Kind
from chidao.extract.formats.sheets import Line, Sheet, json_sheets, text_sheets, workbook_sheets
from chidao.extract.formats.source import errors_named
from chidao.extract.language.codes import CODE, read_code
from chidao.extract.language.dates import iso_date
from chidao.extract.language.jurisdictions import Place, below, province
from chidao.extract.language.letters import UPPER, is_word, lower
from chidao.extract.language.lexicon import lexicon
from chidao.extract.language.patterns import ANY_DAY, YEAR
from chidao.extract.language.symbols import issuer_of
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.model import BodyMention, Excerpt, Facts, Heading, Source, Suspicion
from chidao.extract.registers.truecase import has_capitals, restore_capitals
from chidao.ontology.authority import jurisdictions

__all__ = [
    "FIELDS",
    "Columns",
    "header_key",
    "is_register",
    "parse_columns",
    "read_register",
]

FIELDS = ("number", "symbol", "date", "title", "typed_title", "issuer", "type", "signer", "signer_role", "recipients")
"""What a column may hold. `number` is the whole code as a rule ("189/KH-UBND"), with a `symbol` column beside it just the
number; `typed_title` begins with the type word ("Kế hoạch triển khai …")."""

_HEAD = 20_000
"""Characters, to the end of their line, that tell whether a text is a table."""
HEADER_LINES = 30
"""Above its header a sheet has the office's name, the register's and the year's."""

Columns = Mapping[str, str]
"""From a field to the header, or the number from 1, of the column that holds it."""


def header_key(header: str) -> str:
    """What counts of a header: its letters and figures, without marks and remarks in brackets.

    >>> header_key("Số, ký hiệu văn bản (1)"), header_key("so_ky_hieu"), header_key("Ngày ban\\nhành")
    ('sokyhieuvanban', 'sokyhieu', 'ngaybanhanh')
    """
    plain = unicodedata.normalize("NFD", re.sub(r"\([^()]*\)", " ", header).lower().replace("đ", "d").replace("ð", "d"))
    return "".join(c for c in plain if c.isalnum() and not unicodedata.combining(c))


@cache
def _known_headers() -> dict[str, dict[str, int]]:
    """Field to header key to rank: the row in the table, so that the closer name wins ("Ngày ban hành" before "Ngày")."""
    text = files("chidao.extract").joinpath("tables", "register_columns.csv").read_text("utf-8")
    found: dict[str, dict[str, int]] = {}
    for rank, row in enumerate(csv.DictReader(text.splitlines())):
        found.setdefault(row["field"], {}).setdefault(header_key(row["header"]), rank)
    return found


def parse_columns(given: Iterable[str]) -> dict[str, str]:
    """Columns as a user names them: "number=Số VB; title=Nội dung chính", or by place from 1: "number=2".

    Raises ChidaoError for a field that there is not."""
    found: dict[str, str] = {}
    for part in (p for text in given for p in text.split(";") if p.strip()):
        name, equals, header = (s.strip() for s in part.partition("="))
        if not equals or not header or name not in FIELDS:
            raise ChidaoError(f"not a column: {part.strip()!r}; write FIELD=HEADER with one of {', '.join(FIELDS)}")
        found[name] = header
    return found


@dataclass(frozen=True, slots=True)
class _Table:
    """Where each field stands (index of the cell), and the data rows."""

    columns: dict[str, int]
    lines: Sequence[Line]


def is_register(text: str, kind: Kind, columns: Columns | None = None) -> bool:
    """Return whether text, a CSV table or JSON, has a register's columns: a title, and a number or a date, which most rows of a
    CSV table fill, since a report with a table in it is none, whatever the table's header says."""
    columns = columns or {}
    try:
        if kind is Kind.JSON:
            return any(_strong(_table(sheet, columns)) for sheet in json_sheets(text))
        line_end = text.find("\n", _HEAD)
        head = text[:line_end] if line_end > 0 else text
        tables = (_table(sheet, columns) for sheet in text_sheets(head) if len(sheet.lines[0].cells) > 1)
        return any(_filled(table) for table in tables)
    except SourceError:
        return False


def _strong(table: _Table | None) -> bool:
    return (
        table is not None and _title_of(table.columns) is not None and bool({"number", "date"} & table.columns.keys())
    )


def _filled(table: _Table | None) -> bool:
    """Do most of the first rows have a number that is one, or a day?"""
    if table is None or not _strong(table):
        return False
    rows = [{f: line.cells[i] for f, i in table.columns.items() if i < len(line.cells)} for line in table.lines[:60]]
    good = sum(bool(_code(row.get("number", ""), "")[0] or _day(row.get("date", ""))[0]) for row in rows)
    return 0 < len(rows) <= 2 * good  # months have headings between the rows


def read_register(
    source: Source, kind: Kind, home: str | None = None, columns: Columns | None = None, data: bytes = b""
) -> tuple[Facts, ...]:
    """Return the facts of each row of a register. `source` says where it comes from and holds the text of CSV and JSON; a workbook
    is read from `data`. `home` names the jurisdiction of documents that do not say their own; `columns` the columns that have
    no header the table knows.

    Raises SourceError for a table without a column of numbers or titles, and ChidaoError for an unknown home or column."""
    with errors_named(source.path):
        return _read(source, kind, data, home_place(home), dict(columns or {}))


def _read(source: Source, kind: Kind, data: bytes, place: Place | None, chosen: Columns) -> tuple[Facts, ...]:
    table: _Table | None = None
    rows: list[Facts] = []
    reader = _RowReader(replace(source, format=kind.value, text=""), place)
    seen: list[Sheet] = []
    for sheet in _sheets(source.text, data, kind):
        table = _table(sheet, chosen)
        seen.append(sheet)
        if table is None:
            continue
        for line in table.lines:
            facts = reader.read(len(rows), line, table.columns)
            if facts is not None:
                rows.append(facts)
        if kind is Kind.CSV:
            break  # the other readings are of other delimiters
    if not rows:
        raise SourceError(_refusal(seen, table, chosen))
    return tuple(rows)


def _sheets(text: str, data: bytes, kind: Kind) -> Iterator[Sheet]:
    if kind is Kind.XLSX:
        return workbook_sheets(data)
    return json_sheets(text) if kind is Kind.JSON else text_sheets(text)


def _refusal(sheets: list[Sheet], table: _Table | None, columns: Columns) -> str:
    if table is not None:
        return "a register without rows"
    first = next((s for s in sheets if s.keys or len(s.lines[0].cells) > 1), sheets[0] if sheets else None)
    if first is None:
        return "an empty table"
    names = first.keys or first.lines[0].cells
    listed = ", ".join(" ".join(n.split())[:40] for n in names[:12] if n.strip())
    asked = f"no column is called {', '.join(repr(c) for c in columns.values())}; " if columns else ""
    return (
        f"a table, but {asked}no column of numbers (số ký hiệu) or titles (trích yếu) among: {listed}. "
        "Name them: --columns 'number=…; title=…'"
    )


def _table(sheet: Sheet, columns: Columns) -> _Table | None:
    """The sheet with its header found, or None when it has none that says what a register needs."""
    by_place = {f: int(c) - 1 for f, c in columns.items() if c.isdigit()}
    if sheet.keys:
        found = _match(sheet.keys, columns) | by_place
        return _Table(found, sheet.lines) if _enough(found) else None
    best: tuple[int, int, dict[str, int]] | None = None
    head = sheet.lines[:HEADER_LINES]
    for i, line in enumerate(head):
        # Cells that span columns or lines leave the rest blank: "Văn bản" above "Số ký hiệu" and "Ngày", beside "Trích yếu".
        above = head[i - 1].cells if i else ()
        spanned = [c or d for c, d in zip_longest(line.cells, above, fillvalue="")]
        for cells in (line.cells, spanned):
            found = _match(cells, columns)
            if found and _enough(found | by_place) and (best is None or len(found) > best[0]):
                best = len(found), i, found
    if best is None:
        return _Table(by_place, sheet.lines) if _enough(by_place) else None
    lines = sheet.lines[best[1] + 1 :]
    # Forms number their columns below the header: (1) (2) (3).
    while lines and all(re.fullmatch(r"\(?[0-9]{0,2}\)?", c.strip()) for c in lines[0].cells):
        lines = lines[1:]
    return _Table(best[2] | by_place, lines)


def _match(headers: Sequence[str], columns: Columns) -> dict[str, int]:
    """Which column holds which field. What the user names comes first; then no column serves two fields."""
    keys = [header_key(h) for h in headers]
    found: dict[str, int] = {}
    for name, header in columns.items():
        if not header.isdigit() and header_key(header) in keys:
            found[name] = keys.index(header_key(header))
    for name, known in _known_headers().items():
        fits = sorted((known[k], i) for i, k in enumerate(keys) if k in known and i not in found.values())
        if name not in found and fits:
            found[name] = fits[0][1]
    if "number" not in found and "symbol" in found:
        found["number"] = found.pop("symbol")  # "Ký hiệu" alone holds the whole code
    return found


def _enough(found: Mapping[str, int]) -> bool:
    return "number" in found or _title_of(found) is not None


def _title_of(found: Mapping[str, int]) -> int | None:
    return found.get("title", found.get("typed_title"))


class _RowReading(Reading):
    """A row's title read as a document's whole text, under the heading that the columns give."""

    def __init__(self, text: str, heading: Heading, place: Place | None, finder: BodyFinder) -> None:
        # A line break within a cell is a blank: a title is one sentence, and offsets stay.
        super().__init__(text.replace("\n", " ").replace("\r", " "), place)
        # The layers that the columns give stand where the cached ones would; a title gives nobody a task.
        self.__dict__ |= {"_heading": (heading, place), "finder": finder, "tasks": []}
        layout = self.layout
        if not has_capitals(layout.text):
            layout = replace(layout, text=restore_capitals(lower(layout.text)))
        layout.__dict__["boundaries"] = [0]  # "…. Kế hoạch …" goes on as evidence: the title is one sentence
        self.__dict__["layout"] = layout


class _RowReader:
    """Reads rows of one file; what rows share (finders of bodies, issuers as printed) is made once."""

    def __init__(self, source: Source, home: Place | None) -> None:
        self.source = source
        self.home = home
        self._finders: dict[str | None, BodyFinder] = {}
        self._issuers: dict[str, tuple[BodyMention | None, Place | None]] = {}

    def read(self, row: int, line: Line, columns: Mapping[str, int]) -> Facts | None:
        """The facts of a row; None for one that holds neither number nor title (a month's heading, a sum)."""
        cells = {name: line.cells[i] for name, i in columns.items() if i < len(line.cells)}
        raw = cells.get("title") or cells.get("typed_title") or ""
        if not raw.strip() and not cells.get("number", "").strip():
            return None
        heading, place, doubts = self._heading(cells)
        reading = _RowReading(raw, heading, place, self._finder(place))
        facts = facts_of(replace(self.source, text=raw), reading)
        title = Excerpt(len(raw) - len(raw.lstrip()), len(raw.rstrip()), _plain(raw), line.number)
        sentences = (title,) if raw.strip() else ()
        references = tuple(replace(r, title=_as_printed(r.title, title.text)) for r in facts.references)
        return replace(
            facts, sentences=sentences, references=references, row=row, suspicions=(*doubts, *facts.suspicions)
        )

    def _finder(self, place: Place | None) -> BodyFinder:
        key = place.key if place else None
        if key not in self._finders:
            self._finders[key] = BodyFinder(place)
        return self._finders[key]

    def _heading(self, cells: Mapping[str, str]) -> tuple[Heading, Place | None, list[Suspicion]]:
        doubts: list[Suspicion] = []
        number, symbol, year, party, rest = _code(cells.get("number", ""), cells.get("symbol", ""))
        if number is None and cells.get("number", "").strip():
            doubts.append(_doubt(cells["number"], "no document number", "unreadable-number"))
        day, bad = _day(cells.get("date", "") or (rest if _PRINTED.search(rest) else ""))
        if bad:
            doubts.append(_doubt(bad, "no such day", "impossible-date"))
        title = _plain(cells.get("title") or cells.get("typed_title") or "")
        kind = _leading_type(_plain(cells.get("type", "")))[0]
        leading, behind = _leading_type(title)
        if "title" not in cells and leading:
            kind, title = kind or leading, behind  # the column says that the title begins with its type
        kind = _type_of(symbol, party, kind, leading)
        issuer, place = self._issuer(cells.get("issuer", ""))
        name, key, scope = (issuer.name, issuer.key, issuer.scope) if issuer else (None, None, None)
        if issuer is None:
            name = " ".join(cells.get("issuer", "").split()) or None
            scope, implied, implied_key = self._implied(symbol)
            name, key = (name, None) if name else (implied, implied_key)
        signer, role = _signer(" ".join(cells.get("signer", "").split()))
        recipients = tuple(
            r for p in re.split(r"[;\n]", cells.get("recipients", "")) if (r := " ".join(p.split(" ")).strip(" -.,"))
        )
        heading = Heading(
            type=kind, number=number, symbol=symbol, year=year, date=day, issuer=name, issuer_key=key, title=title or None,
            signer=signer, signer_role=" ".join(cells.get("signer_role", "").split()) or role, recipients=recipients, scope=scope,
        )  # fmt: skip
        return heading, place, doubts

    def _issuer(self, printed: str) -> tuple[BodyMention | None, Place | None]:
        """The body that an issuer cell names, as the home reads it, and the place whose "tỉnh" the row means."""
        text = _plain(printed)
        if not text:
            return None, self.home
        if text not in self._issuers:
            text = text[0].upper() + text[1:]
            found = self._finder(self.home).find(text)
            body = found[0] if found and found[0].start == 0 and not text[found[0].end :].strip(" .,;-–") else None
            self._issuers[text] = body, _place_of(body, self.home) if body else self.home
        return self._issuers[text]

    def _implied(self, symbol: str | None) -> tuple[str | None, str | None, str | None]:
        """Scope, issuer's name and key by the symbol: "QĐ-TTg" is central; "QĐ-UBND" is the home's where the home has such a
        body; a symbol that says nothing ("UBND-VX" does, "KH-BCĐ" does not) leaves the register's home."""
        issuer = issuer_of(symbol) if symbol else None
        if issuer and issuer.entry:
            return "vn", issuer.entry.name, issuer.entry.key
        if self.home is None:
            return None, None, None
        if issuer and issuer.template:
            if issuer.level != self.home.level:
                return None, None, None  # a district's "NQ/HU" in a province's register: whose, nobody says
            return self.home.key, self.home.fill(issuer.template.name), f"{self.home.key}/{issuer.template.slug}"
        return self.home.key, None, None


def _plain(cell: str) -> str:
    """A cell as a person reads it: in NFC, with single blanks, and Đ for the Icelandic letter that looks like it."""
    return unicodedata.normalize("NFC", " ".join(cell.split())).replace("Ð", "Đ").replace("ð", "đ")


def _as_printed(title: str | None, text: str) -> str | None:
    """A mention's title without the capitals that were only given for reading."""
    at = lower(text).find(lower(title)) if title else -1
    return text[at : at + len(title)] if title and at >= 0 else title


def _doubt(text: str, why: str, rule: str) -> Suspicion:
    """About another cell than the title, so it has no offsets in the text."""
    return Suspicion(0, 0, " ".join(text.split()), why, rule)


# What stands before the number in its cell ("Số: 12/KH-UBND", "Kế hoạch số 12/KH-UBND").
_FIGURE = re.compile(r"[0-9]")
_LOST_SLASH = re.compile(r"(?P<number>[0-9]{1,5})\s+(?=[A-ZĐ]{2,4}[-/])")


def _code(printed: str, symbol: str) -> tuple[str | None, str | None, int | None, bool, str]:
    """Number, symbol, year, whether it is written the Party's way, and what stands behind: "189/KH-UBND ngày 05/7/2022".

    >>> _code("07 /NQ-HĐND", "")[:3], _code("12", "QĐ-UBND")[:3], _code("15 QĐ-UBND", "")[:2]
    (('07', 'NQ-HĐND', None), ('12', 'QĐ-UBND', None), ('15', 'QĐ-UBND'))
    """
    text = _plain(printed)
    own = _plain(symbol).strip("/- ")
    figure = _FIGURE.search(text)
    if figure is None:
        return None, None, None, False, text
    text = text[figure.start() :]
    if own and re.fullmatch(r"[0-9]+[a-zđ]?", text):
        text += ("-" if "/" in own else "/") + own
    elif lost := _LOST_SLASH.match(text):
        text = f"{lost['number']}/{text[lost.end() :]}"
    text = re.sub(r"(?<=[A-ZĐ])\s+([-–/])\s+(?=[A-ZĐ]{2})", r"\1", text)  # "12/UBND - KT"
    text = re.sub(r"(?<=[A-ZĐ])\s+(?=[A-ZĐ]{2,}(?:\s|$))", "", text)  # "04/NQ-TT HĐND"
    match = CODE.match(text)
    code = read_code(text, match, typed=True) if match else None
    if code is None:
        bare = re.match(r"(?P<number>[0-9]{1,5}[a-zđ]?)(?=\s|$)", text)
        return (bare["number"], None, None, False, text[bare.end() :]) if bare else (None, None, None, False, text)
    return code.number, code.symbol, code.year, code.party, text[code.end :]


_ISO = re.compile(rf"(?P<y>{YEAR})[-/](?P<m>[0-9]{{1,2}})[-/](?P<d>[0-9]{{1,2}})(?![0-9])")
_PRINTED = re.compile(rf"{ANY_DAY}(?![0-9]{{2}})", re.IGNORECASE)
_SERIAL = re.compile(r"[2-7][0-9]{4}")
_EPOCH = date(1899, 12, 30)
"""Day 0 of spreadsheets, for days from March 1900."""


def _day(printed: str) -> tuple[str | None, str | None]:
    """The ISO date of a cell, or what it prints where that is no day: "05/7/2022", "2022-07-05T00:00:00", "44747" (the
    number that a spreadsheet keeps for a day), "ngày 05 tháng 7 năm 2022".

    >>> _day("05/7/2022"), _day("44747"), _day("31/02/2022"), _day(" ")
    (('2022-07-05', None), ('2022-07-05', None), (None, '31/02/2022'), (None, None))
    """
    text = " ".join(printed.split())
    if not text:
        return None, None
    if _SERIAL.fullmatch(text):
        return (_EPOCH + timedelta(days=int(text))).isoformat(), None
    if match := _ISO.search(text) or _PRINTED.search(text):
        day = iso_date(match)
        return day, None if day else match.group()
    return None, text if _FIGURE.search(text) else None


def _leading_type(text: str) -> tuple[str | None, str]:
    """The type word that `text` begins with, and what stands behind it: "Quyết định của Chủ tịch UBND tỉnh"."""
    words = lexicon()
    lowered = lower(text)
    for n in range(min(5, text.count(" ") + 1), 0, -1):
        head = " ".join(lowered.split(" ")[:n]).rstrip(",.:;")
        if head in words.types and is_word(text, 0, len(head)):
            return words.types[head].name, text[len(head) :].strip(" :-–,.")
    return None, text


def _type_of(symbol: str | None, party: bool, stated: str | None, leading: str | None) -> str | None:
    """The document's type. `stated` is what a type column says, `leading` the type word that the title begins with.

    A symbol names the type whose own symbol it is ("TB" is Thông báo's, and met with Thông báo kết luận too), and a longer
    form of it may be stated. A column that says another type is a portal's looser heading ("Nghị quyết" for a QĐ-TTHĐND). The
    State's QĐ is a Quyết định, since its regulations carry QyĐ (Nghị định 30/2020/NĐ-CP, Phụ lục III); a Party QĐ is either,
    so it stays open unless a word says which. A letter's symbol has no type ("9387/UBND-KT")."""
    words = lexicon()
    head = re.split(r"[-/]", symbol.lower())[0] if symbol else ""
    kinds = words.by_symbol.get(head, ())
    if not kinds:
        return stated or ("Công văn" if symbol else leading)
    names = [k.name for k in kinds]
    said = next((t for t in (stated, leading) if t in names), None)
    if head == "qđ":
        return said if party else "Quyết định"
    own = [k for k in kinds if k.symbols[0].lower() == head]
    own = [k for k in own if ("party" if party else "state") in k.branches] or own
    if len(own) != 1:
        return said
    return said if said and said.startswith(own[0].name) else own[0].name


# What an office is called: such a word, capitalized or not, belongs to no name.
_OFFICE_WORDS = frozenset(
    [
        "phó",
        "tịch",
        "bí",
        "thư",
        "giám",
        "đốc",
        "trưởng",
        "ban",
        "chánh",
        "phòng",
        "bộ",
        "thứ",
        "nhiệm",
        "viện",
        "trực",
        "cục",
    ]
)
_ASIDE = re.compile(r"\s*(?:\s[-–]|,|\()\s*")


def _signer(printed: str) -> tuple[str | None, str | None]:
    """Name and office of a signer cell: the name is the run of capitalized words at its end, or what stands before a dash.

    >>> _signer("Phó Chủ tịch UBND Đỗ Văn Mẫu"), _signer("Đỗ Văn Mẫu - Giám đốc")
    (('Đỗ Văn Mẫu', 'Phó Chủ tịch UBND'), ('Đỗ Văn Mẫu', 'Giám đốc'))
    """
    text = _plain(printed).strip(" ,.;")
    aside = _ASIDE.search(text)
    if aside and not _OFFICE_WORDS & set(text[: aside.start()].lower().split()):
        return text[: aside.start()], text[aside.end() :].rstrip(" )") or None
    words = text.split()
    at = len(words)
    while at and words[at - 1].istitle() and words[at - 1].lower() not in _OFFICE_WORDS:
        at -= 1
    if at == 0 or not 2 <= len(words) - at <= 5:
        # All capitals ("ĐỖ VĂN MẪU"), one word, an office without a name.
        office = _OFFICE_WORDS & {w.lower() for w in words}
        return (None, text) if office and text else (text or None, None)
    return " ".join(words[at:]), " ".join(words[:at]).strip(" ,:-–") or None


def _place_of(body: BodyMention, home: Place | None) -> Place | None:
    """The place whose body an issuer is; a central one's is none, so that its "tỉnh" is nobody's."""
    if not body.scope or body.scope == "vn":
        return home if body.scope is None else None
    top = next((j for j in jurisdictions() if j.slug == body.scope.split("/")[0]), None)
    if "/" not in body.scope:
        return province(top) if top else home
    unit = re.search(
        rf"(?P<unit>huyện|quận|thị xã|thành phố|xã|phường|thị trấn|đặc khu)\s+(?P<name>[{UPPER}].*)$",
        body.name,
        re.IGNORECASE,
    )
    place = below(province(top) if top else home, unit["unit"].lower(), unit["name"]) if unit else None
    return place if place and place.key == body.scope else home
