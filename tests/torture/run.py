"""Attack what the project promises (SECURITY.md) with made inputs: `python tests/torture/run.py [--short] [--seed N] [NAME…]`.

One line of figures for each attack. A promise that does not hold ends with a traceback that shows the input; the seed makes it again.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass

from chidao.tests.torture import (
    api,
    builds,
    corrections,
    damage,
    files,
    forged,
    growth,
    hostile,
    kills,
    orphans,
    power,
    queries,
)


@dataclass(frozen=True, slots=True)
class Attack:
    """`run(seed, times)` returns a line of figures, or raises AssertionError with what broke a promise. `times`: inputs; `short`: of the
    short run, which has a few seconds for it."""

    run: Callable[[int, int], str]
    times: int
    short: int


ATTACKS = {
    "api": Attack(api.attack, 100, 3),
    "queries": Attack(queries.attack, 10_000, 500),
    "kills": Attack(kills.attack, 1_000, 20),
    "power": Attack(power.attack, 200, 6),
    "damage": Attack(damage.attack, 1_000, 20),
    "forged": Attack(forged.attack, 200, 4),
    "builds": Attack(builds.attack, 100, 3),
    "corrections": Attack(corrections.attack, 1_300, 40),
    "files": Attack(files.attack, 10_000, 48),
    "hostile": Attack(hostile.attack, 1_000, 8),
    "orphans": Attack(orphans.attack, 200, 3),
    "growth": Attack(growth.attack, 1_000, 16),
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Attack what the project promises.")
    parser.add_argument("names", nargs="*", help=f"which of {', '.join(ATTACKS)}; all, if none is named")
    parser.add_argument("--short", action="store_true", help="a few seconds for each")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    for name in asked.names or ATTACKS:
        attack, began = ATTACKS[name], time.monotonic()
        figures = attack.run(asked.seed, attack.short if asked.short else attack.times)
        print(f"{name}, seed {asked.seed}: {figures}; {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
