"""What Word's styles give to what stands in them: lists and fonts, handed down from the style that a style is based on.

Source of the rules: ECMA-376 (Office Open XML), part 1, 17.7 (styles), 17.3.2.26 (fonts of a run).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from chidao.extract.formats.legacy import OldFonts, font_code

__all__ = ["RunFonts", "W", "inherited"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_Said = TypeVar("_Said")


def inherited(document: Any, said_by: Callable[[Any], _Said | None]) -> dict[str, _Said]:
    """Return what `said_by` reads in each style, by its id; where it reads None, what the next style says that it is based on."""
    own: dict[str, _Said] = {}
    base: dict[str, str] = {}
    for style in document.styles.element.iter(f"{W}style"):
        key = style.get(f"{W}styleId")
        if (said := said_by(style)) is not None:
            own[key] = said
        if (based := style.find(f"{W}basedOn")) is not None:
            base[key] = based.get(f"{W}val")
    for key in base:
        seen, at = {key}, key
        while at not in own and at in base and base[at] not in seen:
            at = base[at]
            seen.add(at)
        if at in own:
            own.setdefault(key, own[at])
    return own


class RunFonts:
    """The text of runs by the encoding of their font, where a document uses fonts from before Unicode."""

    def __init__(self, document: Any) -> None:
        styles = document.styles.element
        self.old = OldFonts()
        self._used = any(
            font_code(name)
            for part in (document.element.body, styles)
            for f in part.iter(f"{W}rFonts")
            for name in f.values()
        )
        if not self._used:
            return
        self._of_style = inherited(document, lambda style: _font(style.find(f"{W}rPr")))
        usual = (
            s.get(f"{W}styleId")
            for s in styles.iter(f"{W}style")
            if s.get(f"{W}default") == "1" and s.get(f"{W}type") == "paragraph"
        )
        self._usual = (
            self._of_style.get(next(usual, "")) or _font(styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")) or ""
        )
        for run in document.element.body.iter(f"{W}r"):
            self.old.look("".join(t.text or "" for t in run.iterchildren(f"{W}t")), self._font_of(run))

    def read(self, run: Any, text: str) -> str:
        """Return a run's text as its font shows it."""
        return self.old.read(text, self._font_of(run)) if self._used else text

    def _font_of(self, run: Any) -> str:
        return next((font for font in self._said(run) if font is not None), self._usual)

    def _said(self, run: Any) -> Iterator[str | None]:
        properties = run.find(f"{W}rPr")
        if properties is not None:
            yield _font(properties)
            yield self._of_style.get(_value(properties.find(f"{W}rStyle")))
        paragraph = next(run.iterancestors(f"{W}p"), None)
        if paragraph is not None:
            yield self._of_style.get(_value(paragraph.find(f"{W}pPr/{W}pStyle")))


def _font(properties: Any) -> str | None:
    """The font that run properties name for letters beyond ASCII; empty for one of the theme, None where they name none."""
    fonts = properties.find(f"{W}rFonts") if properties is not None else None
    if fonts is None:
        return None
    if fonts.get(f"{W}hAnsiTheme") or fonts.get(f"{W}asciiTheme"):
        return ""
    name: str | None = fonts.get(f"{W}hAnsi") or fonts.get(f"{W}ascii")
    return name


def _value(node: Any) -> str:
    return "" if node is None else node.get(f"{W}val") or ""
