"""What the user is told, on standard error, each thing once."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_MOST_KINDS = 1000
_OFF = ("", "0", "false")
_said: set[str] = set()


def _print(text: str) -> None:
    try:
        print(f"lrscope: {text}", file=sys.stderr, flush=True)
    except (OSError, ValueError, AttributeError, RuntimeError):
        # Standard error is closed, was never there, or is being written to by what a signal interrupted; nothing is
        # worth an exception in the training.
        pass


def info(text: str) -> None:
    """Good to know; silent with LRSCOPE_QUIET=1, or wandb's WANDB_SILENT=true."""
    if all(os.environ.get(name, "").lower() in _OFF for name in ("LRSCOPE_QUIET", "WANDB_SILENT")):
        _print(text)


def warn(text: str) -> None:
    _print(text)


def warn_once(kind: str, text: str) -> None:
    """`kind` names the occasion, for example one metric's values; only its first warning is shown."""
    if kind in _said or len(_said) > _MOST_KINDS:
        return
    _said.add(kind)
    _print(text)


def told(error: BaseException) -> str:
    """An exception in a line. Its own text may fail too: it is not ours."""
    try:
        return f"{type(error).__name__}: {error}"
    except Exception:
        return type(error).__name__


@contextmanager
def never_raises(what: str) -> Iterator[None]:
    """What the training calls must not end it: an exception becomes a warning that `what` did not happen."""
    try:
        yield
    except Exception as error:
        warn_once(f"{what} {type(error).__name__}", f"{what} did not happen ({told(error)})")
