"""Repetitive texts, as a converter, a table or malice makes them: what they cost grows as they do.

For each kind the processor time of a text of 640 kB is put beside that of 40 kB, sixteen times as little: the exponent, 1 where the cost grows
as the text does and 2 where it grows as its square, is at most `MOST`.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial

from chidao.extract.corpus.resolve import resolve
from chidao.extract.errors import SourceError
from chidao.extract.formats.kinds import Kind
from chidao.extract.formats.source import RawFile
from chidao.extract.formats.worker import unguarded
from chidao.extract.paths import extract_file

MOST = 1.15
SMALL, MIDDLE, LARGE = 40_000, 160_000, 640_000
_HOPELESS = 1.5
"""Grown by more than this to the middle size, the large one need not be waited for."""
_ENOUGH = 0.02
"""Seconds; what takes less is repeated until it is that much."""
_LONG = 1.0
"""Seconds after which once is enough."""

PIECES = (
    "15-NQ/TW ", "15-NQ/TW, ", "Nghị quyết số 15-NQ/TW, ", "Nghị quyết số 15-NQ/TW ngày 01/02/2024 của Bộ Chính trị; ", "Luật Đất đai ", "Luật Đất đai, ",
    "Luật Đất đai năm 2024; ", "Luật ", "Nghị định ", "Nghị quyết¹ ", "từ¹ ", "¹ Chú thích.\n", "(1) Chú thích\n", "[1] ", "TT\tNội dung\tĐơn vị\n",
    "TT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn\n", "1 | Rà soát | Sở Y tế | 30/6/2026\n", "| ", "Căn cứ Luật Đất đai; ", "Căn cứ Nghị định số 1/2020/NĐ-CP; ",
    "Căn cứ Nghị định số 1/2020/NĐ-CP;\n", "Căn cứ ", "được sửa đổi, bổ sung bởi Luật số 1/2020/QH14 ", "được sửa đổi, bổ sung bởi Nghị định số 1/2020/NĐ-CP; ",
    "được sửa đổi, bổ sung ", "Số: 12/KH-UBND\n", "Số:\n", "Số: ", "thay thế ", "thay thế Nghị định số 1/2020/NĐ-CP, ", "bãi bỏ ", "bãi bỏ Quyết định số 1/QĐ-UBND; ",
    "- Mục\n", "a) Mục;\n", "1. Mục\n", "1.1. Mục\n", "Điều 1. Mục\n", "Khoản 1 Điều 2 ", "Đại hội ", "Đại hội XIII ", "Đại hội đại biểu toàn quốc lần thứ XIII ",
    "Hội nghị Trung ương 4 khóa XII ", '(sau đây gọi là "Luật Đất đai") ', "(sau đây gọi tắt là Nghị quyết 15) ", "Nghị quyết này ", "Quyết định trên ",
    "Trong Luật này, các từ ngữ được hiểu như sau:\n1. Đất là đất.\n", "UBND tỉnh Lào Cai ", "Ủy ban nhân dân ", "Sở Y tế, ", "Sở Y tế chủ trì, phối hợp với Sở Nội vụ; ",
    "Sở Y tế:\n", "- Sở Y tế rà soát.\n", "Giao Sở Y tế chủ trì. ", "giao ", "chủ trì ", "phối hợp ", "trước ngày 30/6/2026 ", "ngày 30/6/2026 ", "ngày ", "tháng 6 ",
    "năm 2026 ", "12/2024/", "12-", "A/", "A-", "A", "Ă", "a ", "a", "A ", "Aa ", " ", "\n", "\t", ".", ". ", ", ", "; ", ":\n", "(", ")", "()", "“", "”", '"', "“a” ", "/", "-", "- ",
    "–", "…", "_", "*", "**a** ", "# a\n", "1", "1 ", "1.", "1) ", "1/", "I. ", "I\n", "\u0301", "e\u0301", "́ạ", "\u00ad", "\u200b", "\ufeff", "ủy", "UỶ BAN ",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n", "ĐẢNG CỘNG SẢN VIỆT NAM\n", "Độc lập - Tự do - Hạnh phúc\n", "Nơi nhận:\n", "Nơi nhận:\n- Như trên;\n", "Kính gửi: ",
    "Kính gửi: Sở Y tế;\n", "TM. ỦY BAN NHÂN DÂN\n", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n", "T/M BAN THƯỜNG VỤ\n", "QUYẾT ĐỊNH\n", "QUYẾT ĐỊNH:\n", "NGHỊ QUYẾT\nVề việc\n",
    "Về việc ", "V/v ", "thực hiện ", "thực hiện Nghị quyết số 15-NQ/TW và ", "triển khai thực hiện ", "ban hành kèm theo ", "ban hành Kế hoạch ", "theo đề nghị của ",
    "của ", "của Chính phủ ", "và ", "các ", "số ", "số 1 ", "số: 12/ ", "số 12 ngày 1/2/2020 ", "Bộ Chính trị ", "BCT ", "Ban Chấp hành Trung ương ", "Bí thư ", "đồng chí ",
    "Quyết định số 12/QĐ-UBND ngày 1/2/2020 của UBND tỉnh Lào Cai về việc phê duyệt ", "Quyết định số 12/QĐ-UBND về ", "Thông tư số 1/2020/TT-BTC hướng dẫn ",
    "hết hiệu lực ", "có hiệu lực từ ngày 1/1/2026 ", "Nghị định này thay thế Nghị định số 1/2020/NĐ-CP. ", "Luật số 1/2020/QH14 đã được sửa đổi, bổ sung; ", "tại Điều 1 ",
    "hằng năm ", "hàng quý ", "6 tháng ", "15 ngày làm việc kể từ ngày ký ", "x\u00a0", "x  ", "x\r", "x\x0b", "x\x0c", "\x0c", "\x0cTrang 1\n", "Trang 1/9\n", "2\n",
)  # fmt: skip
"""What texts are made of, over and over."""

PAGES = {
    "li": "<li>mục", "ol": "<ol><li>mục</li></ol>", "td": "<td>1", "tr": "<tr><td>a<td>b", "table": "<table><tr><td>a</td></tr></table>", "br": "<br>", "p": "<p>a",
    "sup": "a<sup>1</sup>", "b": "<b>a</b>", "div": "<div>", "span": "<span>a</span>", "entity": "&nbsp;", "one list": "<li>mục</li>", "one row": "<td>a</td>",
}  # fmt: skip
"""What pages are made of."""
ROWS = {
    "csv": ("Số ký hiệu;Ngày;Trích yếu\n", "1/KH-UBND;01/02/2024;Thực hiện Nghị quyết số 15-NQ/TW\n", ""),
    "csv, blank": ("Số ký hiệu;Ngày;Trích yếu\n", ";;\n", ""),
    "csv, one column": ("", "Nghị quyết số 15-NQ/TW\n", ""),
    "csv, quotes": ("Số ký hiệu,Trích yếu\n", '"",', ""),
    "json": ("[", '{"number": "1/KH-UBND", "title": "Kế hoạch"},', '{"number": "2/KH-UBND", "title": "a"}]'),
    "json, keys": ("[{", '"K": 1,', '"number": "2/KH-UBND", "title": "a"}]'),
    "json lines": ("", '{"number": "1/KH-UBND", "title": "Kế hoạch"}\n', ""),
    "json, lists": ('{"title": "a", "b": [', "[],", "1]}"),
}
"""What tables are made of: how they begin, a row, how they end."""


Make = Callable[[int], RawFile]


def kinds() -> Iterator[tuple[str, Make]]:
    """Yield every kind: its name, and what makes a file of so many bytes."""
    for piece in PIECES:
        yield repr(piece), partial(_file, Kind.TEXT, "a.txt", ("KẾ HOẠCH\n", piece, "\n"))
    for name, piece in PAGES.items():
        begin = "<html><body><p>a" + {"one list": "<ol>", "one row": "<table><tr>"}.get(name, "")
        yield f"html {name}", partial(_file, Kind.HTML, "a.html", (begin, piece, ""))
    for name, parts in ROWS.items():
        yield name, partial(_file, Kind.TEXT, "a.json" if "json" in name else "a.csv", parts)


def exponent(make: Make) -> tuple[float, float]:
    """Return with which power of its size a kind's cost grows, and the processor seconds of the largest that was read."""
    small, power, taken = _cost(make(SMALL)), 0.0, 0.0
    for size in (MIDDLE, LARGE):
        taken = _cost(make(size))
        power = math.log(taken / small) / math.log(size / SMALL)
        if power > _HOPELESS:
            break
    return power, taken


def attack(seed: int, times: int) -> str:
    """Measure kinds, all or every so manyth. Raises AssertionError with those that grow faster than `MOST`."""
    every = list(kinds())
    chosen = every[seed % max(1, len(every) // times) :: max(1, len(every) // times)]
    found = {name: exponent(make) for name, make in chosen}
    bad = {name: value for name, value in found.items() if value[0] > MOST}
    for name in list(bad):  # a busy machine may have been in between
        bad[name] = min(bad[name], exponent(dict(chosen)[name]))
    bad = {name: value for name, value in bad.items() if value[0] > MOST}
    assert not bad, "; ".join(
        f"{name} grows by {power:.2f} ({seconds:.1f} s)" for name, (power, seconds) in bad.items()
    )
    name, (power, _) = max(found.items(), key=lambda item: item[1][0])
    return f"{len(found)} kinds of repetition from 40 to 640 kB: exponents to {power:.2f} ({name})"


def _file(kind: Kind, name: str, parts: tuple[str, str, str], size: int) -> RawFile:
    begin, piece, end = parts
    return RawFile(name, (begin + piece * (size // len(piece.encode())) + end).encode(), "0" * 64, kind)


def _cost(file: RawFile) -> float:
    """Return the least processor time of three readings, or of one that takes long."""
    taken: list[float] = []
    while not taken or (len(taken) < 3 and max(taken) < _LONG):
        start, times = time.process_time(), 0
        while time.process_time() - start < _ENOUGH:
            times += 1
            with suppress(SourceError):
                resolve(extract_file(file, None, None, unguarded(lambda limits: None)))
        taken.append((time.process_time() - start) / times)
    return min(taken)
