import { expectAccessible } from "./axe";
import { asEventFile } from "@/tests/support/event-file";
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

test("event files without a folder are a run each, but for those that go on with another", async ({
  page,
}) => {
  const events = (name: string, from: number, time: number) => ({
    name: `events.out.tfevents.${time}.box.${time}.0`,
    mimeType: "application/octet-stream",
    buffer: asEventFile(
      Array.from({ length: 20 }, (_, i) => ({
        step: from + i,
        tag: name,
        value: 1 / (i + 1),
        time: time + i,
      })),
    ),
  });
  await page.goto("/import?project=loose-events");
  await page
    .getByLabel("Files to import")
    .setInputFiles([events("loss", 0, 1000), events("loss", 20, 2000), events("acc", 0, 3000)]);
  const items = page.getByRole("list", { name: "Runs to import" }).locator("> li");
  await expect(items).toHaveCount(2);
  await expect(items.nth(0)).toContainText("and 1 more file");
  await expect(items.nth(0)).toContainText("40 points");
  await expect(items.nth(0)).toContainText("Goes on with events.out.tfevents.1000.box.1000.0 at step 20");
  await expect(items.nth(1)).toContainText("it is a run of its own");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Import 2 runs" }).click();
  await expect(page.getByText("2 runs imported.")).toBeVisible();
});

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
