"""Files made to harm: bombs, loops, lies about sizes, entities, endless nesting, millions of cells, letters that are none.

Each is what somebody would send who knows the format. As with damaged ones the answer is the file's facts or one line in plain words, within
the limits of its kind, and nothing outside is asked for.
"""

from __future__ import annotations

import io
import json
import struct
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from chidao.extract.errors import SourceError
from chidao.extract.formats.sandbox import Call, Readers
from chidao.tests.torture.files import is_plain, packed, pdf_of, sort_of, whole_files

_MB = 1 << 20
_LINE = "Căn cứ Nghị quyết số 15-NQ/TW ngày 05 tháng 5 năm 2022 của Bộ Chính trị;\n"
_HEADERS = "Số, ký hiệu;Ngày ban hành;Trích yếu"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_MEMBERS = 3
"""Members of an archive that are read."""


def _laughs(root: str) -> str:
    """A billion of them: each entity holds ten of the one before, and `root` the last."""
    said = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "haha"}">' for n in range(10))
    return f"<!DOCTYPE x [{said}]>{root.replace('ENTITY', '&l9;')}"


def _with(package: bytes, **parts: str | bytes) -> bytes:
    """A package with some of its parts replaced; "_" in a name stands for "/"."""
    with zipfile.ZipFile(io.BytesIO(package)) as old:
        held: dict[str, str | bytes] = {name: old.read(name) for name in old.namelist()}
    return packed(held | {name.replace("_", "/") + ".xml": content for name, content in parts.items()})


def _patched(data: bytes, signature: bytes, at: int, form: str, value: int) -> bytes:
    """An archive that says another number in its last record with a signature."""
    made = bytearray(data)
    struct.pack_into(form, made, made.rfind(signature) + at, value)
    return bytes(made)


def _overlapping(members: int) -> bytes:
    """An archive whose many members are all the same packed bytes."""
    data = bytes(20 * _MB)
    body, sums = zlib.compress(data, 9)[2:-4], zlib.crc32(data)
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 8, 0, 33, sums, len(body), len(data), 5, 0) + b"0.txt" + body
    names = [b"%05d.txt" % n for n in range(members)]
    said = struct.pack(
        "<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 8, 0, 33, sums, len(body), len(data), 9, 0, 0, 0, 0, 0, 0
    )
    listed = b"".join(said + name for name in names)
    return local + listed + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, members, members, len(listed), len(local), 0)


def _nested(data: bytes, times: int) -> bytes:
    for _ in range(times):
        data = packed({"x.zip": data})
    return data


def _word(body: str) -> bytes:
    return _with(whole_files()["docx"], word_document=f"<w:document {_W}><w:body>{body}</w:body></w:document>")


def _sheet(rows: str, more: str = "", before: str = "") -> bytes:
    cells = "".join(
        f'<c r="{column}1" t="inlineStr"><is><t>{said}</t></is></c>'
        for column, said in zip("ABC", _HEADERS.split(";"), strict=True)
    )
    data = f'<sheetData><row r="1">{cells}</row>{rows}</sheetData>'
    return _with(whole_files()["xlsx"], xl_worksheets_sheet1=f"<worksheet {_S}>{before}{data}{more}</worksheet>")


def _pages(
    pages: bytes,
    typed: bytes = b"BT /F1 12 Tf 60 700 Td (So: 12/KH-UBND) Tj ET",
    filters: bytes = b"",
    *others: bytes,
    page: bytes = b"",
    box: bytes = b"0 0 595 842",
) -> bytes:
    return pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages " + pages + b" >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox ["
        + box
        + b"] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> "
        + page
        + b" >> >>",
        b"<< /Length %d %s>>\nstream\n%s\nendstream" % (len(typed), filters, typed),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *others,
    )


_ONE = b"/Kids [3 0 R] /Count 1"
_FORM = b"<< /Length %d /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >> >>\nstream\n%s\nendstream"


def hostile_files() -> Iterator[tuple[str, Callable[[], bytes | str]]]:
    """Yield the name of each file and what makes it."""
    yield from _archives()
    yield from _packages()
    yield from _pdfs()
    yield from _texts()


def _archives() -> Iterator[tuple[str, Callable[[], bytes | str]]]:
    plain = packed({"a.txt": _LINE * 20, "b.txt": _LINE})
    end, listed = b"PK\5\6", b"PK\1\2"
    for left in (1, 20, 22, 60, 100):
        yield f"no-end-{left}.zip", lambda left=left: plain[:-left]  # type: ignore[misc]
    yield "end-alone.zip", lambda: plain[-22:]
    yield "two-ends.zip", lambda: plain + plain[-22:]
    yield "far-end.zip", lambda: plain + bytes(70_000)
    yield "counts.zip", lambda: _patched(plain, end, 10, "<H", 65_535)
    yield "size-of-list.zip", lambda: _patched(plain, end, 12, "<I", 2**32 - 1)
    yield "place-of-list.zip", lambda: _patched(plain, end, 16, "<I", 2**31)
    yield "size.zip", lambda: _patched(plain, listed, 24, "<I", 2**31 - 1)
    yield "small.zip", lambda: _patched(plain, listed, 24, "<I", 10)
    yield "method.zip", lambda: _patched(plain, listed, 10, "<H", 99)
    yield "password.zip", lambda: _patched(plain, listed, 8, "<H", 1)
    yield "bomb.zip", lambda: packed({"a.txt": bytes(400 * _MB)})
    yield "many.zip", lambda: packed({f"{n}.txt": "" for n in range(20_000)})
    yield "nested.zip", lambda: _nested(plain, 30)
    yield "overlap.zip", lambda: _overlapping(500)
    yield (
        "names.zip",
        lambda: packed(
            dict.fromkeys(
                ("../../x.txt", "/x.txt", "a\nb.txt", "\x1b[31m.txt", "a!b.txt", "x" * 60_000 + ".txt"), _LINE
            )
        ),
    )


def _packages() -> Iterator[tuple[str, Callable[[], bytes | str]]]:
    word, book = (whole_files()[ending] for ending in ("docx", "xlsx"))
    said = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    text = f"<w:document {_W}><w:body>{said}</w:body></w:document>"
    yield "laughs.docx", lambda: _with(word, word_document=_laughs(text.format("ENTITY")))
    yield "styles.docx", lambda: _with(word, word_styles=_laughs(f"<w:styles {_W}>ENTITY</w:styles>"))
    yield (
        "large-entity.docx",
        lambda: _with(word, word_document=f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]>' + text.format("&a;" * 5000)),
    )
    yield (
        "file.docx",
        lambda: _with(
            word, word_document='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + text.format("&a;")
        ),
    )
    yield "bomb.docx", lambda: _with(word, word_document=text.format("a") + " " * (300 * _MB))
    yield "deep.docx", lambda: _word("<w:tbl><w:tr><w:tc>" * 3000 + "</w:tc></w:tr></w:tbl>" * 3000)
    yield (
        "span.docx",
        lambda: _word(
            f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>{said.format("a")}</w:tc></w:tr></w:tbl>'
        ),
    )
    yield "cells.docx", lambda: _word("<w:tbl><w:tr>" + f"<w:tc>{said.format('a')}</w:tc>" * 40_000 + "</w:tr></w:tbl>")
    yield "paragraphs.docx", lambda: _word(said.format("a") * 200_000)
    yield (
        "encoding.docx",
        lambda: _with(word, word_document='<?xml version="1.0" encoding="x-none"?>' + text.format("a")),
    )
    yield "laughs.xlsx", lambda: _with(book, xl_worksheets_sheet1=_laughs(f"<worksheet {_S}>ENTITY</worksheet>"))
    yield (
        "dimension.xlsx",
        lambda: _sheet(
            '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>',
            "",
            '<dimension ref="A1:XFD1048576"/>',
        ),
    )
    yield "merged.xlsx", lambda: _sheet("", '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    yield "column.xlsx", lambda: _sheet('<row r="4294967296"><c r="ZZZZZZ9"><v>1</v></c></row>')
    yield "strings.xlsx", lambda: _sheet('<row r="2"><c r="A2" t="s"><v>99999999999</v></c></row>')
    yield (
        "days.xlsx",
        lambda: _sheet('<row r="2"><c r="A2"><v>1e308</v></c><c r="B2" t="d"><v>9999-99-99</v></c></row>'),
    )
    yield "rows.xlsx", lambda: _sheet("".join(f'<row r="{n}"/>' for n in range(2, 200_000)))
    yield "bomb.xlsx", lambda: _sheet(" " * (300 * _MB))


def _pdfs() -> Iterator[tuple[str, Callable[[], bytes | str]]]:
    drawn = b"BT /F1 12 Tf 60 700 Td (So: 12/KH-UBND) Tj ET /X Do"
    yield "own-child.pdf", lambda: _pages(b"/Kids [2 0 R] /Count 1")
    yield "count.pdf", lambda: _pages(b"/Kids [3 0 R] /Count 2147483647")
    yield "negative.pdf", lambda: _pages(b"/Kids [3 0 R] /Count -1")
    yield "pages.pdf", lambda: _pages(b"/Kids [" + b"3 0 R " * 100_000 + b"] /Count 100000")
    yield "arrays.pdf", lambda: _pages(b"/Kids " + b"[" * 50_000 + b"3 0 R" + b"]" * 50_000 + b" /Count 1")
    yield "inflated.pdf", lambda: _pages(_ONE, zlib.compress(b" " * (400 * _MB)), b"/Filter /FlateDecode ")
    yield "box.pdf", lambda: _pages(_ONE, box=b"0 0 9e9 9e9")
    yield (
        "form-in-itself.pdf",
        lambda: _pages(_ONE, drawn, b"", _FORM % (11, 6, b"/X Do /X Do"), page=b"/XObject << /X 6 0 R >>"),
    )
    yield (
        "forms.pdf",
        lambda: _pages(
            _ONE,
            drawn,
            b"",
            *(_FORM % (60, 7 + n, b"/X Do " * 10) for n in range(9)),
            _FORM % (15, 99, b"0 0 m 9 9 l S   "),
            page=b"/XObject << /X 6 0 R >>",
        ),
    )
    yield (
        "lines.pdf",
        lambda: _pages(
            _ONE, drawn + b"".join(b" %d %d m %d 9 l S" % (n % 600, n % 800, n * 7 % 600) for n in range(80_000))
        ),
    )
    yield (
        "letters.pdf",
        lambda: _pages(
            _ONE, b"".join(b"BT /F1 1 Tf %d %d Td (x) Tj ET " % (n % 590, n * 7 % 840) for n in range(60_000))
        ),
    )


def _texts() -> Iterator[tuple[str, Callable[[], bytes | str]]]:
    rows = f"{_HEADERS}\n1/KH-UBND;01/02/2026;Kế hoạch\n"
    for encoding in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-7"):
        yield f"{encoding}.txt", lambda encoding=encoding: (_LINE * 9).encode(encoding)  # type: ignore[misc]
        yield f"{encoding}-cut.csv", lambda encoding=encoding: rows.encode(encoding)[:-1]  # type: ignore[misc]
    yield "halves.txt", lambda: _LINE + "\ud800\udc00\udfff"
    yield "halves-16.txt", lambda: b"\xff\xfe" + _LINE.encode("utf-16-le") + b"\0\xd8" * 50
    yield "zeros.txt", lambda: bytes(100_000)
    yield "pages.txt", lambda: "\f" * 300_000 + _LINE
    yield "marks.txt", lambda: "a" + "\u0301" * 300_000 + _LINE
    yield "columns.csv", lambda: f"{_HEADERS}{';x' * 100_000}\n1/KH-UBND;;a{';' * 100_000}\n"
    yield "quote.csv", lambda: f'{_HEADERS}\n"' + "a;b\n" * 200_000
    yield "zero.csv", lambda: rows.replace("/", "\0")
    yield "deep.json", lambda: "[" * 200_000 + "]" * 200_000
    yield "deep-value.json", lambda: '[{"number": "1/KH-UBND", "title": ' + "[" * 900 + "]" * 900 + "}]"
    yield "digits.json", lambda: '[{"number": ' + "9" * 100_000 + ', "title": "x"}]'
    yield "keys.json", lambda: "{" + ",".join(f'"k{n}": 1' for n in range(200_000)) + "}"
    yield (
        "columns.json",
        lambda: "[" + ",".join(f'{{"number": "1/KH-UBND", "title": "a", "c{n}": 1}}' for n in range(5_000)) + "]",
    )
    yield "deep.html", lambda: "<div>" * 200_000 + _LINE
    yield (
        "spans.html",
        lambda: "<table>" + '<tr><td rowspan="60000" colspan="2000000000">x</td></tr>' * 3000 + "</table>",
    )
    yield "attributes.html", lambda: "<p " + " ".join(f"a{n}=x" for n in range(100_000)) + ">" + _LINE
    yield "laughs.html", lambda: _laughs("<html><body>ENTITY</body></html>")
    yield (
        "parts.eml",
        lambda: (
            "From: a@b\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
            + "--b\nContent-Type: multipart/mixed; boundary=b\n\n" * 5000
            + _LINE
        ),
    )
    yield "deep.rtf", lambda: "{\\rtf1 " + "{" * 100_000 + "x"


def attack(seed: int, times: int) -> str:
    """Read so many hostile files, beginning with one that goes by the seed. Raises AssertionError with those that are answered otherwise
    than by facts or in a line."""
    every = list(hostile_files())
    step = max(1, len(every) // times)
    chosen = islice(every, seed % step, None, step)
    told, broken, longest = Counter[str](), [], (0.0, "")
    with tempfile.TemporaryDirectory(prefix="hostile-") as folder, Readers(1) as readers:
        for name, make in chosen:
            path, made = Path(folder, name), make()
            path.write_bytes(made if isinstance(made, bytes) else made.encode("utf-8", "surrogatepass"))
            began = time.monotonic()
            for said in _read(path, readers):
                told[sort_of(said)] += 1
                if not is_plain(said):
                    broken.append(f"{name}: {said}")
            longest = max(longest, (time.monotonic() - began, name))
            path.unlink()
    assert not broken, "; ".join(broken)
    figures = ", ".join(f"{count:,} {what}" for what, count in told.most_common())
    return f"{told.total()} hostile files and members of archives: {figures}; longest {longest[0]:.1f} s ({longest[1]})"


def _read(path: Path, readers: Readers) -> Iterator[str]:
    """Yield what is said of a file, or of the first members of an archive; nothing of what is read."""
    try:
        names = json.loads(readers.ask(Call("chidao.extract.formats.worker:names", [str(path)])))
    except SourceError as error:
        yield error.message
        return
    for name in names[:_MEMBERS]:
        try:
            readers.ask(Call("chidao.graph.write.reading:read_facts", [name, None, {}, "0" * 64]))
        except SourceError as error:
            yield error.message
        else:
            yield ""
