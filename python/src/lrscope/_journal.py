"""Append-only files of checked records.

A record is its length, its CRC-32, a number of values, a kind (from 1 on) and the payload. It is handed to the system
in one write, so it survives the death of the process; a record that is cut short or does not match its checksum ends
its file. Files ("segments") are numbered from 1.
"""

from __future__ import annotations

import os
import struct
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Optional

from ._limits import SEGMENT_BYTES

_HEAD = struct.Struct("<IIIB")
_CHUNK = 256 * 1024
_BREATH = 64


class Position(NamedTuple):
    """Between two records: a segment's number and an offset in it."""

    segment: int
    offset: int


START = Position(1, 0)


class Record(NamedTuple):
    kind: int
    values: int
    payload: bytes
    end: Position


def pack(kind: int, values: int, payload: bytes) -> bytes:
    return _HEAD.pack(len(payload), _check(kind, values, payload), values, kind) + payload


def _check(kind: int, values: int, payload: bytes) -> int:
    """Over all of the record: the small fields are where the sum begins."""
    return zlib.crc32(payload, (values << 4 | kind) & 0xFFFFFFFF)


def segment_path(folder: Path, number: int) -> Path:
    return folder / f"{number:08d}.journal"


def remove_segment(folder: Path, number: int) -> None:
    """And what it links to, with its folder once that is empty. Raises OSError."""
    path = segment_path(folder, number)
    if path.is_symlink():
        elsewhere = Path(os.readlink(path))
        try:
            elsewhere.unlink()
            elsewhere.parent.rmdir()
        except OSError:
            pass  # It is gone, or not the last one there.
    path.unlink()


def segments(folder: Path) -> list[int]:
    return sorted(int(path.stem) for path in folder.glob("*.journal") if path.stem.isdigit())


class JournalWriter:
    """For one process, under the caller's lock."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._segment = 0
        self._size = 0
        self._fd = -1
        self._elsewhere: Optional[Path] = None
        self._next_segment()

    def append(self, record: bytes) -> None:
        """Raises OSError when the disk refuses; then nothing of the record stays behind."""
        if self._fd < 0 or self._size >= SEGMENT_BYTES:
            self._next_segment()
        written = os.write(self._fd, record)
        self._size += written
        if written < len(record):
            self._undo(written)
            raise OSError("the disk took only a part of a record")

    def go_on_in(self, elsewhere: Path) -> None:
        """From now on segments are files in another folder, and links to them in this one. Raises OSError."""
        before, self._elsewhere = self._elsewhere, elsewhere
        try:
            self._next_segment()
        except OSError:
            self._elsewhere = before
            raise

    def sync(self) -> None:
        """To the disk itself: for what has to survive a power failure too."""
        if self._fd >= 0:
            os.fsync(self._fd)

    def close(self) -> None:
        fd, self._fd = self._fd, -1
        if fd >= 0:
            os.close(fd)

    def _next_segment(self) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | getattr(os, "O_BINARY", 0)
        path = segment_path(self._folder, self._segment + 1)
        file = path if self._elsewhere is None else segment_path(self._elsewhere, self._segment + 1)
        fd = os.open(file, flags, 0o644)
        if file is not path:
            try:
                os.symlink(file, path)
            except OSError:
                os.close(fd)
                file.unlink()
                raise
        self._sync_before_leaving()
        self.close()
        self._fd, self._size, self._segment = fd, 0, self._segment + 1

    def _sync_before_leaving(self) -> None:
        """`sync` reaches only the segment that is written to."""
        if self._elsewhere is not None:
            try:
                self.sync()
            except OSError:
                pass  # The disk that refuses is the reason for leaving.

    def _undo(self, written: int) -> None:
        try:
            os.ftruncate(self._fd, os.fstat(self._fd).st_size - written)
            self._size -= written
        except OSError:
            self.close()  # The torn record ends this segment; the next one goes into a new file.


def read_records(folder: Path, start: Position) -> Iterator[Record]:
    """The whole records from `start` on. Ends at the last one; a torn end of a segment is passed over."""
    segment, offset = start
    while True:
        # Asked before reading: the writer may go on to the next segment meanwhile.
        has_next = os.path.lexists(segment_path(folder, segment + 1))
        yield from _read_segment(folder, segment, offset)
        if not has_next:
            return
        segment, offset = segment + 1, 0


def _read_segment(folder: Path, segment: int, offset: int) -> Iterator[Record]:
    try:
        file = open(segment_path(folder, segment), "rb", buffering=0)
    except FileNotFoundError:
        return
    with file:
        file.seek(offset)
        buffer, at, count = b"", 0, 0
        while True:
            ready = len(buffer) - at >= _HEAD.size
            length, check, values, kind = _HEAD.unpack_from(buffer, at) if ready else (0, 0, 0, 0)
            whole = _HEAD.size + length
            if len(buffer) - at < whole:
                more = file.read(max(_CHUNK, whole) if length <= 4 * SEGMENT_BYTES else 0)
                if not more:
                    return
                buffer, at = buffer[at:] + more, 0
                continue
            payload = buffer[at + _HEAD.size : at + whole]
            if kind == 0 or _check(kind, values, payload) != check:
                return
            at, offset = at + whole, offset + whole
            yield Record(kind, values, payload, Position(segment, offset))
            count += 1
            if count % _BREATH == 0:
                time.sleep(0)  # Lets the training go on: reading holds the interpreter.
