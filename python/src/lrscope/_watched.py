"""The LR of a watched optimizer, for points that have none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Callable, Optional

from ._point import PointEncoder
from ._say import never_raises

Read = Callable[[], Mapping[str, float]]


class Watched:
    def __init__(self, encoder: PointEncoder) -> None:
        self._encoder = encoder
        self._read: Optional[Read] = None
        self._step = -1
        self._closed = False

    def __bool__(self) -> bool:
        return self._read is not None

    def begin(self, read: Read) -> None:
        """`read` gives the metrics. It ends when the script logs an LR itself."""
        if not self._closed:
            self._read = read

    def close(self) -> None:
        """For good: somebody else logs the LR of each update."""
        self._closed, self._read = True, None

    def parts(self, step: int, point: list[str]) -> list[str]:
        """What to add to a point, once a step."""
        if self._encoder.names_lr(point):
            self.close()
        if self._read is None or step == self._step:
            return []
        self._step = step
        with never_raises("reading the LR of the optimizer"):
            return self._encoder.encode(self._read())
        return []
