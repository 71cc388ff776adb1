import { expectAccessible } from "./axe";
import { expect, test } from "./fixtures";

const ODD = "n;rate;cost;note\n5;0,5;1,25;x\n6;0,25;1,5;y\n7;0,1;oops;z\n";
const TIMM = "epoch,train_loss,eval_loss,lr\n0,3,3,0.1\n1,2,2,0.05\n";

const file = (name: string, text: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("files are looked at, mapped and imported, and the same again change nothing", async ({ page }) => {
      const project = `imported-${colorScheme}`;
      await page.goto(`/import?project=${project}`);
      await page
        .getByLabel("Files to import")
        .setInputFiles([file("odd.csv", ODD), file("cosine-s1.csv", TIMM), file("notes.txt", "x")]);

      const list = page.getByRole("list", { name: "Runs to import" });
      const odd = list.getByRole("listitem").filter({ hasText: "odd.csv" }).first();
      await expect(odd).toContainText("No column holds the step");
      await expect(list).toContainText("Not recognised");
      await expect(page.getByRole("button", { name: "Import 1 run" })).toBeEnabled();

      await odd.getByRole("combobox", { name: "step" }).click();
      await page.getByRole("option", { name: "n", exact: true }).click();
      await expect(odd).toContainText("2 points");
      await odd.getByRole("combobox", { name: "learning rate" }).click();
      await page.getByRole("option", { name: "rate", exact: true }).click();
      await expect(odd).toContainText("learning rate in rate");
      await odd.getByText("1 row cannot be read").click();
      await expect(odd).toContainText("row 4");
      await expectAccessible(page);

      await page.getByRole("button", { name: "Import 2 runs" }).click();
      await expect(page.getByText("2 runs imported.")).toBeVisible();
      await expectAccessible(page);

      await page.getByLabel("Files to import").setInputFiles(file("cosine-s1.csv", TIMM));
      await expect(page.getByText(/are in .* already/)).toBeVisible();

      await odd.getByRole("link", { name: "Open the run odd" }).click();
      await expect(page).toHaveURL(/\/runs\/import-/);
      await expect(page.locator("canvas").first()).toBeVisible();
    });
  });
}

test("the page fits 390 px", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/import");
  await page
    .getByLabel("Files to import")
    .setInputFiles(file("a-name-that-is-longer-than-the-screen-is-wide-by-far.csv", TIMM));
  await expect(page.getByRole("button", { name: "Import 1 run" })).toBeEnabled();
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
  ).toBeLessThanOrEqual(0);
});
