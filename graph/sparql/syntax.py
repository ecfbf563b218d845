"""What in a query's text is syntax, and what stands in strings, IRIs and comments.

SPARQL's tokens are not to be told apart by patterns that look for the longest one alone. An engine without a lexer of its own takes
`?a<?b#c>` for a comparison with a comment behind it where the standard sees an IRI, reads `trueSERVICE` as two words, and takes
`e:SERVICE` apart where the name's IRI would not be valid. So every reading of an ambiguous "<" is followed at once: what stands outside
strings, IRIs and comments in one of them is syntax. Each place of the text is visited once, however many readings lead there.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

# No group here is possessive: Python before 3.11.5 loses its place in one, and takes the end of a long string for its beginning.
# None needs to be, as the ways through each exclude one another.
_ESCAPE = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
IRI = rf"<(?:[^<>\"{{}}|^`\\\x00-\x20]|{_ESCAPE})*>"
_ECHAR = rf"\\[tbnrf\"'\\]|{_ESCAPE}"
_STRING = (
    rf"\"\"\"(?:[^\"\\]|{_ECHAR}|\"(?!\"\"))*\"\"\"|'''(?:[^'\\]|{_ECHAR}|'(?!''))*'''"
    rf"|\"(?:[^\"\\\n\r]|{_ECHAR})*\"|'(?:[^'\\\n\r]|{_ECHAR})*'"
)
_COMMENT = r"#[^\r\n]*+"
_IN_NAME = r"\\[-_~.!$&'()*+,;=/?#@%]"
NO_KEYWORD = rf"{IRI}|{_STRING}|{_COMMENT}|{_IN_NAME}"
"""What is no keyword where the longest token is taken, as the standard has it."""

_A_IRI, _A_STRING, _CUT = re.compile(IRI), re.compile(_STRING), re.compile(NO_KEYWORD)
_PLAIN = re.compile(rf"(?:[^<'\"#\\]|{_IN_NAME})+")
_LINE_END = re.compile(r"[\r\n]")
_CODEPOINT = re.compile(
    r"(?P<before>\\*)\\(?:u(?P<short>[+0-9A-Fa-f][0-9A-Fa-f]{3})|U(?P<long>[+0-9A-Fa-f][0-9A-Fa-f]{7}))"
)
# A variable, a language, a name behind its prefix; or a word of its own, which a prefix may be, too.
_NAME = re.compile(rf"[?$]\w++|@[A-Za-z-]++|:(?:[\w.:%-]|{_IN_NAME})*|\w++")
_BLANK = rf"(?:[ \t\r\n]|{_COMMENT})*"
_CALLS = re.compile(
    rf"{_BLANK}(?:SILENT{_BLANK})?(?:<[^<>\s{{}}]*+>|(?:[^\s{{}}<>#'\"\\]|{_IN_NAME})+){_BLANK}\{{", re.IGNORECASE
)
"""What follows SERVICE: what it asks, and a group."""
_SERVICE = re.compile("service", re.IGNORECASE)


def blanked(text: str) -> str:
    """Return the text with strings, IRIs and comments blanked, as the standard reads it: each as long as it was."""
    return _CUT.sub(lambda found: " " * len(found[0]), text)


def calls_a_service(text: str) -> bool:
    """Can the word SERVICE be syntax anywhere in the query, whether or not an engine expands codepoint escapes before it reads?

    Escapes that `misplaced_escape` finds are not looked into.
    """
    expanded = _CODEPOINT.sub(lambda found: _letter(found) or found[0], text)
    return any(
        _stands_in(blanked(one)) or any(_called_in(one, start, end) for start, end in _syntax(one))
        for one in {text, expanded} if _SERVICE.search(one)
    )  # fmt: skip


def _stands_in(words: str) -> bool:
    """Is it a word of its own, or a prefix?"""
    return any(name[0][0] not in "?$:@" and _SERVICE.search(name[0]) for name in _NAME.finditer(words))


def _called_in(text: str, start: int, end: int) -> bool:
    """Does what follows the word make it a keyword? Behind a prefix or a language it is one only where that name breaks off."""
    return any(
        name[0][0] not in "?$" and _CALLS.match(text, word.end())
        for name in _NAME.finditer(text, start, end)
        for word in _SERVICE.finditer(text, *name.span())
    )


def misplaced_escape(text: str) -> int | None:
    """Return where a codepoint escape stands that one engine may read otherwise than another, None if there is none: outside strings and
    IRIs, behind a backslash, or for a character that could be a mark of the grammar. Some expand escapes before they read, some within
    tokens."""
    found = list(_CODEPOINT.finditer(text))
    if not found:
        return None
    inside = [token.span() for token in _CUT.finditer(text) if token[0][0] in "<'\""]
    for escape in found:
        token = bisect_left(inside, (escape.end(),)) - 1
        if not _letter(escape) or token < 0 or inside[token][1] < escape.end():
            return escape.start()
    return None


def _letter(escape: re.Match[str]) -> str:
    """The letter, digit or character beyond ASCII that the escape stands for, "" where it stands for none of them."""
    digits = escape["short"] or escape["long"]
    codepoint = -1 if escape["before"] or digits.startswith("+") else int(digits, 16)
    if 0xA0 <= codepoint <= 0x10FFFF and not 0xD800 <= codepoint < 0xE000:
        return chr(codepoint)
    return chr(codepoint) if 0 <= codepoint < 0x80 and chr(codepoint).isalnum() else ""


def _syntax(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of what some reading of the text takes for syntax; those of different readings may overlap.

    What follows a quote that nothing closes is not among them, nor what follows a backslash that begins nothing: no reading goes on there.
    """
    line_ends = [*(found.start() for found in _LINE_END.finditer(text)), len(text)]
    waiting, seen = [0], set[int]()
    while waiting:
        at = waiting.pop()
        while at < len(text) and at not in seen:
            seen.add(at)
            if text[at] == "#":
                at = line_ends[bisect_left(line_ends, at)]
            elif text[at] == "<":
                if iri := _A_IRI.match(text, at):
                    waiting.append(iri.end())
                at += 1
            elif plain := _PLAIN.match(text, at):
                yield plain.span()
                at = plain.end()
            else:
                string = _A_STRING.match(text, at)
                at = string.end() if string else len(text)
