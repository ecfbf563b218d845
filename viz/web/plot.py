"""A timeline as a Vega-Lite specification: a bar from the directive's day to each document that followed, body by body."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chidao.graph.answers.implements import LEVELS
from chidao.graph.answers.timeline import Timeline
from chidao.viz.web.words import LEVELS as NAMES

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
"""Names the language of the specification; nothing is fetched from there."""
_MOST = 80
"""Rows that are drawn, the earliest ones; the table has them all."""


def timeline_plot(timeline: Timeline, words: Callable[[str], str], day: Callable[[str], str]) -> dict[str, Any]:
    """The events with a date, one row each, in the order of the table. `words` translates, `day` writes a date."""
    order = [words(NAMES[level or ""]) for level in LEVELS]
    values = [
        {
            "row": f"{i:03d}",
            "label": event.label,
            "issuer": event.issuer or "",
            "level": words(NAMES[event.level or ""]),
            "from": timeline.directive.date or event.date,
            "date": event.date,
            "day": day(event.date or ""),
            "days": event.days,
        }
        for i, event in enumerate(timeline.events[:_MOST])
    ]
    colours = [f"var(--level-{level or 'none'})" for level in LEVELS]
    level = {
        "field": "level",
        "type": "nominal",
        "scale": {"domain": order, "range": colours},
        "title": None,
        "legend": {"orient": "top"},
    }
    row = {"field": "row", "type": "nominal", "axis": None, "sort": None}
    tooltip = [
        {"field": "label", "title": words("Document")},
        {"field": "issuer", "title": words("Issued by")},
        {"field": "day", "title": words("Date")},
        {"field": "days", "title": words("Days")},
    ]
    return {
        "$schema": _SCHEMA,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": values},
        "height": {"step": 26},
        "encoding": {"y": row},
        "layer": [
            {
                "mark": {"type": "rule", "strokeWidth": 2, "opacity": 0.45},
                "encoding": {
                    "x": {"field": "from", "type": "temporal", "title": None},
                    "x2": {"field": "date"},
                    "color": level,
                },
            },
            {
                "mark": {"type": "point", "filled": True, "size": 90, "opacity": 1},
                "encoding": {
                    "x": {"field": "date", "type": "temporal", "title": None},
                    "color": level,
                    "shape": {"field": "level", "type": "nominal", "scale": {"domain": order}, "title": None,
                              "legend": {"orient": "top"}},
                    "tooltip": tooltip,
                },
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 10, "baseline": "middle", "limit": 320},
                "encoding": {"x": {"field": "date", "type": "temporal"}, "text": {"field": "label"}},
            },
        ],
    }  # fmt: skip
