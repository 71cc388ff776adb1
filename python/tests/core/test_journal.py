"""The file format: what is written is read, and what is torn is not."""

from __future__ import annotations

import random
import unittest

from lrscope._cursor import Cursor, load_cursor, save_cursor
from lrscope._journal import START, JournalWriter, Position, pack, read_records, segment_path, segments
from lrscope._limits import SEGMENT_BYTES

from .case import ClientCase


class JournalTest(ClientCase):
    def payloads(self) -> list[bytes]:
        source = random.Random(7)
        return [bytes(source.randrange(256) for _ in range(source.choice([0, 1, 2, 40]))) for _ in range(24)]

    def test_every_truncation_leaves_the_records_before_it(self) -> None:
        payloads = self.payloads()
        packed = [pack(index % 6 + 1, index, payload) for index, payload in enumerate(payloads)]
        whole = b"".join(packed)
        ends = [sum(map(len, packed[: index + 1])) for index in range(len(packed))]
        path = segment_path(self.dir, 1)
        for length in range(len(whole) + 1):
            path.write_bytes(whole[:length])
            read = list(read_records(self.dir, START))
            complete = sum(end <= length for end in ends)
            self.assertEqual([record.payload for record in read], payloads[:complete], f"cut at byte {length}")
            self.assertEqual([record.end.offset for record in read], ends[:complete])
            self.assertEqual([record.kind for record in read], [index % 6 + 1 for index in range(complete)])
            self.assertEqual([record.values for record in read], list(range(complete)))

    def test_every_flipped_byte_is_noticed(self) -> None:
        payloads = self.payloads()
        packed = [pack(1, 3, payload) for payload in payloads]
        whole = b"".join(packed)
        path = segment_path(self.dir, 1)
        for at in range(len(whole)):
            damaged = bytearray(whole)
            damaged[at] ^= 0x55
            path.write_bytes(damaged)
            read = [record.payload for record in read_records(self.dir, START)]
            self.assertEqual(read, payloads[: len(read)], f"byte {at}")
            self.assertLess(len(read), len(payloads), f"byte {at}")

    def test_zeros_at_the_end_are_no_records(self) -> None:
        segment_path(self.dir, 1).write_bytes(pack(2, 1, b"kept") + bytes(1000))
        self.assertEqual([record.payload for record in read_records(self.dir, START)], [b"kept"])

    def test_reading_goes_on_from_any_record(self) -> None:
        writer = JournalWriter(self.dir)
        for number in range(300):
            writer.append(pack(2, 1, str(number).encode()))
        ends = [record.end for record in read_records(self.dir, START)]
        for number in (0, 63, 64, 298):
            self.assertEqual(next(read_records(self.dir, ends[number])).payload, str(number + 1).encode())
        self.assertIsNone(next(read_records(self.dir, ends[-1]), None))
        writer.append(pack(2, 1, b"more"))
        self.assertEqual([record.payload for record in read_records(self.dir, ends[-1])], [b"more"])
        writer.close()

    def test_segments_follow_each_other_and_a_torn_end_does_not_hide_the_next(self) -> None:
        writer = JournalWriter(self.dir)
        big = bytes(range(256)) * (SEGMENT_BYTES // 1024)
        for _ in range(9):
            writer.append(pack(2, 1, big))
        writer.close()
        self.assertEqual(segments(self.dir), [1, 2, 3])
        self.assertEqual(sum(1 for _ in read_records(self.dir, START)), 9)
        first = segment_path(self.dir, 1)
        first.write_bytes(first.read_bytes()[:-1])
        self.assertEqual(sum(1 for _ in read_records(self.dir, START)), 8)


class CursorTest(ClientCase):
    def test_is_read_as_it_was_saved(self) -> None:
        for cursor in (Cursor(Position(3, 77)), Cursor(Position(3, 77), Position(4, 0))):
            save_cursor(self.dir, cursor)
            self.assertEqual(load_cursor(self.dir), cursor)

    def test_without_a_whole_one_all_that_is_there_is_sent_again(self) -> None:
        segment_path(self.dir, 5).write_bytes(b"")
        self.assertEqual(load_cursor(self.dir), Cursor(Position(5, 0)))
        save_cursor(self.dir, Cursor(Position(5, 9)))
        path = self.dir / "cursor.json"
        text = path.read_text()
        for length in range(len(text)):
            path.write_text(text[:length])
            self.assertEqual(load_cursor(self.dir), Cursor(Position(5, 0)))


if __name__ == "__main__":
    unittest.main()
