-- A plateau policy may take in a long series after it was stored, and its older firings are kept a part a row. Cost: none
-- that grows with the data. Locks: a moment on PlateauPolicy.

-- AlterTable
ALTER TABLE "PlateauPolicy" ADD COLUMN "parts" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "PlateauPolicy" ADD COLUMN "behind" TEXT;
ALTER TABLE "PlateauPolicy" ADD COLUMN "quietTo" REAL;
ALTER TABLE "PlateauPolicy" ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "FiringPart" (
    "policyId" TEXT NOT NULL,
    "part" INTEGER NOT NULL,
    "lastStep" REAL NOT NULL,
    "fired" TEXT NOT NULL,
    PRIMARY KEY ("policyId", "part"),
    CONSTRAINT "FiringPart_policyId_fkey" FOREIGN KEY ("policyId") REFERENCES "PlateauPolicy" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
