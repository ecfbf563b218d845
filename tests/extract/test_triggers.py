"""What is looked for first, so that a rule need not be tried, lets through whatever the rule reads."""

from __future__ import annotations

import pytest

from chidao.extract.heading import wraps
from chidao.extract.language.composing import Rule
from chidao.extract.language.letters import late_tones, lower
from chidao.extract.language.tables import force_verbs, kinds, rows, task_phrases, words
from chidao.extract.mentions.body_heads import heads
from chidao.extract.mentions.provision_chains import find_chains, opening_words
from chidao.extract.statements.addressees.words import TELLING, ways_of
from chidao.extract.statements.deadlines import recurrences
from chidao.extract.statements.deadlines.deadlines import read_deadline
from chidao.extract.statements.law.events import force_places, tells_of_force
from chidao.extract.statements.tasks.orders import find_calls
from chidao.ontology.authority import units


@pytest.mark.parametrize("spelt", [str.lower, str.upper, str.capitalize, late_tones])
def test_addressees(spelt: type[str]) -> None:
    named = [*kinds("addressees.csv"), *words("office"), *words("at each level"), *(unit.name for unit in units())]
    named += [head.text for head in heads()]
    assert [name for name in named if not ways_of(spelt(name)[:TELLING]).named] == []


def test_most_sentences_begin_with_no_addressee() -> None:
    assert not any(ways_of(said[:TELLING]).named for said in ("Tăng cường", "Rà soát", "Đẩy mạnh", "Xây dựng", ""))


@pytest.mark.parametrize("phrase", task_phrases("give", "call"))
def test_calls(phrase: str) -> None:
    said = f"Ủy ban nhân dân tỉnh trân trọng {phrase} Sở Nội vụ, và {phrase}: Sở Y tế"
    found = [call.group() for call in find_calls(lower(said), 0, len(said))]
    assert found == [f"trân trọng {phrase} ", f"{phrase}: "]


@pytest.mark.parametrize("trigger", force_verbs())
def test_force(trigger: str) -> None:
    low = f"thông tư này {trigger} từ ngày ký."
    assert tells_of_force(low, 0, len(low), force_places(low))
    assert not tells_of_force(low, 0, 13, force_places(low))


@pytest.mark.parametrize("row", list(rows("divisions.csv")), ids=lambda row: row["unit"])
def test_chains(row: dict[str, str]) -> None:
    said = f"Các quy định tại {row['example']} và những {row['example']}"
    chains = [chain.groups[0].start for chain in find_chains(said, 0, len(said))]
    assert chains and chains == [
        chain.groups[0].start for chain in find_chains(said, 0, len(said), opening_words(lower(said)))
    ]
    assert opening_words("mục tiêu, điều kiện, phần lớn, điểm nóng của chương trình") == []


@pytest.mark.parametrize("period", recurrences.PERIODS, ids=lambda rule: rule.name)
def test_deadlines(period: Rule) -> None:
    assert read_deadline(period.example) is not None


@pytest.mark.parametrize("wrap", [*wraps.DAYS, *wraps.NUMBERS], ids=lambda rule: rule.name)
def test_what_a_line_end_broke(wrap: Rule) -> None:
    assert wraps.heal(wrap.example) == wrap.example.replace("\n", " ")


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("Huế, ngày 21 tháng\n11\nnăm\n2025\n", "Huế, ngày 21 tháng 11 năm 2025\n"),
        ("Huế, ngày\n21 tháng 11\nnăm 2025\n", "Huế, ngày 21 tháng 11 năm 2025\n"),
        ("Huế, ngày\n11\n\ntháng 3\n", "Huế, ngày 11\n\ntháng 3\n"),
        ("a\n\nHuế, ngày 21\ntháng 11 năm 2025\nb", "a\n\nHuế, ngày 21 tháng 11 năm 2025\nb"),
    ],
)
def test_a_day_is_healed_over_several_lines(broken: str, whole: str) -> None:
    assert wraps.heal(broken) == whole
