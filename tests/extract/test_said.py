"""The words without which a rule of statements finds nothing are found where the rule would find something."""

from __future__ import annotations

import pytest

from chidao.extract.language.tables import relation_triggers, words
from chidao.extract.statements.said import said_in

_CHANGED = {"clause", "passive", "state"}
"""The forms in which what changes a document announces a list of documents."""


@pytest.mark.parametrize(
    ("group", "phrase"),
    [
        *(("order", word) for word in words("proposes")),
        *(("proposed", word) for word in (*words("proposes"), *words("drafts"))),
        *(("not yet", word) for word in (*words("intends"), *words("puts off"))),
        *(("changed", row.trigger) for row in relation_triggers().values() if row.forms & _CHANGED),
        ("changed", "sửa đổi và bổ sung"),
        ("changed", "sửa đổi,bổ sung"),
        *(
            (group, phrase)
            for group in ("both", "order")
            for phrase in ("hai bên", "hai ngành", "hai cơ quan", "hai đơn vị", "mỗi bên", "từng bên")
        ),
    ],
)
@pytest.mark.parametrize("gap", [" ", "  ", "\t"])
def test_a_word_is_found_wherever_it_stands(group: str, phrase: str, gap: str) -> None:
    low = f"sở y tế {gap.join(phrase.split())} triển khai nghị quyết"
    assert len("sở y tế ") in said_in(low)[group]


def test_the_words_of_another_text_are_its_own() -> None:
    assert said_in("sở y tế chủ trì")["lead"] == [8]
    assert said_in("sở y tế phối hợp")["lead"] == []
    assert said_in("sở y tế chủ trì")["help"] == []
