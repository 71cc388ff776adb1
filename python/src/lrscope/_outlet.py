"""Where a run's records go: a spool and its sender, a spool alone (offline), or nowhere (disabled)."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Callable, Optional

from ._batch import ACK, CREATE, FINISH, PLATEAU, POINT, UPDATE
from ._limits import MAX_METRICS_PER_POINT
from ._plain import Json, dumps
from ._point import point_text
from ._poller import Poller
from ._say import info
from ._sender import Sender
from ._spool import Spool


class Outlet:
    """`open` is false once nothing goes out any more: disabled, finished, or in a forked child."""

    def __init__(self, spool: Optional[Spool]) -> None:
        self.mutex = threading.RLock()
        self.open = spool is not None
        self._spool = spool
        self._sender: Optional[Sender] = None
        self._make_poller: Optional[Callable[[], Poller]] = None
        self._poller: Optional[Poller] = None

    def start(self, sender: Optional[Sender], make_poller: Optional[Callable[[], Poller]]) -> None:
        """The first record creates the run. Without a sender all of them wait for `lrscope sync`."""
        self._sender, self._make_poller = sender, make_poller
        self._put(CREATE, b"")
        if sender is not None:
            sender.start()

    def points(self, step: int, time: float, epoch: Optional[float], parts: list[str]) -> None:
        spool, sender = self._spool, self._sender
        if not self.open or spool is None:
            return
        if len(parts) <= MAX_METRICS_PER_POINT:
            spool.append(POINT, point_text(step, time, epoch, parts).encode("ascii"), len(parts))
        else:
            for at in range(0, len(parts), MAX_METRICS_PER_POINT):
                some = parts[at : at + MAX_METRICS_PER_POINT]
                spool.append(POINT, point_text(step, time, epoch, some).encode("ascii"), len(some))
        if sender is not None:
            sender.notify()

    def ack(self, body: bytes) -> None:
        self._put(ACK, body)
        if self.open and self._sender is not None:
            self._sender.hurry()

    def update(self, body: Mapping[str, Json]) -> None:
        self._put(UPDATE, dumps(dict(body)))

    def plateau(self, body: bytes) -> None:
        self._put(PLATEAU, body)

    def notify(self) -> None:
        if self.open and self._sender is not None:
            self._sender.notify()

    def poll(self) -> None:
        if self._poller is None and self.open and self._make_poller is not None:
            self._poller = self._make_poller()

    def flush(self, timeout: Optional[float], while_answering: bool = False) -> bool:
        if not self.open or self._sender is None:
            return False
        return self._sender.flush(timeout, while_answering)

    def finish(self, body: bytes, timeout: float) -> None:
        if not self.open or self._spool is None:
            return
        self._put(FINISH, body)
        self.open = False
        if self._poller is not None:
            self._poller.close()
        folder = self._spool.folder
        if self._sender is None:
            self._spool.sync()
            self._spool.close()
            info(f"the run is in {folder}; `lrscope sync {folder.parent}` sends it")
        elif not self._sender.close(timeout):
            left = self._spool.appended - self._spool.settled
            info(f"{left} record(s) are still in {folder}; `lrscope sync {folder.parent}` sends them")

    def abandon(self) -> None:
        """In a forked child: the parent logs and sends, the child does nothing."""
        self.open = False
        if self._spool is not None:
            self._spool.abandon()

    def _put(self, kind: int, body: bytes) -> None:
        if not self.open or self._spool is None:
            return
        self._spool.append(kind, body)
        if self._sender is not None:
            self._sender.notify()
