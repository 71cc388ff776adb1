"""Hugging Face Trainer: `Trainer(…, callbacks=[LrscopeCallback(project="…")])`."""

from __future__ import annotations

from typing import Any, Optional

from transformers import TrainerCallback
from transformers.trainer_callback import ExportableState

from ._control import LR_METRIC
from ._owned import own_run, users_run
from ._team import is_first
from .torch import ServerControl, watch

_JSON = (str, int, float, bool)
_OURS_ALREADY = ("learning_rate", "epoch")
#: What `train()` logs when it ends, and nothing else does.
_TRAINING_ENDED = "total_flos"


class LrscopeCallback(TrainerCallback, ExportableState):
    """Logs what the Trainer logs, declares its schedule, logs the LR of every update and obeys the server.

    Step t is optimizer update t, from 0: one less than the Trainer's `global_step` after it. Metrics are named as in
    other trackers: `train/loss`, `eval/loss`. Uses the run of `lrscope.init`, or makes one with the keyword arguments
    given here; where several processes train together, that of rank 0. The run goes on after `train()`, for
    `evaluate()` and `predict()`, until the process, the next training or `lrscope.finish()` ends it. `wait` is how many
    seconds to wait at most after an evaluation for what it triggers. The reductions in force are kept in the Trainer's
    checkpoints.
    """

    def __init__(self, wait: float = 5.0, **init: Any) -> None:
        self._wait = wait
        self._init = init
        self._run: Any = None
        self._owns_run = False
        self._has_trained = False
        self._control: Optional[ServerControl] = None
        self._evaluated = False

    def state(self) -> dict[str, Any]:
        """For the Trainer's checkpoints, which are JSON and no place for a token."""
        in_force = self._control.state_dict() if self._control else None
        kept = {key: value for key, value in self._init.items() if key != "token" and isinstance(value, _JSON)}
        return {"args": {"wait": self._wait, **kept}, "attributes": {"in_force": in_force}}

    def on_train_begin(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        optimizer, scheduler = kwargs["optimizer"], kwargs["lr_scheduler"]
        self._control = None
        if state.is_world_process_zero:
            self._begin(args, state, scheduler, kwargs.get("model"))
        elif is_first():
            return  # Processes that torch.distributed does not join cannot be told anything.
        self._control = ServerControl(optimizer, scheduler, self._run, every_rank=True)
        saved = (state.stateful_callbacks or {}).get(type(self).__name__, {}).get("attributes", {}).get("in_force")
        if saved and state.global_step > 0:
            self._control.load_state_dict(saved)

    def _begin(self, args: Any, state: Any, scheduler: Any, model: Any) -> None:
        if self._has_trained and self._owns_run and state.global_step == 0 and "id" not in self._init:
            self._run = None  # Another training, with steps of its own.
        self._has_trained = False
        if self._run is None or self._run.finished:
            self._find_run(args)
        self._run.in_training = self._owns_run
        self._run.config.update(_config(args, model))
        epochs = max(args.num_train_epochs, 1e-9)
        steps_per_epoch = max(state.max_steps / epochs, 1)
        self._run.declare(total_steps=state.max_steps, steps_per_epoch=steps_per_epoch, lr_metric=LR_METRIC)
        watch(scheduler, self._run, monitor=_monitor(args))

    def _find_run(self, args: Any) -> None:
        self._run = users_run()
        self._owns_run = self._run is None
        if self._owns_run:
            self._run = own_run({"name": args.run_name, "seed": args.seed, **self._init})

    def on_step_begin(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """An evaluation comes after `on_step_end`: what it triggered applies to the update that begins now."""
        if self._control:
            self._control.obey(self._wait if self._evaluated else 0)
            self._evaluated = False

    def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        self._has_trained = True
        if self._control:
            self._control.step(state.global_step - 1)
            if self._control.should_stop:
                control.should_training_stop = True

    def on_log(self, args: Any, state: Any, control: Any, logs: Optional[dict[str, Any]] = None, **kwargs: Any) -> None:
        self._log(args, state, logs)

    def on_predict(self, args: Any, state: Any, control: Any, metrics: Any = None, **kwargs: Any) -> None:
        """`predict()` logs nothing by itself."""
        self._log(args, state, metrics)

    def on_train_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        if self._run is not None:
            self._run.in_training = False

    def _log(self, args: Any, state: Any, logs: Optional[dict[str, Any]]) -> None:
        metrics = _named(logs or {})
        self._evaluated = self._evaluated or any(key.startswith("eval/") for key in metrics)
        if metrics and state.is_world_process_zero:
            if self._run is None:  # An evaluation before the training, or without one.
                self._find_run(args)
            self._run.log(metrics, step=max(state.global_step - 1, 0), epoch=state.epoch)


def _named(logs: dict[str, Any]) -> dict[str, Any]:
    """The metrics by the names that other trackers have for them."""
    prefix = next((key[: -len("_runtime")] for key in logs if key.endswith("_runtime")), "train")
    # An evaluation of the training data goes by the names of the training's own curves otherwise.
    group = "train_eval" if prefix == "train" and "train_runtime" in logs else prefix
    if _TRAINING_ENDED in logs:
        logs = {**logs, "mean_loss": logs.get("train_loss")}
        logs.pop("train_loss", None)
        group = "train"
    return {
        _renamed(key, prefix, group): value
        for key, value in logs.items()
        if key not in _OURS_ALREADY and value is not None
    }


def _renamed(key: str, prefix: str = "train", group: str = "train") -> str:
    for common in ("eval", "test"):
        if key.startswith(f"{common}_"):
            return f"{common}/{key[len(common) + 1 :]}"
    return f"{group}/{key[len(prefix) + 1 :]}" if key.startswith(f"{prefix}_") else f"{group}/{key}"


def _monitor(args: Any) -> str:
    """What the Trainer gives to a scheduler that follows a metric."""
    name = args.metric_for_best_model or "loss"
    return _renamed(name if name.startswith("eval_") else f"eval_{name}")


def _config(args: Any, model: Any) -> dict[str, Any]:
    config: Any = getattr(model, "config", None)
    described = config.to_dict() if hasattr(config, "to_dict") else {}
    return {**args.to_dict(), **({"model": described} if described else {})}
