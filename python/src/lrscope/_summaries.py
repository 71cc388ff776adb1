"""What `define_metric(…, summary=…)` makes of a metric in `run.summary`."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple, Optional

from ._patterns import Patterns
from ._say import warn_once

_KINDS = ("min", "max", "mean", "best", "first", "last", "copy", "none")


class _Asked(NamedTuple):
    kinds: tuple[str, ...]
    maximize: bool


class _Seen:
    """The values of one metric, as far as a summary asks for them. NaN is no least or greatest value."""

    def __init__(self, value: float) -> None:
        self.first = self.last = self.min = self.max = value
        self._sum = value
        self._count = 1

    def add(self, value: float) -> None:
        self.last = value
        if not self.min <= value:
            self.min = value if value == value else self.min
        if not self.max >= value:
            self.max = value if value == value else self.max
        self._sum += value
        self._count += 1

    @property
    def mean(self) -> float:
        return self._sum / self._count


class Summaries:
    """Patterns of metric names, each with what its summary shows: `{"min": …, "last": …}` as in wandb, or nothing."""

    def __init__(self) -> None:
        self._asked: Patterns[_Asked] = Patterns()
        self._seen: dict[str, _Seen] = {}

    def __bool__(self) -> bool:
        return bool(self._asked)

    def define(self, pattern: object, summary: object, goal: object) -> None:
        kinds = tuple(re.findall(r"[^\s,]+", str(summary).lower()))
        known = tuple(kind for kind in kinds if kind in _KINDS)
        if len(known) < len(kinds):
            warn_once(f"summary {summary}", f"summary={summary!r} is not one of {', '.join(_KINDS)}; it is left out")
        if known:
            self._asked.define(pattern, _Asked(known, str(goal).lower().startswith("max")))

    def see(self, point: list[str]) -> None:
        """Each metric as `"name":value`."""
        for part in point:
            for name, value in json.loads(f"{{{part}}}").items():
                if self._asked.find(name) is not None:
                    self._add(name, float(value))

    def _add(self, name: str, value: float) -> None:
        seen = self._seen.get(name)
        if seen is None:
            self._seen[name] = _Seen(value)
        else:
            seen.add(value)

    def shown(self, last: dict[str, float]) -> dict[str, Any]:
        """`last`, the metrics' last values, with what was asked for instead."""
        found: dict[str, Any] = {}
        for name, value in last.items():
            asked, seen = self._asked.find(name), self._seen.get(name)
            shown = value if asked is None or seen is None or "copy" in asked.kinds else _summary(asked, seen)
            if shown is not None:
                found[name] = shown
        return found


def _summary(asked: _Asked, seen: _Seen) -> Optional[dict[str, float]]:
    best = "max" if asked.maximize else "min"
    kinds = {kind: best if kind == "best" else kind for kind in asked.kinds if kind != "none"}
    return {kind: getattr(seen, attribute) for kind, attribute in kinds.items()} or None
