"""The rule that finds the LR among the metrics, by the cases that the server's tests read too."""

from __future__ import annotations

import json
import unittest
from typing import Any, Optional

from lrscope._lr_key import Range, find_lr_key
from lrscope._lr_name import read_lr_name
from lrscope._point import PointEncoder

from .case import ClientCase
from .server import REPOSITORY

CASES = json.loads((REPOSITORY / "tests/fixtures/lr-names.json").read_text())


def range_of(values: Optional[list[Any]]) -> Range:
    found = Range()
    for value in values or ():
        found = found.with_value(float(value))
    return found


class LrNames(unittest.TestCase):
    def test_names_of_an_lr(self) -> None:
        for key in CASES["names"]:
            with self.subTest(key):
                self.assertEqual(find_lr_key({"loss": Range(), key: Range()}), key)

    def test_names_of_other_things(self) -> None:
        for key in CASES["others"]:
            with self.subTest(key):
                self.assertIsNone(read_lr_name(key))

    def test_param_groups(self) -> None:
        for case in CASES["families"]:
            with self.subTest(case["key"]):
                one, other = read_lr_name(case["key"]), read_lr_name(case["family"])
                assert one is not None and other is not None
                self.assertEqual((one.group, one.family == other.family), (case["group"], case["same"]))


class LrChoices(ClientCase):
    def test_values_decide_between_names(self) -> None:
        for case in CASES["choices"]:
            pairs = list(case["metrics"].items())
            for ordered in (pairs, pairs[::-1]):
                with self.subTest(ordered):
                    self.assertEqual(find_lr_key({key: range_of(values) for key, values in ordered}), case["lr"])

    def test_a_run_looks_at_what_it_logged(self) -> None:
        for case in CASES["choices"]:
            logged = {key: values for key, values in case["metrics"].items() if values}
            # What was logged before there was a choice is not remembered, but for its last value.
            if len(logged) < len(case["metrics"]):
                continue
            with self.subTest(logged):
                encoder = PointEncoder()
                for at in range(max(map(len, logged.values()), default=0)):
                    encoder.encode({key: float(values[min(at, len(values) - 1)]) for key, values in logged.items()})
                self.assertEqual(encoder.lr_key(), case["lr"])

    def test_the_runs_lr(self) -> None:
        run = self.init(mode="offline")
        self.assertIsNone(run.lr)
        for step in range(3):
            run.log({"lr": 0.5, "train/lr": 0.1 / (step + 1), "loss": 3.0})
        self.assertEqual(run.lr, 0.1 / 3)
        run.lr = 0.7
        self.assertEqual(run.lr, 0.7)
