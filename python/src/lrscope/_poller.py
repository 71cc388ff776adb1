"""Asks for requests while a job logs nothing whose reply could bring them."""

from __future__ import annotations

import threading
import time
from typing import Callable
from urllib.parse import quote

from ._backoff import Backoff
from ._http import Client, Later, Refused
from ._limits import IDLE_S, POLL_S


class Poller:
    """A long poll in a thread of its own, so that it holds up no point.

    `last_reply` gives the monotonic time of the last reply to points, 0 before the first; `on_control` takes the
    `control` of a reply.
    """

    def __init__(
        self, client: Client, run_id: str, last_reply: Callable[[], float], on_control: Callable[[object], None]
    ) -> None:
        self._client = client
        self._path = f"/runs/{quote(run_id, safe='')}/control/pending?wait={POLL_S:g}"
        self._last_reply = last_reply
        self._on_control = on_control
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._main, name="lrscope-poller", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        self._client.close()

    def _main(self) -> None:
        backoff = Backoff()
        while not self._stop.is_set():
            replied = self._last_reply()
            idle = time.monotonic() - replied
            if not replied or idle < IDLE_S:
                self._stop.wait(IDLE_S - idle if replied else IDLE_S)
                continue
            try:
                self._on_control(self._client.call("GET", self._path, wait=POLL_S).get("control"))
                backoff.reset()
                # What was handed over comes again at once until it is acknowledged.
                self._stop.wait(IDLE_S)
            except (Later, Refused) as why:
                self._stop.wait(backoff.next_delay(why.retry_after if isinstance(why, Later) else None))
