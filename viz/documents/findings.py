"""A proofreader's findings on paper: lines for a terminal, rows for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from chidao.graph.proofread.draft import Finding

SEVERITY_NAMES = {"error": "LỖI", "warning": "CẢNH BÁO", "hint": "GỢI Ý"}


def finding_lines(path: str, findings: Sequence[Finding]) -> Iterator[str]:
    """Yield each finding over three or four lines: place, severity and rule; message; excerpt; suggestion."""
    for f in findings:
        page = f", trang {f.page}" if f.page else ""
        yield f"{path}, dòng {f.line}{page}: {SEVERITY_NAMES[f.severity]} [{f.rule}] {f.message}"
        yield f"    “{f.excerpt}”"
        if f.suggestion:
            yield f"    → {f.suggestion}"
    counts = [(name, sum(f.severity == key for f in findings)) for key, name in SEVERITY_NAMES.items()]
    yield ", ".join(f"{n} {name.lower()}" for name, n in counts if n) or "Không thấy gì phải sửa."


def finding_rows(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Return one object each, always with the same keys: rule, severity, start, end, line, page, excerpt, message, suggestion."""
    return [asdict(f) for f in findings]
