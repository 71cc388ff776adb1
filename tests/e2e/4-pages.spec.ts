import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { PLATEAU_RUN } from "./job";
import { expect, test } from "./fixtures";

const PAGES: { name: string; url: string; ready: (page: Page) => Promise<void> }[] = [
  {
    name: "home",
    url: "/",
    ready: (page) => expect(page.getByRole("link", { name: "digits-cnn" }).first()).toBeVisible(),
  },
  {
    name: "project",
    url: "/projects/digits-cnn",
    ready: async (page) => {
      await expect(page.getByRole("link", { name: /^cnn-/ }).first()).toBeVisible();
      await expect(page.locator("canvas").first()).toBeVisible();
    },
  },
  {
    name: "run",
    url: "/projects/digits-cnn/runs/example-cnn-warmup-cosine-s0",
    ready: (page) => expect(page.locator("canvas").first()).toBeVisible(),
  },
  {
    name: "run-drift",
    url: "/projects/mistakes/runs/example-perbatch-cosine-s0",
    ready: (page) => expect(page.locator("canvas").first()).toBeVisible(),
  },
  {
    name: "run-plateau",
    url: `/projects/e2e/runs/${PLATEAU_RUN}`,
    ready: (page) => expect(page.locator("canvas").first()).toBeVisible(),
  },
  { name: "inbox", url: "/inbox", ready: (page) => expect(page.getByRole("heading").first()).toBeVisible() },
  {
    name: "deleted",
    url: "/deleted",
    ready: (page) => expect(page.getByRole("heading", { name: "Archived runs" })).toBeVisible(),
  },
  {
    name: "api",
    url: "/docs/api",
    ready: (page) => expect(page.getByRole("heading", { name: /runs/i }).first()).toBeVisible(),
  },
];

const THEMES = ["light", "dark"] as const;

for (const { name, url, ready } of PAGES) {
  for (const colorScheme of THEMES) {
    test.describe(`${name}, ${colorScheme}`, () => {
      test.use({ colorScheme, viewport: { width: 1280, height: 800 } });

      test("has no fault that axe finds, and no complaint in the console", async ({ page }) => {
        const complaints: string[] = [];
        page.on("console", (message) => {
          if (message.type() === "error") complaints.push(message.text());
        });
        page.on("pageerror", (error) => complaints.push(String(error)));
        await page.goto(url);
        await ready(page);
        await expectAccessible(page);
        await page.screenshot({ path: `tests/e2e/shots/${name}-${colorScheme}.png` });
        expect(complaints).toEqual([]);
      });
    });
  }

  test.describe(`${name}, 390 px`, () => {
    test.use({ viewport: { width: 390, height: 844 } });

    test("fits without scrolling sideways", async ({ page }) => {
      await page.goto(url);
      await ready(page);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      await page.screenshot({ path: `tests/e2e/shots/${name}-390.png` });
      expect(overflow).toBeLessThanOrEqual(0);
    });
  });
}
