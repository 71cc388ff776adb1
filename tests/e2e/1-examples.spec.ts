import { expect, test } from "./fixtures";

test("an empty home says what to do, and loads the recorded runs through the API", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("region", { name: "Log a run" })).toBeVisible();
  await page.getByRole("button", { name: "Load example runs" }).click();
  await expect(page.getByRole("progressbar")).toBeVisible();
  await expect(page.getByText(/^Loaded \d+ runs/)).toBeVisible({ timeout: 120_000 });
  await page.getByRole("link", { name: "Open digits-cnn" }).click();
  await expect(page).toHaveURL(/\/projects\//);
  await expect(page.getByRole("link", { name: "cnn-cosine-s0" })).toBeVisible();
});
