-- A bucket of fewer than four steps is read from the steps themselves. Cost: Rollup is read once and loses such rows, seconds
-- for ten million points. Locks: Rollup, for that long.

DELETE FROM "Rollup" WHERE "count" < 4;
