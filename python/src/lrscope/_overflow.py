"""Records that the disk refused, in memory, until it takes them or the server does."""

from __future__ import annotations

from collections import deque

from ._journal import Position, Record
from ._limits import OVERFLOW_BYTES

# Segments on disk count from 1.
_IN_MEMORY = 0


class Overflow:
    """A bounded queue. Its positions are those of no file."""

    def __init__(self) -> None:
        self._records: deque[Record] = deque()
        self._bytes = 0
        self._count = 0
        self.dropped = 0

    def __len__(self) -> int:
        return len(self._records)

    @property
    def start(self) -> Position:
        return Position(_IN_MEMORY, self._count - len(self._records))

    def put(self, kind: int, values: int, payload: bytes) -> bool:
        """False when it is full: the record is dropped, and counted."""
        if self._bytes + len(payload) > OVERFLOW_BYTES:
            self.dropped += 1
            return False
        self._count += 1
        self._bytes += len(payload)
        self._records.append(Record(kind, values, payload, Position(_IN_MEMORY, self._count)))
        return True

    def first(self) -> Record:
        return self._records[0]

    def pop(self) -> None:
        self._bytes -= len(self._records.popleft().payload)

    def records(self) -> list[Record]:
        return list(self._records)
