import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import * as engineModule from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

const NO_FILTER = { externalTables: [], externalEnums: [] };

/** What the package's own entry does where a bundler loads WebAssembly; Node needs it by hand. */
async function loadEngine(): Promise<typeof engineModule.SchemaEngine> {
  const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm");
  const wasm = readFileSync(path.join(path.dirname(entry), "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": { ...engineModule } });
  engineModule.__wbg_set_wasm(instance.exports);
  startOf(instance)();
  return engineModule.SchemaEngine;
}

/** Exports of WebAssembly have no types; this one is called at once, so its absence is an error. */
function startOf(instance: WebAssembly.Instance): () => void {
  return instance.exports.__wbindgen_start as () => void;
}

let engine: ReturnType<typeof loadEngine> | undefined;

/**
 * The SQL that would turn the database that the adapter connects to into the schema. Prisma's own comparison.
 * @returns the empty string when they are the same
 */
export async function sqlToSchema(
  factory: SqlMigrationAwareDriverAdapterFactory,
  schemaPath: string,
): Promise<string> {
  engine ??= loadEngine();
  const content = readFileSync(schemaPath, "utf8");
  const files = [{ path: schemaPath, content }];
  const comparing = await (
    await engine
  ).new(
    { datamodels: [[schemaPath, content]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  try {
    const { exitCode, stdout } = await comparing.diff({
      from: { tag: "schemaDatasource", files, configDir: path.dirname(schemaPath) },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: true,
      filters: NO_FILTER,
    });
    return exitCode === 0 ? "" : (stdout ?? "");
  } finally {
    comparing.free();
  }
}

const TYPE = pg.types.builtins;

/**
 * A pool for comparing: PostgreSQL keeps the codes of its catalogue in the one-byte type "char", which Prisma's adapter
 * refuses and its engine reads as text.
 */
export function cataloguePool(url: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url });
  const query = (config: pg.QueryConfig): Promise<pg.QueryResult> =>
    Reflect.apply(pg.Pool.prototype.query, pool, [config]);
  return Object.assign(pool, {
    async query(config: pg.QueryConfig) {
      const result = await query(config);
      for (const field of result.fields)
        if (field.dataTypeID === TYPE.CHAR.valueOf()) field.dataTypeID = TYPE.TEXT;
      return result;
    },
  });
}
