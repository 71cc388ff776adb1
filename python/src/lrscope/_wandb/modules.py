"""`lrscope.as_wandb()`: libraries that import wandb themselves get lrscope."""

from __future__ import annotations

import importlib.metadata
import sys
from collections.abc import Iterable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any, Optional

from .surface import within

# Of the wandb whose calls are answered: libraries refuse one that is too old.
VERSION = "0.30.0"
_NAME = "wandb"


class _Submodule(ModuleType):
    """`wandb.sdk.lib` and the like: answers every name."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return within(self.__name__.partition(".")[2], name)


class _Distribution(importlib.metadata.Distribution):
    """What libraries look up before they import."""

    def read_text(self, filename: str) -> Optional[str]:
        return f"Metadata-Version: 2.1\nName: {_NAME}\nVersion: {VERSION}\n" if filename == "METADATA" else None

    def locate_file(self, path: Any) -> Any:
        return Path(__file__).parent / path


class _Finder(MetaPathFinder, Loader):
    def find_spec(self, name: str, path: Optional[Sequence[str]], target: Optional[ModuleType] = None) -> Any:
        is_ours = name == _NAME or name.startswith(f"{_NAME}.")
        return ModuleSpec(name, self, is_package=True) if is_ours else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _stand_in() if spec.name == _NAME else _Submodule(spec.name)

    def exec_module(self, module: ModuleType) -> None: ...

    def find_distributions(self, context: Any = None) -> Iterable[importlib.metadata.Distribution]:
        wanted = getattr(context, "name", None)
        return [_Distribution()] if wanted is not None and wanted.lower() == _NAME else []


def as_wandb() -> ModuleType:
    """From now on `import wandb`, here and in every library, gives lrscope. Call it before they are imported."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())
        for name in [name for name in sys.modules if name == _NAME or name.startswith(f"{_NAME}.")]:
            del sys.modules[name]
    return importlib.import_module(_NAME)


def _stand_in() -> ModuleType:
    """lrscope under wandb's name, and with a version of wandb's."""
    import lrscope

    class Wandb(type(lrscope)):  # type: ignore[misc]
        def __getattr__(self, name: str) -> Any:
            return getattr(lrscope, name)

    module: ModuleType = Wandb(_NAME)
    module.__version__ = VERSION  # type: ignore[attr-defined]
    return module
