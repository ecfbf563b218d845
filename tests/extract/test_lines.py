"""What a converter ran together in headings and signature blocks is set apart, and nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract.heading.heading import read_heading
from chidao.extract.heading.lines import has_title, lines_with, split_lines, unfold
from chidao.extract.language.lexicon import lexicon
from chidao.extract.language.patterns import MOTTO, NATION, PARTY_TITLE


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (
            "Lào Cai, ngày 05 tháng 3 năm 2026 THÔNG TƯ SỬA ĐỔI QUY CHẾ BẾN THỦY",
            ["Lào Cai, ngày 05 tháng 3 năm 2026", "THÔNG TƯ", "SỬA ĐỔI QUY CHẾ BẾN THỦY"],
        ),
        ("BỘ TÀI CHÍNH -------", ["BỘ TÀI CHÍNH", ""]),
        (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc ------- Luật số: 9/2026/QH16",
            ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Luật số: 9/2026/QH16"],
        ),
        (
            "ỦY BAN NHÂN DÂN _ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            ["ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ),
        (
            "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Trần Văn Bến",
            ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn Bến"],
        ),
        ("CHỦ TỊCH QUỐC HỘI Trần Văn Bến", ["CHỦ TỊCH QUỐC HỘI", "Trần Văn Bến"]),
        (
            "KT. BỘ TRƯỞNG THỨ TRƯỞNG Lê Thị Đò DANH MỤC BIỂU MẪU",
            ["KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "Lê Thị Đò", "DANH MỤC BIỂU MẪU"],
        ),
        # kept as they are
        ("Căn cứ Luật Đất đai ngày 18 tháng 01 năm 2024;", ["Căn cứ Luật Đất đai ngày 18 tháng 01 năm 2024;"]),
        ("CHÍNH PHỦ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", ["CHÍNH PHỦ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]),
        ("Giám đốc Sở Nội vụ chịu trách nhiệm thi hành.", ["Giám đốc Sở Nội vụ chịu trách nhiệm thi hành."]),
    ],
)
def test_parts(line: str, parts: list[str]) -> None:
    assert unfold(split_lines(line), lexicon()) == parts


@pytest.mark.parametrize("title", [*NATION.examples, *MOTTO.examples, *PARTY_TITLE.examples])
def test_every_title_stands_on_a_line_of_its_own(title: str) -> None:
    assert unfold(split_lines(f"SỞ Y TẾ {title}"), lexicon()) == ["SỞ Y TẾ", title]
    assert has_title(f"SỞ Y TẾ {title}") and has_title(title.lower())


@given(st.lists(st.sampled_from(["ngày", ", ", "\n", "a", ",ngày", ",\nngày"])))
def test_the_lines_with_something_are_those_in_which_each_alone_has_it(pieces: list[str]) -> None:
    lines = split_lines("".join(pieces))
    told = re.compile(", ?ngày")
    assert [n for n, _ in lines_with(told, lines)] == [n for n, line in enumerate(lines) if told.search(line)]


@given(st.text(max_size=300))
def test_no_letter_is_lost_and_each_part_knows_its_place(text: str) -> None:
    parts = unfold(split_lines(text), lexicon())
    assert [c for part in parts for c in part if c.isalnum()] == [c for c in text if c.isalnum()]
    assert all(text.startswith(part, part.start) for part in parts)


WEB = (
    "ỦY BAN NHÂN DÂN TỈNH LÀO CAI -------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc ---------------\n"
    "Số: 12/QĐ-UBND Lào Cai, ngày 05 tháng 3 năm 2026 QUYẾT ĐỊNH VỀ VIỆC PHÊ DUYỆT BẾN THỦY ỦY BAN NHÂN DÂN TỈNH LÀO CAI\n"
    "Căn cứ Luật Tổ chức chính quyền địa phương;\nĐiều 1. Phê duyệt.\nNơi nhận:\n- Như Điều 3;\n- Lưu: VT.\n"
    "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Trần Văn Bến\n"
)
Fields = dict[str, object]


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (
            WEB,
            {
                "type": "Quyết định",
                "number": "12",
                "symbol": "QĐ-UBND",
                "date": "2026-03-05",
                "place": "Lào Cai",
                "issuer": "Ủy ban nhân dân tỉnh Lào Cai",
                "title": "VỀ VIỆC PHÊ DUYỆT BẾN THỦY",
                "signer": "Trần Văn Bến",
                "signer_role": "Phó Chủ tịch",
                "recipients": ("Như Điều 3", "Lưu: VT"),
            },
        ),
        # OCR loses marks
        (
            "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI\nSố: 7/QĐ-UBND\nLào Cai, ngày 01 tháng 02 năm 2026\n\nQUYÉT ĐỊNH\nVề bến thủy\n",
            {"type": "Quyết định", "title": "Về bến thủy"},
        ),
        # an office within a committee
        (
            "BAN CHẤP HÀNH TRUNG ƯƠNG     ĐẢNG CỘNG SẢN VIỆT NAM\nVĂN PHÒNG\n*     Hà Nội, ngày 03 tháng 4 năm 2026\nSố 36-HD/VPTW\n\nHƯỚNG DẪN\nvề bến thủy\n",
            {"issuer": "Văn phòng Trung ương Đảng", "number": "36", "type": "Hướng dẫn"},
        ),
        (
            "THÀNH UỶ HÀ NỘI     ĐẢNG CỘNG SẢN VIỆT NAM\nBAN TỔ CHỨC\nSố 21-HD/BTCTU     Hà Nội, ngày 03 tháng 4 năm 2026\n\nHƯỚNG DẪN\nvề bến thủy\n",
            {"issuer": "Ban Tổ chức Thành ủy Hà Nội"},
        ),
        # ranks, and what is nobody's name
        ("BỘ TRƯỞNG\n\nĐại tướng Lê Văn Đò\n", {"signer": "Lê Văn Đò", "signer_role": "Bộ trưởng"}),
        ("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nPGS.TS. Trần Thị Bến\n", {"signer": "Trần Thị Bến"}),
        ("CHỦ TỊCH\n\nChương I\nXã An Bến\n", {"signer": None}),
        # a law's number that opens a line of the grounds
        (
            "BỘ CÔNG AN\nHà Nội, ngày 03 tháng 4 năm 2026\nTHÔNG TƯ\nvề bến thủy\n\nCăn cứ Luật\nsố 62/2020/QH14;\n",
            {"number": None, "symbol": None},
        ),
        (
            "# Nghị quyết số 57-NQ/TW\n\nToàn văn Nghị quyết.\n",
            {"type": "Nghị quyết", "number": "57", "symbol": "NQ/TW"},
        ),
    ],
)
def test_headings(text: str, fields: Fields) -> None:
    heading, _ = read_heading(text)
    assert {name: getattr(heading, name) for name in fields} == fields


VBHN = (
    "VĂN BẢN HỢP NHẤT -\nBỘ TÀI CHÍNH\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nTHÔNG TƯ\n"
    "Quy định về bến thủy\n\nThông tư số 5/2020/TT-BTC ngày 02 tháng 3 năm 2020 của Bộ trưởng Bộ Tài chính.\n\n"
    "XÁC THỰC VĂN BẢN HỢP NHẤT\nSố: 40/VBHN-BTC\nHà Nội, ngày 30 tháng 8 năm 2024\n\nKT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nLê Thị Đò\n"
)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        # a consolidated text has its number and day at its end
        (
            VBHN,
            {
                "type": "Văn bản hợp nhất",
                "number": "40",
                "symbol": "VBHN-BTC",
                "date": "2024-08-30",
                "place": "Hà Nội",
                "issuer": "Bộ Tài chính",
                "title": "THÔNG TƯ Quy định về bến thủy",
                "signer": "Lê Thị Đò",
            },
        ),
        # prose behind a title
        ("CHỈ THỊ\nVề bến thủy\nTrong thời gian qua, các bến thủy hoạt động ổn định.\n", {"title": "Về bến thủy"}),
        ("KẾ HOẠCH\nvề bến thủy\nThực hiện quy hoạch tỉnh, Ủy ban nhân dân ban hành.\n", {"title": "về bến thủy"}),
        # a subject line and the right column behind it
        (
            "SỞ NỘI VỤ\nSố: 5/SNV-VP\nV/v kiểm tra bến thủy\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nKính gửi: Các xã\n",
            {"type": "Công văn", "title": "kiểm tra bến thủy"},
        ),
        (
            "BIÊN BẢN\nvề bến thủy\n\nHôm nay, ngày 05 tháng 3 năm 2026, tại Lào Cai, hai bên họp.\n",
            {"place": None, "date": None},
        ),
        ("CHỦ TỊCH QUỐC HỘI\n\nTrần Văn Bến\n", {"signer_role": "Chủ tịch Quốc hội"}),
        # a form in an annex has recipients of its own
        ("CHỦ TỊCH\n\nTrần Văn Bến\n" + "Phụ lục\n" * 90 + "Nơi nhận:\n- Như trên;\n", {"recipients": ()}),
        ("Nơi nhận:\n\n*   Như trên;\n*   Lưu: VT.\n", {"recipients": ("Như trên", "Lưu: VT")}),
        (
            "| **Nơi nhận:** | **CHÁNH VĂN PHÒNG** |\n|---|---|\n| - Ban Tổ chức Tỉnh ủy, | |\n| - Đảng ủy xã A, | *(Đã ký)* |\n| - Lưu. | |\n",
            {"recipients": ("Ban Tổ chức Tỉnh ủy", "Đảng ủy xã A", "Lưu")},
        ),
        # the title stands below who decided, in small letters too
        (
            "THÀNH ỦY HUẾ\n*\nSố 09-CT/TU\nHuế, ngày 04 tháng 11 năm 2025\n\nCHỈ THỊ\ncủa Ban Thường vụ Thành ủy\nvề phòng, chống bão\n",
            {"issuer": "Ban Thường vụ Thành ủy Huế", "title": "về phòng, chống bão"},
        ),
        (
            "TỈNH ỦY LÀO CAI\n*\nSố 9-BC/TU\nLào Cai, ngày 04 tháng 11 năm 2025\n\nBÁO CÁO\ncủa Ban Chấp hành Đảng bộ tỉnh tại Đại hội\n",
            {"issuer": "Tỉnh ủy Lào Cai", "title": "của Ban Chấp hành Đảng bộ tỉnh tại Đại hội"},
        ),
        (
            "UBND TỈNH LÀO CAI\nSỞ NỘI VỤ\nSố: 9/BC-SNV\nLào Cai, ngày 04 tháng 11 năm 2025\n\nBÁO CÁO\ncủa Sở Nội vụ về tuyển dụng\n",
            {"issuer": "Sở Nội vụ tỉnh Lào Cai", "title": "về tuyển dụng"},
        ),
        (
            "Kính gửi: | - Bộ Tư pháp;\n | - Bộ Y tế.\n\nThực hiện\n",
            {"addressed": ("Bộ Tư pháp", "Bộ Y tế")},
        ),
        (
            "| Nơi nhận: | KT. CHỦ TỊCH PHÓ CHỦ TỊCH Trần Văn Bến |\n",
            {"signer": "Trần Văn Bến", "signer_role": "Phó Chủ tịch"},
        ),
    ],
)
def test_more_headings(text: str, fields: Fields) -> None:
    heading, _ = read_heading(text)
    assert {name: getattr(heading, name) for name in fields} == fields
