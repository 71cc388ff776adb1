"""Keras' callback in a real training, with each backend in a process of its own: Keras takes one a process."""

from __future__ import annotations

import json
import os
from typing import Any, Optional

from .case import ModuleCase, needs

SCRIPT = """
import json, os, sys
import numpy as np
import keras
from lrscope.keras import LrscopeCallback

url, folder, run_id, kind, plateau = sys.argv[1:]
keras.utils.set_random_seed(0)
x, y = np.random.randn(64, 4).astype("float32"), np.random.randn(64).astype("float32")
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
before, scheduler, rate = [], None, 0.01
if kind == "schedule":
    rate = keras.optimizers.schedules.CosineDecay(0.01, 40, alpha=0.1)
if kind == "callback":
    scheduler = keras.callbacks.LearningRateScheduler(lambda epoch, lr: lr * 0.8)
    before = [scheduler]
if kind == "plateau":
    scheduler = keras.callbacks.ReduceLROnPlateau(monitor="val_loss", patience=90)
    before = [scheduler]
if kind == "reduced":
    scheduler = keras.callbacks.ReduceLROnPlateau(monitor="val_loss", patience=0, min_delta=100, factor=0.5)
    before = [scheduler]
if kind == "unknown schedule":
    before = [keras.callbacks.LearningRateScheduler(lambda epoch, lr: lr * 0.8)]
if kind == "unknown plateau":
    before = [keras.callbacks.ReduceLROnPlateau(monitor="val_loss", patience=0, min_delta=100, factor=0.5)]
if kind == "unknown batches":

    class Halve(keras.callbacks.Callback):
        count = 0

        def on_train_batch_begin(self, batch, logs=None):
            self.model.optimizer.learning_rate = 0.01 / (1 + self.count)
            self.count += 1

    before = [Halve()]
model.compile(keras.optimizers.SGD(rate), loss="mse")
policy, resume = json.loads(plateau), "allow" if kind == "reduced" else None
callback = LrscopeCallback(
    scheduler, wait=120, project="client tests", url=url, dir=folder, id=run_id, plateau=policy, resume=resume
)
model.fit(x, y, batch_size=8, epochs=5, validation_data=(x, y), callbacks=[*before, callback], verbose=0)
model.save(folder + "/model.keras")
again = keras.models.load_model(folder + "/model.keras")
loaded = float(keras.ops.convert_to_numpy(again.optimizer.learning_rate))
bases = []
if kind == "reduced":
    fresh = keras.models.clone_model(model)
    fresh.compile(keras.optimizers.SGD(0.25), loss="mse")
    for trained in (again, fresh):
        trained.fit(x, y, batch_size=8, epochs=1, validation_data=(x, y), callbacks=[*before, callback], verbose=0)
        bases += callback._run.declared_schedule["base_lrs"]
print(json.dumps({
    "bases": bases,
    "iterations": int(model.optimizer.iterations),
    "lr": float(keras.ops.convert_to_numpy(model.optimizer.learning_rate)),
    "loaded": loaded,
}))
"""


class _Backend(ModuleCase):
    backend = ""

    def fit(self, kind: str, plateau: Optional[str] = "val_loss") -> tuple[str, dict[str, Any]]:
        run_id = f"keras-{self.dir.name}-{kind.replace(' ', '-')}"
        os.environ["KERAS_BACKEND"] = self.backend
        policy = json.dumps(None if plateau is None else self.once(plateau))
        code, out, errors = self.finish(self.start(SCRIPT, self.server.url, self.dir, run_id, kind, policy))
        self.assertEqual(code, 0, errors)
        return run_id, json.loads(out.splitlines()[-1])

    def check_plain(self) -> None:
        run_id, _ = self.fit("plain")
        self.assertEqual(len(self.assert_one_cut(run_id, 1e-6)), 40)
        run = self.server.run(run_id)
        self.assertEqual((run["steps_per_epoch"], run["total_steps"], run["status"]), (8, 40, "finished"))
        self.assertEqual(run["summary"]["val_loss"]["step"], 39)

    def check_schedule(self) -> None:
        run_id, told = self.fit("schedule")
        # Once an epoch, and where the cut took hold: that is where an epoch begins.
        self.assertEqual(len(self.assert_one_cut(run_id, 1e-6)), 5)
        self.assertEqual(told["iterations"], 40)
        self.assertAlmostEqual(told["lr"], 0.0005, places=8)
        self.assertEqual(told["loaded"], told["lr"])

    def check_callback(self) -> None:
        """It multiplies the LR that it finds, and must not find the reduced one."""
        run_id, _ = self.fit("callback")
        logged = [lr for _, lr in self.server.observations(run_id, "lr")]
        want = [0.01 * 0.8 ** (1 + step // 8) * (0.5 if step >= 16 else 1) for step in range(40)]
        self.assert_close(logged, want, 1e-6)
        self.assertNotEqual(self.server.run(run_id)["schedule_source"], "declared")

    def check_unknown(self, kind: str, want: list[float]) -> None:
        """Callbacks that were not handed over: their LR is logged, and no constant is declared."""
        run_id, _ = self.fit(kind, plateau=None)
        self.assert_close([lr for _, lr in self.server.observations(run_id, "lr")], want, 1e-6)
        self.assertNotEqual(self.server.run(run_id)["schedule_source"], "declared")
        audit = self.server.call("GET", f"/runs/{run_id}/audit")
        self.assertEqual(audit["findings"], [])

    def check_unknown_epochs(self) -> None:
        self.check_unknown("unknown schedule", [0.01 * 0.8 ** (1 + step // 8) for step in range(40)])
        self.check_unknown("unknown plateau", [0.01 * 0.5 ** max(0, step // 8 - 1) for step in range(40)])

    def check_plateau(self) -> None:
        run_id, _ = self.fit("plateau")
        schedule = self.server.run(run_id)["schedule"]
        self.assertEqual((schedule["monitor"], schedule["kwargs"]["patience"]), ("val_loss", 90))
        logged = [lr for _, lr in self.server.observations(run_id, "lr")]
        self.assert_close(logged, [0.01] * 16 + [0.005] * 24, 1e-6)

    def check_resumed(self) -> None:
        """The loaded optimizer has the reduced LR, at which the run did not begin; a new one's counts."""
        _, told = self.fit("reduced", plateau=None)
        self.assertLess(told["loaded"], 0.005)
        self.assert_close(told["bases"], [0.01, 0.25], 1e-6)


@needs("keras", "torch")
class KerasOnTorch(_Backend):
    backend = "torch"

    def test_a_plain_rate(self) -> None:
        self.check_plain()

    def test_a_schedule(self) -> None:
        self.check_schedule()

    def test_a_callback_that_moves_the_rate(self) -> None:
        self.check_callback()

    def test_a_reduce_on_plateau(self) -> None:
        self.check_plateau()

    def test_a_reduced_rate_that_was_loaded(self) -> None:
        self.check_resumed()

    def test_callbacks_that_were_not_handed_over(self) -> None:
        self.check_unknown_epochs()
        self.check_unknown("unknown batches", [0.01 / (1 + step) for step in range(40)])


@needs("keras", "jax")
class KerasOnJax(_Backend):
    backend = "jax"

    def test_a_plain_rate(self) -> None:
        self.check_plain()

    def test_a_schedule(self) -> None:
        self.check_schedule()

    def test_callbacks_that_were_not_handed_over(self) -> None:
        self.check_unknown_epochs()
