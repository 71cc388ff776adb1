"""What a run has logged and the server has not acknowledged: a folder that outlives the process.

    <dir>/<time>-<session>/lock          held by the process that owns the folder
                           run.json      the request that creates the run, and the server's address
                           00000001.journal, …   the records, in the order of the calls
                           cursor.json   how far the server has acknowledged them
                           refused.jsonl what the server will not take, with its reason

A record is written to the operating system before the call that logged it returns; it is removed after the server has
acknowledged it. When the disk refuses, the next segments are written to another disk, as links; when none takes them,
records wait in memory, in order.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from pathlib import Path
from typing import Any, Callable, Optional

from ._batch import CREATE, KIND_NAMES, Batch, cut_batch
from ._cursor import Cursor, load_cursor, save_cursor
from ._flag import is_mine
from ._journal import JournalWriter, pack, read_records, remove_segment, segments
from ._lock import lock_folder
from ._overflow import Overflow
from ._say import warn_once

_INFO = "run.json"
_REFUSED = "refused.jsonl"


class Spool:
    """One session's records. `append` is for every thread, the rest for the one that sends."""

    def __init__(
        self, folder: Path, lock: int, writer: Optional[JournalWriter] = None, info: Optional[dict[str, Any]] = None
    ) -> None:
        self.folder = folder
        self.info: dict[str, Any] = info or json.loads((folder / _INFO).read_text())
        self.others: list[Callable[[], Path]] = []
        """Makers of folders on other disks, in which to go on when this one refuses."""
        self.session: str = self.info["session"]
        self.appended = 0
        self.settled = 0
        self.refused = 0
        self._lock_fd = lock
        self._writer = writer
        self._mutex = threading.RLock()  # A signal handler may log while its thread is logging.
        self._overflow = Overflow()
        self._cursor = load_cursor(folder)
        self.run_refused = _names_the_run(folder / _REFUSED)
        """The server will not create the run: nothing of it may be sent, for it could be another's."""

    def append(self, kind: int, payload: bytes, values: int = 0) -> None:
        """Never raises because of the disk."""
        with self._mutex:
            if self._writer is not None and not self._overflow:
                try:
                    self._writer.append(pack(kind, values, payload))
                    self.appended += 1
                    return
                except OSError as error:
                    if self._goes_on_elsewhere(pack(kind, values, payload), error):
                        self.appended += 1
                        return
            if self._overflow.put(kind, values, payload):
                self.appended += 1
            else:
                warn_once("dropped", "neither the disk nor the server takes points and the memory for them is full")

    def _goes_on_elsewhere(self, record: bytes, why: OSError) -> bool:
        while self.others and self._writer is not None:
            try:
                folder = self.others.pop(0)()
                self._writer.go_on_in(folder)
                self._writer.append(record)
            except OSError:
                continue
            warn_once(f"disk {folder}", f"{self.folder} cannot be written ({why}); points go on in {folder}")
            return True
        warn_once("disk", f"{self.folder} cannot be written ({why}); points now wait in memory")
        return False

    @property
    def is_mine(self) -> bool:
        """Whether this thread was interrupted where others have to wait for it."""
        return is_mine(self._mutex)

    @property
    def in_memory(self) -> int:
        """Records that no disk has, those that did not even fit into the memory among them."""
        return len(self._overflow) + self._overflow.dropped

    def waiting(self) -> int:
        """Records on the disk that the server has not acknowledged."""
        return sum(1 for _ in read_records(self.folder, self._cursor.acknowledged))

    def next_batch(self) -> Optional[Batch]:
        """The batch that was on its way when the process died, or the next one; None when nothing waits."""
        self._spill()
        start, planned = self._cursor
        batch = cut_batch(start, read_records(self.folder, start), planned)
        if batch is not None or not self._overflow:
            return batch
        with self._mutex:
            return cut_batch(self._overflow.start, self._overflow.records(), None)

    def plan(self, batch: Batch) -> None:
        """Before sending: the same batch, with the same id, is sent again after a crash."""
        if batch.start.segment and self._cursor.planned != batch.end:
            self._move(Cursor(self._cursor.acknowledged, batch.end))

    def settle(self, batch: Batch) -> None:
        """The server has it, or will never take it: its records are done with."""
        if batch.start.segment:
            self._move(Cursor(batch.end))
            for number in segments(self.folder):
                if number < batch.end.segment:
                    remove_segment(self.folder, number)
        else:
            with self._mutex:
                for _ in batch.records:
                    self._overflow.pop()
        self.settled += len(batch.records)

    def set_aside(self, batch: Batch, reason: str) -> None:
        """Keeps what the server refuses for good, so that it stands in nobody's way and is not lost."""
        self.refused += len(batch.records)
        self.run_refused = self.run_refused or batch.kind == CREATE
        lines = [
            json.dumps({"kind": KIND_NAMES.get(record.kind), "reason": reason, "body": record.payload.decode("utf-8")})
            for record in batch.records
        ]
        try:
            with open(self.folder / _REFUSED, "a", encoding="utf-8") as file:
                file.write("\n".join(lines) + "\n")
        except OSError as error:
            warn_once("refused", f"what the server refused could not be kept: {error}")
        self.settle(batch)

    def sync(self) -> None:
        """To the disk itself, so that what waits for the server survives a power failure too."""
        try:
            if self._writer is not None:
                self._writer.sync()
        except OSError:
            pass  # The next write says so.

    def close(self) -> None:
        """Removes the folder when nothing of it is left to send or to show."""
        with self._mutex:
            lock, self._lock_fd = self._lock_fd, -1
            if lock < 0:
                return
            writer, self._writer = self._writer, None
            if writer is not None:
                writer.close()
            done = not self._overflow and next(read_records(self.folder, self._cursor.acknowledged), None) is None
            if done:
                for number in segments(self.folder):
                    remove_segment(self.folder, number)
                if not (self.folder / _REFUSED).exists():
                    shutil.rmtree(self.folder, ignore_errors=True)
            os.close(lock)

    def abandon(self) -> None:
        """In a forked child: lets go of what belongs to the parent, whose lock would otherwise outlive it."""
        lock, self._lock_fd = self._lock_fd, -1
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.close()
        if lock >= 0:
            os.close(lock)

    def _spill(self) -> None:
        """What waits in memory goes to the disk, if that takes it again."""
        with self._mutex:
            while self._overflow and self._writer is not None:
                record = self._overflow.first()
                try:
                    self._writer.append(pack(record.kind, record.values, record.payload))
                except OSError:
                    return
                self._overflow.pop()

    def _move(self, cursor: Cursor) -> None:
        self._cursor = cursor
        try:
            save_cursor(self.folder, cursor)
        except OSError as error:
            warn_once("cursor", f"{self.folder} cannot be written ({error})")


def create_spool(root: Path, info: dict[str, Any]) -> Spool:
    """A new folder under `root`. It counts as one for others only once its lock is held. Raises OSError."""
    is_new = not root.exists()
    root.mkdir(parents=True, exist_ok=True)
    folder = root / f"{time.strftime('%Y%m%dT%H%M%S', time.gmtime())}-{info['session']}"
    folder.mkdir()
    _ignore(root if is_new else folder)
    lock = lock_folder(folder)
    if lock is None:
        shutil.rmtree(folder, ignore_errors=True)
        raise OSError(f"{folder} cannot be locked")
    try:
        writer = JournalWriter(folder)
        new = folder / f"{_INFO}.new"
        new.write_text(json.dumps(info))
        os.replace(new, folder / _INFO)
        return Spool(folder, lock, writer)
    except OSError:
        os.close(lock)
        shutil.rmtree(folder, ignore_errors=True)  # On a full disk, say: half a spool is of no use.
        raise


def memory_spool(info: dict[str, Any]) -> Spool:
    """Records that no disk takes wait in memory; its folder does not exist."""
    return Spool(Path(os.devnull) / info["session"], -1, None, info)


def open_spool(folder: Path) -> Optional[Spool]:
    """What another process left. None while that process lives, or when the folder holds nothing to send."""
    lock = lock_folder(folder)
    if lock is None:
        return None
    try:
        return Spool(folder, lock)
    except (OSError, ValueError, KeyError):
        os.close(lock)
        return None


def spool_folders(root: Path) -> list[Path]:
    """Those that hold records, the oldest first."""
    return sorted(path.parent for path in root.glob(f"*-*/{_INFO}") if segments(path.parent))


def waiting_of(folder: Path) -> int:
    """How many records a folder holds that no server has acknowledged."""
    return sum(1 for _ in read_records(folder, load_cursor(folder).acknowledged))


def refused_of(root: Path) -> list[Path]:
    return sorted(root.glob(f"*-*/{_REFUSED}"))


def _names_the_run(refused: Path) -> bool:
    try:
        with open(refused, encoding="utf-8") as lines:
            return any(json.loads(line).get("kind") == KIND_NAMES[CREATE] for line in lines)
    except (OSError, ValueError):
        return False


def _ignore(root: Path) -> None:
    """Keeps a folder that was made for this out of the user's repository; one that was there is the user's own."""
    try:
        with open(root / ".gitignore", "x", encoding="ascii") as file:
            file.write("*\n")
    except OSError:
        pass  # There is one, or the folder says no to everything, which comes out next.
