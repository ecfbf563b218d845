"""Damaged files of every format: flipped bits, cut ends, parts of packages damaged or lost, halves of characters, endless nesting, repetition.

Each is read as a build reads it. The answer is the file's facts or one line in plain words; never a fault of the program's own, and the next
file is read whatever the one before did.
"""

from __future__ import annotations

import io
import json
import random
import resource
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from chidao.extract.errors import SourceError
from chidao.extract.formats.sandbox import Call, Readers

ROOT = Path(__file__).parent.parent.parent
_LINES = ("UBND TINH A", "So: 12/KH-UBND", "Ke hoach thuc hien Nghi quyet so 57-NQ/TW ngay 22/12/2024 cua Bo Chinh tri")
_ROWS = (
    ("Số, ký hiệu", "Ngày ban hành", "Trích yếu"),
    *((f"{n}/KH-UBND", f"0{n % 9 + 1}/03/2026", f"Kế hoạch thực hiện Nghị quyết số {n}-NQ/TW") for n in range(1, 20)),
)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SLOW = ("rtf", "odt")
"""Formats that LibreOffice reads, some seconds a file: a fiftieth of all."""


def attack(seed: int, times: int) -> str:
    """Read so many damaged files. Raises AssertionError with those that are answered otherwise than by facts or in a line."""
    began = _largest()
    with tempfile.TemporaryDirectory(prefix="files-") as folder:
        calls, names = [], []
        for number, (ending, data) in enumerate(damaged_files(seed, times)):
            path = Path(folder, f"{number:06}.{ending}")
            path.write_bytes(data)
            calls.append(Call("chidao.graph.write.reading:read_facts", [str(path), None, {}, "0" * 64]))
            names.append(path)
        told: Counter[str] = Counter()
        broken: list[str] = []
        worst, last = (0.0, ""), time.monotonic()
        with Readers() as readers:
            for path, answer in zip(names, readers.each(calls), strict=True):
                now = time.monotonic()
                worst, last = max(worst, (now - last, path.name)), now
                said = answer.message if isinstance(answer, SourceError) else ""
                told[sort_of(said)] += 1
                if not is_plain(said):
                    broken.append(f"{path.name}: {said}")
        assert not broken, f"seed {seed}: " + "; ".join(broken)
    figures = ", ".join(f"{count:,} {what}" for what, count in told.most_common())
    memory = f", largest process {_largest() >> 20:,} MB" if _largest() > began else ""
    return f"{times:,} files: {figures}; longest wait {worst[0]:.1f} s ({worst[1]}){memory}"


def damaged_files(seed: int, times: int) -> Iterator[tuple[str, bytes]]:
    """Yield so many files, each with how its name ends: always the same for a seed."""
    whole = whole_files()
    chance = random.Random(seed)
    quick = [ending for ending in whole if ending not in _SLOW]
    for number in range(times):
        ending = chance.choice(_SLOW) if number % 50 == 49 else chance.choice(quick)
        data = whole[ending]
        for _ in range(chance.choice((1, 1, 1, 2, 5))):
            data = chance.choice(_WAYS[ending] if ending in _WAYS and chance.random() < 0.6 else _BYTES)(chance, data)
        yield ending, data


def whole_files() -> dict[str, bytes]:
    """Return an undamaged file of each format, by how its name ends."""
    text = (ROOT / "samples" / "06-ke-hoach-ubnd-huyen-dong-anh.txt").read_bytes()
    page = "".join(f"<p>{line}</p>" for line in text.decode().splitlines())
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in _ROWS)
    objects = [dict(zip(("number", "date", "title"), row, strict=True)) for row in _ROWS[1:]]
    found = {
        "txt": text,
        "tcvn": "CHỈ THỊ số 12-CT/TU".encode("utf-16"),
        "html": f"<html><body>{page}<table>{rows}</table></body></html>".encode(),
        "csv": "\n".join(";".join(row) for row in _ROWS).encode(),
        "json": json.dumps(objects, ensure_ascii=False).encode(),
        "docx": _word(text.decode()),
        "xlsx": _workbook(),
        "pdf": _pdf(),
        "png": _picture(),
        "rtf": ("{\\rtf1\\ansi " + "".join(f"\\pard {line}\\par " for line in _LINES * 5) + "}").encode(),
        "odt": _odt(),
    }
    return found


def is_plain(said: str) -> bool:
    """Is what is said of a file a line for a clerk?"""
    odd = ("\n", "Traceback", "fault of chidao", "Error:", "Exception", "zipfile.", "zlib", "object at 0x")
    return not any(word in said for word in odd)


def sort_of(said: str) -> str:
    """What became of a file, in two words, by what is said of it."""
    kinds = {"": "read", "took more": "beyond a limit", "killed": "killed their reader", "nested": "nested too deeply"}
    return next((what for word, what in kinds.items() if word and word in said), "read" if not said else "refused")


def _largest() -> int:
    """The most bytes that a process started here, and waited for, ever held."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


# Ways to damage


def _flip(chance: random.Random, data: bytes) -> bytes:
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 20))):
        if made:
            made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def _cut(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _lose(chance: random.Random, data: bytes) -> bytes:
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:start] + data[end:]


def _repeat(chance: random.Random, data: bytes) -> bytes:
    start = chance.randrange(len(data) + 1)
    piece = data[start : start + chance.choice((1, 10, 100, 5000))]
    most = max(1, 400_000 // max(1, len(piece)))
    return data[:start] + piece * min(most, chance.choice((2, 50, 5000))) + data[start:]


def _noise(chance: random.Random, data: bytes) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + chance.randbytes(chance.choice((1, 8, 300))) + data[start:]


def _in_a_part(chance: random.Random, data: bytes) -> bytes:
    """Damage a part of a package, which is packed again: its sums are right."""
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old:
            parts = {name: old.read(name) for name in old.namelist()}
    except Exception:  # it is damaged already
        return data
    name = chance.choice(list(parts)) if parts else ""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part, content in parts.items():
            if part == name and chance.random() < 0.2:
                continue
            new.writestr(part, chance.choice((*_BYTES, _nest))(chance, content) if part == name else content)
    return out.getvalue()


def _nest(chance: random.Random, data: bytes) -> bytes:
    """Elements of a page or a document's part within each other."""
    tag = chance.choice((b"div", b"table><tr><td", b"w:tbl><w:tr><w:tc", b"b", b"ul><li", b"w:p><w:r", b"office:text"))
    names = [piece.strip(b"<>") for piece in tag.split(b"><")]
    times = chance.choice((30, 300, 3000))
    opened, closed = b"<" + tag + b">", b"".join(b"</" + name + b">" for name in reversed(names))
    at = data.find(b">", chance.randrange(len(data) + 1)) + 1
    return data[:at] + opened * times + b"x" + closed * times + data[at:]


def _other_json(chance: random.Random, data: bytes) -> bytes:
    odd = (
        '[{}]', "[]", "{}", "[[]]", '[{"number": {}}]', '[{"\\ud800": "\\udfff"}]', "[" * 3000, '{"a":' * 3000, '[{"title": null}]',
        '{"text": "\\ud800' + "Căn cứ Nghị quyết số 57-NQ/TW " * 20 + '"}', '[{"number": 1e999}]', '[{"title": "\\u0000"}]', "1", "null",
        '[{"number": "12/KH-UBND", "title": "\\ud800"}]', '[{"number": "12/KH-UBND", "title": ["a", {"b": ["\\ud83d"]}]}]', "NaN",
        '[{"number": ' + "9" * 5000 + "}]", '{"a": [{"b": [{"title": "x"}]}]}', '[{"title": "x"}, 3]',
    )  # fmt: skip
    return chance.choice(odd).encode()


def _other_value(chance: random.Random, data: bytes) -> bytes:
    odd = (
        '"\\ud800"',
        "{}",
        "[]",
        "null",
        "1e308",
        '"\\u0000"',
        "[" * 500 + "]" * 500,
        '{"a": "\\udc00"}',
        "true",
        "-0.0",
        "12345678901234567890",
    )
    pieces = data.split(b'"')
    at = chance.randrange(len(pieces))
    return b'"'.join([*pieces[:at], chance.choice(odd).encode(), *pieces[at + 1 :]])


_BYTES: tuple[Callable[[random.Random, bytes], bytes], ...] = (_flip, _flip, _cut, _lose, _repeat, _noise)
_WAYS: dict[str, tuple[Callable[[random.Random, bytes], bytes], ...]] = {
    "docx": (_in_a_part,),
    "xlsx": (_in_a_part,),
    "odt": (_in_a_part,),
    "html": (_nest, _flip),
    "json": (_other_json, _other_value),
}


# Undamaged files


def _word(text: str) -> bytes:
    from docx import Document

    document = Document()
    table = document.add_table(rows=2, cols=2)
    for cell, said in zip(
        [c for row in table.rows for c in row.cells], ("UBND", "CỘNG HÒA", "Số: 1/KH-UBND", "A"), strict=True
    ):
        cell.text = said
    for line in text.splitlines()[:60]:
        document.add_paragraph(line, style="List Number" if line.startswith("-") else None)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _workbook() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    for row in _ROWS:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _odt() -> bytes:
    ns = "urn:oasis:names:tc:opendocument:xmlns"
    lines = "".join(f"<text:p>{line}</text:p>" for line in _LINES)
    content = f'<office:document-content xmlns:office="{ns}:office:1.0" xmlns:text="{ns}:text:1.0"><office:body><office:text>{lines}</office:text></office:body></office:document-content>'
    listed = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    kind = "application/vnd.oasis.opendocument.text"
    return packed({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": listed})


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Return an archive of parts by their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return out.getvalue()


def _pdf() -> bytes:
    typed = "".join(f"BT /F1 12 Tf 60 {760 - 20 * i} Td ({line}) Tj ET\n" for i, line in enumerate(_LINES * 5)).encode()
    return pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(typed), typed),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )


def pdf_of(*objects: bytes) -> bytes:
    """Return a PDF of these objects, the first of which is its catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, table)
    return bytes(out)


def _picture() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("L", (60, 40), 255).save(out, "PNG")
    return out.getvalue()
