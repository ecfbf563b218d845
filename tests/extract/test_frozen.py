"""A quick frozen dataclass is one like any other: what it holds, how it is made anew, and that nothing can be put into it."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, asdict, dataclass, replace

import pytest

from chidao.extract.frozen import kept_property, of_last, quick


@dataclass(frozen=True, slots=True)
class Plain:
    start: int
    name: str = "Sở Y tế"
    places: tuple[int, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Quick:
    start: int
    name: str = "Sở Y tế"
    places: tuple[int, ...] = ()


@pytest.mark.parametrize("given", [{"start": 1}, {"start": 2, "name": "Sở Nội vụ"}, {"start": 3, "places": (4,)}])
def test_it_holds_what_a_plain_one_holds(given: dict[str, object]) -> None:
    made = Quick(**given)  # type: ignore[arg-type]
    assert asdict(made) == asdict(Plain(**given))  # type: ignore[arg-type]
    assert type(made) is Quick


def test_it_is_equal_hashed_and_replaced_by_its_fields() -> None:
    made = Quick(1, "Sở Y tế", (2, 3))
    assert made == Quick(1, places=(2, 3)) != Quick(1)
    assert hash(made) == hash(Quick(1, places=(2, 3)))
    assert replace(made, start=5) == Quick(5, "Sở Y tế", (2, 3))
    assert repr(made).endswith("Quick(start=1, name='Sở Y tế', places=(2, 3))")


def test_nothing_can_be_put_into_it() -> None:
    with pytest.raises(FrozenInstanceError):
        Quick(1).start = 2  # type: ignore[misc]


@pytest.mark.parametrize("given", [(), (1, "a", (), 4)])
def test_it_takes_its_fields_and_no_others(given: tuple[object, ...]) -> None:
    with pytest.raises(TypeError):
        Quick(*given)  # type: ignore[arg-type]


class Keeper:
    """Counts how often it worked something out."""

    def __init__(self, word: str) -> None:
        self.word, self.asked = word, 0

    @kept_property
    def upper(self) -> str:
        """The word in capitals."""
        self.asked += 1
        return self.word.upper()


def test_what_is_kept_is_worked_out_once_for_each_object() -> None:
    one, other = Keeper("sở"), Keeper("ban")
    assert [one.upper, other.upper, one.upper, one.upper] == ["SỞ", "BAN", "SỞ", "SỞ"]
    assert (one.asked, other.asked) == (1, 1)


def test_what_was_made_of_a_text_is_kept_for_that_very_text_and_not_for_an_equal_one() -> None:
    made: list[str] = []

    @of_last
    def length(text: str) -> int:
        made.append(text)
        return len(text)

    one, equal, other = "văn bản " * 2, " ".join(["văn bản", "văn bản "]), "khác"
    assert one == equal and one is not equal
    assert [length(text) for text in (one, other, one, equal, other)] == [16, 4, 16, 16, 4]
    assert made == [one, other, equal]
    assert length(one) == 16 and len(made) == 4, "only what was made of the last two is kept"
