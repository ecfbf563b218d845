"""Readers of file formats: bytes to text or rows, chosen by content and never by name.

`kinds` tells what bytes are; each format has a module that turns them into a `Converted`; `sandbox` runs those in a process of
their own with bounded memory and time, so that a malicious file costs one line and not the whole run.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Converted"]


@dataclass(frozen=True, slots=True)
class Converted:
    """The text of a file that is no plain text. `pages` holds the offset at which each page begins, from page 1 on, empty
    where the format knows none; `notes` what a reader should know of the text ("page 3 has no text layer"); `doubts` where OCR read
    figures of which it is not sure: start, end, and how sure it is in percent."""

    text: str
    pages: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    doubts: tuple[tuple[int, int, int], ...] = ()
