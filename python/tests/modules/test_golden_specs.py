"""Every golden case that the installed libraries can construct is read back off its object, and evaluates the same."""

from __future__ import annotations

import warnings
from typing import Any

from lrscope._schedules.read import read_scheduler
from lrscope._schedules.spec import NotDeclarable

from . import golden
from .case import ModuleCase, needs

#: Cases that torch 2.x drives by functions of the user's: LambdaLR and MultiplicativeLR.
FUNCTIONS = 5


@needs("torch")
class GoldenSpecs(ModuleCase):
    def check(self, library: str, at_least: int, functions: int = 0) -> None:
        told, refused = 0, 0
        for case in golden.cases(library):
            scheduler = golden.constructed(case)
            if scheduler is None:
                continue
            with self.subTest(case["id"]):
                try:
                    spec = read_scheduler(scheduler)
                except NotDeclarable:
                    refused += 1
                    continue
                self.assertIsNone(golden.off(self.evaluated(spec, case), wanted(case)))
                told += 1
        self.assertGreaterEqual(told, at_least)
        self.assertEqual(refused, functions)

    def evaluated(self, spec: dict[str, Any], case: golden.Case) -> list[list[float]]:
        driven = {**spec, "stepping": case["spec"]["stepping"]}
        return wanted(self.server.call("POST", "/schedules/evaluate", {"schedule": driven}))

    def test_torch(self) -> None:
        self.check("torch", at_least=160, functions=FUNCTIONS)

    @needs("transformers")
    def test_transformers(self) -> None:
        self.check("transformers", at_least=70)

    @needs("timm")
    def test_timm(self) -> None:
        self.check("timm", at_least=48)

    def test_a_scheduler_reads_the_same_after_it_was_stepped(self) -> None:
        for case in golden.cases("torch"):
            scheduler = None if "resume" in case["spec"] else golden.constructed(case)
            if scheduler is None or case["spec"]["stepping"]["mode"] != "step":
                continue
            with self.subTest(case["id"]), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                try:
                    before = read_scheduler(scheduler)
                    for _ in range(3):
                        scheduler.optimizer.step()
                        scheduler.step()
                except (NotDeclarable, ValueError, ZeroDivisionError, NotImplementedError):
                    continue
                self.assertEqual(read_scheduler(scheduler), before)


def wanted(answer: dict[str, Any]) -> list[list[float]]:
    found: list[list[float]] = answer.get("lrs_by_group") or [answer["lrs"]]
    return found
