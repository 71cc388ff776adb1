"""The experiment tracker that knows your learning-rate schedule.

    import lrscope

    run = lrscope.init(project="digits", config={"lr": 0.1})
    for step in range(100):
        lrscope.log({"train/loss": 1 / (step + 1), "lr": 0.1})
    lrscope.finish()

Shaped like wandb's calls: `import lrscope as wandb` keeps working code working, and `lrscope.as_wandb()` the libraries
that import wandb themselves.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from ._api import current_run, define_metric, early_config, finish, finish_all, init, log
from ._mappings import Config, Summary
from ._requests import Request
from ._run import Run
from ._version import __version__
from ._wandb.modules import as_wandb
from ._wandb.run import watch
from ._wandb.surface import answer

join = finish
teardown = finish_all

if TYPE_CHECKING:
    from typing import Optional

    run: Optional[Run]
    config: Config
    summary: Summary

__all__ = [
    "Config",
    "Request",
    "Run",
    "Summary",
    "__version__",
    "as_wandb",
    "config",
    "define_metric",
    "finish",
    "init",
    "log",
    "run",
    "summary",
    "watch",
]


class _Module(ModuleType):
    """`run`, `config` and `summary` are those of the current run; what is assigned to them goes there."""

    @property
    def run(self) -> Any:
        return current_run()

    @run.setter
    def run(self, _: object) -> None: ...

    @property
    def config(self) -> Any:
        active = current_run()
        return early_config() if active is None else active.config

    @config.setter
    def config(self, items: Any) -> None:
        self.config.update(items)

    @property
    def summary(self) -> Any:
        active = current_run()
        return Summary(lambda _: None, dict) if active is None else active.summary

    @summary.setter
    def summary(self, items: Any) -> None:
        self.summary.update(items)


def __getattr__(name: str) -> Any:
    """The rest of wandb's names. `keras` is our own module where Keras is there."""
    if name == "keras":
        try:
            return importlib.import_module("lrscope.keras")
        except ImportError:
            pass
    if name in ("attach", "_attach"):
        return lambda *_, **__: current_run()
    active = current_run()
    if name == "restore" and active is not None:
        return active.restore
    return answer(name)


sys.modules[__name__].__class__ = _Module
