-- A run is silent, then lost, by its own rhythm of logging. Cost: none that grows with the data, the new column has no
-- default. Locks: a moment on Run.

-- AlterTable
ALTER TABLE "Run" ADD COLUMN "logGap" DOUBLE PRECISION;
