import os from "node:os";
import { chromium, type Browser } from "@playwright/test";
import { launchOptions } from "@/tests/support/browser";
import { report, round } from "./figures";
import { probePage, type PageFigures } from "./page-probe";

const TIMES = 3;
const ROW = "main table tbody tr a, main [role=row] a";
const CHART = "main canvas";
const RUN = "/projects/digits-cnn/runs/example-cnn-warmup-cosine-s0";

/** Each page with what has to be there for it to be of use. */
const PAGES: [name: string, path: string, ready: string][] = [
  ["home", "/", ROW],
  ["all runs", "/runs", ROW],
  ["project", "/projects/digits-cnn", CHART],
  ["run", RUN, CHART],
  ["compare", "/compare?project=digits-cnn&by=group&target=0.1", CHART],
  ["compare, nothing chosen", "/compare", "main [role=checkbox], main button"],
  ["schedules", "/schedules", "main svg path"],
  ["designer", "/schedules/design", CHART],
  ["advisor", "/schedules/advise", "main form, main button"],
  ["range test", "/schedules/range-test", "main button"],
  ["inbox", "/inbox", "main h1, main h2"],
  ["settings", "/settings", "main h2"],
  ["import", "/import", "main button"],
  ["API", "/docs/api", "main h2"],
];

export async function withBrowser<T>(work: (browser: Browser) => Promise<T>): Promise<T> {
  const browser = await chromium.launch(launchOptions);
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}

/** The recorded runs, as someone loads them who opens an empty tracker. */
async function loadExamples(browser: Browser, url: string): Promise<void> {
  const page = await browser.newPage();
  await page.goto(url);
  await page.getByRole("button", { name: "Load example runs" }).click();
  await page.getByText(/^Loaded \d+ runs/).waitFor({ timeout: 600_000 });
  await page.close();
}

export function reportPage(name: string, { ready, ...figures }: PageFigures): void {
  const rest = Object.fromEntries(Object.entries(figures).map(([key, value]) => [key, round(value)]));
  report({ name, value: ready, unit: "ms until usable", ...rest, load: round(os.loadavg()[0] ?? 0) });
}

/** Every page, cold, under Lighthouse's desktop profile. */
export async function benchPages(url: string): Promise<void> {
  await withBrowser(async (browser) => {
    await loadExamples(browser, url);
    for (const [name, path, ready] of PAGES) {
      // The first visitor of a page pays for the server's own start, once.
      await fetch(url + path);
      reportPage(`page ${name}`, await probePage(browser, new URL(path, url).href, ready, TIMES));
    }
  });
}
