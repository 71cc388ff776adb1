"""log() takes whatever a script hands it, and raises for nothing."""

from __future__ import annotations

import argparse
import json
import math
import threading
from decimal import Decimal
from fractions import Fraction
from typing import Any

import lrscope
from lrscope._batch import POINT
from lrscope._journal import START, read_records
from lrscope._point import escaped

from .case import ClientCase


class Scalar:
    """As NumPy's and PyTorch's: not a float, but turns into one."""

    def __init__(self, value: float) -> None:
        self.value = value

    def item(self) -> float:
        return self.value


class Explosive:
    def __float__(self) -> float:
        raise RuntimeError("no")

    def __str__(self) -> str:
        raise RuntimeError("no")

    __repr__ = __str__


class Rage(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no")


class Furious(dict):  # type: ignore[type-arg]
    def items(self) -> Any:
        raise Rage


class LogTest(ClientCase):
    def setUp(self) -> None:
        super().setUp()
        self.run_ = self.init(mode="offline")

    def points(self) -> list[dict[str, Any]]:
        (folder,) = self.spools()
        return [json.loads(record.payload) for record in read_records(folder, START) if record.kind == POINT]

    def metrics(self) -> list[dict[str, Any]]:
        return [point["metrics"] for point in self.points()]

    def test_numbers_of_every_kind_become_numbers(self) -> None:
        given = {
            "f": 0.1,
            "i": 3,
            "b": True,
            "d": Decimal("0.5"),
            "q": Fraction(1, 4),
            "s": Scalar(2.5),
            "big": 10**300,
        }
        lrscope.log(given)
        want = {"f": 0.1, "i": 3.0, "b": 1.0, "d": 0.5, "q": 0.25, "s": 2.5, "big": 1e300}
        self.assertEqual(self.metrics(), [want])

    def test_lists_of_one_number_are_numbers_and_an_lr_s_are_its_param_groups(self) -> None:
        lrscope.log({"one": [0.5], "two": [1, 2], "text": ["a"], "lr": [0.1], "nested": [[1.0]]})
        lrscope.log({"train": {"lr": (0.1, Scalar(0.2), 0.3)}, "lr": [0.1, "x"]})
        want = [{"one": 0.5, "lr": 0.1}, {"train/lr": 0.1, "train/lr/1": 0.2, "train/lr/2": 0.3}]
        self.assertEqual(self.metrics(), want)

    def test_what_has_a_gradient_is_detached_before_it_becomes_a_number(self) -> None:
        class Tensor(Scalar):
            requires_grad = True

            def __float__(self) -> float:
                raise AssertionError("torch warns")

            def detach(self) -> Scalar:
                return Scalar(self.value)

        lrscope.log({"loss": Tensor(0.5)})
        self.assertEqual(self.metrics(), [{"loss": 0.5}])

    def test_what_is_not_finite_is_written_as_the_wire_has_it(self) -> None:
        lrscope.log({"a": math.nan, "b": math.inf, "c": -math.inf, "d": Scalar(math.nan)})
        self.assertEqual(self.metrics(), [{"a": "NaN", "b": "Infinity", "c": "-Infinity", "d": "NaN"}])

    def test_nested_mappings_are_joined_with_a_slash(self) -> None:
        lrscope.log({"train": {"loss": 1.0, "acc": {"top1": 0.5}}, "lr": 0.1})
        self.assertEqual(self.metrics(), [{"train/loss": 1.0, "train/acc/top1": 0.5, "lr": 0.1}])

    def test_what_is_no_number_is_left_out_and_the_rest_is_kept(self) -> None:
        odd = {"s": "text", "n": None, "l": [1, 2], "e": Explosive(), "c": 1j, "o": object(), "huge": 10**400}
        lrscope.log({**odd, "kept": 1.0})
        lrscope.log(odd)
        self.assertEqual(self.metrics(), [{"kept": 1.0}])

    def test_odd_arguments_raise_nothing(self) -> None:
        cyclic: dict[str, Any] = {}
        cyclic["self"] = cyclic
        for data in (None, 3, "loss", [1], cyclic, Explosive(), {}, object):
            lrscope.log(data)  # type: ignore[arg-type]
        for step in (-1, 1.5, "three", math.nan, math.inf, 2**53, None, Explosive(), [1]):
            lrscope.log({"a": 1.0}, step=step)  # type: ignore[arg-type]
        self.assertEqual(len(self.points()), 1, "only the one whose step is None")
        for other in ("soon", -5, math.nan, Explosive()):
            lrscope.log({"b": 1.0}, epoch=other, time=other)  # type: ignore[arg-type]
        self.assertEqual([("epoch" in point, point["time"] > 1e9) for point in self.points()[1:]], [(False, True)] * 4)
        self.run_.ack("x", "whatever", lr=Explosive(), step=-3, message=Explosive())  # type: ignore[arg-type]
        self.run_.declare(schedule=3, total_steps="many", plateau=7)  # type: ignore[arg-type]
        self.run_.config.update({"a": Explosive(), "b": cyclic})
        self.run_.config.x = argparse.Namespace(y=1)
        self.run_.config.update(3)
        self.run_.config.update([1, 2])
        self.run_.summary["s"] = Explosive()
        self.run_.summary.update(3)
        lrscope.log({"x": Furious()})
        lrscope.finish(status=Explosive())  # type: ignore[arg-type]

    def test_names_become_what_the_server_takes(self) -> None:
        for raw, want in (
            (" a\n", "a_"),
            ("", "_"),
            ("é/ü", "é/ü"),
            ('q"\\', 'q"\\'),
            ("x" * 300, "x" * 250),
            (7, "7"),
        ):
            self.assertEqual(json.loads(escaped(raw)[:-1]), want)
        self.assertEqual(json.loads(escaped("a\ud800b\u200b")[:-1]), "a_b_")

    def test_a_point_with_very_many_metrics_is_split(self) -> None:
        lrscope.log({str(key): float(key) for key in range(12_000)})
        points = self.points()
        self.assertEqual([len(point["metrics"]) for point in points], [5000, 5000, 2000])
        self.assertEqual(len({(point["step"], point["time"]) for point in points}), 1)

    def test_the_run_counts_where_the_script_does_not(self) -> None:
        lrscope.log({"a": 1.0})
        lrscope.log({"a": 2.0}, commit=False)
        lrscope.log({"b": 2.0})
        lrscope.log({"a": 3.0}, step=10)
        lrscope.log({"a": 4.0})
        self.assertEqual([point["step"] for point in self.points()], [0, 1, 1, 10, 11])
        self.assertEqual(self.run_.step, 12)

    def test_times_never_stand_still(self) -> None:
        for _ in range(2000):
            lrscope.log({"a": 1.0}, step=0)
        times = [point["time"] for point in self.points()]
        self.assertEqual(times, sorted(set(times)))

    def test_threads_lose_nothing(self) -> None:
        def work(name: str) -> None:
            for step in range(500):
                lrscope.log({name: 1.0}, step=step)

        threads = [threading.Thread(target=work, args=(f"t{number}",)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        found = sorted((next(iter(point["metrics"])), point["step"]) for point in self.points())
        self.assertEqual(found, [(f"t{number}", step) for number in range(4) for step in range(500)])

    def test_the_last_lr_is_known(self) -> None:
        self.assertIsNone(self.run_.lr)
        lrscope.log({"opt/learning_rate": 0.3, "loss": 1.0})
        self.assertEqual(self.run_.lr, 0.3)
        lrscope.log({"lr": 0.2})
        self.assertEqual(self.run_.lr, 0.2)
        self.run_.lr = [0.1, 0.01]
        self.assertEqual(self.run_.lr, [0.1, 0.01])


class ShapedLikeWandbTest(ClientCase):
    def test_shortcuts_are_those_of_the_current_run(self) -> None:
        run = self.init(mode="offline", config=argparse.Namespace(lr=0.1), entity="me", job_type="train")
        self.assertIs(lrscope.run, run)
        lrscope.config.update({"batch": 8}, allow_val_change=True)
        lrscope.config.epochs = 3
        self.assertEqual(dict(lrscope.config), {"lr": 0.1, "batch": 8, "epochs": 3})
        lrscope.log({"loss": 0.5, "image": lrscope.Image("x.png")})
        lrscope.summary["best"] = 0.25
        self.assertEqual(dict(lrscope.summary), {"loss": 0.5, "best": 0.25})
        lrscope.watch(object())
        lrscope.define_metric("loss", summary="min")
        lrscope.finish(exit_code=0, quiet=True)
        self.assertIsNone(lrscope.run)

    def test_before_init_nothing_happens(self) -> None:
        lrscope.log({"a": 1.0})
        lrscope.config.x = 1
        lrscope.summary["y"] = 1
        lrscope.finish()
        self.assertIsNone(lrscope.run)

    def test_disabled_leaves_no_trace(self) -> None:
        run = self.init(mode="disabled")
        run.log({"a": 1.0})
        run.declare(total_steps=3)
        self.assertEqual((run.requests(), run.should_stop, run.flush(1)), ([], False, False))
        run.finish()
        self.assertEqual(list(self.dir.iterdir()), [])

    def test_init_without_arguments_is_the_run_that_is_there_and_with_them_another(self) -> None:
        first = self.init(mode="offline")
        self.assertIs(lrscope.init(), first)
        second = self.init(mode="offline")
        self.assertIsNot(second, first)
        self.assertEqual(len(self.spools()), 2)
        second.finish()
        self.assertIsNone(lrscope.run, "as after lrscope.finish()")
