import { expect, test as base, type Locator, type Page } from "@playwright/test";

export { expect };

/** On a page opened anew, what is clicked or typed before React has taken over the server's document is lost. */
export const test = base.extend({
  page: async ({ page }, give) => {
    const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)];
    page.goto = async (...where) => {
      const response = await goto(...where);
      await answersToInput(page);
      return response;
    };
    page.reload = async (...how) => {
      const response = await reload(...how);
      await answersToInput(page);
      return response;
    };
    await give(page);
  },
});

/** React marks each element that it has taken over. */
async function answersToInput(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    [...document.querySelectorAll("button, input, select, textarea")].every((element) =>
      Object.keys(element).some((key) => key.startsWith("__reactProps")),
    ),
  );
}

/** What is scrolled to may be drawn anew on the way there. */
export const scrollTo = (target: Locator): Promise<void> =>
  expect(() => target.scrollIntoViewIfNeeded({ timeout: 1000 })).toPass();
