import { Job, PLATEAU_RUN } from "./job";
import { expect, test } from "./fixtures";

test("a plateau is recommended, approved in the inbox, carried out by the job and verified", async ({
  page,
  request,
}) => {
  const job = await Job.start(request, {
    id: PLATEAU_RUN,
    project: "e2e",
    name: "flat",
    schedule: { kind: "constant", value: 0.1 },
    plateau: [
      { metric: "val/loss", mode: "min", detector: "torch", patience: 2, factor: 0.5, action: "recommend" },
    ],
  });
  const flat = [0, 1, 2, 3].map((step) => ({ step, metrics: { "val/loss": 1, lr: 0.1 } }));
  expect((await job.log(flat)).control).toEqual([]);

  await page.goto("/inbox");
  const card = page.getByRole("article", { name: /flat/ });
  await expect(card).toContainText("val/loss has not improved on 1 (step 0)");
  await card.getByRole("button", { name: /Approve/ }).click();
  await expect(card).toBeHidden();

  const [order] = (await job.log([{ step: 4, metrics: { "val/loss": 1, lr: 0.1 } }])).control;
  expect(order).toMatchObject({ kind: "scale_lr", factor: 0.5, lr: 0.05, expected_lr: 0.1 });
  const ack = { id: order?.id, outcome: "applied", lr: 0.05, step: 5 };
  await job.log([{ step: 5, metrics: { "val/loss": 0.7, lr: 0.05 } }], [ack]);

  await page.goto(`/projects/e2e/runs/${PLATEAU_RUN}`);
  const chart = page.getByRole("region", { name: "Metrics and learning rate" });
  await expect(chart.getByRole("table")).toContainText(/effective/i);
  await page.getByRole("tab", { name: /Control/ }).click();
  await expect(page.getByRole("list", { name: "History" }).first()).toContainText(/delivered[\s\S]*verified/);
});

test("a plateau that lasts is one request, one event and one band; an answer is to what was read", async ({
  page,
  request,
}) => {
  const id = "e2e-long-plateau";
  const job = await Job.start(request, {
    ...{ id, project: "e2e", name: "long flat", schedule: { kind: "constant", value: 0.1 } },
    plateau: [
      { metric: "val/loss", mode: "min", detector: "torch", patience: 2, factor: 0.5, action: "recommend" },
    ],
  });
  const flat = async (from: number, to: number, lr = 0.1) => {
    for (let step = from; step <= to; step += 1) await job.log([{ step, metrics: { "val/loss": 1, lr } }]);
  };
  await flat(0, 4);
  await page.goto("/inbox");
  const card = page.getByRole("article", { name: /long flat/ });
  await expect(card).toContainText("in 4 checks");
  // The inbox is told of each firing.
  await flat(5, 39);
  await expect(card).toContainText("in 39 checks");
  await expect(card).toHaveCount(1);

  await page.goto(`/projects/e2e/runs/${id}`);
  await page.getByRole("tab", { name: /Events/ }).click();
  const events = page.getByRole("tabpanel").getByRole("listitem");
  await expect(events.filter({ hasText: "plateau" })).toHaveCount(1);
  await expect(events.filter({ hasText: "recommended" })).toHaveCount(0);

  // Somebody else moves the LR while the inbox is read: the answer would be to another question.
  await page.goto("/inbox");
  await expect(card).toContainText("0.05");
  await page.route("**/api/v1/control?*", (route) => route.abort());
  await flat(40, 41, 0.04);
  const [refused] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith("/approve")),
    card.getByRole("button", { name: /Approve/ }).click(),
  ]);
  expect(refused.status()).toBe(409);
  await expect(page.getByText(/version 2 asks for/).first()).toBeVisible();
  await page.unroute("**/api/v1/control?*");

  await job.log([{ step: 42, metrics: { "val/loss": 0.5, lr: 0.04 } }]);
  await page.goto("/inbox");
  await expect(card).toBeHidden();
  await job.finish();
});
