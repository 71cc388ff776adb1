-- Default policies and panels of a project, archived runs, inferred schedules, snooze and rollback of a request, saved
-- views, saved comparisons, notifications. Cost: none that grows with the data, every new column has a constant default.
-- Locks: a moment each on Project, Run, ControlRequest and SavedSchedule.

-- AlterTable
ALTER TABLE "ControlRequest" ADD COLUMN "rollbackOf" TEXT;
ALTER TABLE "ControlRequest" ADD COLUMN "snoozedUntil" DATETIME;

-- AlterTable
ALTER TABLE "Run" ADD COLUMN "archivedAt" DATETIME;
ALTER TABLE "Run" ADD COLUMN "inferred" TEXT;
ALTER TABLE "Run" ADD COLUMN "inferredStep" REAL;

-- CreateTable
CREATE TABLE "SavedView" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "projectId" TEXT,
    "query" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "SavedView_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Comparison" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "notes" TEXT NOT NULL DEFAULT '',
    "query" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "NotificationChannel" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "events" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "projectId" TEXT,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "NotificationChannel_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "NotificationDelivery" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "channelId" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "news" TEXT NOT NULL,
    "runId" TEXT,
    "payload" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "dueAt" DATETIME NOT NULL,
    "error" TEXT NOT NULL DEFAULT '',
    "createdAt" DATETIME NOT NULL,
    "sentAt" DATETIME,
    CONSTRAINT "NotificationDelivery_channelId_fkey" FOREIGN KEY ("channelId") REFERENCES "NotificationChannel" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- AlterTable
-- Added in place: to make a table anew, as SQLite's tools would, empties the tables that refer to it.
ALTER TABLE "Project" ADD COLUMN "plateau" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE "Project" ADD COLUMN "panels" TEXT NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "SavedSchedule" ADD COLUMN "projectId" TEXT CONSTRAINT "SavedSchedule_projectId_fkey" REFERENCES "Project" ("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- CreateIndex
CREATE INDEX "SavedView_projectId_createdAt_idx" ON "SavedView"("projectId", "createdAt");

-- CreateIndex
CREATE INDEX "Comparison_createdAt_id_idx" ON "Comparison"("createdAt", "id");

-- CreateIndex
CREATE INDEX "NotificationDelivery_status_dueAt_idx" ON "NotificationDelivery"("status", "dueAt");

-- CreateIndex
CREATE UNIQUE INDEX "NotificationDelivery_channelId_news_key" ON "NotificationDelivery"("channelId", "news");

-- CreateIndex
CREATE UNIQUE INDEX "ControlRequest_rollbackOf_key" ON "ControlRequest"("rollbackOf");
