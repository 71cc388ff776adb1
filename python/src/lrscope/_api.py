"""lrscope.init and the shortcuts to the current run."""

from __future__ import annotations

import atexit
import os
import sys
import threading
import time as clock
from collections.abc import Mapping
from typing import Any, Optional, Union

from ._ending import Ending, seconds_for
from ._limits import BRANCH_S, SIGNAL_S
from ._mappings import Config
from ._outlet import Outlet
from ._plain import as_mapping
from ._requests import Inbox
from ._run import Run
from ._say import never_raises, told, warn, warn_once
from ._settings import settings_of
from ._start import start_run
from ._wandb.environment import from_environment, from_settings, use_id

# Of wandb's arguments: those that change nothing that lrscope keeps.
_QUIETLY_IGNORED = {"allow_val_change", "anonymous", "entity", "force", "monitor_gym", "save_code"}
_PREVIOUS = (False, "return_previous")


class _Current:
    """The process's runs that have not ended, the newest last, and what was said before the first."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.runs: list[Run] = []
        self.run: Optional[Run] = None
        """The newest."""
        self.early: dict[str, Any] = {}
        """Set in lrscope.config before init."""

    def newest(self) -> Optional[Run]:
        self.runs = [run for run in self.runs if not run.finished]
        self.run = self.runs[-1] if self.runs else None
        return self.run


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
    reinit: Union[str, bool, None] = None,
    settings: Any = None,
    sync_tensorboard: Optional[bool] = None,
    **others: Any,
) -> Run:
    """Begins a run and makes it the current one; runs that are still live end first. Never raises.

    resume: "never" (a new run), "allow" (goes on with the run `id` if there is one) or "must". schedule: the declared
    LR schedule, in our words or a library's. plateau: one policy or a list. mode: "online", "offline" (stays on disk
    until `lrscope sync`) or "disabled". url, token, dir and mode default to LRSCOPE_URL, LRSCOPE_TOKEN, LRSCOPE_DIR and
    LRSCOPE_MODE, then to wandb's variables. reinit: "create_new" leaves live runs alone, "return_previous" returns the
    current one; called again without arguments it does so too. sync_tensorboard: also logs what TensorBoard's writers
    write. Arguments that wandb.init knows and lrscope does not are ignored with a warning.
    """
    given = dict(project=project, name=name, id=id, resume=resume, group=group, seed=seed, tags=tags, notes=notes)
    given.update(config=config, schedule=schedule, lr_metric=lr_metric, total_steps=total_steps, mode=mode, url=url)
    given.update(steps_per_epoch=steps_per_epoch, plateau=plateau, dir=dir, token=token, reinit=reinit)
    with _current.lock:
        said = {key: value for key, value in given.items() if value is not None}
        if settings is not None:
            said = {**from_settings(settings), **said}
        again = said.pop("reinit", None)
        running = _current.newest()
        if running is not None and again != "create_new":
            if again in _PREVIOUS if again is not None else not said:
                return running
            for run in list(_current.runs):
                run.finish()
        run = _started(said, others)
        _current.runs.append(run)
        _current.run = run
        _ending.watch()
    if sync_tensorboard or others.get("tensorboard"):
        from ._wandb.tensorboard import patch

        patch()
    return run


def _started(said: dict[str, Any], others: Mapping[str, Any]) -> Run:
    ignored = sorted(key for key in others if key not in _QUIETLY_IGNORED and key not in _HEEDED)
    if ignored:
        warn_once("arguments", f"init ignores {', '.join(ignored)}")
    try:
        said = {**from_environment(), **said}
        if "id" in said:
            use_id(said["id"])
        places = [said.pop(key, None) for key in ("mode", "url", "dir", "token")]
        project = said.pop("project", None) or os.environ.get("LRSCOPE_PROJECT")
        said["config"] = _config(said.get("config"), others)
        run = start_run(project, said.pop("id", None), said.pop("resume", None), said, settings_of(*places))
    except Exception as error:
        warn(f"the run could not be started, nothing is logged ({told(error)})")
        run = Run({"id": "none", "project": "none"}, "", "disabled", Outlet(None), Inbox())
    run.job_type = others.get("job_type")
    return run


_HEEDED = {"config_exclude_keys", "config_include_keys", "job_type", "tensorboard"}


def _config(given: Any, others: Mapping[str, Any]) -> Any:
    """With what was set before init, and without what is to be left out."""
    early, _current.early = _current.early, {}
    exclude, include = others.get("config_exclude_keys"), others.get("config_include_keys")
    if not (early or exclude or include):
        return given
    found = as_mapping(given) if given is not None else {}
    chosen = {**early, **(found or {})}
    return {key: value for key, value in chosen.items() if key not in (exclude or ()) and key in (include or chosen)}


def current_run() -> Optional[Run]:
    run = _current.run
    return _current.newest() if run is not None and run.finished else run


def early_config() -> Config:
    """What lrscope.config is before init: kept for the run to come."""
    return Config(_current.early, lambda items: _current.early.update(items))


def log(
    data: Optional[Mapping[str, Any]] = None,
    step: Optional[int] = None,
    epoch: Optional[float] = None,
    time: Optional[float] = None,
    commit: Optional[bool] = True,
    **_: Any,
) -> None:
    """Run.log of the current run."""
    run = _current.run
    if run is None or run.finished:
        run = _current.newest()
    if run is None:
        warn_once("no run", "log() without a run does nothing: init() comes first")
    else:
        run.log(data, step, epoch, time, commit)


def define_metric(*args: Any, **kwargs: Any) -> Any:
    """Run.define_metric of the current run."""
    run = current_run()
    return None if run is None else run.define_metric(*args, **kwargs)


def finish(
    status: Union[str, int, None] = "finished",
    timeout: Optional[float] = None,
    exit_code: Optional[int] = None,
    **_: Any,
) -> None:
    """Run.finish of the current run. What else wandb.finish takes is ignored."""
    run = current_run()
    _current.early = {}
    if run is not None:
        run.finish(status, timeout, exit_code)
        _current.newest()


def finish_all(status: Union[str, int, None] = "finished", timeout: Optional[float] = None) -> None:
    """Run.finish of every live run, within `timeout` seconds together."""
    deadline = clock.monotonic() + seconds_for(status, timeout)
    for run in list(_current.runs):
        with never_raises("the end of a run"):
            run.finish(status, max(deadline - clock.monotonic(), 0.1))
    _current.newest()


def _is_busy() -> bool:
    return any(run.is_mine for run in _current.runs if not run.finished)


_ending = Ending(finish_all, _is_busy, SIGNAL_S)


def _at_exit() -> None:
    finish_all(_ending.status())


def _in_forked_child() -> None:
    _current.lock = threading.RLock()
    _ending.forget()
    for run in _current.runs:
        run.forked(_at_end_of_child)


def _at_end_of_child() -> None:
    """When a child logs for the first time. What multiprocessing forked ends without Python's own last rites."""
    util = sys.modules.get("multiprocessing.util")
    if util is not None:
        util.Finalize(None, finish_all, args=("finished", BRANCH_S), exitpriority=0)


atexit.register(_at_exit)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_forked_child)
