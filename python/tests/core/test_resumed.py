"""What a resumed run declares: a job does not take the LRs that it found for those that the run began with."""

from __future__ import annotations

import json
from typing import Any

from lrscope._batch import POINT, UPDATE
from lrscope._found import declare_found
from lrscope._journal import START, read_records
from lrscope._schedules.resumed import constant_from, goes_on, with_known_start

from .case import ClientCase

PLATEAU = {"library": "torch", "constructor": "ReduceLROnPlateau", "kwargs": {"factor": 0.3}}


def constant(*lrs: float) -> dict[str, Any]:
    each = [{"kind": "constant", "value": lr} for lr in lrs]
    return each[0] if len(each) == 1 else {"kind": "groups", "groups": [{"spec": spec} for spec in each]}


def levels(values: list[float], boundaries: list[int]) -> dict[str, Any]:
    return {"kind": "piecewise", "values": values, "boundaries": boundaries}


class ResumedTest(ClientCase):
    def test_the_start_is_taken_from_the_same_scheduler_only(self) -> None:
        found = {**PLATEAU, "base_lrs": [0.15], "monitor": "val/loss"}
        for declared, want in (
            ({**PLATEAU, "base_lrs": [0.5]}, [0.5]),
            ({**PLATEAU, "base_lrs": [0.5], "monitor": "val/acc", "stepping": {"unit": "epoch"}}, [0.5]),
            ({**PLATEAU, "base_lrs": [0.5], "kwargs": {"factor": 0.5}}, [0.15]),
            ({**PLATEAU, "base_lrs": [0.5], "constructor": "StepLR"}, [0.15]),
            ({**PLATEAU, "base_lrs": [0.5, 0.5]}, [0.15]),
            (PLATEAU, [0.15]),
            (constant(0.5), [0.15]),
            (None, [0.15]),
        ):
            self.assertEqual(with_known_start(found, declared), {**found, "base_lrs": want}, declared)

    def test_a_constant_holds_from_where_the_job_goes_on(self) -> None:
        for declared, now, step, want in (
            (constant(0.1), 0.01, 60, levels([0.1, 0.01], [60])),
            (constant(0.1), 0.01, 1, levels([0.1, 0.01], [1])),
            (constant(0.1), 0.01, 0, constant(0.01)),
            (constant(0.1), 0.1, 60, constant(0.1)),
            (levels([0.1, 0.01], [60]), 0.001, 90, levels([0.1, 0.01, 0.001], [60, 90])),
            (levels([0.1, 0.01], [60]), 0.01, 90, levels([0.1, 0.01], [60])),
            (levels([0.1, 0.01], [60]), 0.001, 60, levels([0.1, 0.001], [60])),
            (levels([0.1, 0.01], [60]), 0.001, 40, levels([0.1, 0.001], [40])),
            (levels([0.1, 0.01], [60]), 0.1, 40, constant(0.1)),
        ):
            self.assertEqual(constant_from(constant(now), declared, step), want)
        groups = constant_from(constant(0.1, 0.02), constant(0.1, 0.2), 60)
        self.assertEqual([group["spec"] for group in groups["groups"]], [constant(0.1), levels([0.2, 0.02], [60])])
        for declared, yes in (
            (constant(0.1, 0.2), True),
            (constant(0.1), False),
            (PLATEAU, False),
            ({"kind": "groups", "groups": [{"spec": {"kind": "cosine"}}] * 2}, False),
            (None, False),
        ):
            self.assertEqual(goes_on(constant(0.1, 0.2), declared), yes, declared)
        self.assertFalse(goes_on(PLATEAU, PLATEAU))

    def test_what_the_server_answers_counts_unless_the_script_says_more(self) -> None:
        earlier = {"schedule": constant(0.1), "schedule_source": "declared", "last_step": 59}
        for said, answer, want in (
            (None, earlier, constant(0.1)),
            (None, {**earlier, "schedule_source": "inferred"}, None),
            (constant(0.3), earlier, constant(0.3)),
        ):
            run = self.init(mode="offline", schedule=said, reinit="create_new")
            run.goes_on(answer)
            self.assertEqual((run.declared_schedule, run.step), (want, 60))

    def test_it_is_declared_with_the_first_point_and_its_step_unless_something_else_is(self) -> None:
        for meanwhile, want in (
            (lambda run: None, [{"total_steps": 9}, {"schedule": levels([0.1, 0.01], [40])}]),
            (lambda run: run.declare(schedule=PLATEAU), [{"total_steps": 9}, {"schedule": PLATEAU}]),
            (lambda run: run.withdraw_schedule(), [{"total_steps": 9}, {"schedule": None}]),
            (lambda run: run.declare_from_next_point(None), [{"total_steps": 9}]),
        ):
            run = self.init(mode="offline", schedule=constant(0.1))
            run.goes_on({"last_step": 59})
            declare_found(run, constant(0.01), total_steps=9)
            meanwhile(run)
            for step in (40, 41):
                run.log({"loss": 1.0}, step=step)
            [folder] = [folder for folder in self.spools() if run.id in (folder / "run.json").read_text()]
            records = [record for record in read_records(folder, START) if record.kind in (UPDATE, POINT)]
            self.assertEqual([record.kind for record in records], [UPDATE] * len(want) + [POINT, POINT])
            self.assertEqual([json.loads(record.payload) for record in records if record.kind == UPDATE], want)

    def test_another_schedule_replaces_at_once(self) -> None:
        for declared, found in ((constant(0.1), PLATEAU), (PLATEAU, constant(0.1)), (constant(0.1), constant(0.1))):
            run = self.init(mode="offline", schedule=declared, reinit="create_new")
            declare_found(run, found)
            self.assertEqual(run.declared_schedule, found)

    def test_an_x_of_a_metric_s_own_is_no_step_to_go_on_from(self) -> None:
        run = self.init(mode="offline", schedule=constant(0.1))
        run.goes_on({"last_step": 59})
        declare_found(run, constant(0.01))
        run.define_metric("val/*", step_metric="seen")
        run.log({"val/loss": 1.0, "seen": 900})
        self.assertEqual(run.declared_schedule, levels([0.1, 0.01], [60]))
