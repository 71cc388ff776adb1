"""wandb's callbacks for Keras: what they log is logged, what they upload is not."""

from __future__ import annotations

import sys
from typing import Any

from .._harmless import Harmless, mention


def _callbacks() -> Any:
    """Keras's module of callbacks; without Keras the class is a harmless one."""
    try:
        from keras import callbacks
    except ImportError:
        return getattr(getattr(sys.modules.get("tensorflow"), "keras", None), "callbacks", None)
    return callbacks


_BASE: Any = getattr(_callbacks(), "Callback", Harmless)
_CHECKPOINT: Any = getattr(_callbacks(), "ModelCheckpoint", Harmless)


class _Epochs(_BASE):  # type: ignore[misc]
    """Logs the metrics of every epoch, the first as step 0."""

    _prefix = ""

    def __init__(self, *_: Any, **__: Any) -> None:
        super().__init__()

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        import lrscope

        values = {f"{self._prefix}{key}": value for key, value in (logs or {}).items()}
        lrscope.log({**values, f"{self._prefix}epoch": epoch}, epoch=epoch + 1)


class WandbCallback(_Epochs): ...


class WandbMetricsLogger(_Epochs):
    _prefix = "epoch/"

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        rate = getattr(getattr(getattr(self, "model", None), "optimizer", None), "learning_rate", None)
        lr = {} if rate is None or callable(rate) else {"learning_rate": rate}
        super().on_epoch_end(epoch, {**(logs or {}), **lr})


class WandbModelCheckpoint(_CHECKPOINT):  # type: ignore[misc]
    """Saves where it is told to, as in wandb; nothing is uploaded."""


class WandbEvalCallback(_BASE):  # type: ignore[misc]
    def __init__(self, *_: Any, **__: Any) -> None:
        super().__init__()
        mention("WandbEvalCallback", "shows no predictions: lrscope has no tables")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Harmless()


class WandbGraphCallback(_Epochs): ...
