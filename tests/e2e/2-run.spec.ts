import type { Page } from "@playwright/test";
import { Job } from "./job";
import { expect, test } from "./fixtures";

const chart = (page: Page) => page.getByRole("group", { name: /Arrow keys/ }).first();

/** The hidden table behind the chart: what screen readers read is what the tests read. */
const chartTable = (page: Page) =>
  page.getByRole("region", { name: "Metrics and learning rate" }).getByRole("table");

test("the overlay shows metrics, declared and actual LR, and says where they part", async ({ page }) => {
  await page.goto("/projects/mistakes");
  await page.getByRole("link", { name: "perbatch-cosine-s0" }).click();
  await expect(page.getByRole("heading", { name: "perbatch-cosine-s0" })).toBeVisible();
  await expect(
    page.getByRole("status").filter({ hasText: "every batch instead of every epoch" }),
  ).toBeVisible();
  const table = chartTable(page);
  await expect(table).toContainText("val/loss");
  await expect(table).toContainText(/declared/i);
  await expect(table).toContainText(/actual/i);
});

test("each axis is linear or log, the view is in the URL, and going back undoes it", async ({ page }) => {
  await page.goto("/projects/mistakes/runs/example-perbatch-cosine-s0");
  const right = page.getByRole("combobox", { name: "right" });
  await right.click();
  await page.getByRole("option", { name: "log" }).click();
  await expect(page).toHaveURL(/right=log/);
  await page.goBack();
  await expect(page).not.toHaveURL(/right=log/);
});

test("the keyboard zooms, and zooming fetches the window at full resolution", async ({ page }) => {
  await page.goto("/projects/mistakes/runs/example-perbatch-cosine-s0");
  await expect(chartTable(page)).toContainText("val/loss");
  const fetched = page.waitForResponse(
    (response) => /overlay\?.*from=\d+/.test(response.url()) && response.ok(),
  );
  await chart(page).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("+");
  const overlay = await (await fetched).json();
  expect(overlay.to - overlay.from).toBeLessThan(1199);
  await expect(page).toHaveURL(/from=\d+/);
  await page.keyboard.press("0");
  await expect(page).not.toHaveURL(/from=\d+/);
});

test("points appear while the job logs, and the zoom stays", async ({ page, request }) => {
  const job = await Job.start(request, {
    id: "e2e-live",
    project: "e2e",
    total_steps: 100,
    schedule: { kind: "cosine", peak: 0.1, floor: 0, steps: 100 },
  });
  await job.log([0, 1, 2, 3].map((step) => ({ step, metrics: { "train/loss": 2 - step / 10, lr: 0.1 } })));
  await page.goto("/projects/e2e/runs/e2e-live?from=0&to=50");
  await expect(page.getByText("step 4/100")).toBeVisible();
  await job.log([{ step: 4, metrics: { "train/loss": 1.2345, lr: 0.1 } }]);
  await expect(page.getByText("step 5/100")).toBeVisible();
  await expect(chartTable(page)).toContainText("1.2345");
  await expect(page).toHaveURL(/from=0&to=50/);
  await job.finish();
  await expect(page.getByText("finished").first()).toBeVisible();
});
