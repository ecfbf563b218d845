from __future__ import annotations

import re
import tomllib
from importlib.resources import files

from chidao.viz.drawing.labels import Relation, load


def test_every_type_belongs_to_one_family_and_is_written_in_lower_case() -> None:
    table = tomllib.loads((files("chidao.viz.drawing") / "assets" / "labels.toml").read_text(encoding="utf-8"))
    types = [type_ for family in table["families"].values() for type_ in family["types"]]
    assert len(types) == len(set(types)) > 30
    assert all(type_ == type_.casefold().strip() for type_ in types)


def test_family_of_a_type_of_a_body_and_of_something_unknown() -> None:
    labels = load()
    assert labels.family("document", "Nghị quyết") == "direct"
    assert labels.family("document", "NGHỊ ĐỊNH") == "rule"
    assert labels.family("body", "Nghị quyết") == "body"
    assert labels.family("document", "") == labels.family("document", "Phiếu") == "other"


def test_a_longer_type_belongs_where_its_first_words_do() -> None:
    labels = load()
    assert labels.family("document", "Kế hoạch phối hợp") == "plan"
    assert labels.family("document", "Thông tư liên tịch") == "rule"
    assert labels.family("document", "Kết luận thanh tra") == "direct"
    assert labels.family("document", "Kế") == "other"


def test_relations_read_from_both_ends_and_unknown_ones_are_shown_too() -> None:
    labels = load()
    assert labels.relation("implements", "thực hiện") == Relation("thực hiện", "được thực hiện bởi", "carry")
    assert labels.relation("implements", "").label == "implements"
    unknown = labels.relation("mentions", "nhắc đến")
    assert (unknown.label, unknown.group) == ("nhắc đến", "tie")


def test_every_relation_of_the_data_model_has_its_wording() -> None:
    names = [
        "implements",
        "continues",
        "basedOn",
        "guides",
        "amends",
        "replaces",
        "repeals",
        "corrects",
        "consolidates",
    ]
    assert {*names, "reviews", "cites"} <= set(load().relations)


def test_the_style_knows_every_level_line_and_shape_of_the_table() -> None:
    labels = load()
    style = "".join(
        (files("chidao.viz") / path).read_text("utf-8")
        for path in ("web/static/palette.css", "drawing/assets/page.css")
    )
    script = (files("chidao.viz.drawing") / "assets" / "page.js").read_text(encoding="utf-8")
    for level in labels.levels:
        assert f'[data-level="{level}"]' in style
    for group in {group for _, group in labels.relations.values()}:
        assert f"--group-{group}:" in style
        assert f'"{group}"' in script
    for family in set(labels.families) - {"other"}:
        assert f'"{family}"' in script


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
