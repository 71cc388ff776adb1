"""What is said of metrics by patterns of their names, such as `val/*`."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import Generic, Optional, TypeVar

_T = TypeVar("_T")


class Patterns(Generic[_T]):
    """Of several patterns that fit the longest counts."""

    def __init__(self) -> None:
        self._said: dict[str, _T] = {}
        self._found: dict[str, Optional[_T]] = {}

    def __bool__(self) -> bool:
        return bool(self._said)

    def define(self, pattern: object, said: _T) -> None:
        self._said[str(pattern)] = said
        self._found.clear()

    def values(self) -> Iterable[_T]:
        return self._said.values()

    def find(self, name: str) -> Optional[_T]:
        if name not in self._found:
            fitting = [pattern for pattern in self._said if fnmatchcase(name, pattern)]
            self._found[name] = self._said[max(fitting, key=len)] if fitting else None
        return self._found[name]
