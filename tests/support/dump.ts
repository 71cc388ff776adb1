import { database } from "@/lib/server/db/database";

const TABLES = [
  "Project",
  "Run",
  "RunTag",
  "Series",
  "Observation",
  "Rollup",
  "Batch",
  "PlateauPolicy",
  "ControlRequest",
  "ControlTransition",
];

/** Every row of every table as text, to tell that a refused request left no trace. */
export async function dump(): Promise<string> {
  const { reader, engine } = await database();
  const tables = engine === "sqlite" ? [...TABLES, "ChangeCounter"] : TABLES;
  const found: string[] = [];
  for (const table of tables) {
    const rows = await reader.prisma.$queryRawUnsafe<object[]>(`SELECT * FROM "${table}"`);
    const lines = rows.map((row) =>
      JSON.stringify(row, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value)),
    );
    found.push(`${table}\n${lines.sort().join("\n")}`);
  }
  return found.join("\n\n");
}
