-- The first schema. Cost: none, the database is empty. Observation and Rollup are clustered by their key (WITHOUT
-- ROWID), so that a range of one series is one run of pages.

-- CreateTable
CREATE TABLE "Project" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "primaryMetricKey" TEXT,
    "primaryMetricMode" TEXT,
    "createdAt" DATETIME NOT NULL,
    "deletedAt" DATETIME
);

-- CreateTable
CREATE TABLE "Run" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "resume" TEXT NOT NULL DEFAULT 'never',
    "group" TEXT,
    "seed" REAL,
    "config" TEXT NOT NULL DEFAULT '{}',
    "notes" TEXT NOT NULL DEFAULT '',
    "schedule" TEXT,
    "scheduleFamily" TEXT,
    "scheduleSource" TEXT,
    "lrMetric" TEXT,
    "totalSteps" REAL,
    "stepsPerEpoch" REAL,
    "createdAt" DATETIME NOT NULL,
    "startedAt" DATETIME NOT NULL,
    "endedAt" DATETIME,
    "lastStep" REAL,
    "lastLoggedAt" DATETIME,
    "seq" REAL NOT NULL DEFAULT 0,
    "deletedAt" DATETIME,
    CONSTRAINT "Run_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "RunTag" (
    "runId" TEXT NOT NULL,
    "tag" TEXT NOT NULL,

    PRIMARY KEY ("runId", "tag"),
    CONSTRAINT "RunTag_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Series" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "runId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "observations" REAL NOT NULL DEFAULT 0,
    "count" REAL NOT NULL,
    "nan" REAL NOT NULL,
    "posInf" REAL NOT NULL,
    "negInf" REAL NOT NULL,
    "sum" REAL NOT NULL,
    "min" REAL,
    "minStep" REAL,
    "max" REAL,
    "maxStep" REAL,
    "firstStep" REAL NOT NULL,
    "first" REAL NOT NULL,
    "firstNonfinite" INTEGER NOT NULL,
    "lastStep" REAL NOT NULL,
    "last" REAL NOT NULL,
    "lastNonfinite" INTEGER NOT NULL,
    "lastTime" REAL NOT NULL,
    "lastEpoch" REAL,
    CONSTRAINT "Series_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Observation" (
    "seriesId" INTEGER NOT NULL,
    "step" BIGINT NOT NULL,
    "time" REAL NOT NULL,
    "value" REAL NOT NULL,
    "nonfinite" INTEGER NOT NULL DEFAULT 0,
    "epoch" REAL,

    PRIMARY KEY ("seriesId", "step", "time", "value", "nonfinite")
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "Rollup" (
    "seriesId" INTEGER NOT NULL,
    "level" INTEGER NOT NULL,
    "bucket" BIGINT NOT NULL,
    "count" BIGINT NOT NULL,
    "nan" BIGINT NOT NULL,
    "posInf" BIGINT NOT NULL,
    "negInf" BIGINT NOT NULL,
    "sum" REAL NOT NULL,
    "min" REAL,
    "minStep" BIGINT,
    "max" REAL,
    "maxStep" BIGINT,
    "firstStep" BIGINT NOT NULL,
    "first" REAL NOT NULL,
    "firstNonfinite" INTEGER NOT NULL,
    "lastStep" BIGINT NOT NULL,
    "last" REAL NOT NULL,
    "lastNonfinite" INTEGER NOT NULL,
    "lastTime" REAL NOT NULL,
    "lastEpoch" REAL,

    PRIMARY KEY ("seriesId", "level", "bucket")
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "Batch" (
    "runId" TEXT NOT NULL,
    "batchId" TEXT NOT NULL,
    "accepted" INTEGER NOT NULL,
    "createdAt" DATETIME NOT NULL,

    PRIMARY KEY ("runId", "batchId"),
    CONSTRAINT "Batch_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "PlateauPolicy" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "runId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "metric" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "fired" TEXT NOT NULL DEFAULT '[]',
    "lastStep" REAL,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "PlateauPolicy_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ControlRequest" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "runId" TEXT NOT NULL,
    "policyId" TEXT,
    "kind" TEXT NOT NULL,
    "factor" REAL,
    "lr" TEXT,
    "group" INTEGER,
    "minLr" REAL,
    "expectedLr" TEXT,
    "status" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "firedStep" REAL,
    "appliedStep" REAL,
    "appliedLr" TEXT,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "ControlRequest_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "ControlRequest_policyId_fkey" FOREIGN KEY ("policyId") REFERENCES "PlateauPolicy" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ControlTransition" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "requestId" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "by" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    CONSTRAINT "ControlTransition_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "ControlRequest" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ChangeCounter" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "value" REAL NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "Project_name_key" ON "Project"("name");

-- CreateIndex
CREATE INDEX "Run_projectId_createdAt_id_idx" ON "Run"("projectId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Run_seq_idx" ON "Run"("seq");

-- CreateIndex
CREATE INDEX "RunTag_tag_idx" ON "RunTag"("tag");

-- CreateIndex
CREATE UNIQUE INDEX "Series_runId_key_key" ON "Series"("runId", "key");

-- CreateIndex
CREATE INDEX "Batch_createdAt_idx" ON "Batch"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "PlateauPolicy_runId_position_key" ON "PlateauPolicy"("runId", "position");

-- CreateIndex
CREATE INDEX "ControlRequest_runId_createdAt_idx" ON "ControlRequest"("runId", "createdAt");

-- CreateIndex
CREATE INDEX "ControlRequest_status_createdAt_idx" ON "ControlRequest"("status", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "ControlRequest_policyId_firedStep_key" ON "ControlRequest"("policyId", "firedStep");

-- CreateIndex
CREATE INDEX "ControlTransition_requestId_id_idx" ON "ControlTransition"("requestId", "id");

-- The one row of the change counter.
INSERT INTO "ChangeCounter" ("id", "value") VALUES (1, 0);
