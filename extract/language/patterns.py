"""Named parts that patterns are composed of, each with examples of what it reads in full and of what it refuses.

A part is a string, so a rule writes `rf"{DAY}\\s+{OFFICE}"`; what a part reads is known in one place, and a test tries the examples.
"""

from __future__ import annotations

import re

from chidao.extract.language.composing import Part, one_of, spaced
from chidao.extract.language.compounds import by_itself
from chidao.extract.language.letters import LETTER, SUPERSCRIPTS, UPPER
from chidao.extract.language.tables import force_verbs, rows, words
from chidao.ontology.authority import document_types, types_of, units

# --- Marks

DASH = Part("[-\u2010-\u2015\u2212]", "-", "–", refused=("_", "/"))
MARKS = Part(rf"[{SUPERSCRIPTS}*_]*", "", "**", "¹²", "_¹", refused=("1",))
"""Footnote marks and the emphasis of Markdown, which may stand around any name."""
FOOTNOTE = Part(rf"[{SUPERSCRIPTS}]*", "", "¹²", refused=("12",))
QUOTE_OPENS = Part('[“"«]', "“", '"', "«", refused=("”",))

AND = Part(r"(?:\s*,\s*|\s+và\s+)", ", ", " và ", refused=("và", " hoặc "))
"""What joins the members of a short list: "15, 16 và 17"."""
CAPITALIZED = Part(f"[{UPPER}][{LETTER}]+", "Lào", "Đắk", refused=("lào", "A"))
"""A word with a capital, as in the name of a place."""

PASSIVE = Part("(?:được|bị)", "được", "bị", refused=("đã",))
"""What makes of a verb that something is done to what stands before it."""
DENIES = Part(one_of(words("denies")), "không", "chưa", refused=("không bị",))
"""What says that the verb behind it is not so, or not yet."""
BY_NOW = Part(
    rf"(?:{one_of(words('to this day'))}\s+)?(?:(?:đã|vừa)\s+)?",
    "",
    "nay ",
    "nay đã ",
    "đã ",
    "hiện nay ",
    refused=("sẽ ", "chưa "),
)
"""What may stand before what has been done to a document."""
_MERGED = r"(?:sắp\s+xếp|hợp\s+nhất|sáp\s+nhập|chia\s+tách)"
FORMER = Part(
    rf"(?:\s*\(\s*(?:cũ|trước\s+đây|nay\s+(?:là|thuộc)\s[^()\n]{{3,80}}|(?:trước|sau)(?:\s+khi)?\s+{_MERGED}(?:\s[^()\n]{{1,80}})?)\s*\)|"
    rf"\s+(?:cũ|trước\s+đây|trước(?:\s+khi)?\s+{_MERGED})(?!\w))",
    " (cũ)",
    " cũ",
    " (nay là tỉnh Phú Thọ)",
    " trước sáp nhập",
    refused=(" mới", " (mới)"),
)
"""What says behind a body of which time it is: the one of then, whatever has become of it."""
AGENT = Part("(?:bởi|bằng|tại|theo)", "bởi", "theo", refused=("của",))
"""What stands before the document that does it."""
ACTIVE = Part(r"(?<!được\s)(?<!bị\s)", "", refused=("được",))
"""No such word stands before."""
LABEL = Part(
    r"(?:[0-9]{1,3}(?:\.[0-9]{1,2})*|[a-zđ]{1,3})[.)]", "1.", "2.1.", "a)", "12)", "iv)", refused=("-", "1", "(a)")
)
"""What an item of a list is numbered with."""
GROUP = Part(r"(?:[IVX]{1,5}|[A-HĐ])", "IV", "B", "Đ", refused=("4", "XVIIII", "b"))
"""What a group of rows is numbered with, or a part of the outline."""
ARTICLE = Part(r"Điều\s+[0-9]{1,3}[a-zđ]?\s*[.:]", "Điều 5.", "Điều 12a:", refused=("Điều 5", "Điều X."))
"""With what an article opens."""
ITEM = Part(rf"[\s*_“\"+•(–-]*(?:{LABEL}\s*)?", "", "- ", "1. ", "**a) ", "“", refused=("x", "1"))
"""What may stand before the words of a paragraph: marks, and its number or letter."""
ALONG = Part(r"(?:ban\s+hành\s+)?kèm\s+theo", "kèm theo", "ban hành kèm theo", refused=("theo",))
"""What says that a document carries along what is named before, or is carried along."""

DEFINES = Part(
    r"\(\s*(?:(?:sau|dưới)\s+đây\s+)?(?:được\s+)?(?:gọi|viết)\s+(?:(?:tắt|chung)\s+)?(?:là|:)\s*[“\"]?",
    "(gọi tắt là “", "(sau đây viết tắt là ", refused=("gọi tắt là",),
)  # fmt: skip
"""What stands before a term that is explained in brackets."""

CLOSES = Part(rf"[{SUPERSCRIPTS}\s*_”\")]*", "", "”", "**) ", "¹²", refused=(",", "“"))
"""What may stand right behind a document: footnote marks, emphasis, what ends a quotation or bracket."""
WHOSE = Part(r"của\s+[^,;.:0-9\n]{2,80}?", "của Tỉnh ủy", "của Thủ tướng Chính phủ", refused=("của A, B",))
"""Whose a document is, where no body was read there."""
BESIDE = Part(r"(?:và|cùng(?:\s+với)?|hoặc)", "và", "cùng với", refused=("với", "của"))
"""What joins a document to the one before."""
ALSO = Part(r"(?:và|đồng\s+thời)", "và", "đồng thời", refused=("cùng",))
"""What joins a second verb to the first."""
ABOUT = Part(r"(?:về(?:\s+việc)?|v/v)", "về", "về việc", "v/v", refused=("việc",))
"""What leads to the matter of a document."""
WITH = Part(r"gắn\s+với(?:\s+việc)?", "gắn với", "gắn với việc", refused=("với",))
"""What joins a matter, which is not done to the documents."""
ALL_OF_THEM = Part(one_of(words("many")), "các", "mỗi", "toàn thể", refused=("một",))
"""That all or each of them are meant."""
SEVERAL = Part(r"(?:các|những|một\s+số|[0-9]{1,2})", "các", "một số", "05", refused=("số", "123"))
"""That there are more than one."""
CONTENT = Part(one_of(words("content")), "nội dung", "nhiệm vụ", refused=("nội",))
"""What is in a document and stands for it."""
SOME = Part(
    r"một\s+số\s+(?:điều|khoản|nội\s+dung|quy\s+định|điểm)", "một số điều", refused=("một số", "một số nghị định")
)
"""Parts of a document of which nobody says which."""
WHOLE = Part(r"toàn\s+bộ", "toàn bộ", refused=("toàn",))
"""All of it."""
PARTLY = Part(r"một\s+phần", "một phần", refused=("phần",))
"""Not all of it."""
SHARE = Part(rf"(?:{WHOLE}|{PARTLY})", "toàn bộ", "một phần", refused=("toàn",))
"""How much of a document."""

PRINTED_WORDS = Part(
    r"(?:các\s+)?(?:cụm\s+từ|từ\s+ngữ|từ|nội\s+dung|đoạn)", "cụm từ", "các từ", "từ ngữ", "nội dung", refused=("cụm",)
)
"""What says that words of a text follow in quotation marks."""
AS_FOLLOWS = Part(r"(?:như\s+sau(?:\s+đây)?|sau\s+đây)", "như sau", "sau đây", refused=("sau",))
"""What says that something is told below."""

RULING = Part(
    r"(?:(?:các\s+)?quy\s+định\s+)?(?:(?:tại|của|ở)\s+)?(?:các\s+)?",
    "",
    "các quy định tại ",
    "của các ",
    refused=("quy",),
)
"""What may stand before a document or a part of it whose rules are meant."""

# --- Numbers

SERIAL = Part(r"(?:S?TT|Số\s+TT|Số\s+thứ\s+tự)\.?", "TT", "STT", "Số thứ tự", refused=("Số",))
"""The header of a table's first column."""

NTH = Part(r"lần\s+thứ", "lần thứ", refused=("lần",))
COUNTED = Part(rf"{NTH}\s+[{LETTER}0-9]+", "lần thứ tư", "lần thứ XIII", "lần thứ 5", refused=("lần tư",))
"""Which one of several meetings or changes."""
ROMAN = Part("[IVX]{1,6}", "IV", "XIII", refused=("4", ""))
NUMBER_SIGN = Part(r"[Ss]ố\s*:?\s*", "số", "Số: ", "số :", refused=("so", "số hiệu"))
"""What stands before a document's number."""
MEMBER = Part(rf"(?:các\s+)?(?:{NUMBER_SIGN})?", "", "các ", "số ", "các số: ", refused=("số hiệu",))
"""What stands before a document of a list, or before a number of the same type."""
SCANNED_SIGN = Part(r"S(?:[ôổỗồộóỏ]\s*[:;]|ố\s*;)\s*", "Sô:", "Sổ : ", "Só: ", "Số; ", refused=("Số:", "Sổ"))
"""The same as OCR misreads it; only the colon tells it from a word."""
MISREAD_SIGN = Part(r"[Ss][ốôổỗồộóỏo]\s*:?\s*", "số", "sô ", "so: ", "só", refused=("sơ", "số hiệu"))
"""The same where what follows can only be a document's code."""
NUMBER = Part(r"[0-9]{1,5}(?:\.[0-9]{1,3})?[a-zđ]?", "15", "66.16", "17a", "1852", refused=("123456", "a", "15ab"))
"""A document's number: up to five figures, with a part of its own ("66.16/2026/NQ-CP") or a letter ("17a-CT/TW")."""
LONG_NUMBER = r"[0-9]{6}(?=/(?-i:[A-ZĐ]{2}))"
"""Six figures: of the letters of an office that writes very many, a big town's tax office, and only before their symbol."""
TOKEN = Part(
    r"[A-Za-zĐđƯưƠơÔôÊêÂâ][A-Za-zĐđƯưƠơÔôÊêÂâ&]*(?:[0-9]{1,3})?",
    "NQ",
    "QH15",
    "BCĐ138",
    "NĐ",
    "KH&ĐT",
    refused=("15", "NQ-CP"),
)
"""What a symbol consists of."""
SYMBOL_JOINT = Part(rf"(?:/{{1,2}}|{DASH})", "/", "-", "//", "–", refused=("_",))

# --- Days

YEAR = Part("(?:19|20)[0-9]{2}", "1998", "2025", refused=("3025", "25", "20255"))
SCANNED_YEAR = Part(r"(?:1\s?9|2\s?0)\s?[0-9]\s?[0-9]", "2017", "201 7", "2 017", refused=("3025", "25", "20255"))
"""A year as OCR prints it, with blanks between its figures."""
_D = "[0-3]?[0-9]"
_M = "[01]?[0-9]"


def day(figure: str = _D, month: str = _M, year: str = YEAR) -> str:
    """Return a pattern of a day in figures or words with groups d, m or m2, y, its three numbers matched as given."""
    return (
        rf"(?P<d>{figure})(?:\s?(?P<sep>[/.\u2010-\u2015-])\s?(?P<m>{month})\s?(?P=sep)\s?|\s*th[áa]ng\s+(?P<m2>{month})(?:\s+n[ăa]m\s+|\s?/\s?))"
        rf"(?P<y>{year})"
    )


def short_day(separators: str = "/") -> str:
    """Return a pattern of a day without its year, groups d and m; `separators` may stand between its figures."""
    return rf"(?P<d>{_D})\s*(?:[{separators}]|\s+tháng\s+)\s*(?P<m>{_M})"


def month(figure: str = _M, year: str = YEAR) -> str:
    """Return a pattern of a month with its year, groups m and y, its two numbers matched as given."""
    return rf"tháng\s+(?P<m>{figure})(?:\s?[/-]\s?|\s+năm\s+)(?P<y>{year})"


DAY = Part(
    day(), "05/5/2022", "26-5-2025", "26\u20115\u20112025", "06.7.2022", "05 tháng 5 năm 2022", "15 tháng 6/2026", "12 thang 3 nam 2025",
    refused=("16/6-2022", "6/2022", "16/6/22", "45/6/2022", "16/6/3022"),
)  # fmt: skip
"""A day of the calendar."""
ANY_DAY = Part(
    day("[0-9]{1,3}", "[0-9]{1,3}", "[0-9]{4}"), "31/02/2024", "12 tháng 54 năm 2025", "1/13/3022", refused=("36 tháng",)
)  # fmt: skip
"""What is printed as a day, whether or not a calendar has it."""
ANY_MONTH = Part(month("[0-9]{1,3}", "[0-9]{4}"), "tháng 13/2024", "tháng 54 năm 2025", refused=("tháng 13",))
PEN_DAY = Part(
    r"ng[àa]y[\s.…]{0,12}(?P<d>[0-9]{1,3})?[\s.…]{0,12}th[áa]ng[\s.…]{0,12}(?P<m>[0-9]{1,3})?[\s.…]{0,12}"
    rf"n[ăa]m[\s.…]{{0,12}}(?P<y>{YEAR}|[12][0-9]{{0,2}}(?=[.…]))?[.…]{{0,12}}",
    "ngày 05 tháng 5 năm 2022", "ngày    tháng 5 năm 2026", "ngày … tháng … năm 202…", "ngày .... tháng .... năm ......",
    "ngay 12 thang 3 nam 2025",
    refused=("ngày 05/5/2022", "tháng 5 năm 2022"),
)  # fmt: skip
"""The day of a heading, with blanks for a pen where it is still to come."""
SMUDGED_DAY = Part(
    r"ngày[^\S\n]*(?P<d>[0-9O]{1,2}(?=\s+tháng))?[^\n]{0,8}?tháng[^\S\n]*(?P<m>[0-9O]{1,2}(?=\s+năm))?[^\n]{0,6}?năm\s+"
    rf"(?P<y>{YEAR})(?![0-9])",
    "ngày 0† tháng 02 năm 2025", "ngày⁄|Š tháng 01 năm 2025", "ngày 05 tháng II năm 2024", "ngày O5 tháng O2 năm 2025",
    refused=("ngày 05/5/2022", "ngày hội lớn của tháng 5 năm 2022"),
)  # fmt: skip
"""The day of a heading in which OCR could not make out what a pen wrote; a nought may be read as an O."""
DAY_IN_FIGURES = Part(
    r"[0-9]{1,2}\s?[/.\u2010-\u2015-]\s?[0-9]{1,2}\s?[/.\u2010-\u2015-]\s?[0-9]{4}",
    "5/1/2024",
    "05.01.2024",
    refused=("5 tháng 1 năm 2024", "5/1"),
)
DAY_BEGINS = Part(
    r"ngày\s+[0-9]{1,2}\s*(?:[/.\u2010-\u2015-]\s*[0-9]|tháng\s)", "ngày 5/1", "ngày 05 tháng ", refused=("ngày 5",)
)
"""Enough of a day to tell that one is stated."""

WEEKDAY = Part(
    r"(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật)", "thứ hai", "thứ 6", "chủ nhật", refused=("thứ nhất",)
)
PART_OF_DAY = Part("(?:sáng|trưa|chiều|tối)", "sáng", "tối", refused=("ngày",))
HOUR = Part(r"[0-2]?[0-9]\s*(?:giờ|h|g|:)\s*(?:[0-5][0-9])?", "16 giờ", "7h30", "16:00", refused=("16", "giờ"))
EACH = Part(r"(?:h[ằà]ng|mỗi|từng)", "hằng", "hàng", "mỗi", refused=("các",))
"""What says, before a day or a longer time, that something is done in each of them."""

ISSUES = Part(one_of(words("issues")), "ban hành", "ký", "thông qua", refused=("có",))
"""How a document comes to be."""
EFFECT = Part(r"hiệu\s+lực", "hiệu lực", refused=("có hiệu lực",))
IN_FORCE = Part(
    rf"có\s+{EFFECT}(?:\s+thi\s+hành|(?!\s+thi\s+hành))",
    "có hiệu lực", "có hiệu lực thi hành", refused=("hết hiệu lực",),
)  # fmt: skip
BEGINS_FORCE = Part(
    rf"(?:bắt\s+đầu\s+)?{IN_FORCE}", "có hiệu lực", "bắt đầu có hiệu lực thi hành", refused=("bắt đầu",)
)
AT_LATEST = Part(one_of(words("at latest")), "chậm nhất", "muộn nhất", refused=("chậm",))
"""What stands before the last day on which something is to be done."""
STAYS = Part(
    one_of([*words("stays"), *(verb.verb for verb in force_verbs().values() if verb.event == "continues" and verb.about != "under")]),
    "vẫn giữ nguyên", "tiếp tục có hiệu lực", refused=("tiếp tục",),
)  # fmt: skip
"""How it is told that a document goes on to hold."""
APPLIES = Part(one_of(words("applies")), "áp dụng", "thi hành", refused=("ban hành",))
"""What is done with a document while it is in force."""
WHEN = Part(r"(?:ngày|khi|thời\s+điểm)", "ngày", "thời điểm", refused=("lúc",))
"""What stands before an event that makes a day."""
FROM = Part(r"(?:kể\s+)?từ", "từ", "kể từ", refused=("kể",))
"""What stands before the first day."""
SINCE = Part(rf"{FROM}\s+{WHEN}", "từ ngày", "kể từ thời điểm", refused=("từ",))
"""What stands before the day, or the event, from which something is so."""

# --- Words that are spelt in two ways

TERM = Part(spaced("khóa"), "khóa", "khoá", refused=("khoa",))
"""A term of office: "khóa XIII"."""

TENURE = Part(r"nhiệm\s+kỳ", "nhiệm kỳ", refused=("kỳ",))
"""The same in years: "nhiệm kỳ 2020-2025"."""
TENURE_YEARS = Part(
    rf"(?i:{TENURE})\s+(20[0-9]{{2}})\s?[-–]\s?(20[0-9]{{2}})",
    "nhiệm kỳ 2020-2025",
    "Nhiệm kỳ 2025 – 2030",
    refused=("nhiệm kỳ 2020",),
)
CENTRAL_COMMITTEE = Part(
    r"(?:ban\s+chấp\s+hành\s+trung\s+ương|trung\s+ương|BCH\s*TW|TW)(?:\s+Đảng)?",
    "ban chấp hành trung ương", "BCHTW", "trung ương Đảng", refused=("ban chấp hành",),
)  # fmt: skip

# --- Units of administration, from ontology/jurisdictions.ttl

_CITY = [short for unit in units() if unit.name == "thành phố" for short in unit.abbreviations]
UNIT = Part(one_of([*(unit.name for unit in units()), *_CITY]), "tỉnh", "thị xã", "đặc khu", "TP.", refused=("sở", "T"))
"""A kind of unit; of the abbreviations only the city's is one in any context."""
SHORT_UNIT = Part(
    one_of(short for unit in units() for short in unit.abbreviations if short.endswith(".")), "TX.", "P.", "H.", refused=("TX",)
)  # fmt: skip
"""A kind of unit shortened with a stop, which behind a body's name is one: "UBND H. Nam Sách"."""
UNIT_BELOW = Part(
    one_of(unit.name for unit in units() if unit.level != "province"), "huyện", "thành phố", "xã", refused=("tỉnh",)
)  # fmt: skip
"""A kind of unit below the province."""
PROVINCE_UNIT = Part(
    one_of(unit.name for unit in units() if unit.level == "province"), "tỉnh", "thành phố", refused=("huyện", "TP.")
)
"""A kind of unit right below the state."""
COMMUNE_UNIT = Part(
    one_of(unit.name for unit in units() if unit.level == "commune"), "xã", "phường", "đặc khu", refused=("huyện",)
)  # fmt: skip
PROVINCE_COMMITTEE = Part(
    one_of(unit.party for unit in units() if unit.level == "province"), "Tỉnh ủy", "Thành uỷ", refused=("Huyện ủy",)
)
COMMITTEE = Part(
    one_of(unit.party for unit in units()), "Tỉnh ủy", "Thành uỷ", "Thị ủy", "Đảng uỷ thị trấn", refused=("Đảng ủy",)
)
"""What the Party committee of a unit is called."""

_SHORTENED = frozenset(
    word for word in (*(short for unit in units() for short in unit.abbreviations), *(f"{word}." for word in words("degree")))
    if word.endswith(".") and not re.fullmatch(ROMAN, word[:-1])
)  # fmt: skip
_LONGEST_SHORTENED = max(map(len, _SHORTENED))
_BEFORE_STOP = frozenset(word[-2] for word in _SHORTENED)
"""A look at the letter before the stop tells most words from them."""


def shortens(text: str, stop: int) -> bool:
    """Return whether the character at `stop` is the stop of a shortened word and so ends no sentence.

    >>> [shortens(text, text.index(".")) for text in ("UBND TP. Chí Linh", "TS. Lê Văn An", "khóa X. Các cấp ủy", "Đã xong. Sở A")]
    [True, True, False, False]
    """
    if text[stop] != "." or text[stop - 1 : stop] not in _BEFORE_STOP:
        return False
    word = text[max(stop + 1 - _LONGEST_SHORTENED, 0) : stop + 1]
    for blank in " \u00a0\n(":
        word = word[word.rfind(blank) + 1 :]
    return word in _SHORTENED


# --- Types of documents, from ontology/doctypes.ttl

TYPE = Part(one_of(kind.name for kind in document_types()), "Nghị quyết", "Công văn", refused=("Nghị", "nghị quyết"))
STATUTE = Part(one_of(types_of("statute")), "Luật", "Hiến pháp", "Pháp lệnh", refused=("Nghị định",))
"""What an assembly passes and what is cited by its name."""
LAW = Part(one_of(types_of("statute") & types_of("enacting")), "Luật", "Bộ luật", "Pháp lệnh", refused=("Hiến pháp",))
"""The same but for the constitution, of which there is one."""

ISSUED_ALONG = Part(
    rf"{ISSUES}\s+(?:kèm\s+theo\s+[^\n.,;]{{2,40}}?\s+này\s+)?",
    "ban hành ", "ban hành kèm theo Quyết định này ", refused=("kèm theo",),
)  # fmt: skip
"""What says, before what a document carries along, that it does."""
_CARRIED_ALONG = (*types_of("rule"), *types_of("plan"), *words("attached"))
ATTACHED = Part(one_of(_CARRIED_ALONG), "Quy chế", "danh mục", refused=("Công văn",))
"""What a document carries along."""
ATTACHED_RULES = (*sorted(types_of("rule") - types_of("enacting") - types_of("statute")), "Nội quy")
"""What has articles of its own and comes along with a decision."""
ATTACHED_IN_CAPITALS = Part(one_of(word.upper() for word in _CARRIED_ALONG), "QUY CHẾ", refused=("Quy chế",))
"""The same as its own heading prints it."""

# --- Offices and what a form prints, from tables/words.csv

KIND_OF_BODY = Part(
    one_of(word for kind in ("kind of body", "part of a body", "body below") for word in words(kind)),
    "Hội đồng", "Ủy ban", refused=("hội đồng", "Chủ tịch"),
)  # fmt: skip
"""What a body is called by, before what it is for or where."""
OFFICE = Part(one_of(words("office")), "Chủ tịch", "Chánh Văn phòng", "Tổng Giám đốc", refused=("Chủ", "Phó Chủ tịch"))
"""An office that signs, without what says of whom; a deputy has "Phó" before it."""
OFFICE_IN_CAPITALS = Part(one_of(word.upper() for word in words("office")), "CHỦ TỊCH", "BÍ THƯ", refused=("CHỦ",))
"""The same as a signature block prints it."""
SIGNS_FOR = Part(one_of(words("for whom one signs")), "TM", "T/M", "KT", refused=("T", "TM."))
"""Who signs for another: "TM." (thay mặt), "KT." (ký thay), "TL." (thừa lệnh), "TUQ." (thừa ủy quyền), "Q." (quyền)."""
NATION = Part(
    rf"CỘNG\s*{spaced('HÒA')}\s+XÃ\s+HỘI(?:\s+CHỦ\s+NGHĨA(?:\s+VIỆT\s+NAM)?)?",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HOÀ XÃ HỘI", refused=("Cộng hòa xã hội",),
)  # fmt: skip
"""The State's title in a heading, which a narrow column may cut."""
MOTTO = Part(
    r"Độc\s+[lL]ập\s*[-–]\s*Tự\s+[dD]o(?:\s*[-–]\s*Hạnh\s+[pP]húc)?",
    "Độc lập - Tự do - Hạnh phúc", "Độc lập – Tự do", "Độc Lập - Tự Do - Hạnh Phúc", refused=("Độc lập",),
)  # fmt: skip
PARTY_TITLE = Part(spaced("ĐẢNG CỘNG SẢN VIỆT NAM"), "ĐẢNG CỘNG SẢN VIỆT NAM", refused=("Đảng Cộng sản Việt Nam",))
PROSE = Part(one_of(words("prose")), "Trong thời gian", "Để", "Sau khi", refused=("Về việc",))
"""With what running text opens, and no title."""
TITLE_OPENS = Part(one_of(words("opens a title")), "Về", "V/v", "Ban hành", refused=("Căn cứ", "về"))
"""With what a title opens that stands on one line with its type or issuer."""
_ENDS_A_NAME = r"(?:(?<=Cao\s)Bằng|(?<=CAO\s)BẰNG|(?<=Đại\s)Từ|(?<=ĐẠI\s)TỪ)"
JOINS = Part(rf"(?!{_ENDS_A_NAME}){one_of(words('joins'))}", "của", "và", "theo", refused=("không",))
"""A small word that nothing ends with, but for the names of places: behind it a sentence, a title and a line go on."""
ASKS_FIGURE = Part(one_of(words("asks for a figure")), "số", "ngày", refused=("phố",))
"""A word behind which a figure must follow."""
NOUN = Part(one_of(words("makes a noun")), "công tác", "việc", refused=("công",))
"""What makes of the verb behind it something that is spoken of, and nothing that anybody does."""
MANNER = Part(one_of(words("manner")), "nghiêm túc", "có hiệu quả", "nghiêm", refused=("hiệu",))
"""How something is carried out."""
ACCORDING = Part(
    rf"theo\s+(?:đúng\s+)?(?:các\s+)?{one_of(words('rule or request'))}",
    "theo quy định",
    "theo đúng các yêu cầu",
    refused=("theo",),
)
"""What says that a document rules or asks for something."""
GIVES = Part(by_itself("giao"), "giao", refused=("giao thông",))
"""What gives somebody work; alone it is half of many nouns."""
PROPOSES = Part(one_of(words("proposes")), "đề nghị", "kiến nghị", refused=("ban hành",))
"""How somebody asks for what is not done yet."""
WEIGHS = Part(f"(?:{'|'.join(map(by_itself, words('weighs')))})", "xem xét", "trình", refused=("ban hành", "trình tự"))
"""What is done about something before it is decided."""
INTENDS = Part(one_of(words("intends")), "nếu", "dự kiến", refused=("đã",))
"""What makes of an act something that may come."""
SUPPOSES = Part(one_of(words("supposes")), "nếu", "trường hợp", refused=("trừ trường hợp",))
"""With what a condition opens."""
PUTS_OFF = Part(one_of(words("puts off")), "hoãn", "tạm dừng", refused=("triển khai",))
"""What is done with an act that is not carried out for now."""
DRAFTS = Part(one_of(words("drafts")), "dự thảo", "xin ý kiến", refused=("ý kiến",))
"""What shows that a document is still to come."""
ASKED = Part(rf"(?:theo|xét)\s+(?:{PROPOSES}|yêu\s+cầu)", "theo đề nghị", "xét đề nghị", refused=("đề nghị", "theo"))
"""What says that somebody asked for it."""
SPEAKS = Part(rf"(?:{one_of(words('speaks'))}(?!\s+số))", "ban hành", "có ý kiến", refused=("ban", "thông báo số"))
"""What a body does in the main clause of an opening; before a number it is what a document is called."""
LEADS = Part(one_of(words("leads")), "chủ trì", refused=("chủ",))
"""What says that somebody answers for work that several do."""
TELEGRAPHS = Part(
    rf"(?=(?-i:[{UPPER}]{{2}}|Chủ\stịch|Thủ\stướng|Bộ\strưởng|Trưởng))[^:;.,\n]{{6,80}}\s(?:điện|ĐIỆN)\s*:",
    "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:",
    refused=("Về việc tiết kiệm điện:",),
)
"""With what a telegram's list of addressees opens."""
COMRADE = Part(r"đồng\s+chí", "đồng chí", refused=("đồng",))
"""How members of the Party are spoken of, and officers."""
SPOKEN_OF = Part(one_of(words("spoken of")), "ông", "đồng chí", "đ/c", refused=("Chủ tịch",))
"""With what a person is spoken of, in lower case."""
HELPS = Part(one_of(words("helps")), "phối hợp", refused=("phối",))
"""What says that somebody does his part of it."""
CHARGED = Part(r"phụ\s+trách", "phụ trách", refused=("phụ",))
"""What says that somebody sees to something."""
PREPARES = Part(one_of(words("prepares")), "chuẩn bị", "soạn thảo", refused=("thẩm định",))
"""What says that somebody makes the paper that others decide on."""
AGENCY = Part(r"(?:cơ\s+quan|đơn\s+vị|bộ\s+phận)", "cơ quan", "đơn vị", refused=("cơ quan thuế",))
"""A body, without its name."""
ORGANIZES = Part(r"(?:tổ\s+chức\s+)?", "", "tổ chức ", refused=("tổ",))
"""What may stand before a verb of carrying out."""
COURTEOUS = Part(r"trân\s+trọng", "trân trọng", refused=("trọng",))
SINGLES_OUT = Part(one_of(words("singles out")), "trong đó", "trọng tâm", refused=("trong",))
"""What goes before the most important of several."""
DIRECTS = Part(rf"(?:{one_of(words('directs'))}|{GIVES})", "chỉ đạo", "giao", refused=("giao lưu",))
"""How it tells others what to do; these may be nouns as well."""
DIVISION = Part(
    one_of(row["unit"] for row in rows("divisions.csv") if row["unit"] != "phần"),
    "điểm", "điều", "phụ lục", refused=("điều 5", "phần"),
)  # fmt: skip
"""What documents are divided into, but for "phần", which is half of many words."""
ANNEX = Part(
    one_of(way for row in rows("divisions.csv") if row["rank"] == "0" for way in (row["unit"].upper(), row["unit"].capitalize())),
    "PHỤ LỤC", "Phụ lục", refused=("phụ lục",),
)  # fmt: skip
"""How the heading of an annex begins."""
BASIS = Part(
    rf"(?:{one_of(words('basis'))}|Chiếu(?=\s+{TYPE}\s))(?!\w)",
    "Căn cứ",
    "Chiểu theo",
    "Chiếu theo",
    refused=("Xét", "Căn cứu", "Chiếu"),
)
"""With what a legal basis opens: on this the document rests. "Chiểu theo" is how it was put until about 1960,
"Chiếu Luật …" until about 1990."""
GROUND = Part(
    rf"{one_of(words('basis') + words('ground'))}(?!\w)", "Căn cứ", "Xét", "Theo đề nghị", refused=("Theo", "Xétt")
)
"""With what each paragraph of a preamble opens."""
RECIPIENTS = Part(rf"{one_of(words('recipients'))}(?!\w)", "Nơi nhận", refused=("Kính gửi",))
"""With what the list of recipients below the text opens."""
ADDRESS = Part(
    rf"(?:{one_of(words('address'))}(?!\w)|{RECIPIENTS})", "Kính gửi", "Kính trình", "Nơi nhận", refused=("Kính",)
)
"""With what a list of addressees opens, above the text or below."""
FIRST_ARTICLE = Part(r"(?:Điều|ĐIỀU)\s+1(?!\w)", "Điều 1", "ĐIỀU 1", refused=("Điều 10", "Điều 1a"))
GROUNDS = Part(
    rf"(?:{BASIS}|{one_of(words('address'))}|{FIRST_ARTICLE})", "Căn cứ", "Kính gửi", "Điều 1", refused=("Điều 10",)
)
"""With what the text below a heading begins: the grounds, the addressees, the first article."""
