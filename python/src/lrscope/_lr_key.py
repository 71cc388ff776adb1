"""Which of the logged metrics holds the LR (the server's rule, lib/domain/metrics/lr-key.ts)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple, Optional

from ._lr_name import LrName, read_lr_name

# No optimizer trains with an LR above this.
_HIGHEST_LR = 100.0

_MOVES, _CONSTANT, _UNKNOWN, _IMPLAUSIBLE = range(4)


class Range(NamedTuple):
    """Of a metric's finite values; empty where least is above most."""

    least: float = math.inf
    most: float = -math.inf

    def with_value(self, value: float) -> Range:
        return Range(min(self.least, value), max(self.most, value)) if math.isfinite(value) else self


def find_lr_key(metrics: Mapping[str, Range]) -> Optional[str]:
    """The metric that holds the LR of the first param group, or None.

    Names propose; where several do, the values decide, so that an LR that moves comes before one that stays and before
    what no LR can be. The param groups of one optimizer count as one.
    """
    found: list[tuple[str, LrName]] = []
    looks: dict[str, int] = {}
    for key, values in metrics.items():
        name = read_lr_name(key)
        if name is not None:
            found.append((key, name))
            looks[name.family] = min(_look(values), looks.get(name.family, _IMPLAUSIBLE))
    if not found:
        return None

    def place(candidate: tuple[str, LrName]) -> tuple[int, int, int, int, str]:
        key, name = candidate
        return looks[name.family], name.rank, -1 if name.group is None else name.group, len(key), key

    return min(found, key=place)[0]


def _look(values: Range) -> int:
    if values.least > values.most:
        return _UNKNOWN
    if values.least < 0 or values.most > _HIGHEST_LR:
        return _IMPLAUSIBLE
    return _MOVES if values.least < values.most else _CONSTANT
