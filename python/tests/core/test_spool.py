"""What waits, in which requests it goes, and what happens when the disk says no."""

from __future__ import annotations

import json
import os
import resource
from pathlib import Path
from typing import Optional

from lrscope import _limits
from lrscope._batch import ACK, CREATE, POINT, UPDATE, Batch
from lrscope._spool import Spool, create_spool, open_spool, waiting_of

from .case import ClientCase

INFO = {"session": "0123456789abcdef", "url": "http://127.0.0.1:1", "body": {"id": "r", "project": "p"}, "own_id": True}


def point(step: int, metrics: int = 1) -> bytes:
    return json.dumps({"step": step, "metrics": {str(key): 1.5 for key in range(metrics)}}).encode()


class SpoolCase(ClientCase):
    def make(self) -> Spool:
        spool = create_spool(self.dir, INFO)
        self.addCleanup(spool.close)
        return spool


class SpoolTest(SpoolCase):
    def batches(self, spool: Spool) -> list[Batch]:
        """All of them, each settled."""
        found = []
        while (batch := spool.next_batch()) is not None:
            found.append(batch)
            spool.settle(batch)
        return found

    def test_requests_stay_within_the_servers_limits(self) -> None:
        spool = self.make()
        for step in range(_limits.MAX_POINTS + 5):
            spool.append(POINT, point(step), 1)
        for step in range(50):
            spool.append(POINT, point(step), 4999)
        for _ in range(20):
            spool.append(POINT, b" " * (1024 * 1024), 1)
        for _ in range(_limits.MAX_ACKS + 1):
            spool.append(ACK, b"{}")
        batches = self.batches(spool)
        self.assertEqual(sum(len(batch.records) for batch in batches), spool.appended)
        for batch in batches:
            kinds = [record.kind for record in batch.records]
            self.assertLessEqual(kinds.count(POINT), _limits.MAX_POINTS)
            self.assertLessEqual(kinds.count(ACK), _limits.MAX_ACKS)
            self.assertLessEqual(sum(record.values for record in batch.records), _limits.MAX_VALUES)
            self.assertLessEqual(len(batch.body(spool.session)), 16 * 1024 * 1024)
        self.assertEqual(len({batch.body(spool.session)[:80] for batch in batches}), len(batches), "ids differ")

    def test_other_records_go_alone_and_in_order(self) -> None:
        spool = self.make()
        for kind in (CREATE, POINT, ACK, UPDATE, UPDATE, POINT):
            spool.append(kind, b"{}")
        kinds = [[record.kind for record in batch.records] for batch in self.batches(spool)]
        self.assertEqual(kinds, [[CREATE], [POINT, ACK], [UPDATE], [UPDATE], [POINT]])

    def test_a_planned_batch_is_the_same_after_a_crash_though_more_was_logged(self) -> None:
        spool = self.make()
        for step in range(3):
            spool.append(POINT, point(step), 1)
        planned = spool.next_batch()
        assert planned is not None
        spool.plan(planned)
        spool.append(POINT, point(3), 1)
        spool.abandon()
        left = open_spool(spool.folder)
        assert left is not None
        again = left.next_batch()
        assert again is not None
        self.assertEqual(again.body(left.session), planned.body(spool.session))
        left.settle(again)
        self.assertEqual([record.payload for batch in self.batches(left) for record in batch.records], [point(3)])
        left.close()
        self.assertFalse(left.folder.exists(), "nothing is left to keep it for")

    def test_nobody_opens_what_another_has_open(self) -> None:
        spool = self.make()
        spool.append(POINT, point(0), 1)
        self.assertIsNone(open_spool(spool.folder))
        spool.close()
        reopened = open_spool(spool.folder)
        assert reopened is not None
        reopened.close()
        self.assertEqual(waiting_of(spool.folder), 1)

    def test_refused_records_are_kept_with_the_reason(self) -> None:
        spool = self.make()
        spool.append(POINT, point(4), 1)
        batch = spool.next_batch()
        assert batch is not None
        spool.set_aside(batch, "422: no")
        spool.close()
        kept = json.loads((spool.folder / "refused.jsonl").read_text())
        self.assertEqual(kept, {"kind": "point", "reason": "422: no", "body": point(4).decode()})
        self.assertEqual(self.spools(), [], "nothing to send")


class FullDiskTest(SpoolCase):
    def full(self, spool: Spool) -> None:
        """From now on the disk that the spool is on takes nothing."""
        writer = spool._writer
        assert writer is not None
        append, elsewhere = writer.append, writer.go_on_in

        def refuse(_: bytes) -> None:
            raise OSError("no space left")

        def go_on_in(folder: Path) -> None:
            elsewhere(folder)
            writer.append = append  # type: ignore[method-assign]

        writer.append = refuse  # type: ignore[method-assign]
        writer.go_on_in = go_on_in  # type: ignore[method-assign]

    def refuses(self) -> Path:
        raise OSError("this one neither")

    def limit(self, size: Optional[int]) -> None:
        """From now on the system lets no file grow beyond `size` bytes, as a full disk would."""
        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard if size is None else size, hard))

    def test_points_wait_in_memory_and_go_to_the_disk_when_it_takes_them(self) -> None:
        spool = self.make()
        self.addCleanup(self.limit, None)
        for step in range(10):
            spool.append(POINT, point(step), 1)
        size = os.path.getsize(spool.folder / "00000001.journal")
        self.limit(size + 5)
        for step in range(10, 15):
            spool.append(POINT, point(step), 1)
        self.assertEqual(waiting_of(spool.folder), 10, "the torn record is gone from the file")
        self.limit(None)
        spool.append(POINT, point(15), 1)
        first = spool.next_batch()
        assert first is not None
        self.assertEqual([record.payload for record in first.records], [point(step) for step in range(16)])
        self.assertEqual(waiting_of(spool.folder), 16)

    def test_it_goes_on_in_another_folder_and_comes_back_whole(self) -> None:
        spool = self.make()
        other = self.dir / "other"
        other.mkdir()
        spool.others = [self.refuses, lambda: other]
        for step in range(10):
            spool.append(POINT, point(step), 1)
        self.full(spool)
        for step in range(10, 20):
            spool.append(POINT, point(step), 1)
        self.assertEqual([path.name for path in other.iterdir()], ["00000002.journal"])
        self.assertEqual((spool.waiting(), spool.in_memory), (20, 0))
        spool.abandon()
        left = open_spool(spool.folder)
        assert left is not None
        sent = []
        while (batch := left.next_batch()) is not None:
            sent += [record.payload for record in batch.records]
            left.settle(batch)
        left.close()
        self.assertEqual(sent, [point(step) for step in range(20)])
        self.assertFalse(other.exists() or left.folder.exists(), "nothing is left anywhere")

    def test_what_no_disk_takes_is_counted_apart(self) -> None:
        spool = self.make()
        spool.append(POINT, point(0), 1)
        self.full(spool)
        spool.others = [self.refuses]
        spool.append(POINT, point(1), 1)
        self.assertEqual((spool.waiting(), spool.in_memory), (1, 1))

    def test_points_are_sent_from_memory_while_it_does_not(self) -> None:
        spool = self.make()
        self.addCleanup(self.limit, None)
        self.limit(0)
        for step in range(5):
            spool.append(POINT, point(step), 1)
        first = spool.next_batch()
        assert first is not None
        spool.plan(first)
        spool.settle(first)
        self.assertEqual([record.payload for record in first.records], [point(step) for step in range(5)])
        self.assertIsNone(spool.next_batch())
