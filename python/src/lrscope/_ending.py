"""How a process ends: by a signal, by `sys.exit`, by an exception; and what its runs are told of it."""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import Any, Callable, Optional

from ._limits import FINISH_S, SIGNAL_S
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
        self._ended_by: BaseException = SystemExit()
        self._exit: Any = None

    def watch(self) -> None:
        """From now on. A handler that the script has set, or sets later, stays: then ending is the script's affair."""
        self._error_before = getattr(sys, "last_value", None)
        self._ended_by = SystemExit()
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
        return status_after(self._ended_by)

    def forget(self) -> None:
        """In a forked child: it dies of signals as if there were no run."""
        with never_raises("the return of signals"):
            for number in _SIGNALS:
                if signal.getsignal(number) == self._on_signal:
                    signal.signal(number, signal.SIG_DFL)

    def _on_exit(self, status: Any = None, /) -> None:
        """The interpreter does not tell what it ends with, but asks the exception for its code. Who exits because of
        Ctrl-C was interrupted, whatever the code."""
        interrupt = interruption()
        try:
            self._exit(status)
        except SystemExit as error:
            if type(error) is not SystemExit or threading.current_thread() is not threading.main_thread():
                raise
            raise _Exit(error, lambda code: self._exits(interrupt or SystemExit(code))) from None

    def _exits(self, error: BaseException) -> None:
        self._ended_by = error

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


class _Exit(SystemExit):
    """What `sys.exit` raises. Only the interpreter reads `code` with no frame of Python's below: then nobody has caught
    the exception, and the process ends with it."""

    def __init__(self, like: SystemExit, exits: Callable[[Any], None]) -> None:
        super().__init__(*like.args)
        self._code: Any = like.code
        self._exits = exits

    @property
    def code(self) -> Any:
        try:
            sys._getframe(1)
        except ValueError:
            self._exits(self._code)
        return self._code

    @code.setter
    def code(self, code: Any) -> None:
        self._code = code

    def __reduce__(self) -> Any:
        return SystemExit, self.args


_Exit.__name__ = _Exit.__qualname__ = "SystemExit"
_Exit.__module__ = "builtins"


def interruption() -> Optional[KeyboardInterrupt]:
    """The one that is being handled, in this call or a caller's."""
    error = sys.exc_info()[1]
    return error if isinstance(error, KeyboardInterrupt) else None


def status_after(error: Optional[BaseException]) -> str:
    if error is None or (isinstance(error, SystemExit) and error.code in (None, 0)):
        return "finished"
    return "killed" if isinstance(error, KeyboardInterrupt) else "failed"


def seconds_for(status: object, timeout: Optional[float]) -> float:
    """That an end may take: whoever interrupts a training wants it to end."""
    return timeout if timeout is not None else SIGNAL_S if status == "killed" else FINISH_S
