-- A plateau policy may take in a long series after it was stored, and its older firings are kept a part a row. Cost: none
-- that grows with the data. Locks: a moment on PlateauPolicy.

-- AlterTable
ALTER TABLE "PlateauPolicy" ADD COLUMN "parts" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "PlateauPolicy" ADD COLUMN "behind" TEXT;
ALTER TABLE "PlateauPolicy" ADD COLUMN "quietTo" DOUBLE PRECISION;
ALTER TABLE "PlateauPolicy" ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "FiringPart" (
    "policyId" TEXT NOT NULL,
    "part" INTEGER NOT NULL,
    "lastStep" DOUBLE PRECISION NOT NULL,
    "fired" TEXT NOT NULL,
    CONSTRAINT "FiringPart_pkey" PRIMARY KEY ("policyId","part")
);

-- AddForeignKey
ALTER TABLE "FiringPart" ADD CONSTRAINT "FiringPart_policyId_fkey" FOREIGN KEY ("policyId") REFERENCES "PlateauPolicy"("id") ON DELETE CASCADE ON UPDATE CASCADE;
