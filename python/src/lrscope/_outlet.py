"""Where a run's records go: a spool and its sender, a spool alone (offline), or nowhere (disabled)."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Callable, Optional

from ._batch import ACK, CREATE, FINISH, PLATEAU, POINT, UPDATE
from ._flag import is_mine
from ._limits import MAX_METRICS_PER_POINT
from ._plain import Json, dumps
from ._point import point_text
from ._poller import Poller
from ._say import info, warn
from ._sender import Sender
from ._spool import Spool

Branch = tuple[Optional[Spool], Optional[Sender]]


class Outlet:
    """`open` is false once nothing goes out any more: disabled, or finished.

    A forked child says nothing of the run, and does not end it. Points that it logs wait in a spool of its own, which
    `of_child` makes together with what sends it.
    """

    def __init__(self, spool: Optional[Spool]) -> None:
        self.mutex = threading.RLock()
        self.of_child: Optional[Callable[[], Branch]] = None
        self._is_child = False
        self._begins: Callable[[], None] = lambda: None
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
        if self._spool is None and self._is_child and self.open:
            self._branch()
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

    @property
    def is_mine(self) -> bool:
        """Whether this thread was interrupted while it wrote: the sender cannot go on before it does."""
        parts = (part for part in (self._spool, self._sender) if part is not None)
        return is_mine(self.mutex) or any(part.is_mine for part in parts)

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
            self.open = False
            return
        self._put(FINISH, body)
        self.open = False
        if self._poller is not None:
            self._poller.close()
        spool = self._spool
        if self._sender is None:
            spool.sync()
            waiting = spool.waiting()
            spool.close()
            if waiting:
                info(f"the run is in {spool.folder}; `lrscope sync {spool.folder.parent}` sends it")
        elif not self._sender.close(timeout):
            spool.sync()
            self._tell_of_rest(spool)

    def _tell_of_rest(self, spool: Spool) -> None:
        """Counts what is really on the disk."""
        waiting, folder = spool.waiting(), spool.folder
        if waiting:
            info(f"{waiting} record(s) are still in {folder}; `lrscope sync {folder.parent}` sends them")
        if spool.in_memory:
            warn(f"{spool.in_memory} record(s) were only in memory and are lost: no disk took them, and no server")

    def forked(self, begins: Callable[[], None]) -> None:
        """In a forked child: what belongs to the parent is let go of. `begins` is called at the child's first point."""
        self.mutex = threading.RLock()
        spool, self._spool = self._spool, None
        self._sender = self._poller = self._make_poller = None
        self._is_child, self._begins = True, begins
        if spool is not None:
            spool.abandon()

    def _branch(self) -> None:
        make, self.of_child = self.of_child, None
        if make is not None:
            self._spool, self._sender = make()
            self._begins()
            if self._sender is not None:
                self._sender.start()

    def _put(self, kind: int, body: bytes) -> None:
        if not self.open or self._spool is None or self._is_child:
            return
        self._spool.append(kind, body)
        if self._sender is not None:
            self._sender.notify()
