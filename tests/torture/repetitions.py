"""What texts, pages and tables are made of, over and over, as a converter, a table or malice makes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import count, islice, repeat

from chidao.extract.formats.kinds import Kind
from chidao.extract.formats.source import RawFile

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
    "khoản 1, ", "điểm a, b, c khoản 3 Điều 5, ", "điểm a, b, c khoản 3 Điều 5 Luật Đất đai; ", "Điều 5 và Điều 7 Nghị định số 1/2020/NĐ-CP, ",
    "từ Điều 5 đến Điều 9 ", "1. Sửa đổi khoản 2 Điều 5 như sau:\n“2. Mới.”\n", "“Điều 5. Mới\n", "Sửa đổi, bổ sung khoản 1 Điều 5; ",
    "Thay thế cụm từ “A” bằng cụm từ “B” tại Điều 5; ", "cụm từ “A”, ", "thay thế cụm từ “A”, ", "Bãi bỏ các văn bản sau đây:\n",
    "Bãi bỏ các văn bản sau đây:\na) Nghị định số 1/2020/NĐ-CP;\n", "Bãi bỏ các văn bản sau: Nghị định số 1/2020/NĐ-CP; ",
    "Nghị định số 1/2020/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực. ", "Nghị định số 1/2020/NĐ-CP hết hiệu lực, ",
    "Kế hoạch này có hiệu lực thi hành kể từ ngày 01/01/2026, trừ Điều 5. ", "trừ khoản 1 Điều 5 có hiệu lực từ ngày 1/7/2026, ",
    "Quyết định số 1/QĐ-UBND được thay thế bằng Kế hoạch này, ", "Chính phủ quy định chi tiết Điều này. ", "Điều 1. Chính phủ quy định chi tiết Điều này.\n",
    "do Chính phủ quy định, ", "giao Chính phủ quy định; ", "Kế hoạch này quy định chi tiết khoản 2 Điều 5 Luật Đất đai. ", "Kính gửi: Sở Y tế; Sở Nội vụ: ",
    "Sở Y tế; Sở Nội vụ: ", "Bộ Y tế: (1) Rà soát hồ sơ; (2) Báo cáo; ", "(1) Rà soát hồ sơ của đơn vị; ",
    "Giao Sở Y tế chủ trì, phối hợp với Sở Nội vụ rà soát, báo cáo trước ngày 30/6/2026. ",
    "Giao Sở Y tế chủ trì, phối hợp với Sở Nội vụ rà soát, báo cáo trước ngày 30/6/2026, ", "Sở Y tế (cơ quan thường trực) rà soát, ", "các sở, ban, ngành, ",
    "UBND các xã, phường, ", "phối hợp với Sở Y tế, ", "Sở Y tế và Sở Nội vụ và ", "- Thời gian hoàn thành: trước ngày 30/6/2026.\n",
    "- Cơ quan chủ trì: Sở Y tế.\n", "trước ngày 15 hằng tháng, ", "định kỳ 6 tháng, hằng năm, ", "chậm nhất 5 ngày làm việc kể từ ngày ký, ",
    "TT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn\n1 | Rà soát văn bản | Sở Y tế | Tháng 6\n",
    "| Rà soát hồ sơ | Sở Y tế | Sở Nội vụ, Sở Tài chính | Quý II/2026 |\n", "|---|---|\n", "+---+---+\n| a | b |\n",
    "1\tRà soát các văn bản\tSở Y tế\t30/6/2026\n", "Rà soát   Sở Y tế   30/6/2026\n", "STT   Nhiệm vụ   Cơ quan\n", "STT\n1\nRà soát văn bản\nSở Y tế\n",
    "I. Mục\n1. Mục\na) Mục\n- Mục\n+ Mục\n", "1. Mục:\n", "- Mục:\n", "1. Mục:\n- mục\na) mục\n", "1. Sở Y tế:\n- Rà soát các văn bản đã ban hành.\n",
    "a:\n", "PHẦN THỨ NHẤT\nCHƯƠNG I\nMỤC 1\n", "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n1. Luật này quy định.\n", "1.1.1.1. ", "Nghị quyết số 15-NQ/TW¹ ",
    "¹ Nghị quyết số 15-NQ/TW.\n", "¹ Triển khai\n² Nghị quyết số 15-NQ/TW.\n", "(Nghị quyết số 15-NQ/TW) ", "(Nghị quyết số 15-NQ/TW, ", "(khoản 1 Điều 5 ",
    "Nghị quyết số 15-NQ/TW theo Nghị quyết số 16-NQ/TW, ", "Nghị quyết số 15-NQ/TW, thay thế ",
    "Quyết định số 1/QĐ-UBND được thay thế bởi Quyết định số 2/QĐ-UBND; ", "Quyết định số 1/QĐ-UBND sửa đổi Quyết định số 2/QĐ-UBND ",
    "Luật sửa đổi, bổ sung một số điều của Luật Đất đai, ", "Nghị quyết số 1, 2, 3, ", "Quyết định số 1/QĐ-UBND, 2/QĐ-UBND, ", "1/QĐ-UBND ", "Nghị quyết số ",
    "Thực hiện Nghị quyết số 15-NQ/TW về việc triển khai, ", "Thực hiện Nghị quyết số 15-NQ/TW;\n", "Thực hiện Nghị quyết số 15-NQ/TW, căn cứ Luật Đất đai, ",
    "chỉ đạo, quán triệt, triển khai, ", "Ban Thường vụ Tỉnh ủy đã ban hành Nghị quyết số 15-NQ/TW; ",
    "Ban Thường vụ Tỉnh ủy đã ban hành Nghị quyết số 15-NQ/TW, ", "đã ban hành, ", "quán triệt Nghị quyết số 15-NQ/TW, ", "theo quy định của ",
    "kèm theo Quyết định số 1/QĐ-UBND ", "(Ban hành kèm theo Quyết định số 1/QĐ-UBND)\n", "Ban Chỉ đạo 35 tỉnh ", "Trường Trung học phổ thông ",
    "xã Lào Cai, phường Lào Cai, ", "TRƯỜNG TRUNG HỌC ", "SỞ Y TẾ\n", "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI\n", "Lào Cai, ngày 20 tháng 5 năm 2022\n",
    "https://a.vn/b-c/d?e=1&", "a.b@c.vn ", "0912.345.678 ", "“Điều 1. a” ", '"a', '\n"a', "ĐIỀU 1. ", "1-2-3-", "a,b,", "từ¹²", "15-NQ/", "NQ/TW ",
    "Luật Đất đai và ", "Đảng bộ tỉnh ", "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ ", "Nghị quyết Trung ương 4, ", "Hội đồng nhân dân tỉnh khóa ",
    "Chủ tịch Ủy ban nhân dân tỉnh yêu cầu ", "yêu cầu:\n", "ngày 1/", "quý I/2026 và ", "từ ngày 1/1/2026 đến ", "-a\n", "sau đây:\n",
    "Kế hoạch này thay thế Kế hoạch số 1/KH-UBND, ", "Kế hoạch này thay thế Kế hoạch số 1/KH-UBND.\n", "Điều 1. Bãi bỏ Kế hoạch số 1/KH-UBND.\n",
    "a b c d e f g h\n", "Một Hai Ba\n", "x" * 119 + "\n", "Số:" + " " * 240 + "x/; ", "a" + " " * 240 + "b, ngày 1/2/2024 c; ",
    "KẾ HOẠCH" + " " * 240, "Rà soát các văn bản đã ban hành và báo cáo kết quả thực hiện về\n",
)  # fmt: skip
"""What texts are made of."""
NUMBERED = (
    "Nghị quyết số {n}-NQ/TW, ", "(Nghị quyết số {n}-NQ/TW) ", "Nghị quyết số {n}-NQ/TW (sau đây gọi tắt là Nghị quyết {n}); ",
    "Luật Cấp nước, thoát nước {w} số 1/2025/QH15; ", "Luật {w}; ", "Sở {w} rà soát, báo cáo kết quả thực hiện.\n", "Điều {n}. Mục\n", "{n}. Mục\n",
    "Ban Chỉ đạo phát triển {w} tỉnh Lào Cai (gọi tắt là Ban Chỉ đạo {w}); ", "viết tắt: {W}: Ủy ban nhân dân {w}\n", "Điều {n} Kế hoạch này, ",
    "{n} | Rà soát văn bản {n} | Sở Y tế | 30/6/2026\n", "Thay thế cụm từ “a{n}” bằng cụm từ “b{n}” tại Điều {n};\n", "từ{s}\n",
    "{s} Nghị quyết số {n}-NQ/TW.\n", "từ{s} triển khai\n{s} Nghị quyết số {n}-NQ/TW.\n", "Bãi bỏ Quyết định số {n}/QĐ-UBND;\n",
    "Căn cứ Nghị định số {n}/2020/NĐ-CP; ", "Căn cứ Nghị định số {n}/2020/NĐ-CP;\n",
    "Nghị định số {n}/2020/NĐ-CP hết hiệu lực kể từ ngày Kế hoạch này có hiệu lực; ", "Quyết định số {n}/QĐ-UBND được thay thế bởi ", "{W} ", "{n}/",
    "{n}/KH-UBND\n", "UBND xã {W}, ", "xã {W} ", "Trường {W} rà soát hồ sơ; ", "Kế hoạch số {n}/KH-UBND ngày 1/2/2024 về {w}, ",
    "Kế hoạch số {n}/KH-UBND; Kế hoạch ", "Điều {n}. Sửa đổi khoản {n} Điều {n} như sau:\n“{n}. Mới”\n", "khoản {n} Điều {n} Nghị định số {n}/2020/NĐ-CP; ",
    "Điều {n} có hiệu lực từ ngày 1/7/2026; ",
)  # fmt: skip
"""The same, each time with another number: "{n}" in figures, "{s}" raised, "{w}" and "{W}" in letters."""
FRAMED = {
    "cell of bodies": ("TT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn\n1 | Rà soát văn bản | ", "Sở Y tế, ", " | 30/6/2026\n"),
    "cell of groups": ("TT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn\n1 | Rà soát văn bản | ", "các sở và ", " | 30/6/2026\n"),
    "cell of names": ("TT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn\n1 | Rà soát văn bản | ", "Công ty Cây Xanh, cây, ", " | 30/6/2026\n"),
    "cell of days": ("TT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn\n1 | Rà soát văn bản | Sở Y tế | ", "ngày 30/6/2026, ", "\n"),
    "rows of a table": ("TT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn\n", "1 | Rà soát văn bản | Sở Y tế | 30/6/2026\n", ""),
    "tabs": ("TT\tNhiệm vụ\tCơ quan chủ trì\tThời hạn\n", "1\tRà soát văn bản\tSở Y tế\t30/6/2026\n", ""),
    "one row of tabs": ("TT\tNhiệm vụ\tCơ quan chủ trì\tThời hạn\n", "1\t", ""),
    "quoted tabs": ("TT\tNhiệm vụ\tCơ quan chủ trì\tThời hạn\n", '1\t"a\n', ""),
    "blanks": ("TT   Nhiệm vụ   Cơ quan chủ trì   Thời hạn\n", "1    Rà soát    Sở Y tế           30/6/2026\n", ""),
    "stacked": ("TT\nNhiệm vụ\nCơ quan chủ trì\nThời hạn\n", "1\nRà soát văn bản\nSở Y tế\n30/6/2026\n", ""),
    "drawn": ("+---+---+\n| TT | Nhiệm vụ | Cơ quan chủ trì |\n+---+---+\n", "|    | rà soát  | Sở Y tế |\n", ""),
    "title": ("QUYẾT ĐỊNH\nVề việc thay thế ", "Quyết định số {n}/QĐ-UBND, ", "\n"),
    "title lines": ("QUYẾT ĐỊNH\nVề việc\n", "thay thế Quyết định số {n}/QĐ-UBND và\n", ""),
    "letterhead": ("", "ỦY BAN NHÂN DÂN ", "\nSố: 1/KH-UBND\n"),
    "repealing": ("QUYẾT ĐỊNH\nĐiều 1. Bãi bỏ ", "Quyết định số {n}/QĐ-UBND, ", ".\n"),
    "repealing list": ("QUYẾT ĐỊNH\nĐiều 1. Bãi bỏ các văn bản sau:\n", "{n}. Quyết định số {n}/QĐ-UBND;\n", ""),
    "ending": ("QUYẾT ĐỊNH\nĐiều 1. ", "Quyết định số {n}/QĐ-UBND, ", " hết hiệu lực kể từ ngày Quyết định này có hiệu lực.\n"),
    "ending each": ("QUYẾT ĐỊNH\nĐiều 1. ", "Quyết định số {n}/QĐ-UBND hết hiệu lực; ", ".\n"),
    "amending": ("NGHỊ ĐỊNH\nsửa đổi Nghị định số 1/2020/NĐ-CP\nĐiều 1. Sửa đổi Nghị định số 1/2020/NĐ-CP\n", "{n}. Sửa đổi khoản {n} Điều 5 như sau:\n“{n}. Mới.”\n", ""),
    "amending one line": ("NGHỊ ĐỊNH\nĐiều 1. Sửa đổi, bổ sung ", "khoản {n} Điều 5, ", " Nghị định số 1/2020/NĐ-CP.\n"),
    "words replaced": ("NGHỊ ĐỊNH\nĐiều 1. Thay thế cụm từ ", "“a{n}”, ", " bằng cụm từ “b” tại Điều 5.\n"),
    "words replaced in": ("NGHỊ ĐỊNH\nĐiều 1. Thay thế cụm từ “a” bằng cụm từ “b” tại ", "khoản {n} Điều 5, ", " Nghị định số 1/2020/NĐ-CP.\n"),
    "quoted": ("NGHỊ ĐỊNH\nĐiều 1. Sửa đổi Điều 2 như sau:\n", "“{n}. Mục\na) Mục”\n", ""),
    "in force": ("NGHỊ ĐỊNH\nĐiều 1. Nghị định này có hiệu lực từ ngày 1/1/2026, trừ ", "khoản {n} Điều 5, ", ".\n"),
    "when": ("NGHỊ ĐỊNH\nĐiều 1. ", "kể từ ngày Nghị định này có hiệu lực, ", ".\n"),
    "articles": ("LUẬT\n", "Điều {n}. Chính phủ quy định chi tiết Điều này và khoản 2 Điều {n}.\n", ""),
    "delegating": ("LUẬT\nĐiều 1. ", "Chính phủ quy định chi tiết khoản {n} Điều này; ", "\n"),
    "detailing": ("NGHỊ ĐỊNH\nĐiều 1. Nghị định này quy định chi tiết ", "khoản {n} Điều 5, ", " Luật Đất đai.\n"),
    "preamble": ("QUYẾT ĐỊNH\nCăn cứ ", "Luật số {n}/2025/QH15; ", "\n"),
    "preamble carries": ("KẾ HOẠCH\nThực hiện ", "Nghị quyết số {n}-NQ/TW, ", ", Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:\n"),
    "preamble issues": ("KẾ HOẠCH\nCăn cứ Luật Đất đai, ban hành Kế hoạch thực hiện ", "Nghị quyết số {n}-NQ/TW và ", "\n"),
    "done by many": ("BÁO CÁO\n", "Sở Y tế, ", " ban hành Kế hoạch số 1/KH-SYT.\n"),
    "done": ("BÁO CÁO\nSở Y tế đã ban hành ", "Kế hoạch số {n}/KH-SYT; ", "\n"),
    "done often": ("BÁO CÁO\nSở Y tế ", "ban hành Kế hoạch số {n}/KH-SYT, ", "\n"),
    "verbs": ("BÁO CÁO\nSở Y tế ", "quán triệt, triển khai, ", " Nghị quyết số 15-NQ/TW.\n"),
    "replaced": ("BÁO CÁO\n", "Nghị quyết số {n}-NQ/TW, ", " được thay thế bởi Nghị quyết số 15-NQ/TW.\n"),
    "replacing": ("BÁO CÁO\nNghị quyết số 15-NQ/TW thay thế ", "Nghị quyết số {n}-NQ/TW, ", "\n"),
    "consolidated": ("VĂN BẢN HỢP NHẤT\nNghị định số 1/2020/NĐ-CP được sửa đổi, bổ sung bởi:\n", "Nghị định số {n}/2021/NĐ-CP;\n", ""),
    "addressees": ("CÔNG VĂN\nKính gửi: ", "Sở Y tế; ", "\nĐề nghị rà soát văn bản.\n"),
    "addressees of work": ("KẾ HOẠCH\n1. Giao ", "Sở Y tế, ", " rà soát văn bản trước ngày 30/6/2026.\n"),
    "helpers": ("KẾ HOẠCH\n1. Sở Y tế chủ trì, phối hợp với ", "Sở Nội vụ, ", " rà soát văn bản.\n"),
    "parts": ("KẾ HOẠCH\n1. Sở Y tế: (1) Rà soát; ", "(2) Báo cáo kết quả thực hiện; ", "\n"),
    "items": ("KẾ HOẠCH\n1. Sở Y tế:\n", "- Rà soát văn bản, báo cáo kết quả.\n", ""),
    "labels": ("KẾ HOẠCH\n1. Sở Y tế rà soát văn bản.\n", "- Thời hạn: 30/6/2026.\n", ""),
    "deep": ("KẾ HOẠCH\n", "1. Mục:\n", ""),
    "recipients": ("KẾ HOẠCH\nTM. ỦY BAN NHÂN DÂN\nNơi nhận:\n", "- Sở Y tế;\n", ""),
    "signature": ("KẾ HOẠCH\n", "TM. ", "\nCHỦ TỊCH\nTrần Văn A\n"),
    "abbreviations": ("KẾ HOẠCH\nDanh mục viết tắt\n", "A{W}: Ủy ban nhân dân {w}\n", ""),
    "footnotes": ("BÁO CÁO\nTriển khai các nghị quyết¹.\n", "¹ Nghị quyết số {n}-NQ/TW;\n", ""),
    "one footnote": ("BÁO CÁO\nTriển khai các nghị quyết¹.\n¹ ", "Nghị quyết số {n}-NQ/TW; ", "\n"),
    "terms": ("BÁO CÁO\nNghị quyết số 15-NQ/TW (sau đây gọi tắt là Nghị quyết 15). ", "Nghị quyết 15 ", "\n"),
    "bare numbers": ("BÁO CÁO\n", "Chỉ thị số {n}-CT/TW và Chỉ thị {n}, ", "\n"),
    "same number": ("BÁO CÁO\n", "Chỉ thị số 11-CT/TW và Chỉ thị 11, ", "\n"),
    "issuers": ("BÁO CÁO\n", "Kế hoạch số 1/KH-UBND của UBND xã {W}; ", "\n"),
    "days": ("BÁO CÁO\n", "Kế hoạch số 1/KH-UBND ngày 1/2/{n}; ", "\n"),
    "laws stated": ("BÁO CÁO\n", "Luật Cấp nước, thoát nước {w} số 1/2025/QH15; Luật Cấp nước; ", "\n"),
    "saved page": ("<html><body><p>QUYẾT ĐỊNH</p>", "<p>Số hiệu: {n}/QĐ-UBND</p>", "</body></html>"),
    "menu of a saved page": ("", "Trang chủ Giới thiệu ", "\nSố hiệu: 1/KH-UBND\nNgày ban hành: 01/02/2024\nCơ quan ban hành: UBND tỉnh Lào Cai\nKẾ HOẠCH\nThực hiện Luật.\n"),
    "menu lines of a saved page": ("", "Trang chủ\n", "Số hiệu: 1/KH-UBND\nNgày ban hành: 01/02/2024\nCơ quan ban hành: UBND tỉnh Lào Cai\nKẾ HOẠCH\nThực hiện Luật.\n"),
    "headers of ended lists": ("QUYẾT ĐỊNH\n", "Ngày hết hiệu lực | ", "\n"),
    "congresses": ("BÁO CÁO\n", "Nghị quyết Đại hội Đảng bộ tỉnh {W} lần thứ XIII; ", "\n"),
    "nested titles": ("BÁO CÁO\n", "Kế hoạch số {n}/KH-UBND về triển khai ", "\n"),
    "in order": ("BÁO CÁO\n", "Ban hành Kế hoạch số {n}/KH-UBND và sửa đổi Kế hoạch số {n}1/KH-UBND, ", "\n"),
}  # fmt: skip
"""What stands in one place of a document, over and over: how the document begins, the piece, how it ends."""
PAIRED = {
    "lists replace lists": ("BÁO CÁO\n", "Nghị quyết số {n}-NQ/TW, ", "thay thế ", "Nghị quyết số {n}-NQ/TU, ", "\n"),
    "lists carry out lists": ("BÁO CÁO\nThực hiện ", "Nghị quyết số {n}-NQ/TW, ", "UBND tỉnh đã ban hành ", "Kế hoạch số {n}/KH-UBND, ", ".\n"),
    "terms, then one of them": ("BÁO CÁO\n", "Nghị quyết số {n}-NQ/TW (sau đây gọi tắt là Nghị quyết {n}); ", "", "Nghị quyết 1 ", "\n"),
    "deep, then flat": ("KẾ HOẠCH\n", "1. Mục:\n", "", "- mục\na) mục\n", ""),
    "bodies, then their acts": ("BÁO CÁO\n", "Sở Y tế, ", "", "ban hành Kế hoạch số {n}/KH-SYT, ", "\n"),
    "leads, then helpers": ("KẾ HOẠCH\n1. Giao ", "Sở {W}, ", " chủ trì, phối hợp với ", "Phòng {W}, ", " rà soát.\n"),
    "leads, then work": ("KẾ HOẠCH\n1. ", "Sở {W}; ", ":\n", "- Rà soát văn bản của đơn vị mình.\n", ""),
    "codes, then bare numbers": ("BÁO CÁO\n", "Chỉ thị số 11-CT/T{W}; ", "", "Chỉ thị 11, ", "\n"),
    "parts, then documents": ("QUYẾT ĐỊNH\nĐiều 1. Bãi bỏ ", "khoản {n} Điều 5 Quyết định số 1/QĐ-UBND, ", "", "Quyết định số {n}/QĐ-UBND, ", ".\n"),
    "laws stated, then cited": ("BÁO CÁO\n", "Luật Cấp nước, thoát nước {w} số 1/2025/QH15; ", "", "Luật Cấp nước, thoát nước; ", "\n"),
    "abbreviations, then rows": ("KẾ HOẠCH\nviết tắt\n", "A{W}: Ủy ban nhân dân {w}\n", "TT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn\n", "1 | Rà soát văn bản | AB | 30/6/2026\n", ""),
    "marks, then footnotes": ("BÁO CÁO\n", "từ{s}, ", "\n", "{s} Nghị quyết số {n}-NQ/TW.\n", ""),
    "quotes opened, then closed": ("NGHỊ ĐỊNH\nĐiều 1. Sửa đổi Điều 2 như sau:\n", "“1. Mục\n", "", "Mục”\n", ""),
    "rows, then items": ("KẾ HOẠCH\nTT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn\n", "1 | Rà soát văn bản | Sở Y tế | 30/6/2026\n", "", "1. Sở Y tế rà soát văn bản, báo cáo kết quả.\n", ""),
    "provisions, then verbs": ("QUYẾT ĐỊNH\nĐiều 1. ", "Khoản {n} Điều 5, ", "", "được sửa đổi, ", ".\n"),
    "phrases, then places": ("NGHỊ ĐỊNH\nĐiều 1. Thay thế cụm từ ", "“a{n}”, ", " bằng cụm từ “b” tại ", "khoản {n} Điều 5, ", " Nghị định số 1/2020/NĐ-CP.\n"),
    "events, then exceptions": ("NGHỊ ĐỊNH\nĐiều 1. ", "Nghị định số {n}/2020/NĐ-CP, ", "hết hiệu lực, trừ ", "khoản {n} Điều 5, ", ".\n"),
    "suspended, then going on": ("NGHỊ QUYẾT\nĐiều 1. ", "Ngưng hiệu lực Nghị định số {n}/2020/NĐ-CP đến hết ngày 1/1/2027. ", "", "Trong thời gian ngưng hiệu lực, Nghị định số {n}/2021/NĐ-CP tiếp tục có hiệu lực. ", ""),
    "bodies, then delegations": ("LUẬT\nĐiều 1. ", "Bộ Y tế, ", "quy định chi tiết ", "khoản {n} Điều này, ", ".\n"),
    'documents above, then "nêu trên"': ("BÁO CÁO\n", "Nghị quyết số {n}-NQ/TW, ", "", "Chỉ thị nêu trên, ", "\n"),
    "articles, then their numbers": ("LUẬT\n", "Điều {n}. Mục\n", "", "khoản 1 Điều {n}, ", "\n"),
    "grounds, then title": ("QUYẾT ĐỊNH\nVề việc ", "thay thế Quyết định số {n}/QĐ-UBND và ", "\n", "Căn cứ Luật số {n}/2025/QH15;\n", ""),
    "verbs, then documents": ("BÁO CÁO\nSở Y tế ", "quán triệt, ", "", "Nghị quyết số {n}-NQ/TW, ", ".\n"),
    "recipients, then names": ("KẾ HOẠCH\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNơi nhận:\n", "- Sở Y tế;\n", "", "Trần Văn A\n", ""),
    "one issuer each": ("BÁO CÁO\n", "Quyết định số 1/QĐ-UBND của UBND tỉnh Lào Cai; ", "", "Quyết định số 1/QĐ-UBND ngày 1/2/2024; ", "\n"),
}  # fmt: skip
"""Two pieces, the first of which fills one half and the second the other: how the document begins, the first, what stands between, the
second, how the document ends."""
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

BLANKS = (" ", "\t", "\u00a0", "\f", "\u2003", " \t")
GAPS = (
    "KẾ HOẠCH\nThực hiện",
    " Nghị quyết số 15-NQ/TW\nCăn cứ Luật",
    " Đất đai;\nĐiều 1.",
    " Giao Sở Y tế chủ trì, phối hợp",
    " với Sở Nội vụ rà soát.\n",
)
"""A document, and where it is drawn apart by blanks."""

_MARKS = ("{n}", "{s}", "{w}", "{W}")
_LETTERS = "abcdeghiklmnopqrstuv"
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Repetition:
    """A kind of text: how it begins, what it repeats, how it ends, and as what file it is read; `between` and `then` are what stands behind
    the one half that the piece fills, and what fills the other."""

    begin: str
    piece: str
    end: str
    name: str = "a.txt"
    kind: Kind = Kind.TEXT
    between: str = ""
    then: str = ""

    def file(self, size: int) -> RawFile:
        """Return a file of so many bytes, or a few more where a piece is numbered."""
        if self.then:
            repeated = _repeated(self.piece, size // 2) + self.between + _repeated(self.then, size // 2)
        else:
            repeated = _repeated(self.piece, size)
        return RawFile(self.name, (self.begin + repeated + self.end).encode(), "0" * 64, self.kind)


def _repeated(piece: str, size: int) -> str:
    return "".join(islice(_numbered(piece), size // len(piece.encode())))


def _numbered(piece: str) -> Iterator[str]:
    """Yield the piece for ever, each time with the next number where it has a place for one."""
    if not any(mark in piece for mark in _MARKS):
        yield from repeat(piece)
    for n in count(1):
        word = "".join(_LETTERS[n // 20**place % 20] for place in range(6) if n >= 20**place)
        said = (str(n), str(n).translate(_RAISED), word, word.upper())
        yield reduce(lambda made, by: made.replace(*by), zip(_MARKS, said, strict=True), piece)


def repetitions() -> Iterator[tuple[str, Repetition]]:
    """Yield every kind with its name."""
    for piece in (*PIECES, *NUMBERED):
        yield repr(piece), Repetition("KẾ HOẠCH\n", piece, "\n")
    for name, parts in FRAMED.items():
        yield name, Repetition(*parts)
    for at in range(1, len(GAPS)):
        for blank in BLANKS:
            yield f"{blank!r} behind {GAPS[at - 1][-8:]!r}", Repetition("".join(GAPS[:at]), blank, "".join(GAPS[at:]))
    for name, (begin, first, between, then, end) in PAIRED.items():
        yield name, Repetition(begin, first, end, between=between, then=then)
    for name, piece in PAGES.items():
        begin = "<html><body><p>a" + {"one list": "<ol>", "one row": "<table><tr>"}.get(name, "")
        yield f"html {name}", Repetition(begin, piece, "", "a.html", Kind.HTML)
    for name, parts in ROWS.items():
        yield name, Repetition(*parts, "a.json" if "json" in name else "a.csv")
