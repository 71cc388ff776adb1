"""Objects that can be used in every way and do nothing: for what of wandb's surface lrscope has no place."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from types import FunctionType
from typing import Any

from ._say import warn_once


def mention(name: str, why: str = "does nothing in lrscope, which keeps numbers, the configuration and notes") -> None:
    """Once per name, so that nobody looks for what was never stored."""
    warn_once(f"wandb {name}", f"wandb's {name} {why}")


class _Kind(type):
    """Classes that answer every attribute, as their instances do."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return nothing()


class Harmless(metaclass=_Kind):
    """Called, indexed, iterated, entered, compared or reckoned with, it raises nothing. What is set on it is kept.

    The classes made of it are mentioned when one is made; what comes out of an instance is silent.
    """

    _name = ""

    def __init__(self, *_: Any, **__: Any) -> None:
        if self._name:
            mention(self._name)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return nothing()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """As a decorator it leaves the function as it was."""
        if len(args) == 1 and not kwargs and isinstance(args[0], (FunctionType, type)):
            return args[0]
        return nothing()

    def __getitem__(self, _: Any) -> Any:
        return nothing()

    def __setitem__(self, _: Any, __: Any) -> None: ...

    def __delitem__(self, _: Any) -> None: ...

    def __contains__(self, _: Any) -> bool:
        return False

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        """True: scripts ask whether they have been given something, and stop when not."""
        return True

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: Any) -> None: ...

    def __float__(self) -> float:
        return float("nan")

    def __int__(self) -> int:
        return 0

    def __str__(self) -> str:
        return self._name

    def __repr__(self) -> str:
        return f"<wandb's {self._name or 'object'}, which lrscope does not have>"

    def __fspath__(self) -> str:
        return empty_folder()

    def _none(self, *_: Any) -> bool:
        return False

    def _same(self, *_: Any) -> Any:
        return self

    __lt__ = __le__ = __gt__ = __ge__ = _none
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _same
    __neg__ = __abs__ = __round__ = __iadd__ = __or__ = __ror__ = _same


class Stub(Harmless):
    """A function or module of wandb's by its dotted name: mentioned when it is called."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        mention(f"{self._name}()")
        return super().__call__(*args, **kwargs)


def nothing() -> Harmless:
    return Harmless.__new__(Harmless)


_folders: list[str] = []


def empty_folder() -> str:
    """A path for code that opens what wandb would have downloaded: the folder is there, and empty."""
    if not _folders:
        _folders.append(tempfile.mkdtemp(prefix="lrscope-empty-"))
    return _folders[0]
