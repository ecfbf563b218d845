"""A timeline as a Vega-Lite specification: a bar from the directive's day to each document that followed, body by body."""

from __future__ import annotations

from typing import Any

from chidao.graph.answers.timeline import Timeline
from chidao.graph.tables.reach import LEVELS
from chidao.viz.words import Words

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
"""Names the language of the specification; nothing is fetched from there."""
_MONTHS = 75
"""Days from which the axis has months. Figures alone, since "T3" is read as March and as Tuesday."""
_FEW = 25
"""Rows that stand well apart."""
MOST = 80
"""Rows that are drawn, the earliest ones; the table has them all."""


def timeline_plot(timeline: Timeline, words: Words) -> dict[str, Any]:
    """Return the events with a date, one row each, in the order of the table."""
    order = [words.levels[level or ""] for level in LEVELS]
    values = [
        {
            "row": f"{i:03d}",
            "label": event.label,
            "issuer": event.issuer or "",
            "level": words.levels[event.level or ""],
            "from": timeline.directive.date or event.date,
            "date": event.date,
            "day": words.day(event.date or ""),
            "days": event.days,
        }
        for i, event in enumerate(timeline.events[:MOST])
    ]
    span = max((event.days or 0 for event in timeline.events[:MOST]), default=0)
    axis = {"format": "%m/%Y", "tickCount": "month"} if span > _MONTHS else {"format": "%d/%m/%Y", "tickCount": 6}
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
        {"field": "label", "title": words.columns["document"]},
        {"field": "issuer", "title": words.columns["issuer"]},
        {"field": "day", "title": words.columns["date"]},
        {"field": "days", "title": words.columns["days"]},
    ]
    return {
        "$schema": _SCHEMA,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": values},
        "height": {"step": 26 if len(values) <= _FEW else 16},
        "encoding": {"y": row},
        "resolve": {"axis": {"x": "independent"}},
        "layer": [
            {
                "mark": {"type": "rule", "strokeWidth": 2, "opacity": 0.45},
                "encoding": {
                    "x": {"field": "from", "type": "temporal", "title": None, "axis": axis | {"labelOverlap": True, "orient": "top"}},
                    "x2": {"field": "date"},
                    "color": level,
                },
            },
            {
                "mark": {"type": "point", "filled": True, "size": 90, "opacity": 1},
                "encoding": {
                    "x": {"field": "date", "type": "temporal", "title": None, "axis": axis | {"labelOverlap": True}},
                    "color": level,
                    "shape": {"field": "level", "type": "nominal", "scale": {"domain": order}, "title": None,
                              "legend": {"orient": "top"}},
                    "tooltip": tooltip,
                },
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 10, "baseline": "middle", "limit": 320},
                "encoding": {"x": {"field": "date", "type": "temporal", "axis": None}, "text": {"field": "label"}},
            },
        ],
    }  # fmt: skip
