"""When points were logged."""

from __future__ import annotations

import time as clock
from typing import Any

from ._given import unix_time

_TICK_S = 1e-6


class Moments:
    """The times of a run's points, in Unix seconds."""

    def __init__(self) -> None:
        self._last = 0.0

    def of(self, given: Any) -> float:
        """What was given, else now, but later than the point before: of two at one step the later one counts."""
        chosen = None if given is None else unix_time(given)
        if chosen is not None:
            return chosen
        self._last = max(clock.time(), self._last + _TICK_S)
        return self._last
