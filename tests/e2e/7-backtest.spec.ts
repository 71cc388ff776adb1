import { expectAccessible } from "./axe";
import { Job } from "./job";
import { expect, test } from "./fixtures";

const ID = `backtest-${Date.now()}`;

test.beforeAll(async ({ request }) => {
  const job = await Job.start(request, { id: ID, project: "e2e-backtest", name: "knee" });
  const points = Array.from({ length: 160 }, (_, step) => ({
    step,
    metrics: { "val/loss": Math.max(1, 3 - step / 20), lr: 0.1 },
  }));
  await job.log(points);
});

test.beforeEach(async ({ page }) => {
  await page.goto(`/projects/e2e-backtest/runs/${ID}`);
  await page.getByRole("tab", { name: /Plateau/ }).click();
});

test("policies side by side: when each would have fired, and how late", async ({ page }) => {
  const backtest = page.getByRole("region", { name: "Backtest" });
  const table = backtest.getByRole("group", { name: "What each policy would have done" });
  const torch = table.getByRole("row", { name: /^A / });
  await expect(torch).toContainText("step 51");
  await expect(torch).toContainText("checks after");
  await expect(torch).toContainText("0.05, 0.025");
  await expect(table.getByRole("row", { name: /^B / })).toContainText("Over the last 30 checks val/loss");

  const row = backtest.getByRole("listitem", { name: "Policy A" });
  await row.getByLabel("patience").fill("20");
  await row.getByLabel("patience").press("Enter");
  await expect(torch).toContainText("step 61");

  await row.getByLabel("factor").fill("2");
  await backtest.getByRole("button", { name: "Run backtest" }).click();
  await expect(row.getByRole("alert")).toContainText("Factor should be < 1.0");
  await row.getByLabel("factor").fill("0.5");
  await row.getByLabel("factor").press("Enter");
  await expect(torch).toContainText("step 61");
  await expectAccessible(page);
});

test("a cell of the sweep becomes a candidate, by keyboard, and a candidate goes again", async ({ page }) => {
  const backtest = page.getByRole("region", { name: "Backtest" });
  const cell = backtest.getByRole("button", {
    name: /^Patience 5, threshold 0.01: fires \d+ times, first at step/,
  });
  await cell.focus();
  await page.keyboard.press("Enter");
  const added = backtest.getByRole("listitem", { name: "Policy C" });
  await expect(added.getByLabel("patience")).toHaveValue("5");
  await expect(added.getByLabel("threshold")).toHaveValue("0.01");
  await expect(backtest.getByRole("row", { name: /^C / })).toContainText("after more than 5 checks");
  await backtest.getByRole("button", { name: "Remove policy C" }).click();
  await expect(added).toBeHidden();
});

test("a candidate is saved as the run's policy, and the notice takes it back", async ({ page }) => {
  const backtest = page.getByRole("region", { name: "Backtest" });
  await expect(page.getByText("No plateau policy")).toBeVisible();
  await backtest.getByRole("button", { name: "Save B as policy" }).click();
  await page.getByRole("menuitem", { name: "Apply cuts" }).click();
  await expect(page.getByText("applies automatically")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("No plateau policy")).toBeVisible();
});

test("fits a phone", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.getByRole("button", { name: /^Patience 30, threshold 0.02/ })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await expectAccessible(page);
});
