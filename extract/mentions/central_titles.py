"""Where the title of a central document ends in a paper that goes on with words of its own: where it is carried out, who asks for it, what
else is looked at.

Nghị quyết 57-NQ/TW về chuyển đổi số | trên địa bàn tỉnh Lào Cai
Chỉ thị 40-CT/TW về tín dụng | theo đề nghị của Ngân hàng Chính sách xã hội
Nghị định 62/2025/NĐ-CP về khuyến nông | và hướng dẫn của Bộ Nông nghiệp và Môi trường

The title of a local document may hold any of these.
"""

from __future__ import annotations

import re

from chidao.extract.language.composing import one_of, rules
from chidao.extract.language.jurisdictions import Place, named_provinces
from chidao.extract.language.letters import LETTER, UPPER
from chidao.extract.language.patterns import PROVINCE_UNIT, UNIT
from chidao.extract.language.symbols import issuer_of
from chidao.extract.language.tables import words
from chidao.extract.mentions.title_stops import PAPERS_BEFORE
from chidao.ontology.authority import types_of

_PLACE = re.compile(
    rf"\s+trên\s+địa\s+bàn(?:\Z|\s+(?P<each>các\s+)?(?:toàn\s+)?{UNIT}(?![{LETTER}])(?P<name>\s+\S)?.*)",
    re.IGNORECASE | re.DOTALL,
)
"""The bare "trên địa bàn" is that of whoever writes."""
_OF_ONE_PLACE = re.compile(r"QĐ-TTg|NQ-CP|.*QH[0-9]+")
"""Symbols of documents that may be about one province by its name."""
_PROVINCES = re.compile(rf"(?<!\w){PROVINCE_UNIT}(?!\w)", re.IGNORECASE)
"""Of "các tỉnh Tây Nguyên", which are no writer's but those that the document is about."""
_OF_THE_COUNTRY = re.compile(r"(?<!\w)(?:quốc\s+gia|toàn\s+quốc|cả\s+nước)(?!\w)", re.IGNORECASE)
"""Of "phê duyệt Chương trình quốc gia về phòng, chống đuối nước": what is the whole country's is carried out in one place by the writer."""
_MEETING = r"(?:hội\s+nghị|cuộc\s+họp|phiên\s+họp|buổi\s+làm\s+việc)"
_OWN_WORDS = rules(
    (
        "who asks for it",
        rf"\s+theo\s+(?:đề\s+(?:nghị|xuất)|kiến\s+nghị|yêu\s+cầu|chỉ\s+đạo|{one_of(words('opinion'))})\s+(?:chỉ\s+đạo\s+)?của\s+[{UPPER}].*",
        "về tín dụng chính sách theo đề nghị của Ngân hàng Chính sách xã hội",
    ),
    (
        "what else is looked at",
        rf"\s+(?:và|cùng(?:\s+với)?)\s+(?:các\s+)?(?:hướng\s+dẫn|chỉ\s+đạo|ý\s+kiến\s+chỉ\s+đạo)\s+của\s+[{UPPER}].*",
        "về khuyến nông và hướng dẫn của Bộ Nông nghiệp và Môi trường",
    ),
    (
        "what other rules say",
        r"\s+(?:và|cùng(?:\s+với)?)\s+(?:các\s+)?(?:quy\s+định|văn\s+bản)\s+(?:khác\s+)?(?:hướng\s+dẫn|của\s+pháp\s+luật|(?:có\s+)?liên\s+quan(?!\s+(?:đến|tới)))(?!\w).*",
        "về khuyến nông và các quy định có liên quan",
    ),
    (
        "in which meeting it is spoken of",
        rf"\s+tại\s+(?i:{_MEETING})\s+(?:ngày|giao\s+ban|trực\s+tuyến|toàn\s+quốc|sơ\s+kết|tổng\s+kết|triển\s+khai|quán\s+triệt)(?!\w).*",
        "về phát triển nông nghiệp tại Hội nghị trực tuyến toàn quốc",
    ),
    flags=re.DOTALL,
)
_OF_MEETINGS = re.compile(r"(?<!\w)(?:kết\s+luận|ý\s+kiến|chất\s+vấn|phát\s+biểu|họp)(?!\w)", re.IGNORECASE)
"""Of "Kết luận của Thủ tướng Chính phủ tại Hội nghị …", whose matter is what was said there."""
_WITHIN = {
    "who asks for it": _OF_MEETINGS,
    "what else is looked at": PAPERS_BEFORE,
    "what other rules say": PAPERS_BEFORE,
    "in which meeting it is spoken of": _OF_MEETINGS,
}
"""Behind what such words are the title's own: "thực hiện nghị quyết và hướng dẫn của Ban Bí thư"."""


_OF_RULES = frozenset(["who asks for it", "in which meeting it is spoken of"])
"""What rules hold of themselves: "quy định việc dẫn giải theo yêu cầu của Tòa án", "về biểu quyết tại phiên họp trực tuyến"."""


def central_title(title: str, kind: str | None, symbol: str | None, home: Place | None) -> str:
    """Return the title of a cited document of that type and symbol without what is no part of it, where the symbol names a body of the
    centre. `home` is the place of whoever cites it, where that is known."""
    issuer = issuer_of(symbol) if symbol else None
    if symbol is None or issuer is None or not issuer.entry:
        return title
    place = _PLACE.search(title) if "bàn" in title.lower() else None
    if place and _is_the_writers(place, symbol, home):
        title = title[: place.start()]
    if kind in types_of("correspondence"):
        return title
    for tail in _OWN_WORDS:
        if kind in types_of("rule") and tail.name in _OF_RULES:
            continue
        found = tail.pattern.search(title)
        if found and not _WITHIN[tail.name].search(title, 0, found.start()):
            title = title[: found.start()]
    return title


def _is_the_writers(place: re.Match[str], symbol: str, home: Place | None) -> bool:
    """Is the place where the writer carries it out, and not what the document is about, as another province than the writer's is?"""
    if place["each"]:
        # a document of the Party that holds for the whole country: others may be about "các xã đặc biệt khó khăn"
        return symbol.endswith("/TW") and not _PROVINCES.search(place.group())
    if not place["name"]:
        return True
    named = next(named_provinces(place.group()), None) if home else None
    if named and home and home.key.split("/")[0] not in (named.slug, named.successor):
        return False
    of_the_country = _OF_THE_COUNTRY.search(place.string, 0, place.start())
    return of_the_country is not None or _OF_ONE_PLACE.fullmatch(symbol) is None
