"""optax: declared schedules, and a JAX training under a plateau policy."""

from __future__ import annotations

from typing import Any

from . import golden
from .case import WAIT_S, ModuleCase, needs

try:
    import jax
    import jax.numpy as jnp
    import optax

    from lrscope.optax import ServerControl, controlled, declared
except ImportError:
    pass


@needs("jax", "optax")
class Optax(ModuleCase):
    def fit(self, rate: Any) -> tuple[str, list[float], Any]:
        """40 updates of 8 an epoch: the run, how far each update went under a gradient of 1, and the last state."""
        run = self.begin(plateau=self.once("val/loss"), steps_per_epoch=8)
        optimizer = optax.chain(optax.clip(10.0), controlled(optax.sgd, rate, momentum=None))
        control = ServerControl(rate, run)
        weights = jnp.zeros(())
        state = optimizer.init(weights)

        @jax.jit
        def update(weights: Any, state: Any) -> Any:
            changes, state = optimizer.update(jnp.ones(()), state, weights)
            return optax.apply_updates(weights, changes), state, changes

        went: list[float] = []
        for step in range(40):
            weights, state, change = update(weights, state)
            went.append(-float(change))
            validated = step % 8 == 7
            if validated:
                run.log({"val/loss": 1.0}, step=step)
            state = control.step(state, step, wait=WAIT_S if validated else 0)
        run.finish(timeout=WAIT_S)
        return run.id, went, state

    def test_a_schedule(self) -> None:
        run_id, went, _ = self.fit(declared(optax.warmup_cosine_decay_schedule, 0.0, 0.1, 4, 60))
        logged = self.assert_one_cut(run_id, 1e-5)
        self.assert_close(went, logged, 1e-5)
        self.assertEqual(self.server.run(run_id)["schedule"]["kwargs"]["peak_value"], 0.1)

    def test_a_constant(self) -> None:
        run_id, went, state = self.fit(0.1)
        self.assert_close(went, self.assert_one_cut(run_id, 1e-6), 1e-6)
        self.assertAlmostEqual(float(optax.tree_utils.tree_get(state, "lr_scale")), 0.5)

    def test_golden_schedules_are_declared_as_they_are(self) -> None:
        told = 0
        for case in golden.cases("optax"):
            spec = case["spec"]
            try:
                schedule = built(spec)
            except (ValueError, ZeroDivisionError):
                continue
            with self.subTest(case["id"]):
                body = {"schedule": {**schedule.spec, "stepping": spec["stepping"]}}
                answer = self.server.call("POST", "/schedules/evaluate", body)
                self.assertIsNone(golden.off([answer["lrs"]], [case["lrs"]]))
                told += 1
        self.assertGreaterEqual(told, 60)


def built(spec: dict[str, Any]) -> Any:
    kwargs = dict(spec["kwargs"])
    if "schedules" in kwargs:
        kwargs["schedules"] = [built(child) for child in kwargs["schedules"]]
    if kwargs.get("boundaries_and_scales"):
        kwargs["boundaries_and_scales"] = {int(step): scale for step, scale in kwargs["boundaries_and_scales"]}
    return declared(getattr(optax, spec["constructor"].split(".")[-1]), **kwargs)
