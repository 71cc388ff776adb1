import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { Job } from "./job";
import { expect, test } from "./fixtures";

/** A web server that keeps what it gets. */
let receiver: Server;
const got: { headers: IncomingMessage["headers"]; body: string }[] = [];
let status = 200;

test.beforeAll(async () => {
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      got.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(status).end(status === 200 ? "thanks" : "no such hook");
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
});
test.afterAll(() => receiver.close());
test.beforeEach(() => {
  got.length = 0;
  status = 200;
});

const address = () => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks/a-long-secret-path`;
const row = (page: Page, name: string) => page.getByRole("listitem").filter({ hasText: name }).first();

/** Through the form, as a person would. */
async function addWebhook(page: Page, name: string) {
  await page.goto("/settings");
  await page.getByRole("button", { name: "Add a channel" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a channel" });
  await dialog.getByLabel("Kind").click();
  await page.getByRole("option", { name: "Webhook" }).click();
  await dialog.getByLabel("Name", { exact: true }).fill(name);
  await dialog.getByLabel("Address").fill(address());
  await dialog.getByRole("button", { name: "Add" }).click();
  await expect(dialog).toBeHidden();
  await expect(row(page, name)).toBeVisible();
}

test("what is wrong is told at its field, and the first one takes the focus", async ({ page }) => {
  await page.goto("/settings");
  await page.getByRole("button", { name: "Add a channel" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a channel" });
  await dialog.getByRole("button", { name: "Add" }).click();
  await expect(dialog.getByLabel("Name", { exact: true })).toBeFocused();
  await expect(dialog.getByText("Name is needed")).toBeVisible();
  await expect(dialog.getByText("Address is needed")).toBeVisible();

  await dialog.getByLabel("Name", { exact: true }).fill("team");
  await dialog.getByLabel("Address").fill("ftp://example.com/x");
  await dialog.getByLabel("Minutes of silence").fill("0");
  await dialog.getByRole("button", { name: "Add" }).click();
  await expect(dialog.getByLabel("Address")).toBeFocused();
  await expect(dialog.getByLabel("Address")).toHaveAccessibleDescription(/must be an http/);
  await expect(dialog.getByLabel("Minutes of silence")).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page);
  await page.screenshot({ path: "tests/e2e/shots/settings-wrong-light.png" });

  for (const event of ["Recommended", "Drifted", "Diverged", "Stalled", "Ended"])
    await dialog.getByRole("checkbox", { name: event, exact: true }).click();
  await dialog.getByLabel("Address").fill(address());
  await dialog.getByRole("button", { name: "Add" }).click();
  await expect(dialog.getByText("Choose at least one kind of news")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

test("a channel is added, tried out, and told what happens", async ({ page, request }) => {
  await addWebhook(page, "trial");
  const channel = row(page, "trial");
  await expect(channel).not.toContainText("a-long-secret-path");
  await channel.getByRole("button", { name: "Test" }).click();
  await expect(channel.getByRole("status")).toContainText("Sent: answered 200: thanks");
  expect(JSON.parse(got[0]!.body)).toMatchObject({ event: "test", run: null });

  status = 404;
  await channel.getByRole("button", { name: "Test" }).click();
  await expect(channel.getByRole("status")).toContainText("Not sent: answered 404: no such hook");

  status = 200;
  got.length = 0;
  const job = await Job.start(request, { id: `told-${Date.now()}`, project: "e2e-settings", name: "told" });
  await job.log([{ step: 0, metrics: { loss: 1 } }]);
  await job.finish();
  await expect.poll(() => got.map(({ headers }) => headers["x-lrscope-event"])).toContain("finished");
  await page.reload();
  await expect(page.getByRole("listitem").filter({ hasText: "told finished" }).first()).toContainText("Sent");
});

test("a channel is switched off and on, changed, and deleted", async ({ page }) => {
  await addWebhook(page, "short-lived");
  const channel = row(page, "short-lived");
  const onOff = channel.getByRole("switch", { name: "Send to short-lived" });
  await onOff.click();
  await expect(onOff).not.toBeChecked();
  await page.reload();
  await expect(onOff).not.toBeChecked();
  await onOff.click();
  await expect(onOff).toBeChecked();

  await channel.getByRole("button", { name: "Edit short-lived" }).click();
  const dialog = page.getByRole("dialog", { name: "Change short-lived" });
  await dialog.getByLabel("Name", { exact: true }).fill("renamed");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  // Its address was left empty, so it is still the one from before.
  await row(page, "renamed").getByRole("button", { name: "Test" }).click();
  await expect(row(page, "renamed").getByRole("status")).toContainText("Sent");

  await row(page, "renamed").getByRole("button", { name: "Delete renamed" }).click();
  await expect(page.getByRole("button", { name: "Delete renamed" })).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await row(page, "renamed").getByRole("button", { name: "Test" }).click();
  // Its address came back with it.
  await expect(row(page, "renamed").getByRole("status")).toContainText("Sent");
  await row(page, "renamed").getByRole("button", { name: "Delete renamed" }).click();
  await expect(page.getByRole("button", { name: "Delete renamed" })).toHaveCount(0);
  await page.reload();
  await expect(page.getByText("renamed")).toHaveCount(0);
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, viewport: { width: 1280, height: 800 } });

    test("has no fault that axe finds, and no complaint in the console", async ({ page }) => {
      const complaints: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error") complaints.push(message.text());
      });
      page.on("pageerror", (error) => complaints.push(String(error)));
      await addWebhook(page, `of the ${colorScheme} theme`);
      await expectAccessible(page);
      await page.screenshot({ path: `tests/e2e/shots/settings-${colorScheme}.png`, fullPage: true });
      await page.getByRole("button", { name: "Add a channel" }).click();
      await expect(page.getByRole("dialog", { name: "Add a channel" })).toBeVisible();
      await expectAccessible(page);
      await page.screenshot({ path: `tests/e2e/shots/settings-add-${colorScheme}.png` });
      expect(complaints).toEqual([]);
    });
  });
}

test.describe("390 px", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("fits without scrolling sideways, the form too", async ({ page }) => {
    await addWebhook(page, "a channel with a name that is rather long for such a narrow screen");
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(await overflow()).toBeLessThanOrEqual(0);
    await page.screenshot({ path: "tests/e2e/shots/settings-390.png", fullPage: true });
    await page.getByRole("button", { name: "Add a channel" }).click();
    await expect(page.getByRole("dialog", { name: "Add a channel" })).toBeVisible();
    expect(await overflow()).toBeLessThanOrEqual(0);
    await page.screenshot({ path: "tests/e2e/shots/settings-add-390.png" });
  });
});
