"""wandb's callbacks for Keras: what they log is logged, what they upload is not."""

from __future__ import annotations

import sys
from typing import Any, Optional

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

    def __init__(self, *_: Any, **__: Any) -> None:
        super().__init__()

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        import lrscope

        lrscope.log({**(logs or {}), "epoch": epoch}, epoch=epoch + 1)


class WandbCallback(_Epochs): ...


class WandbMetricsLogger(_BASE):  # type: ignore[misc]
    """`log_freq`: "epoch", or after how many batches of an epoch ("batch": each) `batch/*` is logged as well. Then
    steps are batches, and `epoch/*` is at the last one of its epoch; else they are epochs."""

    def __init__(self, log_freq: Any = "epoch", initial_global_step: int = 0, *_: Any, **__: Any) -> None:
        super().__init__()
        every = 1 if log_freq == "batch" else log_freq
        self._every: Optional[int] = every if isinstance(every, int) and every > 0 else None
        self._batches = initial_global_step

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        if self._every is not None and batch % self._every == 0:
            self._log("batch", {**(logs or {}), "batch_step": self._batches}, self._batches, None)
        self._batches += 1

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        step = None if self._every is None else max(self._batches - 1, 0)
        self._log("epoch", {**(logs or {}), "epoch": epoch}, step, epoch + 1)

    def _log(self, prefix: str, values: dict[str, Any], step: Optional[int], epoch: Optional[int]) -> None:
        import lrscope

        optimizer: Any = getattr(getattr(self, "model", None), "optimizer", None)
        rate = getattr(optimizer, "learning_rate", None)
        if callable(rate):  # A schedule of an older Keras.
            rate = rate(optimizer.iterations)
        lr = {} if rate is None else {"learning_rate": rate}
        lrscope.log({f"{prefix}/{key}": value for key, value in {**values, **lr}.items()}, step=step, epoch=epoch)


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
