-- The first schema. Cost: none, the database is empty. seriesId leads the keys of Observation and Rollup, so that they
-- can be partitioned by it.

-- CreateTable
CREATE TABLE "Project" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "primaryMetricKey" TEXT,
    "primaryMetricMode" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "deletedAt" TIMESTAMP(3),

    CONSTRAINT "Project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Run" (
    "id" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "resume" TEXT NOT NULL DEFAULT 'never',
    "group" TEXT,
    "seed" DOUBLE PRECISION,
    "config" TEXT NOT NULL DEFAULT '{}',
    "notes" TEXT NOT NULL DEFAULT '',
    "schedule" TEXT,
    "scheduleFamily" TEXT,
    "scheduleSource" TEXT,
    "lrMetric" TEXT,
    "totalSteps" DOUBLE PRECISION,
    "stepsPerEpoch" DOUBLE PRECISION,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "startedAt" TIMESTAMP(3) NOT NULL,
    "endedAt" TIMESTAMP(3),
    "lastStep" DOUBLE PRECISION,
    "lastLoggedAt" TIMESTAMP(3),
    "seq" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "deletedAt" TIMESTAMP(3),

    CONSTRAINT "Run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RunTag" (
    "runId" TEXT NOT NULL,
    "tag" TEXT NOT NULL,

    CONSTRAINT "RunTag_pkey" PRIMARY KEY ("runId","tag")
);

-- CreateTable
CREATE TABLE "Series" (
    "id" SERIAL NOT NULL,
    "runId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "observations" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "count" DOUBLE PRECISION NOT NULL,
    "nan" DOUBLE PRECISION NOT NULL,
    "posInf" DOUBLE PRECISION NOT NULL,
    "negInf" DOUBLE PRECISION NOT NULL,
    "sum" DOUBLE PRECISION NOT NULL,
    "min" DOUBLE PRECISION,
    "minStep" DOUBLE PRECISION,
    "max" DOUBLE PRECISION,
    "maxStep" DOUBLE PRECISION,
    "firstStep" DOUBLE PRECISION NOT NULL,
    "first" DOUBLE PRECISION NOT NULL,
    "firstNonfinite" INTEGER NOT NULL,
    "lastStep" DOUBLE PRECISION NOT NULL,
    "last" DOUBLE PRECISION NOT NULL,
    "lastNonfinite" INTEGER NOT NULL,
    "lastTime" DOUBLE PRECISION NOT NULL,
    "lastEpoch" DOUBLE PRECISION,

    CONSTRAINT "Series_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Observation" (
    "seriesId" INTEGER NOT NULL,
    "step" BIGINT NOT NULL,
    "time" DOUBLE PRECISION NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "nonfinite" INTEGER NOT NULL DEFAULT 0,
    "epoch" DOUBLE PRECISION,

    CONSTRAINT "Observation_pkey" PRIMARY KEY ("seriesId","step","time","value","nonfinite")
);

-- CreateTable
CREATE TABLE "Rollup" (
    "seriesId" INTEGER NOT NULL,
    "level" INTEGER NOT NULL,
    "bucket" BIGINT NOT NULL,
    "count" BIGINT NOT NULL,
    "nan" BIGINT NOT NULL,
    "posInf" BIGINT NOT NULL,
    "negInf" BIGINT NOT NULL,
    "sum" DOUBLE PRECISION NOT NULL,
    "min" DOUBLE PRECISION,
    "minStep" BIGINT,
    "max" DOUBLE PRECISION,
    "maxStep" BIGINT,
    "firstStep" BIGINT NOT NULL,
    "first" DOUBLE PRECISION NOT NULL,
    "firstNonfinite" INTEGER NOT NULL,
    "lastStep" BIGINT NOT NULL,
    "last" DOUBLE PRECISION NOT NULL,
    "lastNonfinite" INTEGER NOT NULL,
    "lastTime" DOUBLE PRECISION NOT NULL,
    "lastEpoch" DOUBLE PRECISION,

    CONSTRAINT "Rollup_pkey" PRIMARY KEY ("seriesId","level","bucket")
);

-- CreateTable
CREATE TABLE "Batch" (
    "runId" TEXT NOT NULL,
    "batchId" TEXT NOT NULL,
    "accepted" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Batch_pkey" PRIMARY KEY ("runId","batchId")
);

-- CreateTable
CREATE TABLE "PlateauPolicy" (
    "id" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "metric" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "fired" TEXT NOT NULL DEFAULT '[]',
    "lastStep" DOUBLE PRECISION,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "PlateauPolicy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ControlRequest" (
    "id" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "policyId" TEXT,
    "kind" TEXT NOT NULL,
    "factor" DOUBLE PRECISION,
    "lr" TEXT,
    "group" INTEGER,
    "minLr" DOUBLE PRECISION,
    "expectedLr" TEXT,
    "status" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "firedStep" DOUBLE PRECISION,
    "appliedStep" DOUBLE PRECISION,
    "appliedLr" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "ControlRequest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ControlTransition" (
    "id" SERIAL NOT NULL,
    "requestId" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "by" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "ControlTransition_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ChangeCounter" (
    "id" INTEGER NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "ChangeCounter_pkey" PRIMARY KEY ("id")
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

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunTag" ADD CONSTRAINT "RunTag_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Series" ADD CONSTRAINT "Series_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Batch" ADD CONSTRAINT "Batch_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlateauPolicy" ADD CONSTRAINT "PlateauPolicy_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ControlRequest" ADD CONSTRAINT "ControlRequest_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ControlRequest" ADD CONSTRAINT "ControlRequest_policyId_fkey" FOREIGN KEY ("policyId") REFERENCES "PlateauPolicy"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ControlTransition" ADD CONSTRAINT "ControlTransition_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "ControlRequest"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The one row of the change counter.
INSERT INTO "ChangeCounter" ("id", "value") VALUES (1, 0);

-- Numbers of changes, without making writers wait for each other.
CREATE SEQUENCE "change_seq";
