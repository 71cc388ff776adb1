import { expect, test } from "./fixtures";

test("an empty home says what to do, and loads the recorded runs through the API", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("region", { name: "Log a run" })).toBeVisible();
  await page.getByRole("button", { name: "Load example runs" }).click();
  await expect(page.getByRole("progressbar")).toBeVisible();
  await expect(page.getByText(/^Loaded \d+ runs/)).toBeVisible({ timeout: 120_000 });
  // Home shows them, and begins with what went wrong as soon as the server has judged it.
  await expect(page.getByRole("list", { name: "Runs worth a look" }).getByRole("listitem")).toHaveCount(4);
  await expect(page.getByRole("list", { name: "Recent runs" }).getByRole("listitem")).toHaveCount(8);
  await expect(page.getByRole("link", { name: "10 of 18 drift" })).toBeVisible({ timeout: 60_000 });
  await page.getByRole("link", { name: "digits-cnn", exact: true }).click();
  await expect(page).toHaveURL(/\/projects\//);
  await expect(page.getByRole("link", { name: "cnn-cosine-s0" })).toBeVisible();
});

const PLANTED = [
  "perbatch-cosine",
  "perbatch-exp",
  "resume-restart",
  "resume-restart-dup",
  "warmup-not-used",
];

test("audit:drift finds exactly the runs with a planted mistake, and each row says which", async ({
  page,
}) => {
  await page.goto("/projects/mistakes");
  const names = page.getByRole("table", { name: "Runs" }).locator("[data-line] a[data-line-focus]");
  await expect(names).toHaveCount(18);
  const row = (name: string) =>
    page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
  await expect(row("perbatch-cosine-s0")).toContainText("20× too fast");
  await expect(row("resume-restart-s1")).toContainText("restarted");
  await expect(row("warmup-not-used-s0")).toContainText("no warmup");
  await expect(row("resume-ok-s0")).toContainText("match");
  await expect(page.getByRole("table", { name: "Runs" })).not.toContainText(/healthy/i);
  await page.getByRole("link", { name: "10 of 18 drift" }).click();
  await expect(names).toHaveCount(10);
  expect((await names.allTextContents()).sort()).toEqual(
    PLANTED.flatMap((name) => [`${name}-s0`, `${name}-s1`]).sort(),
  );
});

test("what was deleted is restored on a page of its own", async ({ page, request }) => {
  await request.post("/api/v1/runs", { data: { project: "deleted things", id: "gone", name: "gone" } });
  await request.delete("/api/v1/runs/gone");
  await page.goto("/settings");
  await page.getByRole("link", { name: "Show" }).click();
  const runs = page.getByRole("list", { name: "Deleted runs" });
  await expect(runs).toContainText("30 days left");
  await runs.getByRole("button", { name: "Restore gone" }).click();
  await expect(page.getByText("No run was deleted in the last 30 days.")).toBeVisible();
  await page.goto("/projects/deleted%20things");
  await expect(page.getByRole("link", { name: "gone", exact: true })).toBeVisible();
});
