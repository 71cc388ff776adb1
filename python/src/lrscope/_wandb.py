"""Calls that scripts written for wandb make and that have no meaning here: accepted, and mentioned once."""

from __future__ import annotations

from typing import Any, Callable

from ._say import warn_once


def _ignored(name: str) -> Callable[..., None]:
    def ignore(*_: Any, **__: Any) -> None:
        warn_once(f"call {name}", f"{name}() does nothing in lrscope")

    ignore.__name__ = name
    return ignore


class Media:
    """Stands for an image, a table or the like: it can be made and is not logged."""

    def __init__(self, *_: Any, **__: Any) -> None: ...


watch = _ignored("watch")
unwatch = _ignored("unwatch")
define_metric = _ignored("define_metric")
save = _ignored("save")
alert = _ignored("alert")
log_artifact = _ignored("log_artifact")
log_code = _ignored("log_code")


def login(*_: Any, **__: Any) -> bool:
    return True
