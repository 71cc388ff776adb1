"""How a process ends: by a signal, by `sys.exit`, by an exception; and what its runs are told of it."""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import Any, Callable, Optional

from ._say import never_raises

_AGAIN_S = 0.002
_SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


class Ending:
    """`end` is called with a status and the seconds that it may take. While `is_busy`, what it needs is held by
    the very call that was interrupted."""

    def __init__(self, end: Callable[[str, float], None], is_busy: Callable[[], bool], seconds: float) -> None:
        self._end = end
        self._is_busy = is_busy
        self._seconds = seconds
        self._error_before: Optional[BaseException] = None
        self._exit_code: Any = None
        self._exit: Any = None

    def watch(self) -> None:
        """From now on. A handler that the script has set, or sets later, stays: then ending is the script's affair."""
        self._error_before = getattr(sys, "last_value", None)
        self._exit_code = None
        if threading.current_thread() is not threading.main_thread():
            return
        with never_raises("the watch for signals"):
            for number in _SIGNALS:
                if signal.getsignal(number) is signal.SIG_DFL:
                    signal.signal(number, self._on_signal)
        if self._exit is None:
            self._exit = sys.exit
            setattr(sys, "exit", self._on_exit)  # noqa: B010

    def status(self) -> str:
        """Of the process that is ending now."""
        error = getattr(sys, "last_value", None)
        if error is not None and error is not self._error_before:
            return status_after(error)
        return status_after(SystemExit(self._exit_code))

    def forget(self) -> None:
        """In a forked child: it dies of signals as if there were no run."""
        with never_raises("the return of signals"):
            for number in _SIGNALS:
                if signal.getsignal(number) == self._on_signal:
                    signal.signal(number, signal.SIG_DFL)

    def _on_exit(self, status: Any = None, /) -> None:
        """The interpreter does not tell how it was asked to end."""
        if threading.current_thread() is threading.main_thread():
            self._exit_code = status
        self._exit(status)

    def _on_signal(self, number: int, _: Any) -> None:
        """Sends what can be sent in a short time, and lets the process die of the signal, as it would have. A signal
        that comes in the middle of a call of ours comes again once that has had time to end."""
        if self._is_busy():
            again = threading.Timer(_AGAIN_S, os.kill, (os.getpid(), number))
            again.daemon = True
            again.start()
            return
        with never_raises("the end of the runs"):
            self._end("killed", self._seconds)
        signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(number)


def status_after(error: Optional[BaseException]) -> str:
    if error is None or (isinstance(error, SystemExit) and error.code in (None, 0)):
        return "finished"
    return "killed" if isinstance(error, KeyboardInterrupt) else "failed"
