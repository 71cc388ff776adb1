"""Hugging Face Trainer: `Trainer(…, callbacks=[LrscopeCallback(project="…")])`."""

from __future__ import annotations

from typing import Any, Optional

from transformers import TrainerCallback
from transformers.trainer_callback import ExportableState

import lrscope

from ._control import active_run
from ._team import is_first
from .torch import ServerControl, watch

_JSON = (str, int, float, bool)
_OURS_ALREADY = ("learning_rate", "epoch", "total_flos")


class LrscopeCallback(TrainerCallback, ExportableState):
    """Logs what the Trainer logs, declares its schedule, logs the LR of every update and obeys the server.

    Step t is optimizer update t, from 0: one less than the Trainer's `global_step` after it. Metrics are named as in
    other trackers: `train/loss`, `eval/loss`. Uses the run of `lrscope.init`, or makes one with the keyword arguments
    given here and finishes it with the training; where several processes train together, that of rank 0. `wait` is how
    many seconds to wait after an evaluation for what it triggers. The reductions in force are kept in the Trainer's
    checkpoints.
    """

    def __init__(self, wait: float = 5.0, **init: Any) -> None:
        self._wait = wait
        self._init = init
        self._run: Any = None
        self._owns_run = False
        self._control: Optional[ServerControl] = None
        self._evaluated = False

    def state(self) -> dict[str, Any]:
        """For the Trainer's checkpoints, which are JSON and no place for a token."""
        in_force = self._control.state_dict() if self._control else None
        kept = {key: value for key, value in self._init.items() if key != "token" and isinstance(value, _JSON)}
        return {"args": {"wait": self._wait, **kept}, "attributes": {"in_force": in_force}}

    def on_train_begin(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        optimizer, scheduler = kwargs["optimizer"], kwargs["lr_scheduler"]
        if state.is_world_process_zero:
            self._begin(args, state, scheduler, kwargs.get("model"))
        elif is_first():
            return  # Processes that torch.distributed does not join cannot be told anything.
        self._control = ServerControl(optimizer, scheduler, self._run, every_rank=True)
        saved = (state.stateful_callbacks or {}).get(type(self).__name__, {}).get("attributes", {}).get("in_force")
        if saved and state.global_step > 0:
            self._control.load_state_dict(saved)

    def _begin(self, args: Any, state: Any, scheduler: Any, model: Any) -> None:
        active = active_run()
        self._owns_run = active is None
        self._run = active or lrscope.init(**{"name": args.run_name, "seed": args.seed, **self._init})
        self._run.config.update(_config(args, model))
        epochs = max(args.num_train_epochs, 1e-9)
        self._run.declare(total_steps=state.max_steps, steps_per_epoch=max(state.max_steps / epochs, 1))
        watch(scheduler, self._run, monitor=_renamed(args.metric_for_best_model or "eval_loss"))

    def on_step_begin(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """An evaluation comes after `on_step_end`: what it triggered applies to the update that begins now."""
        if self._control:
            self._control.obey(self._wait if self._evaluated else 0)
            self._evaluated = False

    def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        if self._control:
            self._control.step(state.global_step - 1)
            if self._control.should_stop:
                control.should_training_stop = True

    def on_log(self, args: Any, state: Any, control: Any, logs: Optional[dict[str, Any]] = None, **kwargs: Any) -> None:
        if not logs:
            return
        metrics = {_renamed(key): value for key, value in logs.items() if key not in _OURS_ALREADY}
        self._evaluated = self._evaluated or any(key.startswith("eval/") for key in metrics)
        if self._run is not None:
            self._run.log(metrics, step=max(state.global_step - 1, 0), epoch=state.epoch)

    def on_train_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        if self._owns_run and self._run is not None:
            self._run.finish()


def _renamed(key: str) -> str:
    for prefix in ("eval_", "test_"):
        if key.startswith(prefix):
            return f"{prefix[:-1]}/{key[len(prefix):]}"
    return f"train/{key[len('train_'):] if key.startswith('train_') else key}"


def _config(args: Any, model: Any) -> dict[str, Any]:
    config: Any = getattr(model, "config", None)
    described = config.to_dict() if hasattr(config, "to_dict") else {}
    return {**args.to_dict(), **({"model": described} if described else {})}
