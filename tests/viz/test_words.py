"""The table of words, and the style that knows its names."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

from chidao.ontology.authority import LEVELS, types_of
from chidao.viz.drawing.scripts import joined
from chidao.viz.words import LANGUAGES, Relation, family, words

TABLE = tomllib.loads((files("chidao.viz") / "words.toml").read_text(encoding="utf-8"))


def test_every_name_has_its_words_in_both_languages() -> None:
    for section, rows in TABLE.items():
        for name, row in rows.items():
            said = [row[language] for language in LANGUAGES]
            assert all(said), (section, name)
            filled = [sorted(re.findall(r"%\(\w+\)s", text)) for text in said]
            assert filled[0] == filled[1], (section, name)


def test_a_language_that_there_is_none_of() -> None:
    with pytest.raises(KeyError):
        words("fr")


def test_every_level_has_its_words() -> None:
    assert {*LEVELS, ""} <= set(words().levels)


def test_every_type_belongs_to_one_family_at_most() -> None:
    types = [name for row in TABLE["families"].values() if "nature" in row for name in types_of(row["nature"])]
    assert len(types) == len(set(types)) > 30
    assert {family("document", name) for name in types} == {"direct", "rule", "plan", "report"}


@pytest.mark.parametrize(
    ("kind", "type_", "expected"),
    [
        ("document", "Nghị quyết", "direct"),
        ("document", "NGHỊ ĐỊNH", "rule"),
        ("body", "Nghị quyết", "body"),
        ("document", "", "other"),
        ("document", "Phiếu", "other"),
        # A longer type belongs where its first words do.
        ("document", "Kế hoạch phối hợp", "plan"),
        ("document", "Thông tư liên tịch", "rule"),
        ("document", "Kết luận thanh tra", "direct"),
        ("document", "Kế", "other"),
    ],
)
def test_family_of_a_type_of_a_body_and_of_something_unknown(kind: str, type_: str, expected: str) -> None:
    assert family(kind, type_) == expected


def test_relations_read_from_both_ends_and_unknown_ones_are_shown_too() -> None:
    assert words().relation("implements") == Relation("thực hiện", "được thực hiện bởi", "carry")
    assert words("en").relation("basedOn") == Relation("is based on", "is a basis of", "ground")
    assert words().relation("likes").label == "likes"
    unknown = words().relation("mentions", "nhắc đến")
    assert (unknown.label, unknown.group) == ("nhắc đến", "tie")


def test_every_relation_of_the_data_model_has_its_wording() -> None:
    names = {
        "implements", "continues", "basedOn", "guides", "amends", "replaces", "repeals", "corrects", "consolidates", "reviews", "cites",
    }  # fmt: skip
    assert names <= set(words().relations) == set(words("en").relations)


@pytest.mark.parametrize(
    ("iso", "vi", "en"),
    [
        ("2022-05-05", "05/05/2022", "5 May 2022"),
        ("2022-09", "09/2022", "2022-09"),
        ("2021", "2021", "2021"),
        ("", "", ""),
        (None, "", ""),
        ("cuối năm", "cuối năm", "cuối năm"),
        ("2022-02-31", "31/02/2022", "2022-02-31"),
    ],
)
def test_days(iso: str | None, vi: str, en: str) -> None:
    assert (words().day(iso), words("en").day(iso)) == (vi, en)


def test_the_style_knows_every_level_line_and_shape_of_the_table() -> None:
    style = "".join(
        (files("chidao.viz") / path).read_text("utf-8")
        for path in ("web/static/palette.css", "drawing/assets/page.css")
    )
    script = joined("drawing/assets/page.js")
    for level in (*LEVELS, ""):
        assert f'[data-level="{level}"]' in style
    for group in {relation.group for relation in words().relations.values()}:
        assert f"--group-{group}:" in style
        assert f'"{group}"' in script
    for name in set(words().families) - {"other"}:
        assert f'"{name}"' in script


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_colours_have_the_contrast_that_wcag_asks_for() -> None:
    style = "".join(
        (files("chidao.viz") / path).read_text("utf-8")
        for path in ("web/static/palette.css", "drawing/assets/page.css")
    )
    themes = [
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
        for block in re.findall(r"\{([^{}]*--paper:[^{}]*)\}", style)
    ]
    themes = [theme for theme in themes if "ink" in theme]
    assert len(themes) == 3, "light, dark by preference, dark by choice"

    def contrast(theme: dict[str, str], one: str, other: str) -> float:
        high, low = sorted((_luminance(theme[one]), _luminance(theme[other])), reverse=True)
        return (high + 0.05) / (low + 0.05)

    for theme in themes:
        for ground in ("paper", "card", "band", "quote", "notice"):
            assert contrast(theme, "ink", ground) >= 7, ground
        for ground in ("paper", "card", "quote"):
            assert contrast(theme, "soft", ground) >= 4.5, ground
        for level in ("central", "province", "district", "commune", "none"):
            assert contrast(theme, f"level-{level}", "on-level") >= 4.5, level
            assert contrast(theme, f"level-{level}", "band") >= 4.5, level
        for group in ("carry", "ground", "change", "tie"):
            assert contrast(theme, f"group-{group}", "band") >= 3, group
    assert themes[1] == themes[2], "the two dark themes are one"
