/**
 * Writes prisma/postgresql/schema.prisma from prisma/schema.prisma: the same models under another provider. With
 * `--check` it writes nothing and fails when the two have drifted apart.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(fileURLToPath(import.meta.url), "../..");
const source = path.join(root, "prisma/schema.prisma");
const twin = path.join(root, "prisma/postgresql/schema.prisma");

function forPostgres(schema: string): string {
  return schema
    .replace('provider = "sqlite"', 'provider = "postgresql"')
    .replace('"generated/sqlite"', '"../generated/postgresql"');
}

const wanted = forPostgres(readFileSync(source, "utf8"));
if (!process.argv.includes("--check")) {
  writeFileSync(twin, wanted);
} else if (readFileSync(twin, "utf8") !== wanted) {
  console.error(
    "prisma/postgresql/schema.prisma is not what prisma/schema.prisma gives. Run: npx tsx scripts/sync-schema.ts",
  );
  process.exit(1);
}
