"""Surrounds an object's `step` without leaving anything in its `__dict__`, which schedulers save as their state."""

from __future__ import annotations

import functools
from contextlib import AbstractContextManager
from typing import Any, Callable

_METHODS = ("step", "step_update")


def step_within(scheduler: Any, around: Callable[[], AbstractContextManager[None]]) -> None:
    """From now on every `scheduler.step(…)` and `step_update(…)` runs within `around()`.

    The object becomes one of a subclass with the same name; copies and pickles of it are of the class itself.
    """
    cls: Any = type(scheduler)
    if vars(cls).get("_lrscope_transparent"):  # The one before, in a notebook for example, has nothing to say any more.
        cls = cls.__base__

    def surrounded(name: str) -> Callable[..., Any]:
        @functools.wraps(getattr(cls, name))
        def method(self: Any, *args: Any, **kwargs: Any) -> Any:
            with around():
                return getattr(cls, name)(self, *args, **kwargs)

        return method

    members: dict[str, Any] = {name: surrounded(name) for name in _METHODS if hasattr(cls, name)}
    members.update(
        __module__=cls.__module__,
        __qualname__=cls.__qualname__,
        __doc__=cls.__doc__,
        __reduce_ex__=lambda self, protocol: (object.__new__, (cls,), dict(self.__dict__)),
        _lrscope_transparent=True,
    )
    scheduler.__class__ = type(cls.__name__, (cls,), members)
