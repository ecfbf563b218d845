"""What an answer rests on: a place in a file, and the sentence that stands there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

_WORDS = {"en": ("row", "page", "line"), "vi": ("dòng dữ liệu", "trang", "dòng")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in a file. `line` and `page` count from 1, `page` is None where the file has none; `row` is the data row of a register,
    from 0; `footnote` the mark of the note that the place is in; `sentence_span` start and end of the sentence in the file's text, in a
    register's row of that row's, None where a query does not tell it."""

    source: str
    line: int
    page: int | None = None
    row: int | None = None
    footnote: str | None = None
    provision: str | None = field(default=None, compare=False)
    sentence_span: tuple[int, int] | None = field(default=None, compare=False)

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """Return the place that a row of a query names in its columns `source`, `page`, `row`, `line`, `footnote`, `provision`, `begins`
        and `ends`."""
        return cls(**_place(row))

    def inside(self, language: str = "en") -> str:
        """Return where it is in its file, in words; a register's row from 1, as people count.

        >>> Place(source="a.pdf", line=31, page=2).inside(), Place(source="a.csv", line=8, row=6).inside("vi")
        ('page 2, line 31', 'dòng dữ liệu 7')
        >>> Place(source="a.docx", line=40, provision="khoản 2 Điều 5").inside("vi")
        'dòng 40, khoản 2 Điều 5'
        """
        row, page, line = _WORDS[language]
        if self.row is not None:
            return f"{row} {self.row + 1}"
        counted = f"{page} {self.page}, {line} {self.line}" if self.page else f"{line} {self.line}"
        return f"{counted}, {self.provision}" if self.provision else counted

    def words(self, language: str = "en", folder: str = "") -> str:
        """Return the same behind the name of the file, which is shortened by `folder` where it begins with that.

        >>> Place(source="C:\\\\x\\\\a.pdf", line=31, page=2).words("vi", folder="C:/x/")
        'a.pdf, trang 2, dòng 31'
        """
        return f"{self.file(folder)}, {self.inside(language)}"

    def file(self, folder: str = "") -> str:
        """Return the name of the file with slashes, without `folder` where it begins with that."""
        return self.source.replace("\\", "/").removeprefix(folder)

    def texts(self, *columns: str) -> dict[str, str | None]:
        """These columns as a query gives them: text, None where there is nothing. So are places printed as JSON."""
        return {name: None if (value := getattr(self, name)) is None else str(value) for name in columns}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Place):
    """A sentence that says something, in its place. `quote` is the passage of it that says so, at `start`..`end` in the file's text;
    `certainty` ("explicit" or "implied") belongs to what a statement between documents says there. Each is None where a query does not
    tell it."""

    sentence: str
    quote: str | None = None
    start: int | None = None
    end: int | None = None
    certainty: str | None = field(default=None, compare=False)

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """Return the evidence in the columns of a query's row: those of a place, `sentence`, `quote`, `start`, `end` and `certainty`."""
        return cls(
            **_place(row), sentence=row["sentence"], quote=row.get("quote"), start=_number(row, "start"), end=_number(row, "end"),
            certainty=row.get("certainty"),
        )  # fmt: skip


def _place(row: Mapping[str, Any]) -> dict[str, Any]:
    begins, ends = _number(row, "begins"), _number(row, "ends")
    return {
        "source": row["source"], "line": int(row["line"]), "page": _number(row, "page"), "row": _number(row, "row"),
        "sentence_span": None if begins is None or ends is None else (begins, ends),
        "footnote": row.get("footnote"), "provision": row.get("provision"),
    }  # fmt: skip


def _number(row: Mapping[str, Any], column: str) -> int | None:
    value = row.get(column)
    return None if value is None else int(value)
