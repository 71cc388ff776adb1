-- A run holds the verdict of its audit, its health and its plateau state, so that tables, filters and counts have them.
-- Cost: none that grows with the data, the new columns have no default. Locks: a moment on Run.

-- AlterTable
ALTER TABLE "Run" ADD COLUMN "auditCode" TEXT;
ALTER TABLE "Run" ADD COLUMN "auditFigure" TEXT;
ALTER TABLE "Run" ADD COLUMN "healthCode" TEXT;
ALTER TABLE "Run" ADD COLUMN "plateauState" TEXT;
ALTER TABLE "Run" ADD COLUMN "judgedSeq" DOUBLE PRECISION;
ALTER TABLE "Run" ADD COLUMN "judgeAfter" TIMESTAMP(3);
