import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { buildWorker } from "@/scripts/lib/worker.mjs";

test("the workers' script holds nothing that opens the process's database or writes to it", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "lrscope-worker-"));
  try {
    const files = await buildWorker("lib/server/work/worker.ts", folder);
    expect(files).toContain("lib/server/work/tasks.ts");
    expect(
      files.filter((file) => /server\/(db\/(database|migrate|transaction)|local-context)/.test(file)),
    ).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
