"""What one request carries: consecutive points and acknowledgements, or a single other record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Optional

from ._journal import Position, Record
from ._limits import MAX_ACKS, MAX_BODY_BYTES, MAX_POINTS, MAX_VALUES

# The kinds of record. They are written to disk: never renumber.
CREATE, POINT, ACK, UPDATE, PLATEAU, FINISH = range(1, 7)
KIND_NAMES = {CREATE: "create", POINT: "point", ACK: "ack", UPDATE: "update", PLATEAU: "plateau", FINISH: "finish"}

_LOGGED = (POINT, ACK)


class Batch(NamedTuple):
    start: Position
    records: list[Record]
    more: bool
    """More was waiting when this one was cut."""

    @property
    def end(self) -> Position:
        return self.records[-1].end

    @property
    def kind(self) -> int:
        """POINT for every batch of points and acknowledgements."""
        return POINT if self.records[0].kind in _LOGGED else self.records[0].kind

    def halves(self) -> list[Batch]:
        middle = len(self.records) // 2
        first, second = self.records[:middle], self.records[middle:]
        return [Batch(self.start, first, True), Batch(first[-1].end, second, self.more)]

    def body(self, session: str) -> bytes:
        """Of POST /runs/{id}/metrics. The id follows from where the batch starts and ends, so a retry has the same."""
        points = b",".join(record.payload for record in self.records if record.kind == POINT)
        acks = b",".join(record.payload for record in self.records if record.kind == ACK)
        batch_id = "-".join(map(str, (session, *self.start, *self.end)))
        return b'{"batch_id":"%s","points":[%s],"acks":[%s]}' % (batch_id.encode("ascii"), points, acks)


def cut_batch(start: Position, records: Iterable[Record], planned: Optional[Position]) -> Optional[Batch]:
    """The records of the next request: up to `planned` where that is given, else as many as the limits allow."""
    taken: list[Record] = []
    points = values = acks = size = 0
    for record in records:
        points += record.kind == POINT
        acks += record.kind == ACK
        values += record.values
        size += len(record.payload) + 1
        over = points > MAX_POINTS or acks > MAX_ACKS or values > MAX_VALUES or size > MAX_BODY_BYTES
        apart = record.kind not in _LOGGED or (taken and taken[0].kind not in _LOGGED)
        if taken and (over or apart or (planned is not None and record.end > planned)):
            return Batch(start, taken, True)
        taken.append(record)
    return Batch(start, taken, False) if taken else None
