"""A few of the attacks that `make torture` makes on a graph folder by the thousand."""

from __future__ import annotations

import os
import sys

import pytest

from chidao.tests.torture import builds, damage, kills

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason=f"{sys.platform} forks no processes"),
]


def test_builds_that_are_killed() -> None:
    assert kills.attack(seed=3, times=12).endswith("0 anything else")


def test_graphs_that_are_damaged() -> None:
    assert damage.attack(seed=3, times=10).endswith("0 anything else")


def test_builds_at_the_same_time() -> None:
    assert builds.attack(seed=3, times=1).endswith("0 anything else")
