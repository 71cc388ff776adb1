"""The thread that sends a run's spool while the training goes on."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Callable, Optional

from ._backoff import Backoff
from ._contact import Contact
from ._delivery import Delivery, OnReply
from ._flag import Flag
from ._http import Client, Later
from ._limits import LINGER_S, LOST_S
from ._say import info, told, warn, warn_once
from ._spool import Spool, open_spool

# A server that restarts is away for a moment; nobody needs to hear of that.
_TELL_AFTER_FAILURES = 4


class Sender:
    """Sends in the background until it is closed.

    A first point waits a moment for others, then all go in one request. `before_sending` is called, in this thread,
    whenever there is something to send; `earlier` are the folders of dead processes of the same run, sent first.
    """

    def __init__(
        self,
        spool: Spool,
        client: Client,
        on_reply: OnReply,
        on_created: OnReply,
        before_sending: Callable[[], None],
        earlier: list[Path],
        contact: Contact,
    ) -> None:
        self._spool = spool
        self._client = client
        self._callbacks = (on_reply, on_created)
        self._before_sending = before_sending
        self._earlier = earlier
        self._contact = contact
        self._backoff = Backoff()
        self._wake = Flag()
        self._hurry = Flag()
        self._progress = threading.Condition()
        self._closing = False
        self._given_up = False
        self.last_reply = 0.0
        self.failed = Flag()
        """Set once the server has not answered as it should."""
        self._thread = threading.Thread(target=self._main, name="lrscope-sender", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def notify(self) -> None:
        """Something is new in the spool. Called for every point, so it costs next to nothing."""
        if not self._wake.is_set():
            self._wake.set()

    def hurry(self) -> None:
        """Send now, whatever is there."""
        self._hurry.set()
        self._wake.set()

    @property
    def is_mine(self) -> bool:
        """Whether this thread was interrupted where the sender may have to wait for it."""
        return self._wake.is_mine or self._hurry.is_mine

    def flush(self, timeout: Optional[float], while_answering: bool = False) -> bool:
        """Waits until what is in the spool now has been settled; False when that took longer, or ended before.

        `while_answering`: not at all, or no longer, where the server does not answer. A wait that was in vain is the
        last until it does.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        refused, target = self._spool.refused, self._spool.appended
        self.hurry()
        with self._progress:
            while self._spool.settled < target:
                left = None if deadline is None else deadline - time.monotonic()
                late = left is not None and left <= 0
                if late and while_answering:
                    self._contact.failed()
                if late or not self._thread.is_alive() or (while_answering and self._contact.lost):
                    return False
                self._pause(1.0 if left is None else min(left, 1.0))
        return self._spool.refused == refused

    def _pause(self, seconds: float) -> None:
        """Every wait of the training's own thread for an answer is one of these."""
        self._progress.wait(seconds)

    def close(self, timeout: float) -> bool:
        """Sends what is left, within `timeout` seconds. False when something stays in the spool."""
        self._closing = True
        self.hurry()
        if self._contact.given_up:
            self._thread.join(min(timeout, LOST_S))
        if not self._contact.given_up:
            self._thread.join(timeout)
        if self._thread.is_alive():
            self._given_up = True
            self._hurry.set()
        if self._given_up and timeout >= LOST_S:
            self._contact.give_up()
        return self._spool.settled >= self._spool.appended

    def _main(self) -> None:
        try:
            for folder in self._earlier:
                self._send_earlier(folder)
            own = Delivery(self._spool, self._client, *self._callbacks)
            while not self._given_up:
                closing = self._closing
                self._wake.wait()
                if not closing:
                    self._hurry.wait(LINGER_S)
                self._wake.clear()
                self._hurry.clear()
                self._before_sending()
                self._drain(own, until_empty=closing)
                if closing:
                    break
                if self._closing:
                    self._wake.set()
        finally:
            if self._spool.settled < self._spool.appended:
                self._spool.sync()
            self._spool.close()
            self._client.close()
            with self._progress:
                self._progress.notify_all()

    def _send_earlier(self, folder: Path) -> None:
        spool = open_spool(folder)
        if spool is None:
            return
        on_reply, _ = self._callbacks
        self._drain(Delivery(spool, self._client, on_reply, lambda _: None), until_empty=True)
        spool.close()

    def _drain(self, delivery: Delivery, until_empty: bool) -> None:
        """Until nothing waits; in the middle of a run only until the rest is worth waiting for company."""
        while not self._given_up:
            try:
                more = delivery.send_next()
            except Later as later:
                self._wait(later)
                continue
            except Exception as error:  # A disk that fails to read, for one: later it may not.
                warn_once("sender", f"sending failed ({told(error)}); trying again")
                self._wait(Later(str(error)))
                continue
            self._succeeded()
            if more is None or (not more and not until_empty):
                return

    def _succeeded(self) -> None:
        if self._backoff.failures >= _TELL_AFTER_FAILURES:
            info("the server is back")
        self._backoff.reset()
        self._contact.made()
        self.last_reply = time.monotonic()
        with self._progress:
            self._progress.notify_all()

    def _wait(self, later: Later) -> None:
        delay = self._backoff.next_delay(later.retry_after)
        if self._backoff.failures == _TELL_AFTER_FAILURES:
            warn(f"{later}; points wait in {self._spool.folder} until the server takes them")
        self.failed.set()
        self._contact.failed()
        with self._progress:
            self._progress.notify_all()
        self._spool.sync()
        if self._closing:
            # Somebody waits for the end: not for a server that was never there, and without long pauses.
            self._given_up = self._given_up or (not self.last_reply and self._backoff.failures >= _TELL_AFTER_FAILURES)
            delay = min(delay, 1.0)
        if not self._given_up:
            self._hurry.wait(delay)
            self._hurry.clear()
