"""The Trainer's callback in a real training."""

from __future__ import annotations

import tempfile
from types import SimpleNamespace
from typing import Any, Optional

import lrscope

from .case import WAIT_S, ModuleCase, needs

try:
    import torch
    import transformers

    from lrscope.transformers import LrscopeCallback, _monitor
except ImportError:
    pass


#: Of the types that cannot do without them.
SPECIAL: dict[str, dict[str, Any]] = {
    "cosine_with_min_lr": {"min_lr": 1e-4},
    "cosine_warmup_with_min_lr": {"min_lr": 1e-4},
    "warmup_stable_decay": {"num_decay_steps": 8},
}


@needs("torch", "transformers", "accelerate")
class TransformersTrainer(ModuleCase):
    def trainer(self, steps: int, folder: str, arguments: Optional[dict[str, Any]] = None, **said: Any) -> Any:
        torch.manual_seed(0)
        model = torch.nn.Linear(4, 1)

        class Regression(torch.nn.Module):
            def __init__(self) -> None:
                super().__init__()
                self.inner = model

            def forward(self, x: Any, labels: Any) -> dict[str, Any]:
                guess = self.inner(x)[:, 0]
                return {"loss": ((guess - labels) ** 2).mean(), "logits": guess}

        data = [{"x": torch.randn(4), "labels": torch.randn(())} for _ in range(64)]
        settings = {
            "output_dir": folder,
            "max_steps": steps,
            "per_device_train_batch_size": 8,
            "eval_strategy": "steps",
            "eval_steps": 5,
            "save_steps": 10,
            "logging_steps": 2,
            "lr_scheduler_type": "cosine",
            "warmup_steps": 4,
            "learning_rate": 0.01,
            "report_to": [],
            "use_cpu": True,
            "disable_tqdm": True,
            "log_level": "error",
        }
        configured = transformers.TrainingArguments(**{**settings, **(arguments or {})})
        where = {"project": "client tests", "url": self.server.url, "dir": self.dir}
        callback = LrscopeCallback(wait=WAIT_S, **where, **said)
        trainer = transformers.Trainer(
            Regression(), configured, train_dataset=data, eval_dataset=data[:8], callbacks=[callback]
        )
        trainer.remove_callback(transformers.PrinterCallback)
        return trainer

    def test_declares_logs_and_obeys(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            self.trainer(24, folder, id=f"hf-{self.dir.name}", plateau=self.once("eval/loss")).train()
        lrscope.finish(timeout=WAIT_S)
        run = self.server.run(f"hf-{self.dir.name}")
        self.assertEqual((run["status"], run["total_steps"]), ("finished", 24))
        self.assertEqual(run["schedule_family"], "warmup + cosine")
        self.assertEqual(run["config"]["per_device_train_batch_size"], 8)
        self.assertIn("train/loss", run["summary"])
        self.assertEqual(len(self.assert_one_cut(run["id"])), 24)

    def test_every_type_of_scheduler_is_declared_as_it_is(self) -> None:
        """With the Trainer's defaults: the evaluations that it steps the metric-driven ones with included."""
        for kind in transformers.SchedulerType:
            with self.subTest(kind.value), tempfile.TemporaryDirectory() as folder:
                run_id = f"{kind.value}-{self.dir.name}"
                arguments = {"lr_scheduler_type": kind.value, "lr_scheduler_kwargs": SPECIAL.get(kind.value, {})}
                metric_driven = kind.value in ("reduce_lr_on_plateau", "greedy")
                if metric_driven:  # So that they have something to do.
                    arguments.update(eval_steps=1, lr_scheduler_kwargs={"patience": 1, "threshold": 0.5})
                self.trainer(24, folder, arguments, id=run_id).train()
                lrscope.finish(timeout=WAIT_S)
                run = self.server.run(run_id)
                audit = self.server.call("GET", f"/runs/{run_id}/audit")
                self.assertEqual((run["schedule_source"], audit["verdict"]), ("declared", "match"), audit["findings"])
                lrs = [lr for _, lr in self.server.observations(run_id, "lr")]
                self.assertEqual(len(lrs), 24)
                if kind.value != "constant":
                    self.assertGreater(len(set(lrs)), 1)
                if metric_driven:
                    self.assertEqual(run["schedule"]["monitor"], "eval/loss")

    def test_the_monitor_is_what_the_trainer_follows(self) -> None:
        for said, monitor in {None: "eval/loss", "loss": "eval/loss", "accuracy": "eval/accuracy"}.items():
            for name in {said, said and f"eval_{said}"}:
                self.assertEqual(_monitor(SimpleNamespace(metric_for_best_model=name)), monitor)
        self.assertEqual(_monitor(SimpleNamespace(metric_for_best_model="eval_code_loss")), "eval/code_loss")

    def test_the_mean_of_the_training_is_no_point_of_its_curve(self) -> None:
        run_id = f"mean-{self.dir.name}"
        with tempfile.TemporaryDirectory() as folder:
            trainer = self.trainer(24, folder, id=run_id)
            mean = trainer.train().training_loss
        lrscope.finish(timeout=WAIT_S)
        curve = self.server.observations(run_id, "train/loss")
        logged = [row["loss"] for row in trainer.state.log_history if "loss" in row]
        self.assert_close([loss for _, loss in curve], logged)
        self.assertEqual([step for step, _ in curve], list(range(1, 24, 2)))
        self.assert_close([loss for _, loss in self.server.observations(run_id, "train/mean_loss")], [mean])
        summary = self.server.run(run_id)["summary"]
        for key in ("train/runtime", "train/samples_per_second", "train/steps_per_second", "train/total_flos"):
            self.assertIn(key, summary)
        self.assertFalse([key for key in summary if "train_" in key or key == "train/train_loss"])

    def test_what_is_evaluated_before_and_after_the_training_is_kept(self) -> None:
        run_id = f"after-{self.dir.name}"
        with tempfile.TemporaryDirectory() as folder:
            trainer = self.trainer(6, folder, {"eval_strategy": "no"}, id=run_id)
            before = trainer.evaluate()["eval_loss"]
            trainer.train()
            after = trainer.evaluate()["eval_loss"]
            tested = trainer.predict(trainer.eval_dataset).metrics["test_loss"]
            trainer.evaluate(metric_key_prefix="holdout")
            trainer.evaluate(trainer.train_dataset, metric_key_prefix="train")
        self.assertEqual(self.server.run(run_id)["status"], "running")
        lrscope.finish(timeout=WAIT_S)
        self.assertEqual(self.server.run(run_id)["status"], "finished")
        self.assertEqual(self.server.observations(run_id, "eval/loss"), [(0, before), (5, after)])
        self.assertEqual(self.server.observations(run_id, "test/loss"), [(5, tested)])
        self.assertEqual(len(self.server.observations(run_id, "holdout/loss")), 1)
        self.assertEqual(len(self.server.observations(run_id, "train_eval/loss")), 1)
        self.assertEqual(len(self.server.observations(run_id, "train/loss")), 3)

    def test_each_training_has_a_run_of_its_own(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            first = self.trainer(4, folder)
            first.train()
            one = str(lrscope.run.id)  # type: ignore[union-attr]
            first.train()
            two = str(lrscope.run.id)  # type: ignore[union-attr]
            second = self.trainer(4, folder)
            second.add_callback(_Fail())
            with self.assertRaises(ZeroDivisionError):
                second.train()
            three = str(lrscope.run.id)  # type: ignore[union-attr]
        lrscope.finish(timeout=WAIT_S)
        self.assertEqual(len({one, two, three}), 3)
        states = [self.server.run(run_id)["status"] for run_id in (one, two, three)]
        self.assertEqual(states, ["finished", "finished", "failed"])

    def test_the_scripts_own_run_serves_them_all(self) -> None:
        run = self.begin()
        with tempfile.TemporaryDirectory() as folder:
            self.trainer(4, folder).train()
            self.assertIs(lrscope.run, run)
        run.finish(timeout=WAIT_S)
        self.assertEqual((self.server.run(run.id)["status"], len(self.logged(run))), ("finished", 4))

    def test_a_checkpoint_keeps_the_cut(self) -> None:
        said = {"id": f"hf2-{self.dir.name}", "resume": "allow"}
        with tempfile.TemporaryDirectory() as folder:
            first = self.trainer(24, folder, plateau=self.once("eval/loss"), **said)
            first.add_callback(_StopAt(20))
            first.train()
            self.trainer(24, folder, **said).train(resume_from_checkpoint=True)
        lrscope.finish(timeout=WAIT_S)
        self.assertEqual(len(self.assert_one_cut(said["id"])), 24)

    def test_a_request_to_stop(self) -> None:
        run = lrscope.init("client tests", url=self.server.url, dir=self.dir)
        with tempfile.TemporaryDirectory() as folder:
            trainer = self.trainer(400, folder)
            asked: list[str] = []

            class Ask(transformers.TrainerCallback):
                def on_evaluate(this, *args: Any, **kwargs: Any) -> None:
                    if not asked:
                        asked.append(self.ask(run, kind="stop"))
                        run.log({"asked": 1.0})
                        self.assertTrue(run.flush(WAIT_S))

            trainer.add_callback(Ask())
            trainer.train()
        run.finish(timeout=WAIT_S)
        self.assertLess(trainer.state.global_step, 20)
        self.assertEqual(self.requests(run)[0]["status"], "verified")


class _StopAt(transformers.TrainerCallback if "transformers" in globals() else object):  # type: ignore[misc]
    def __init__(self, step: int) -> None:
        self.step = step

    def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        if state.global_step == self.step:
            control.should_save = control.should_training_stop = True


class _Fail(transformers.TrainerCallback if "transformers" in globals() else object):  # type: ignore[misc]
    def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        if state.global_step == 2:
            raise ZeroDivisionError
