"""Modules that a page holds joined: each in a scope of its own, imported ones first."""

from __future__ import annotations

import re

import pytest

from chidao.viz.drawing.scripts import joined


@pytest.mark.parametrize("name", ["drawing/assets/page.js", "web/static/lookup.js"])
def test_what_is_joined_is_one_classic_script(name: str) -> None:
    text = joined(name)
    assert not re.search(r"^(import|export)\b", text, re.MULTILINE)
    made = re.findall(r"^const (module_\w+) = \(function", text, re.MULTILINE)
    assert len(made) == len(set(made)) > 2
    for user, used in re.findall(r"^const (\{[^}]*\}) = (module_\w+);", text, re.MULTILINE):
        assert text.index(f"const {used} = (function") < text.index(f"const {user} = {used};")
        exports = text[text.index(f"const {used} = (function") :].split("\nreturn {", 1)[1].split("}", 1)[0]
        assert set(re.findall(r"\w+", user)) <= set(re.findall(r"\w+", exports))


def test_a_module_stands_once() -> None:
    assert joined("drawing/assets/page.js").count("const fold = (text)") == 1
