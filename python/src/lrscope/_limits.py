"""What the server takes, and how this client keeps within it."""

from __future__ import annotations

# The server's limits for one request (lib/contracts/metrics.ts). The body stays well below its 16 MiB.
MAX_POINTS = 10_000
MAX_VALUES = 100_000
MAX_ACKS = 100
MAX_BODY_BYTES = 8 * 1024 * 1024

# A point with more metrics than this is written as several, at the same step and time.
MAX_METRICS_PER_POINT = 5_000
MAX_KEY_CHARS = 250
MAX_NAME_CHARS = 250
MAX_TAG_CHARS = 100
MAX_TAGS = 100
MAX_NOTES_CHARS = 100_000
MAX_MESSAGE_CHARS = 2_000
MAX_STEP = 2**53 - 1
# Of a time in nanoseconds: the server takes it for seconds, and says so.
MAX_TIME = 253_402_300_799e9

# The first point after a pause waits this long for company: the live chart stays within a second.
LINGER_S = 0.25
REQUEST_S = 15.0
POLL_S = 25.0
# Within this long of a reply nobody polls: replies to points carry the requests.
IDLE_S = 2.0
RESUME_WAIT_S = 5.0
FINISH_S = 15.0
# What ends a process by a signal kills it some ten seconds later; who presses Ctrl-C waits no longer.
SIGNAL_S = 4.0
# A forked child's end holds up its parent, which joins it.
BRANCH_S = 5.0
# How long is waited instead for a server that an earlier run of this process has waited for in vain.
LOST_S = 1.0
BACKOFF_FIRST_S = 0.2
BACKOFF_MOST_S = 5.0
RETRY_AFTER_MOST_S = 300.0
MAX_REPLY_BYTES = 64 * 1024 * 1024

SEGMENT_BYTES = 8 * 1024 * 1024
# Waits in memory when the disk refuses; what comes after that is dropped, and said so.
OVERFLOW_BYTES = 64 * 1024 * 1024
