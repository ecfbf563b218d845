"""All rules, loaded for a process that reads files: with what they make only when they first meet what they look for."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from chidao.extract.language.kept_patterns import kept_patterns
from chidao.extract.model import Facts, Source

DOCUMENT = """ỦY BAN NHÂN DÂN
TỈNH LÀO CAI
-------
Số: 18/KH-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lào Cai, ngày 10 tháng 3 năm 2025

KẾ HOẠCH
Thực hiện Nghị quyết số 57-NQ/TW ngày 22 tháng 12 năm 2024 của Bộ Chính trị về phát triển
khoa học, công nghệ

Căn cứ khoản 1 Điều 3 Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020
của Chính phủ. Thực hiện Nghị quyết trên, Ủy ban nhân dân tỉnh đã ban hành Kế hoạch số 5/KH-UBND và triển khai thực hiện, cụ thể:

1. Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính, Công an tỉnh và Ủy ban nhân dân các huyện, thành phố tham mưu,
xây dựng đề án, hướng dẫn các địa phương sắp xếp lại tổ chức, bộ máy; báo cáo Ủy ban nhân dân tỉnh trước ngày 30 tháng 6 năm 2025
và định kỳ hằng quý.

2. Giao Thanh tra tỉnh chủ trì, phối hợp với Sở Xây dựng và các cơ quan, đơn vị có liên quan kiểm tra việc chấp hành kỷ luật, kỷ cương.

3. Các sở, ban, ngành tiếp tục thực hiện Chỉ thị nói trên. Kế hoạch này thay thế Kế hoạch số 7/KH-UBND ngày 02 tháng 01 năm 2020,
có hiệu lực kể từ ngày ký./.

Nơi nhận:
- Như trên;
- Lưu: VT, NC.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn Mẫu
"""
"""A plan as any office writes it, which has what most documents have."""


def ready(name: str) -> Callable[..., Iterable[Facts]]:
    """Return `extract_file` with all rules loaded. Their patterns are those that are kept under a name (see `kept_patterns`), also those
    that are compiled when a document first has a heading, a task or a relation: one of our own is read here."""
    with kept_patterns(name):
        from chidao.extract.facts import extract_text
        from chidao.extract.paths import extract_file

        extract_text(Source("", "0" * 64, "utf-8", DOCUMENT))
    return extract_file
