"""Some damaged files of every format are read or refused in one line; `make torture` tries ten thousand."""

from __future__ import annotations

import pytest

from chidao.tests.torture import files


@pytest.mark.slow
def test_damaged_files_cost_themselves_only() -> None:
    assert files.attack(seed=11, times=49).startswith("49 files: ")  # of which none is for LibreOffice
