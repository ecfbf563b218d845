"""chidao.extract.formats.source: bytes to text, or one clear reason why not."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chidao.extract.errors import SourceError
from chidao.extract.formats.source import decode, read_source

SENTENCE = "Ủy ban nhân dân thành phố Hà Nội ban hành Kế hoạch số 118/KH-UBND thực hiện Nghị quyết số 15-NQ/TW.\n"
SAMPLES = Path(__file__).parents[2] / "samples"
TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}


def windows_1258(text: str) -> bytes:
    """The way Windows wrote it: letters with their shape, tones as combining marks behind them."""
    out = []
    for char in unicodedata.normalize("NFC", text):
        try:
            out.append(char.encode("windows-1258"))
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", char)
            shape = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
            out.append((shape + "".join(part for part in parts if part in TONES)).encode("windows-1258"))
    return b"".join(out)


def write(folder: Path, data: bytes) -> Path:
    path = folder / "văn bản.txt"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (SENTENCE.encode(), "utf-8"),
        (unicodedata.normalize("NFD", SENTENCE).encode(), "utf-8"),
        (b"Plain ASCII\n", "utf-8"),
        (SENTENCE.encode("utf-8-sig"), "utf-8-sig"),
        (SENTENCE.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + SENTENCE.encode("utf-16-be"), "utf-16"),
        (SENTENCE.encode("utf-16-le"), "utf-16-le"),
        (SENTENCE.encode("utf-16-be"), "utf-16-be"),
        (SENTENCE.encode("utf-32"), "utf-32"),
        (windows_1258(SENTENCE), "windows-1258"),
        ("Le préfet de l’Indochine a été nommé à Hanoï où il a passé l’été.".encode("cp1252"), None),
    ],
)
def test_says_which_encoding_and_reads_as_open_does(tmp_path: Path, data: bytes, encoding: str | None) -> None:
    path = write(tmp_path, data)
    source = read_source(path)
    assert encoding is None or source.encoding == encoding
    assert source.text == path.read_text(encoding=source.encoding)
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    assert source.path == str(path)


def test_windows_1258_is_not_normalized() -> None:
    text, encoding = decode(windows_1258(SENTENCE))
    assert encoding == "windows-1258"
    assert text != SENTENCE and unicodedata.normalize("NFC", text) == SENTENCE


def test_line_ends_are_universal_and_offsets_follow(tmp_path: Path) -> None:
    path = write(tmp_path, "Số 1\r\nSố 2\rSố 3\n".encode())
    assert read_source(path).text == "Số 1\nSố 2\nSố 3\n" == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-16-le", "windows-1258"])
def test_samples_in_every_encoding(tmp_path: Path, sample: Path, codec: str) -> None:
    text = sample.read_text(encoding="utf-8")
    source = read_source(write(tmp_path, windows_1258(text) if codec == "windows-1258" else text.encode(codec)))
    assert source.encoding == codec
    assert unicodedata.normalize("NFC", source.text) == text


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is empty"),
        (b" \r\n\t\n", "is empty: it holds only blanks"),
        (b"\xef\xbb\xbf", "is empty: it holds only blanks"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "damaged or truncated PDF"),
        (b"PK\x03\x04\x14\x00\x06\x00", "damaged or truncated"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "not a document: an old Microsoft Office file"),
        (b"\x7fELF\x02\x01\x01", "not a document: ELF program"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "picture"),
        (bytes(range(256)) * 4, "binary, not text: it holds NUL bytes"),
        (bytes(range(1, 128)) * 4, "binary, not text: full of control characters"),
        (SENTENCE.encode() + b"\x00", "binary, not text: it holds NUL bytes"),
        (SENTENCE.encode("utf-16")[:-1], "damaged UTF-16: truncated data at byte"),
        (SENTENCE.encode("utf-16") + b"\x00\x00", "binary, not text: it holds NUL characters"),
        (SENTENCE.encode("utf-8-sig") + b"\xff", "damaged UTF-8: invalid start byte at byte"),
        ("Hà Nội là thủ đô".encode()[:-1], "damaged UTF-8: unexpected end of data at its end"),
        ((SENTENCE * 3).encode().replace(b"\xe1\xbb\xa6", b"\xe1\xa6", 1), "damaged UTF-8: invalid continuation byte"),
    ],
)
def test_refuses_with_one_line(tmp_path: Path, data: bytes, why: str) -> None:
    path = write(tmp_path, data)
    with pytest.raises(SourceError) as caught:
        read_source(path)
    line = str(caught.value)
    assert line.startswith(str(path)) and why in line and "\n" not in line


def test_damage_is_located(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        decode((SENTENCE * 2).encode() + b"\xff" + SENTENCE.encode())
    assert caught.value.offset == 2 * len(SENTENCE)


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"không có\.txt: no such file$"):
        read_source(tmp_path / "không có.txt")


def test_directory(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is a directory, not a file$"):
        read_source(tmp_path)


def test_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SourceError, match="is a device or a pipe, not a file$"):
        read_source(tmp_path / "pipe")


def test_name_that_no_system_allows() -> None:
    with pytest.raises(SourceError, match="cannot be read: .*embedded null"):
        read_source("a\x00b")
    with pytest.raises(SourceError, match="cannot be read: File name too long"):
        read_source("a" * 5000)


def test_not_permitted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, SENTENCE.encode())

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("builtins.open", refuse)  # chmod would not stop root
    with pytest.raises(SourceError, match=r"văn bản\.txt: permission denied$"):
        read_source(path)


def test_limit(tmp_path: Path) -> None:
    path = write(tmp_path, b"x" * 101)
    assert len(read_source(path, max_bytes=101).text) == 101
    with pytest.raises(SourceError, match="too large: 101 bytes, the limit is 100 bytes$"):
        read_source(path, max_bytes=100)


def test_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(300 * 1024 * 1024)  # sparse
    with pytest.raises(SourceError, match=r"too large: 300\.0 MB, the limit is 256\.0 MB$"):
        read_source(path)


# Any text, as long as it is text: no control characters, no lone surrogates, not only blanks.
anything = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])).filter(lambda text: text.strip())
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐÊÔƠƯ áàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
vietnamese = st.text(LETTERS + "0123456789/-.,;:()\n", min_size=1).filter(lambda text: text.strip())


@given(anything)
@example("\ufeff ")
@example("PKI và chữ ký số")
def test_utf8_round_trip(text: str) -> None:
    read, encoding = decode(text.encode("utf-8-sig"))
    assert encoding == "utf-8-sig"
    assert read == text.replace("\r\n", "\n").replace("\r", "\n")


@given(vietnamese)
def test_plain_utf8_round_trip(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8")


@given(anything)
def test_utf16_round_trip(text: str) -> None:
    assert decode(b"\xff\xfe" + text.encode("utf-16-le"))[0] == text


@given(vietnamese.map(lambda text: SENTENCE + text))
def test_windows_1258_round_trip(text: str) -> None:
    data = windows_1258(text)
    read, encoding = decode(data)
    assert encoding == "windows-1258"
    assert read == data.decode("windows-1258")
    assert unicodedata.normalize("NFC", read) == text


@given(st.binary())
def test_any_bytes_give_text_or_source_error(data: bytes) -> None:
    try:
        text, encoding = decode(data)
    except SourceError as error:
        assert error.message and "\n" not in error.message
    else:
        if encoding not in ("tcvn3", "vni"):  # Python has no codec for these
            assert text == data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
