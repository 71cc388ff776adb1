"""Which object stands for a name of wandb's: `answer` for its module's own, `within` for those of its submodules."""

from __future__ import annotations

import functools
import secrets
import string
from typing import Any, Callable, Optional

from .._harmless import Harmless, Stub, nothing
from .._say import info, warn
from .names import CLASSES, FUNCTIONS, MODULES, RUN, SILENT
from .objects import Api, Artifact, Error, Histogram, Settings, Table

_OWN: dict[str, type] = {each.__name__: each for each in (Api, Artifact, Error, Histogram, Settings, Table)}
_OWN["PublicApi"] = _OWN["InternalApi"] = Api


class _Module(Stub):
    """A submodule of wandb's, as an attribute of wandb or of another submodule."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return within(self._name, name)


def answer(name: str) -> Any:
    """The object for a public name of the module wandb. AttributeError for a name that wandb does not have."""
    if name in _FUNCTIONS:
        return _FUNCTIONS[name]
    if name in CLASSES:
        return _class(name)
    if name in _MODULES or name in MODULES:
        return _Module(name)
    if name in FUNCTIONS or name in SILENT:
        return _function(name)
    raise AttributeError(f"module 'lrscope' has no attribute {name!r}")


def answer_of_run(name: str) -> Any:
    """The same for a name of wandb's Run that lrscope's does not have."""
    if name in _FUNCTIONS:
        return _FUNCTIONS[name]
    if name in RUN:
        return _function(name)
    raise AttributeError(f"'Run' object has no attribute {name!r}")


def within(module: str, name: str) -> Any:
    """The object for `wandb.<module>.<name>`, whatever the name: submodules are not listed."""
    own = _made(module, name)
    if own is not None:
        return own
    if name[:1].isupper():
        return _class(name)
    return _Module(f"{module}.{name}")


def _made(module: str, name: str) -> Any:
    """What does something in lrscope too."""
    if name in ("Run", "init", "log", "finish", "config", "run", "login"):
        import lrscope

        return getattr(lrscope, name)
    last = module.rpartition(".")[2]
    if last == "keras":
        from . import keras_callbacks

        return getattr(keras_callbacks, name, None)
    if last in ("xgboost", "lightgbm"):
        from . import boosting

        return boosting.callback(last, name)
    if last == "tensorboard" and name in ("patch", "unpatch", "log"):
        from . import tensorboard

        return getattr(tensorboard, name)
    return _UTIL.get(name) if last in ("util", "runid") else None


@functools.lru_cache(maxsize=None)
def _class(name: str) -> type:
    """A class, for it may be a base, or in `isinstance` and `except`."""
    if name in _OWN:
        return _OWN[name]
    if name.endswith("Error"):
        return type(name, (Error,), {})
    return type(name, (Harmless,), {"_name": name})


@functools.lru_cache(maxsize=None)
def _function(name: str) -> Any:
    return nothing() if name in SILENT else Stub(name)


def _login(*_: Any, **__: Any) -> bool:
    return True


def _say(tell: Callable[[str], None]) -> Callable[..., None]:
    def said(text: object = "", *_: Any, **__: Any) -> None:
        tell(str(text))

    return said


def _use_artifact(artifact_or_name: Any = "", type: Any = None, *_: Any, **__: Any) -> Artifact:
    return artifact_or_name if isinstance(artifact_or_name, Artifact) else Artifact(artifact_or_name, type)


def _log_artifact(artifact_or_path: Any = "", name: Any = None, type: Any = None, *_: Any, **__: Any) -> Artifact:
    """As in wandb, what is given or made comes back."""
    return artifact_or_path if isinstance(artifact_or_path, Artifact) else Artifact(name or artifact_or_path, type)


def _sweep(*_: Any, **__: Any) -> str:
    Stub("sweep")()
    return "none"


def _agent(*_: Any, **__: Any) -> None:
    Stub("agent")()


def _save(*_: Any, **__: Any) -> list[str]:
    """The files stay where they are."""
    Stub("save")()
    return []


def _generate_id(length: int = 8) -> str:
    return "".join(secrets.choice(string.ascii_lowercase + string.digits) for _ in range(length))


def _same(value: Any = None, *_: Any, **__: Any) -> Any:
    return value


_FUNCTIONS: dict[str, Any] = {
    "agent": _agent,
    "log_artifact": _log_artifact,
    "login": _login,
    "patched": {"tensorboard": [], "keras": [], "gym": []},
    "save": _save,
    "sweep": _sweep,
    "termerror": _say(warn),
    "termlog": _say(info),
    "termwarn": _say(warn),
    "use_artifact": _use_artifact,
}

_UTIL: dict[str, Optional[Callable[..., Any]]] = {
    "generate_id": _generate_id,
    "make_artifact_name_safe": _same,
    "json_friendly": _same,
}

_MODULES = ("keras", "tensorboard")
