"""Metrics whose x is another metric's value: what `define_metric(…, step_metric=…)` says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, Optional

from ._limits import MAX_STEP
from ._patterns import Patterns
from ._plain import as_float
from ._say import warn_once


class Part(NamedTuple):
    """What of one call of log() belongs to one step, or to the call's own where `step` is None, and to one epoch."""

    step: Optional[int]
    epoch: Optional[float]
    data: Mapping[Any, Any]


class Axes:
    """Patterns of metric names, each with the metric that is their x.

    One that counts epochs gives the epoch of their points, and the step stays that of the call: steps of a run count
    one thing. Any other counts steps, of these metrics alone. A metric's last value holds until its next.
    """

    def __init__(self) -> None:
        self._rules: Patterns[str] = Patterns()
        self._last: dict[str, float] = {}

    def __bool__(self) -> bool:
        return bool(self._rules)

    def define(self, pattern: object, axis: object) -> None:
        self._rules.define(pattern, str(axis))

    def split(self, data: Mapping[Any, Any], has_step: bool) -> list[Part]:
        """`has_step`: the call names a step, which comes first."""
        for axis in set(self._rules.values()):
            if axis in data:
                self._read(axis, data[axis])
        parts: dict[tuple[Optional[int], Optional[float]], dict[Any, Any]] = {}
        for key, value in data.items():
            parts.setdefault(self._place(str(key), has_step), {})[key] = value
        return [Part(step, epoch, some) for (step, epoch), some in parts.items()]

    def _place(self, key: str, has_step: bool) -> tuple[Optional[int], Optional[float]]:
        axis = self._rules.find(key)
        value = None if axis is None else self._last.get(axis)
        if axis is None or value is None:
            return None, None
        if _counts_epochs(axis):
            return None, value
        return None if has_step else int(value), None

    def _read(self, axis: str, value: Any) -> None:
        number = as_float(value)
        if number is None or not 0 <= number <= MAX_STEP:
            warn_once(f"axis {axis}", f"{axis} counts no steps here: its value is no number from 0 on")
            return
        if not number.is_integer() and not _counts_epochs(axis):
            warn_once(f"axis {axis}", f"{axis} counts steps, and is no whole number; it is rounded down")
        self._last[axis] = number


def _counts_epochs(axis: str) -> bool:
    return axis.rpartition("/")[2].strip(" _").lower() in ("epoch", "epochs")
