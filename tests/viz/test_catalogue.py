"""Every word of the pages has its Vietnamese."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from chidao.viz.web.catalogue import translations
from chidao.viz.words import DEFAULT, LANGUAGES

KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}


def extracted(root: Path) -> Iterator[tuple[str, str]]:
    """(message, where it stands) of templates and code; of a plural the singular."""
    methods = [("**/node_modules/**", "ignore"), ("frontend/**", "ignore"), ("**.py", "python"), ("**.html", "jinja2")]
    options = {"**.html": {"extensions": "jinja2.ext.i18n,jinja2.ext.do"}}
    for file, line, message, _, _ in extract_from_dir(root / "viz" / "web", methods, options, keywords=KEYWORDS):
        for text in (message,) if isinstance(message, str) else message[:1]:
            if text:
                yield text, f"{file}:{line}"


@pytest.fixture(scope="module")
def catalogue(root: Path) -> dict[str, Message]:
    with (root / "viz" / "web" / "locale" / "vi.po").open("rb") as stream:
        return {m.id if isinstance(m.id, str) else m.id[0]: m for m in read_po(stream, locale="vi") if m.id}


def test_nothing_is_translated_twice(root: Path) -> None:
    """Of two rows the first would be told where the other is meant."""
    lines = (root / "viz" / "web" / "locale" / "vi.po").read_text("utf-8").splitlines()
    assert [
        line for line, number in Counter(line for line in lines if line.startswith("msgid ")).items() if number > 1
    ] == []


def test_nothing_is_untranslated(root: Path, catalogue: dict[str, Message]) -> None:
    missing = sorted({f"{where}: {text}" for text, where in extracted(root) if text not in catalogue})
    assert not missing, "\n".join(missing)


def test_nothing_is_left_over(root: Path, catalogue: dict[str, Message]) -> None:
    assert not sorted(set(catalogue) - {text for text, _ in extracted(root)})


def test_every_message_is_whole(catalogue: dict[str, Message]) -> None:
    for key, message in catalogue.items():
        for said in [message.string] if isinstance(message.string, str) else message.string or [""]:
            assert said, f"no Vietnamese: {key}"
            assert not message.fuzzy
            plural = " ".join(message.id) if not isinstance(message.id, str) else key
            assert set(re.findall(r"%\(\w+\)s", said)) <= set(re.findall(r"%\(\w+\)s", plural)), key


def test_languages() -> None:
    assert DEFAULT == "vi"
    assert list(LANGUAGES) == ["vi", "en"]
    assert translations("vi").gettext("Search") == "Tìm"
    assert translations("vi").ngettext("File", "Files", 3) == "Tệp"
    assert translations("en").gettext("Search") == "Search"
    with pytest.raises(KeyError):
        translations("fr")
