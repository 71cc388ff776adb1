"""The experiment tracker that knows your learning-rate schedule.

    import lrscope

    run = lrscope.init(project="digits", config={"lr": 0.1})
    for step in range(100):
        lrscope.log({"train/loss": 1 / (step + 1), "lr": 0.1})
    lrscope.finish()

Shaped like wandb's calls: `import lrscope as wandb` keeps working code working.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._api import current_run, finish, init, log
from ._mappings import Config, Summary
from ._requests import Request
from ._run import Run
from ._version import __version__
from ._wandb import Media, alert, define_metric, log_artifact, log_code, login, save, unwatch, watch

Audio = Artifact = Histogram = Html = Image = Object3D = Settings = Table = Video = Media

if TYPE_CHECKING:
    from typing import Optional

    run: Optional[Run]
    config: Config
    summary: Summary

__all__ = [
    "Artifact",
    "Audio",
    "Config",
    "Histogram",
    "Html",
    "Image",
    "Object3D",
    "Request",
    "Run",
    "Settings",
    "Summary",
    "Table",
    "Video",
    "__version__",
    "alert",
    "config",
    "define_metric",
    "finish",
    "init",
    "log",
    "log_artifact",
    "log_code",
    "login",
    "run",
    "save",
    "summary",
    "unwatch",
    "watch",
]


def __getattr__(name: str) -> Any:
    """`run`, `config` and `summary` are those of the current run."""
    active = current_run()
    if name == "run":
        return active
    if name == "config":
        return Config({}, lambda _: None) if active is None else active.config
    if name == "summary":
        return Summary(lambda _: None, dict) if active is None else active.summary
    raise AttributeError(f"module 'lrscope' has no attribute {name!r}")
