import { readFile } from "node:fs/promises";
import type { Download, Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { Job } from "./job";

// What a day's work goes through from end to end, and what must hold on the way.

const project = `walk-${Date.now()}`;
const runs = ["a", "b", "c", "d"].map((name, seed) => ({
  id: `${project}-${name}`,
  name: `walk ${name}`,
  seed,
}));

test.beforeAll(async ({ request }) => {
  for (const { id, name, seed } of runs) {
    const schedule = { kind: "cosine", peak: 0.1 * (1 + (seed % 2)), floor: 0, steps: 20 };
    const group = seed % 2 === 0 ? "small" : "large";
    const job = await Job.start(request, { id, project, name, seed, group, schedule, total_steps: 20 });
    const points = Array.from({ length: 20 }, (_, step) => ({
      step,
      metrics: { "val/loss": 1 / (step + 1) + seed / 10, lr: schedule.peak },
    }));
    await job.log(points);
    await job.finish();
  }
});

const saved = async (download: Promise<Download>): Promise<string> =>
  readFile(await (await download).path(), "utf8");

async function keepChart(page: Page, card: string, format: string): Promise<string> {
  const place = page.locator("section").filter({ has: page.getByRole("heading", { name: card }) });
  await place.getByRole("button", { name: "Save the chart" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: format }).click();
  return saved(download);
}

test("by keys alone: tick two runs, compare them, save the comparison under a name, and go back", async ({
  page,
}) => {
  await page.goto(`/projects/${project}`);
  await expect(page.getByRole("link", { name: "walk d" })).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(page.getByText("2 selected")).toBeVisible();
  await page.keyboard.press("c");
  const save = page.getByRole("button", { name: "Save", exact: true });
  await expect(save).toBeVisible();
  await save.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Name" })).toBeFocused();
  await page.keyboard.type(`${project} d against c`);
  await page.keyboard.press("Enter");
  await expect(page.getByText(`Saved as ${project} d against c.`)).toBeVisible();
  await expect(page).toHaveURL(/saved=/);
  await page.goBack();
  await expect(page.getByText("2 selected")).toBeVisible();
});

test("what was taken back is not offered to be taken back again", async ({ page }) => {
  await page.goto(`/projects/${project}`);
  await page.getByRole("checkbox", { name: "Select walk a" }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("It can be restored for 30 days.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("link", { name: "walk a" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Undo" })).toHaveCount(0);
});

test("each run of a comparison is a dot, on the page and in the files", async ({ page }) => {
  await page.goto(`/compare?project=${project}&by=group&metric=val/loss`);
  const name = "Each run's final val/loss";
  const svg = await keepChart(page, name, "Save as SVG");
  expect(svg.match(/<circle/g)).toHaveLength(runs.length);
  const csv = await keepChart(page, name, "Save the data as CSV");
  expect(csv.split("\r\n")[0]).toBe("run,peak LR,val/loss");
});

test("a run has one colour, wherever it is shown and whatever is archived", async ({ page, request }) => {
  const change = (action: string) =>
    request.post("/api/v1/runs/bulk", { data: { action, runs: [`${project}-d`] } });
  await change("archive");
  await page.goto(`/projects/${project}`);
  const line = page.getByRole("row", { name: /walk b/ });
  const dot = await line.locator("[style*='--run-']").first().getAttribute("style");
  const color = /var\(--run-\d+\)/.exec(dot ?? "")?.[0];
  expect(color).toBeDefined();
  await line.getByRole("link", { name: "walk b" }).click();
  await expect(page.getByRole("heading", { name: "walk b" })).toBeVisible();
  await expect(page.locator(`header [style*='${color}']`)).toBeVisible();
  await change("unarchive");
});

test("while the server is away the page says so and keeps what it has, and comes back", async ({ page }) => {
  await page.route(/\/api\/(v1|health)/, (route) => route.abort("connectionrefused"));
  await page.goto(`/projects/${project}/runs/${project}-a`);
  await expect(page.getByRole("button", { name: /^No answer/ })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("heading", { name: "walk a" })).toBeVisible();
  await page.unrouteAll();
  await expect(page.getByRole("button", { name: /^Live/ })).toBeVisible({ timeout: 60_000 });
});
