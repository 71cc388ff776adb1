"""Metrics whose step is another metric's value: what `define_metric(…, step_metric=…)` says."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any, NamedTuple, Optional

from ._limits import MAX_STEP
from ._plain import as_float
from ._say import warn_once


class Part(NamedTuple):
    """What of one call of log() belongs to one step; None where the run's own counter counts, or the call's step."""

    step: Optional[int]
    data: Mapping[Any, Any]


class Axes:
    """Patterns of metric names, each with the metric that counts their steps."""

    def __init__(self) -> None:
        self._rules: dict[str, str] = {}
        self._last: dict[str, int] = {}

    def __bool__(self) -> bool:
        return bool(self._rules)

    def define(self, pattern: object, step_metric: object) -> None:
        self._rules[str(pattern)] = str(step_metric)

    def split(self, data: Mapping[Any, Any]) -> list[Part]:
        """One part where the call names one step metric or none: the metrics without one go along."""
        for axis in set(self._rules.values()):
            if axis in data:
                self._read(axis, data[axis])
        steps = {key: self._step_of(key) for key in data}
        named = sorted({step for step in steps.values() if step is not None})
        if len(named) < 2:
            return [Part(named[0] if named else None, data)]
        groups: list[Optional[int]] = [*named, None]
        parts = [Part(step, {key: value for key, value in data.items() if steps[key] == step}) for step in groups]
        return [part for part in parts if part.data]

    def _read(self, axis: str, value: Any) -> None:
        number = as_float(value)
        if number is None or not 0 <= number <= MAX_STEP:
            warn_once(f"axis {axis}", f"{axis} counts no steps here: its value is no number from 0 on")
            return
        if not number.is_integer():
            warn_once(f"axis {axis}", f"{axis} counts steps, and is no whole number; it is rounded down")
        self._last[axis] = int(number)

    def _step_of(self, key: Any) -> Optional[int]:
        axis = self._axis_of(str(key))
        return None if axis is None else self._last.get(axis)

    def _axis_of(self, key: str) -> Optional[str]:
        """The step metric itself is logged at its own value. Of several patterns the longest that fits counts."""
        if key in self._rules.values():
            return key
        fitting = [pattern for pattern in self._rules if fnmatchcase(key, pattern)]
        return self._rules[max(fitting, key=len)] if fitting else None
