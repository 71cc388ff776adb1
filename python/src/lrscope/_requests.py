"""Requests of the server to the job: change the LR, or stop."""

from __future__ import annotations

import math
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Optional, Union

from ._limits import MAX_MESSAGE_CHARS
from ._plain import Json, as_float, text

LR = Union[float, list[float]]
"""One learning rate, or one per param group."""

_MOST_GROUPS = 1000


@dataclass(frozen=True)
class Request:
    """To be carried out between two optimizer steps, and acknowledged with `Run.ack`.

    kind: "scale_lr" (by `factor`), "set_lr" (to `lr`) or "stop". `lr` is the target LR whenever the server knows it;
    `expected_lr` what the LR must be before: a job whose LR differs acknowledges with "failed". `group` is one param
    group, None all of them. `raw` is the whole object of the wire.
    """

    id: str
    kind: str
    factor: Optional[float] = None
    lr: Optional[LR] = None
    group: Optional[int] = None
    expected_lr: Optional[LR] = None
    min_lr: Optional[float] = None
    status: str = ""
    reason: str = ""
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)


class Inbox:
    """Requests that arrived and were not taken yet. For every thread."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._seen: set[str] = set()
        self._waiting: list[Request] = []
        self.stop_taken = False

    def offer(self, control: object) -> None:
        """The `control` of a reply. A request comes with every reply until it is acknowledged; it is kept once."""
        if not isinstance(control, list):
            return
        with self._lock:
            for item in control:
                request = parse_request(item)
                if request is not None and request.id not in self._seen:
                    self._seen.add(request.id)
                    self._waiting.append(request)

    @property
    def waiting(self) -> bool:
        return bool(self._waiting)

    def take(self, kind: Optional[str] = None) -> list[Request]:
        """Hands out what waits, each once; only requests of `kind` where that is given."""
        if not self._waiting:
            return []
        with self._lock:
            taken = [request for request in self._waiting if kind in (None, request.kind)]
            self._waiting = [request for request in self._waiting if request not in taken]
            self.stop_taken = self.stop_taken or any(request.kind == "stop" for request in taken)
            return taken


def parse_request(item: object) -> Optional[Request]:
    """None for what is no request."""
    if not isinstance(item, dict) or not isinstance(item.get("id"), str) or not isinstance(item.get("kind"), str):
        return None
    group = item.get("group")
    return Request(
        id=item["id"],
        kind=item["kind"],
        factor=as_float(item.get("factor")),
        lr=rates(item.get("lr")),
        group=group if isinstance(group, int) else None,
        expected_lr=rates(item.get("expected_lr")),
        min_lr=as_float(item.get("min_lr")),
        status=str(item.get("status", "")),
        reason=str(item.get("reason", "")),
        raw=item,
    )


def rates(value: object) -> Optional[LR]:
    """Learning rates as floats: of a number, or of a sequence of them. None for anything else."""
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        each = [as_float(item) for item in value]
        found = [lr for lr in each if lr is not None]
        return found if found and len(found) == len(each) else None
    return as_float(value)


def ack_body(id: str, outcome: str, lr: object, step: Optional[int], message: Optional[str]) -> dict[str, Json]:
    """What does not fit the wire is left out: an acknowledgement must not be refused for its decoration."""
    body: dict[str, Json] = {"id": id, "outcome": outcome if outcome == "applied" else "failed"}
    read_back = rates(lr)
    each = read_back if isinstance(read_back, list) else [] if read_back is None else [read_back]
    if each and len(each) <= _MOST_GROUPS and all(math.isfinite(rate) and rate >= 0 for rate in each):
        body["lr"] = list(each) if isinstance(read_back, list) else each[0]
    if step is not None and step >= 0:
        body["step"] = int(step)
    if message:
        body["message"] = text(message, MAX_MESSAGE_CHARS)
    return body
