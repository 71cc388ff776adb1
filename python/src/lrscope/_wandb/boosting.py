"""What wandb's callbacks for XGBoost and LightGBM log, under wandb's names."""

from __future__ import annotations

import sys
from typing import Any


def callback(library: str, name: str) -> Any:
    """None for what is not logged here."""
    if name == "wandb_callback":
        return _lightgbm if library == "lightgbm" else _xgboost
    if name == "WandbCallback" and library == "xgboost":
        return _xgboost_class()
    return None


def _log(values: dict[str, Any], step: int) -> None:
    import lrscope

    if lrscope.run is not None:
        lrscope.log(values, step=step)


def _lightgbm(*_: Any, **__: Any) -> Any:
    def log(env: Any) -> None:
        _log({f"{item[0]}_{item[1]}": item[2] for item in env.evaluation_result_list or ()}, env.iteration)

    return log


def _xgboost(*_: Any, **__: Any) -> Any:
    return _xgboost_class()()


def _xgboost_class() -> type:
    """XGBoost takes only what is derived from its own class."""
    base: Any = getattr(getattr(sys.modules.get("xgboost"), "callback", None), "TrainingCallback", object)

    class WandbCallback(base):  # type: ignore[misc]
        def __init__(self, *_: Any, **__: Any) -> None:
            super().__init__()

        def before_training(self, model: Any) -> Any:
            return model

        def after_training(self, model: Any) -> Any:
            return model

        def before_iteration(self, *_: Any) -> bool:
            return False

        def after_iteration(self, _: Any, epoch: int, evals_log: Any) -> bool:
            """Says whether training is to stop."""
            last = {f"{data}-{key}": of[-1] for data, each in evals_log.items() for key, of in each.items()}
            _log(last, epoch)
            return False

    return WandbCallback
