"""How the pages of one language write what the graph holds: days, numbers, levels, relations, places, cells of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import unquote, urlencode

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from chidao.extract.language.provision_paths import path_words
from chidao.graph.answers.force import Amendment, ForceEvent
from chidao.graph.answers.provisions import ProvisionDetails
from chidao.graph.answers.show import Issued
from chidao.graph.answers.standing import Standing
from chidao.graph.answers.status import Ended
from chidao.graph.answers.tasks import TaskRow
from chidao.graph.answers.timeline import Timeline
from chidao.graph.evidence import Evidence, Place
from chidao.viz.law_words import amendment_words, ended_words, event_words, standing_words
from chidao.viz.web.catalogue import translations
from chidao.viz.web.rendering.correction_filters import cell_words
from chidao.viz.web.rendering.language_filters import LanguageFilters
from chidao.viz.web.rendering.links import ServerLinks
from chidao.viz.web.rendering.plot import timeline_plot

_LEAVES = re.compile(r"\.(?:pdf|png|jpe?g|tiff?|bmp|gif|webp)\Z", re.IGNORECASE)
"""How the names of files end that have pages."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_READ = re.compile(r"read by OCR, (?P<sure>[0-9]+) % sure")
_NAMED = re.compile(r"file name (?P<name>“.*”)")
_MARKDOWN = re.compile(r"(?:^|(?<=\n))\s*#{1,6}[ ]")
_DIVIDER = re.compile(r":?-{3,}:?")
_SIGNS = {"implemented": "✓", "mentioned": "◦", "silent": "?", "no-files": "–", "unknown": "…", "not-asked": ""}
_SAME = re.compile(r"(?P<label>.+): same symbol, title and month")


class Filters(LanguageFilters):
    """The filters of one language; each public method is one, by its name."""

    def day(self, value: str | None) -> str:
        """Return an ISO date, month or year as it is written: 05/05/2022, 5 May 2022."""
        return self._words.day(value) if value else translations(self.language).gettext("date unknown")

    def found_in(self, source: str) -> str:
        """Return where what is offered for a blank is from, in the page's language; names of files and numbers stay as they are."""
        gettext = translations(self.language).gettext
        if ocr := _READ.fullmatch(source):
            return gettext("read by OCR, %(sure)s %% sure") % ocr.groupdict()
        if source == "digital signature":
            return gettext("time of the digital signature")
        if named := _NAMED.fullmatch(source):
            return " ".join([gettext("file name"), named["name"]])
        if same := _SAME.fullmatch(source):
            return ": ".join([same["label"], gettext("same symbol, title and month")])
        return source

    def count(self, value: int) -> str:
        return self._words.count(value)

    def number(self, value: float) -> str:
        return self._words.number(value)

    def month(self, value: str) -> str:
        """Return an ISO month on an axis: 03/2025, Mar 2025."""
        return self._words.month(value)

    def relation(self, name: str) -> str:
        """Return how a relation reads from its subject."""
        return self._words.relation(name).label

    def inverse(self, name: str) -> str:
        """Return how it reads from its object."""
        return self._words.relation(name).inverse

    @staticmethod
    def short_place(name: str) -> str:
        """Return a province as a list has it, "Cao Bằng", "TP. Hồ Chí Minh"; anything else as it is."""
        if name.startswith("thành phố "):
            return f"TP. {name.removeprefix('thành phố ')}"
        return name.removeprefix("tỉnh ") if name.startswith("tỉnh ") else name[:1].upper() + name[1:]

    @staticmethod
    def short_body(name: str, place: str | None) -> str:
        """Return a body of a province that all beside it are of, without that: "Sở Nội vụ", "Ban Tổ chức Tỉnh ủy"."""
        bare = (place or "").removeprefix("tỉnh ").removeprefix("thành phố ")
        for end in (f" {place}", f" {bare}"):
            if place and name.endswith(end) and name != f"Báo{end}":
                return name.removesuffix(end)
        return name

    def group(self, name: str) -> str:
        """Return a group of rows of a coverage; a region has its own name."""
        return self._words.groups.get(name) or name[:1].upper() + name[1:]

    def level(self, name: str | None) -> str:
        return self._words.levels.get(name or "", name or "")

    def act(self, name: str) -> str:
        return self._words.actions.get(name, name)

    def state(self, name: str) -> str:
        """Return the words for a cell of a coverage."""
        return self._words.states.get(name, name)

    def audience(self, why: str) -> str:
        """Return what tells whom a directive is for."""
        return self._words.audiences[why]

    @staticmethod
    def asking(given: Mapping[str, Any]) -> str:
        """Return the parameters of an address; those that say nothing are left out."""
        return urlencode({name: value for name, value in given.items() if value not in (None, "", False)})

    @staticmethod
    def groupby_year(documents: Sequence[Issued]) -> list[tuple[str, list[Issued]]]:
        """Return documents by the year of their day, in their order."""
        return [(year, list(members)) for year, members in groupby(documents, key=lambda row: (row.date or "")[:4])]

    @staticmethod
    def groupby_lead(tasks: Sequence[TaskRow], body: str) -> list[tuple[bool, list[TaskRow]]]:
        """Return tasks that a body leads, and those that it supports, in their order."""
        return [(leads, list(members)) for leads, members in groupby(tasks, key=lambda task: body in task.lead)]

    def task_state(self, name: str) -> str:
        """Return the words for the state of a task on a day."""
        return self._words.task_states[name]

    def changes(self, name: str) -> str:
        """Return the words for a kind of changes, or for one of their sides."""
        return self._words.changes[name]

    @staticmethod
    def query(address: str) -> str:
        """Return the query of an address with its mark, for another address that is asked the same."""
        return "".join(address.partition("?")[1:])

    @staticmethod
    def sign(name: str) -> str:
        """Return the sign of a cell's state, for those who do not see its colour."""
        return _SIGNS[name]

    @staticmethod
    def pace(days: int | None) -> str:
        """Return how quickly a row was, as one of four shades: two months, four, six, longer; "" where that is not known."""
        return "" if days is None else str(1 + (days > 60) + (days > 120) + (days > 180))

    @staticmethod
    def fragment(key: str) -> str:
        """Return the key of a row as the name of a place on its page."""
        return key.rpartition("://")[2].replace("/", "-")

    def standing(self, name: str) -> str:
        """Return the words for what a document is by now: repealed, amended …"""
        return self._words.standings.get(name, name)

    def in_force(self, standing: Standing) -> str:
        """Return the state of a document or provision on a day."""
        return standing_words(standing, self.language)

    def event(self, event: ForceEvent) -> str:
        """Return what a file says of force."""
        return event_words(event, self.language)

    def change(self, amendment: Amendment) -> str:
        """Return what a file changes in a provision."""
        return amendment_words(amendment, self.language)

    def ended(self, ended: Ended) -> str:
        """That something is over."""
        return ended_words(ended, self.language)

    @staticmethod
    def below_heading(entry: ProvisionDetails) -> str:
        """Return a provision's own words without the line that is its heading."""
        text = entry.text or ""
        if not entry.heading:
            return text
        lines = text.split("\n")
        heading = "".join(entry.heading.split())
        for at in (1, 2):  # "Chương I" and the heading may stand in two lines
            if "".join("".join(lines[:at]).split()).endswith(heading):
                return "\n".join(lines[at:]).strip()
        return text

    @staticmethod
    def provision(path: str) -> str:
        """Return a path of a provision in words."""
        return path_words(path)

    def bodies(self, level: str) -> str:
        """Return the rows of a coverage."""
        return self._words.rows.get(level, level)

    def column(self, name: str) -> str:
        """Return the head of an answer's column, or a question's parameter."""
        return self._words.columns.get(name, name)

    def plot(self, timeline: Timeline) -> dict[str, Any]:
        return timeline_plot(timeline, self._words)

    @pass_context
    def file(self, context: Context, name: str) -> str:
        """Return a file's name from where the paths of all files part."""
        return name.replace("\\", "/").removeprefix(context.get("folder") or "")

    @pass_context
    def where(self, context: Context, place: Place) -> str:
        """Return the file of an evidence, and page and line or row in it."""
        return place.words(self.language, context.get("folder") or "")

    @pass_context
    def in_text(self, context: Context, place: Place) -> str | None:
        """Return the address of a place in the text of its file."""
        sha256 = (context.get("sources") or {}).get(place.source)
        address: str | None = context["links"].text(sha256, place) if sha256 else None
        return address

    @pass_context
    def in_facsimile(self, context: Context, place: Place) -> str | None:
        """Return the address of the page that a place is on, as it looks; None where its file has none, as a Word document, whose pages
        are made by programs."""
        sha256 = (context.get("sources") or {}).get(place.source)
        if not (sha256 and place.page and _LEAVES.search(place.source)):
            return None
        at = "{}-{}".format(*place.sentence_span) if place.sentence_span else None
        address: str | None = context["links"].page(f"facsimile/{sha256}/{place.page}", at=at)
        return address + "#mark" if address else None

    def value(self, cell: Any, column: str, links: ServerLinks, name: str | None = None) -> str | Markup:
        """Return a cell of an answer: a thing of the graph as a link with its `name`, a day as it is written, a known word in
        this language."""
        if cell is None:
            return ""
        text = str(cell)
        if "://" in text and (to := links.thing(text)):
            return Markup('<a class="doc" href="{}">{}</a>').format(
                to, name or unquote(text.rpartition("/id/")[2] or text)
            )
        if _DAY.fullmatch(text):
            return Markup('<time datetime="{}">{}</time>').format(text, self.day(text))
        if column in ("sentence", "text", "quote", "title"):
            return _plain(text)
        return cell_words(column, text, self.language) or self._words.cell(column, text)

    @staticmethod
    def place(row: Mapping[str, Any]) -> Place:
        """Return the place that a row of an answer names; what the question does not tell is left open."""
        return Place.of(dict.fromkeys(("page", "row")) | dict(row))

    @staticmethod
    def sentence_case(text: str) -> str:
        """Return the first letter in upper case, the rest as it is."""
        return text[:1].upper() + text[1:]

    @staticmethod
    def together(places: Iterable[Evidence]) -> list[tuple[Evidence, list[str | None]]]:
        """Return each sentence once, with what is to be marked in it."""
        found: dict[tuple[Place, str], tuple[Evidence, list[tuple[str | None, int | None]]]] = {}
        for said in places:
            place = Place(**{name: getattr(said, name) for name in ("source", "line", "page", "row", "footnote")})
            quotes = found.setdefault((place, said.sentence), (said, []))[1]
            if said.start is None or (said.quote, said.start) not in quotes:
                quotes.append((said.quote, said.start))
        return [(said, [quote for quote, _ in quotes]) for said, quotes in found.values()]

    @staticmethod
    def marked(sentence: str, *quotes: str | None) -> Markup:
        """Return a sentence with the place of each quoted passage marked, of one that is given twice two places; blanks may differ. What is
        left of a file's Markdown is left out."""
        text = _plain(sentence)
        spans: list[tuple[int, int]] = []
        for quote in quotes:
            wanted = _plain(quote)
            at = text.find(wanted) if wanted else -1
            while at >= 0 and any(at < end and start < at + len(wanted) for start, end in spans):
                at = text.find(wanted, at + 1)
            if at >= 0:
                spans.append((at, at + len(wanted)))
        out, done = Markup(""), 0
        for start, end in sorted(spans):
            out += escape(text[done:start]) + Markup("<mark>") + escape(text[start:end]) + Markup("</mark>")
            done = end
        return out + escape(text[done:])


def _plain(text: str | None) -> str:
    """A passage without Markdown's marks of headings, of bold letters and of a table's cells, and with single blanks.

    >>> _plain("## **2. Chỉ tiêu** | Sở Nội vụ |"), _plain("| Sở  Nội vụ |"), _plain("5 * 3")
    ('2. Chỉ tiêu · Sở Nội vụ', 'Sở Nội vụ', '5 * 3')
    """
    bare = _MARKDOWN.sub(" ", text or "").replace("**", "") if text and ("#" in text or "*" in text) else text or ""
    if "|" in bare:
        bare = " · ".join(
            cell for cell in (part.strip() for part in bare.split("|")) if cell and not _DIVIDER.fullmatch(cell)
        )
    return " ".join(bare.split())
