"""The API keeps the word of its description: requests made from it are answered as it says."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from chidao.tests.torture import api
from chidao.viz.web.api import description


@pytest.mark.slow
def test_made_requests_are_answered_as_described(
    sample_graph: Path, serving: Callable[..., AbstractContextManager[str]], tmp_path: Path
) -> None:
    """A few for each operation; `make torture` makes a hundred."""
    with serving(sample_graph) as address:
        counted = api.asked(address, seed=1, times=3, folder=tmp_path)
    assert f" {len(description()['paths'])} operations, " in counted
