-- A run keeps its place among its project's runs, which is its colour, when others are deleted. Cost: every run is written
-- once and an index is built, seconds for a million runs. Locks: Run, for that long.

-- AlterTable
ALTER TABLE "Run" ADD COLUMN "place" INTEGER NOT NULL DEFAULT 0;

UPDATE "Run" SET "place" = "placed"."place" FROM (
  SELECT "id", ROW_NUMBER() OVER (PARTITION BY "projectId" ORDER BY "createdAt", "id") - 1 AS "place" FROM "Run"
) AS "placed" WHERE "placed"."id" = "Run"."id";

-- CreateIndex
CREATE INDEX "Run_projectId_place_idx" ON "Run"("projectId", "place");
