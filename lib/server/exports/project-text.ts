import "server-only";
import type { Reader } from "../db/database";
import type { MetricStore } from "../metrics/store";
import { csvCells, csvLine } from "./csv-text";
import { pagesOf } from "./merge-rows";
import { epochText, valueText } from "./run-text";

const RUNS_AT_ONCE = 100;
const COLUMNS = ["run_id", "run", "group", "seed", "step", "epoch", "time", "metric", "value"];

/** Every observation of a project's runs, a line each, as pieces of text. */
export async function* projectText(
  { prisma }: Pick<Reader, "prisma">,
  store: MetricStore,
  projectId: string,
): AsyncGenerator<string> {
  yield csvLine(COLUMNS);
  for await (const runs of pagesOfRuns(prisma, projectId)) {
    for (const { series, id, name, group, seed } of runs) {
      const head = csvCells([id, name, group, seed]);
      for (const one of series) {
        const key = csvCells([one.key]);
        for await (const rows of pagesOf(store, one)) {
          let text = "";
          for (const row of rows) {
            text += `${head},${row[0]},${epochText(row)},${row[1]},${key},${valueText(row)}\r\n`;
          }
          yield text;
        }
      }
    }
  }
}

/** With their metrics: two queries for a page of runs. */
async function* pagesOfRuns(prisma: Reader["prisma"], projectId: string) {
  for (let after = ""; ;) {
    const page = await prisma.run.findMany({
      where: { projectId, deletedAt: null, id: { gt: after } },
      select: {
        id: true,
        name: true,
        group: true,
        seed: true,
        series: { select: { id: true, key: true, lastStep: true }, orderBy: { key: "asc" } },
      },
      orderBy: { id: "asc" },
      take: RUNS_AT_ONCE,
    });
    yield page;
    const last = page.at(-1);
    if (!last || page.length < RUNS_AT_ONCE) return;
    after = last.id;
  }
}
