"""Where a text has the words without which rules of statements find nothing: one pass for all of these rules."""

from __future__ import annotations

from collections.abc import Mapping

from chidao.extract.frozen import of_last
from chidao.extract.language.tables import force_verbs, relation_triggers, task_phrases, words
from chidao.extract.language.verbs import first_verbs
from chidao.extract.language.word_places import Places, WordPlaces

_SIDES = ("bên", "ngành", "cơ quan", "đơn vị", "bộ phận")
_CALLS = tuple(task_phrases("give", "call"))
_BOTH = (*(f"hai {who}" for who in _SIDES), *(f"{each} bên" for each in ("các", "mỗi", "từng")))
_WORDS = WordPlaces(
    {
        "order": (*_CALLS, *words("proposes"), *_BOTH, "chuyển", "nhờ", "quá trình"),
        "call": _CALLS,
        "call or direct": (*_CALLS, "chỉ đạo"),
        "passed on": ("chuyển",),
        "lead": (
            *words("leads"),
            *(
                f"{who} {does}:"
                for who in ("quan", "vị", "phận")
                for does in ("thực hiện", "tham mưu", "trình", *words("prepares"))
            ),
        ),
        "help": words("helps"),
        "both": _BOTH,
        "notice": (
            *("con dấu", "giải thể", "hiệu lực", "thông báo"),
            *(f"này {row.trigger}" for row in relation_triggers().values() if row.predicate == "replaces"),
        ),
        "force": force_verbs(),
        "changed": first_verbs("clause", "passive", "state"),
        "proposed": (*words("proposes"), *words("drafts")),
        "why and since when": ("hiệu lực", "hiệu\n", "lý do", "lý\n", "lí do", "lí\n"),
        "owed": words("owed or wished"),
        "not yet": (*words("intends"), *words("puts off"), *words("agrees"), "thì", "nghe"),
    }
)
"""A sentence has one of a group where a rule finds anything in it."""


@of_last
def said_in(low: str) -> Mapping[str, Places]:
    """Return where a text in lower case has the words of each group, in order; the rules that ask for one text's follow each other."""
    return _WORDS.of(low)
