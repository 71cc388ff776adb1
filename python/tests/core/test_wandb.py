"""`import lrscope as wandb`: nothing that wandb has raises, and what has a meaning here has it."""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import os
import subprocess
import sys
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest import mock

import lrscope
from lrscope import _say
from lrscope._batch import CREATE, FINISH, POINT, UPDATE
from lrscope._journal import START, read_records
from lrscope._wandb.names import CLASSES, FUNCTIONS, MODULES, RUN

from .case import SOURCE, ClientCase

wandb: Any = lrscope


class WandbCase(ClientCase):
    def records(self, run: lrscope.Run, kind: int) -> list[Any]:
        (folder,) = [folder for folder in self.spools() if run.id in (folder / "run.json").read_text()]
        return [json.loads(record.payload or b"{}") for record in read_records(folder, START) if record.kind == kind]

    def points(self, run: lrscope.Run) -> list[tuple[int, dict[str, Any]]]:
        return [(point["step"], point["metrics"]) for point in self.records(run, POINT)]


class SurfaceTest(WandbCase):
    def test_every_name_answers_and_can_be_used_in_every_way(self) -> None:
        run: Any = self.init(mode="offline")
        found = [getattr(wandb, name) for name in (*CLASSES, *FUNCTIONS, *MODULES)]
        found += [getattr(run, name) for name in RUN]
        for thing in found:
            made = thing() if callable(thing) else thing
            # A framework's module of lrscope's own, once it is imported, stands for wandb's.
            if isinstance(made, (lrscope.Run, Exception, type(None), str, list, ModuleType)) or made is run:
                continue
            for _ in made:
                self.fail("it holds nothing")
            with made as entered:
                entered.anything["at"].all(1, b=2)
            made["x"] = made.y
            wandb.log({"thing": made, "loss": 1.0})
            self.assertFalse(made > 3 or 3 in made)
        self.assertEqual({tuple(metrics) for _, metrics in self.points(run)}, {("loss",)})

    def test_what_wandb_does_not_have_is_no_attribute(self) -> None:
        for owner in (wandb, self.init(mode="offline")):
            with self.assertRaises(AttributeError):
                owner.no_such_thing  # noqa: B018

    def test_classes_are_classes(self) -> None:
        class Mine(wandb.keras.WandbCallback if "keras" in sys.modules else wandb.Image):  # type: ignore[misc]
            pass

        self.assertFalse(isinstance(3, wandb.Table))
        self.assertTrue(isinstance(self.init(mode="offline"), wandb.Run))
        with self.assertRaises(ZeroDivisionError):
            try:
                1 / 0  # noqa: B018
            except (wandb.errors.CommError, wandb.Error, wandb.sdk.lib.config_util.ConfigError):
                self.fail("not this")
        self.assertIs(wandb.errors.CommError, wandb.CommError)

    def test_each_is_mentioned_once(self) -> None:
        _say._said.clear()
        said = io.StringIO()
        with contextlib.redirect_stderr(said):
            run = self.init(mode="offline")
            for _ in range(3):
                run.log({"h": wandb.Histogram([1, 2]), "images": [wandb.Image(1)], "loss": 1.0})
                wandb.save("model.h5")
                run.watch(object())  # type: ignore[no-untyped-call]
        lines = said.getvalue().splitlines()
        self.assertEqual(len(lines), 4, said.getvalue())
        for name, line in zip(("Histogram", "Image", "save()", "watch()"), lines):
            self.assertIn(f"wandb's {name} ", line)

    def test_tables_and_artifacts_give_back_what_they_were_given(self) -> None:
        table = wandb.Table(columns=["a", "b"], data=[[1, 2]])
        table.add_data(3, 4)
        table.add_column("c", [5, 6])
        self.assertEqual((table.columns, table.data), (["a", "b", "c"], [[1, 2, 5], [3, 4, 6]]))
        self.assertEqual(table.get_column("b"), [2, 4])
        artifact = wandb.Artifact("model", type="model", metadata={"a": 1})
        with artifact.new_file("x.json") as file:
            file.write("{}")
        self.assertEqual((artifact.name, artifact.metadata), ("model", {"a": 1}))
        self.assertIs(wandb.log_artifact(artifact), artifact)
        self.assertEqual(os.listdir(wandb.use_artifact("other:latest").download()), [])

    def test_the_names_are_those_of_the_installed_wandb(self) -> None:
        script = (
            "import wandb, lrscope\n"
            "from wandb.sdk.wandb_run import Run\n"
            "run = lrscope.init('x', mode='disabled')\n"
            "for has, of in ((lrscope, wandb), (run, Run)):\n"
            "    print(*[name for name in dir(of) if name[0] != '_' and not hasattr(has, name)])\n"
        )
        env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(SOURCE), os.environ.get("PYTHONPATH", "")])}
        command = [sys.executable, "-W", "ignore", "-c", script]
        done = subprocess.run(command, env=env, capture_output=True, text=True)
        if "ModuleNotFoundError" in done.stderr:
            self.skipTest("wandb is not installed")
        self.assertEqual(done.stdout.split(), [], done.stderr)

    def test_libraries_that_import_wandb_get_lrscope(self) -> None:
        script = """
import importlib.metadata, importlib.util, lrscope
module = lrscope.as_wandb()
assert importlib.util.find_spec("wandb") and importlib.metadata.version("wandb") == module.__version__
import wandb, wandb.sdk.lib
from wandb.sdk.lib import RunDisabled
from wandb.wandb_run import Run
from wandb.integration.lightgbm import wandb_callback
run = wandb.init(project="x", mode="offline")
assert isinstance(run, Run) and wandb.run is run is lrscope.run and not isinstance(run, RunDisabled)
wandb.config = {"lr": 0.1}
assert run.config["lr"] == 0.1
run.finish()
"""
        code, _, err = self.finish(self.start(script))
        self.assertEqual(code, 0, err)


class MeaningTest(WandbCase):
    def test_what_is_said_of_a_run_later_is_kept(self) -> None:
        run = self.init(mode="offline", name="first", tags=["a"])
        run.name = "second"
        run.notes = "note"
        run.tags += ("b",)  # type: ignore[operator,assignment]
        run.tags = run.tags + ("c",)  # type: ignore[assignment]
        run.tags.append("d")
        run.config.update({"lr": 0.1})
        run.summary["best"] = 0.5
        run.summary["model"] = "resnet"
        wandb.config = {"batch": 3}
        run.finish()
        changes: dict[str, Any] = {}
        for update in self.records(run, UPDATE):
            changes.update(update)
        config = {"lr": 0.1, "batch": 3, "summary": {"model": "resnet"}}
        self.assertEqual(changes, {"name": "second", "notes": "note", "tags": ["a", "b", "c", "d"], "config": config})
        self.assertEqual(self.points(run), [(0, {"best": 0.5})])

    def test_a_step_behind_the_counter_is_stored_and_does_not_turn_it_back(self) -> None:
        run = self.init(mode="offline")
        for step in (11, 5, None, 12, None):
            run.log({"a": 1.0}, step=step)
        run.log()
        run.log(None)
        run.log({"a": 1.0}, None, False)  # type: ignore[arg-type]
        run.log({"a": 1.0}, commit=None)
        self.assertEqual([step for step, _ in self.points(run)], [11, 5, 12, 12, 13, 16, 16])
        self.assertEqual(run.step, 17)

    def test_a_step_metric_is_the_x_of_its_metrics_alone(self) -> None:
        run = self.init(mode="offline")
        wandb.define_metric("train/*", step_metric="iter")
        wandb.define_metric("train/val/*", "seen")
        run.log({"iter": 10, "train/loss": 1.0, "lr": 0.1})
        run.log({"train/loss": 2.0})
        run.log({"train/val/loss": 3.0, "seen": 40.0, "train/loss": 4.0, "iter": 20, "other": 5.0})
        run.log({"iter": -1})
        run.log({"train/loss": 6.0}, step=70)
        run.log({"free": 7.0})
        want = [
            (0, {"iter": 10, "lr": 0.1}),
            (10, {"train/loss": 1.0}),
            (10, {"train/loss": 2.0}),
            (40, {"train/val/loss": 3.0}),
            (2, {"seen": 40.0, "iter": 20, "other": 5.0}),
            (20, {"train/loss": 4.0}),
            (3, {"iter": -1}),
            (70, {"train/loss": 6.0}),
            (71, {"free": 7.0}),
        ]
        self.assertEqual(sorted(self.points(run), key=str), sorted(want, key=str))

    def test_a_step_metric_that_counts_epochs_leaves_the_steps_alone(self) -> None:
        run = self.init(mode="offline")
        wandb.define_metric("val/*", step_metric="train/Epoch")
        run.log({"loss": 1.0})
        run.log({"val/acc": 0.5, "train/Epoch": 1.5, "loss": 2.0})
        run.log({"val/acc": 0.6}, step=9)
        run.log({"val/acc": 0.7}, epoch=4)
        got = [(point["step"], point.get("epoch"), *point["metrics"]) for point in self.records(run, POINT)]
        want = [(0, None, "loss"), (1, None, "train/Epoch", "loss"), (1, 1.5, "val/acc"), (9, 1.5, "val/acc")]
        self.assertEqual(sorted(got, key=str), sorted([*want, (10, 4, "val/acc")], key=str))

    def test_the_summary_shows_what_was_asked_for(self) -> None:
        run: Any = self.init(mode="offline")
        wandb.define_metric("loss", summary="min,last")
        wandb.define_metric("*/acc", summary="best", goal="maximize")
        wandb.define_metric("a/mean", summary="mean, max, first")
        wandb.define_metric("hidden", summary="none")
        wandb.define_metric("plain", summary="copy")
        wandb.define_metric("odd", summary="median")
        for value in (float("nan"), 2.0, 1.0, 3.0, float("nan")):
            names = ("loss", "val/acc", "hidden", "plain", "odd")
            run.log({name: value for name in names} | {"a": {"mean": value if value == value else 0.0}})
        summary = run.summary
        self.assertEqual(summary["loss"]["min"], 1.0)
        self.assertNotEqual(summary["loss"]["last"], summary["loss"]["last"])
        self.assertEqual(summary["val/acc"], {"best": 3.0})
        self.assertEqual(summary["a/mean"], {"mean": 6 / 5, "max": 3.0, "first": 0.0})
        self.assertNotIn("hidden", summary)
        self.assertTrue(isinstance(summary["plain"], float) and isinstance(summary["odd"], float))

    def test_a_run_has_a_name_from_the_beginning_which_stays(self) -> None:
        run = self.init(mode="offline")
        self.assertEqual(run.name, run.id)
        run.named("run-7")
        self.assertEqual(run.name, run.id)
        other = self.init(mode="offline")
        other.named("run-8")
        self.assertEqual(other.name, "run-8")
        run = self.init(mode="offline")
        self.assertTrue(run.name)
        run.name = "mine"
        self.assertEqual(run.name, "mine")

    def test_init_again_ends_the_former_run_unless_it_says_otherwise(self) -> None:
        first = self.init(mode="offline", name="fold-0")
        second = self.init(mode="offline", name="fold-1")
        self.assertEqual((first.finished, len(self.records(first, FINISH))), (True, 1))
        self.assertIs(lrscope.init("other", reinit=False), second)
        self.assertIs(lrscope.init("other", settings=wandb.Settings(reinit="return_previous")), second)
        third = self.init(mode="offline", reinit="create_new")
        for run, name in ((second, "b"), (third, "c"), (lrscope, "newest")):
            run.log({name: 1.0})  # type: ignore[attr-defined]
        self.assertEqual([name for _, metrics in self.points(second) for name in metrics], ["b"])
        self.assertEqual([name for _, metrics in self.points(third) for name in metrics], ["c", "newest"])
        third.finish()
        self.assertIs(lrscope.run, second)
        lrscope.finish()
        self.assertIsNone(lrscope.run)

    def test_wandb_s_variables_are_read(self) -> None:
        env = {"MODE": "dryrun", "PROJECT": "p", "NAME": "n", "RUN_ID": "i", "DIR": str(self.dir), "NOTES": "o"}
        env.update(TAGS="a, b", RUN_GROUP="g", ENTITY="me", RESUME="allow")
        with mock.patch.dict(os.environ, {f"WANDB_{key}": value for key, value in env.items()}):
            run: Any = wandb.init(entity="me", config={"a": 1, "b": 2}, config_exclude_keys=["b"], job_type="train")
            again = wandb.init(reinit=True)
        self.assertNotEqual(again.id, run.id, "an id is of one run")
        bodies = [json.loads((folder / "run.json").read_text())["body"] for folder in self.spools()]
        (body,) = [body for body in bodies if body["id"] == run.id]
        want = {"project": "p", "id": "i", "name": "n", "notes": "o", "tags": ["a", "b"], "group": "g"}
        self.assertEqual(body, {**want, "resume": "allow", "config": {"a": 1}})
        self.assertTrue(run.offline and not run.disabled)
        self.assertEqual((run.path, run.job_type, run.sweep_id, run.resumed), ("p/i", "train", None, False))
        self.assertTrue(os.path.isdir(run.dir))

    def test_disabled_in_every_way_leaves_no_trace(self) -> None:
        for variable, value in (("WANDB_MODE", "disabled"), ("WANDB_DISABLED", "true")):
            with mock.patch.dict(os.environ, {variable: value}):
                run: Any = self.init()
                run.log({"a": 1.0})
                wandb.log({"b": 1.0})
                run.name = "x"
                run.summary["y"] = 1
                run.alert("z")
                run.finish()
        self.assertEqual(list(self.dir.iterdir()), [])

    def test_config_that_is_set_before_init_is_the_next_run_s(self) -> None:
        wandb.config = {"lr": 0.5}
        wandb.config.batch = 8
        run = self.init(mode="offline", config={"lr": 0.1})
        self.assertEqual(dict(run.config), {"lr": 0.1, "batch": 8})
        self.assertEqual(len(self.records(run, CREATE)), 1)

    def test_a_folder_of_the_user_s_own_is_not_hidden_from_git(self) -> None:
        self.init(mode="offline")
        self.assertFalse((self.dir / ".gitignore").exists())
        (folder,) = self.spools()
        self.assertEqual((folder / ".gitignore").read_text(), "*\n")

    def test_a_scheduler_is_declared_and_a_model_is_not(self) -> None:
        class Model:
            optimizer = None

            def forward(self) -> None: ...

        class Optimizer:
            param_groups: list[Any] = []

        run = self.init(mode="offline")
        with mock.patch("lrscope.torch.watch") as declare:
            wandb.watch(Model(), log="all")
            declare.assert_not_called()
            optimizer = Optimizer()
            wandb.watch(optimizer)
            declare.assert_called_once_with(optimizer)
            run.watch(optimizer, monitor="val/loss")
            declare.assert_called_with(optimizer, run, monitor="val/loss")

    def test_keras_s_logger_logs_epochs_or_batches(self) -> None:
        name = "lrscope._wandb.keras_callbacks"
        # Keras takes one backend a process, which is not this test's to choose.
        with mock.patch.dict(sys.modules, {"keras": None, "tensorflow": None}):
            sys.modules.pop(name, None)
            callback = importlib.import_module(name).WandbMetricsLogger
        self.addCleanup(delattr, sys.modules["lrscope._wandb"], "keras_callbacks")
        optimizer = SimpleNamespace(learning_rate=0.5)
        older = SimpleNamespace(learning_rate=lambda step: step / 10, iterations=5)
        lr = {"learning_rate": 0.5}
        batches = [(step, {"loss": 1.0, "batch_step": step, **lr}) for step in (0, 2, 3, 5)]
        for arguments, used, want in (
            ((), optimizer, [(0, {"loss": 2.0, "epoch": 0, **lr}), (1, {"loss": 2.0, "epoch": 1, **lr})]),
            ((2,), optimizer, [*batches[:2], (2, {"loss": 2.0, "epoch": 0, **lr}), *batches[2:]]),
            (("batch", 40), older, [(step, {"loss": 1.0, "batch_step": step, **lr}) for step in (40, 41, 42)]),
        ):
            run = self.init(mode="offline")
            with mock.patch.object(callback, "model", SimpleNamespace(optimizer=used), create=True):
                logger: Any = callback(*arguments)
                for epoch in range(2):
                    for batch in range(3):
                        logger.on_train_batch_end(batch, {"loss": 1.0})
                    logger.on_epoch_end(epoch, {"loss": 2.0})
            got = [
                (step, {name.rpartition("/")[2]: value for name, value in metrics.items()})
                for step, metrics in self.points(run)
            ]
            self.assertEqual(got[: len(want)], want)
            points = self.records(run, POINT)
            self.assertEqual({point.get("epoch") for point in points}, {1, 2} if not arguments else {None, 1, 2})
            self.assertLessEqual({name.partition("/")[0] for p in points for name in p["metrics"]}, {"batch", "epoch"})

    def test_boosting_callbacks_log(self) -> None:
        run = self.init(mode="offline")

        class Env:
            evaluation_result_list = [("valid", "l2", 0.5, False)]
            iteration = 4

        wandb.lightgbm.wandb_callback()(Env)
        wandb.xgboost.WandbCallback().after_iteration(None, 7, {"eval": {"rmse": [2.0, 1.0]}})
        self.assertEqual(self.points(run), [(4, {"valid_l2": 0.5}), (7, {"eval-rmse": 1.0})])

    def test_what_tensorboard_writes_is_logged(self) -> None:
        try:
            from torch.utils.tensorboard import SummaryWriter  # type: ignore[import-untyped,unused-ignore]
        except ImportError:
            self.skipTest("torch and tensorboard are not installed")
        run = self.init(mode="offline", sync_tensorboard=True)
        self.addCleanup(wandb.tensorboard.unpatch)
        writer = SummaryWriter(str(self.dir / "tb" / "train"))
        writer.add_scalar("loss", 0.5, 3)
        writer.add_scalar("acc", 0.25, 4, new_style=True)
        writer.add_text("note", "no number", 4)
        writer.close()
        other = SummaryWriter(str(self.dir / "tb" / "val"))
        other.add_scalar("loss", 1.5, 5)
        other.close()
        want = [
            (3, {"train/loss": 0.5, "train/global_step": 3}),
            (4, {"train/acc": 0.25, "train/global_step": 4}),
            (5, {"val/loss": 1.5, "val/global_step": 5}),
        ]
        self.assertEqual(self.points(run), want)
