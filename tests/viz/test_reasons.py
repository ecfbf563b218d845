"""Why files are not read, in the reader's language."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from chidao.extract.errors import ChidaoError
from chidao.viz.web.rendering.reasons import Reason, reason_of, said_of

ERRORS = {"SourceError", "NotADocumentError"}
BEGINNINGS = (
    "needs LibreOffice, which is not installed: install it", "a table, but no column of numbers", "a register without rows",
    "an empty table", "a picture; reading it needs tesseract", "no such file", "cannot be listed: Permission denied",
    "cannot be written (No space left on device)", "cannot be written (Read-only file system)", "the build ended by itself (exit code 1)",
    "same content as x", "left beside documents by Word", "not read: .py is no document",
    "/g: another build is writing this graph", "/g: damaged graph: x", "/g: this folder holds other things than a graph; name a new one", "files: nothing to build from: no files here",
    "line 7 cannot be read (Expecting value)", "these settings cannot be read (x)", "somebody else is writing; try again", "nothing here is called 'x'",
    "correction 'ab12': no such kind", "no day: 'x'; write 2026-02-03", "no number of a document: 'x'", "no deadline: 'x'; write", "no body is called 'x'; write its full name",
    "no province is called 'x'", "a relation needs two documents, and a note that says why",
    "it does not say which two documents or bodies are one", "nothing like that stands there; the graph",
)  # fmt: skip
"""How messages begin that are put together elsewhere."""


def messages(root: Path) -> Iterator[str]:
    """What the readers say, each with a number in the place of what it names."""
    for path in sorted((root / "extract" / "formats").glob("*.py")):
        for found in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(found, ast.Call)
                and isinstance(found.func, ast.Name)
                and found.func.id in ERRORS
                and found.args
            ):
                said = found.args[0]
                if isinstance(said, ast.Constant):
                    yield str(said.value)
                elif isinstance(said, ast.JoinedStr):
                    parts = (part.value if isinstance(part, ast.Constant) else "7" for part in said.values)
                    yield "".join(map(str, parts))


def test_all_that_the_readers_say_is_said_in_vietnamese(root: Path) -> None:
    said = [*messages(root), *BEGINNINGS]
    assert len(said) > 50
    unknown = [message for message in said if reason_of(message, "vi") == Reason(message)]
    assert unknown == []


def test_every_row_is_said(root: Path) -> None:
    rows = tomllib.loads((root / "viz/web/reasons.toml").read_text("utf-8"))["reason"]
    labels = [f"not a document: {label}" for label in ("gzip; unpack it", "ELF program")]
    said = [*messages(root), *BEGINNINGS, *labels]
    first = {next((row["pattern"] for row in rows if re.match(row["pattern"], message)), None) for message in said}
    assert [row["pattern"] for row in rows if row["pattern"] not in first] == []


@pytest.mark.parametrize(
    ("message", "what", "remedy"),
    [
        ("protected by a password: save a copy without one", "Tệp có mật khẩu.", "Lưu một bản không đặt mật khẩu rồi nạp bản đó."),
        ("protected by a password: unpack it first", "Tệp nén có mật khẩu.", "Giải nén rồi nạp thư mục đã giải nén."),
        ("an old workbook (.xls): save it as .xlsx", "Bảng tính kiểu cũ (.xls).", "Lưu thành .xlsx rồi nạp lại."),
        ("not a document: RAR; unpack it and name the folder", "Tệp nén loại này không đọc được.", "Giải nén rồi nạp thư mục đã giải nén, hoặc nén lại thành .zip."),
        ("not a document: Windows program", "Không phải văn bản.", ""),
        ("one provision at a time can be shown: x", "mỗi lần chỉ xem được một điều khoản: x", ""),
        ("what nobody foresaw", "what nobody foresaw", ""),
    ],
)  # fmt: skip
def test_reasons(message: str, what: str, remedy: str) -> None:
    assert reason_of(message, "vi") == Reason(what, remedy)


@pytest.mark.parametrize("path", ["/srv/Văn thư 2026/done.jsonl", "C:\\chidao\\w\\done.jsonl"])
def test_a_reason_may_stand_behind_the_file_that_it_is_about(path: str) -> None:
    reason = reason_of(f"{path}: line 3 cannot be read (Expecting value)", "vi")
    assert reason.what.startswith(f"{path}: Dòng 3 không đọc được") and reason.remedy.startswith("Mở tệp")


@pytest.mark.parametrize("folder", ["/srv/Văn thư/w/", "C:\\chidao\\w\\"])
def test_where_a_file_lies_is_told_only_who_sits_here(folder: str) -> None:
    error = ChidaoError("line 3 cannot be read (Expecting value)", path=f"{folder}done.jsonl")
    assert said_of(error, "vi", here=True).startswith(f"{folder}done.jsonl: Dòng 3 không đọc được")
    assert said_of(error, "vi", here=False).startswith("done.jsonl: Dòng 3 không đọc được")
