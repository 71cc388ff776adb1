-- A notification channel that is deleted can be brought back for a while. Cost: none that grows with the data, the new
-- column has no default. Locks: a moment on NotificationChannel.

-- AlterTable
ALTER TABLE "NotificationChannel" ADD COLUMN "deletedAt" TIMESTAMP(3);
