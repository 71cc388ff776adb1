"""The Trainer's callback in a real training."""

from __future__ import annotations

import tempfile
from typing import Any

import lrscope

from .case import WAIT_S, ModuleCase, needs

try:
    import torch
    import transformers

    from lrscope.transformers import LrscopeCallback
except ImportError:
    pass


@needs("torch", "transformers", "accelerate")
class TransformersTrainer(ModuleCase):
    def trainer(self, steps: int, folder: str, **said: Any) -> Any:
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
        arguments = transformers.TrainingArguments(
            output_dir=folder,
            max_steps=steps,
            per_device_train_batch_size=8,
            eval_strategy="steps",
            eval_steps=5,
            save_steps=10,
            logging_steps=2,
            lr_scheduler_type="cosine",
            warmup_steps=4,
            learning_rate=0.01,
            report_to=[],
            use_cpu=True,
            disable_tqdm=True,
            log_level="error",
        )
        where = {"project": "client tests", "url": self.server.url, "dir": self.dir}
        callback = LrscopeCallback(wait=WAIT_S, **where, **said)
        trainer = transformers.Trainer(
            Regression(), arguments, train_dataset=data, eval_dataset=data[:8], callbacks=[callback]
        )
        trainer.remove_callback(transformers.PrinterCallback)
        return trainer

    def test_declares_logs_and_obeys(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            self.trainer(24, folder, id=f"hf-{self.dir.name}", plateau=self.once("eval/loss")).train()
        run = self.server.run(f"hf-{self.dir.name}")
        self.assertEqual((run["status"], run["total_steps"]), ("finished", 24))
        self.assertEqual(run["schedule_family"], "warmup + cosine")
        self.assertEqual(run["config"]["per_device_train_batch_size"], 8)
        self.assertIn("train/loss", run["summary"])
        self.assertEqual(len(self.assert_one_cut(run["id"])), 24)

    def test_a_checkpoint_keeps_the_cut(self) -> None:
        said = {"id": f"hf2-{self.dir.name}", "resume": "allow"}
        with tempfile.TemporaryDirectory() as folder:
            first = self.trainer(24, folder, plateau=self.once("eval/loss"), **said)
            first.add_callback(_StopAt(20))
            first.train()
            self.trainer(24, folder, **said).train(resume_from_checkpoint=True)
        self.assertEqual(len(self.assert_one_cut(said["id"])), 24)

    def test_a_request_to_stop(self) -> None:
        run = lrscope.init("client tests", url=self.server.url, dir=self.dir)
        with tempfile.TemporaryDirectory() as folder:
            trainer = self.trainer(400, folder)
            asked: list[str] = []

            class Ask(transformers.TrainerCallback):
                def on_evaluate(this, *args: Any, **kwargs: Any) -> None:
                    asked.append("") if asked else asked.append(self.ask(run, kind="stop"))

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
