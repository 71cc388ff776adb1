"""lrscope.init and the shortcuts to the current run."""

from __future__ import annotations

import atexit
import os
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Optional, Union

from ._limits import FINISH_S
from ._outlet import Outlet
from ._requests import Inbox
from ._run import Run, status_after
from ._say import told, warn, warn_once
from ._start import Settings, start_run

_MODES = ("online", "offline", "disabled")
_DEFAULT_URL = "http://127.0.0.1:3000"


class _Current:
    """The process's run, and what Python's last uncaught exception was when it began."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.run: Optional[Run] = None
        self.error_before: Optional[BaseException] = None


_current = _Current()


def init(
    project: Optional[str] = None,
    name: Optional[str] = None,
    *,
    id: Optional[str] = None,
    resume: Union[str, bool, None] = None,
    group: Optional[str] = None,
    seed: Optional[int] = None,
    tags: Any = None,
    notes: Optional[str] = None,
    config: Any = None,
    schedule: Optional[Mapping[str, Any]] = None,
    lr_metric: Optional[str] = None,
    total_steps: Optional[int] = None,
    steps_per_epoch: Optional[float] = None,
    plateau: Any = None,
    mode: Optional[str] = None,
    url: Optional[str] = None,
    dir: Union[str, "os.PathLike[str]", None] = None,
    token: Optional[str] = None,
    **others: Any,
) -> Run:
    """Begins a run and makes it the current one; a run that is still current ends first. Never raises.

    resume: "never" (a new run), "allow" (goes on with the run `id` if there is one) or "must". schedule: the declared
    LR schedule, in our words or a library's. plateau: one policy or a list. mode: "online", "offline" (stays on disk
    until `lrscope sync`) or "disabled". url, token, dir and mode default to LRSCOPE_URL, LRSCOPE_TOKEN, LRSCOPE_DIR and
    LRSCOPE_MODE. Called again without arguments it returns the current run. Arguments that wandb.init knows and
    lrscope does not are ignored with a warning.
    """
    said = dict(name=name, group=group, seed=seed, tags=tags, notes=notes, config=config, schedule=schedule)
    said.update(lr_metric=lr_metric, total_steps=total_steps, steps_per_epoch=steps_per_epoch, plateau=plateau)
    if others:
        warn_once("arguments", f"init ignores {', '.join(sorted(others))}")
    with _current.lock:
        running = _current.run
        if running is not None and running.active:
            if (project, id, mode, url) == (None,) * 4 and all(value is None for value in said.values()):
                return running
            running.finish()
        settings = _settings(mode, url, dir, token)
        try:
            run = start_run(project or os.environ.get("LRSCOPE_PROJECT"), id, resume, said, settings)
        except Exception as error:
            warn(f"the run could not be started, nothing is logged ({told(error)})")
            run = Run({"id": "none", "project": "none"}, "", "disabled", Outlet(None), Inbox())
        _current.run = run
        _current.error_before = getattr(sys, "last_value", None)
        return run


def _settings(mode: Optional[str], url: Optional[str], dir: Any, token: Optional[str]) -> Settings:
    env = os.environ
    chosen = mode or env.get("LRSCOPE_MODE") or "online"
    if chosen not in _MODES:
        warn(f"mode {chosen!r} is not one of {', '.join(_MODES)}; online it is")
        chosen = "online"
    folder = Path(dir or env.get("LRSCOPE_DIR") or ".lrscope")
    address = str(url or env.get("LRSCOPE_URL") or _DEFAULT_URL).rstrip("/")
    return Settings(chosen, address, folder.absolute(), token or env.get("LRSCOPE_TOKEN"))


def current_run() -> Optional[Run]:
    run = _current.run
    return None if run is None or run.finished else run


def log(
    data: Mapping[str, Any],
    step: Optional[int] = None,
    epoch: Optional[float] = None,
    time: Optional[float] = None,
    commit: bool = True,
) -> None:
    """Run.log of the current run."""
    run = _current.run
    if run is None:
        warn_once("no run", "log() before init() does nothing")
    else:
        run.log(data, step, epoch, time, commit)


def finish(
    status: Union[str, int, None] = "finished",
    timeout: float = FINISH_S,
    exit_code: Optional[int] = None,
    **_: Any,
) -> None:
    """Run.finish of the current run. What else wandb.finish takes is ignored."""
    run = _current.run
    if run is not None:
        run.finish(status, timeout, exit_code)
        _current.run = None


def _at_exit() -> None:
    run = _current.run
    if run is None:
        return
    error = getattr(sys, "last_value", None)
    run.finish(status_after(None if error is _current.error_before else error))


def _in_forked_child() -> None:
    _current.lock = threading.RLock()
    if _current.run is not None:
        _current.run.abandon()


atexit.register(_at_exit)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_forked_child)
