-- The library of saved schedules. Cost: none, the table is new. Locks: none that a reader or writer of other tables
-- would notice.

-- CreateTable
CREATE TABLE "SavedSchedule" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "tags" TEXT NOT NULL DEFAULT '[]',
    "schedule" TEXT NOT NULL,
    "family" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "SavedSchedule_name_key" ON "SavedSchedule"("name");

-- CreateIndex
CREATE INDEX "SavedSchedule_createdAt_id_idx" ON "SavedSchedule"("createdAt", "id");
