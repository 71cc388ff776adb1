-- A recommendation keeps its id while its plateau lasts, and counts what it asks for; a policy keeps what it still owes.
-- Cost: two columns with a constant default, no row is rewritten. Locks: ControlRequest and PlateauPolicy, for an instant.

-- AlterTable
ALTER TABLE "ControlRequest" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "PlateauPolicy" ADD COLUMN "owed" TEXT NOT NULL DEFAULT '[]';
