"""Tests that need a Spark cluster are left out where Spark is not installed, which `make spark` does."""

from __future__ import annotations

import importlib.util
import os

collect_ignore = [] if importlib.util.find_spec("pyspark") or os.environ.get("SPARK") else ["test_cluster.py"]
