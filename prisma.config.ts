import { defineConfig } from "prisma/config";

// Used by `prisma generate` alone: migrations are applied by lib/server/db/migrate.ts when the app starts.
export default defineConfig({
  schema: process.env.LRSCOPE_PRISMA_SCHEMA ?? "prisma/schema.prisma",
});
