import { expect, test } from "vitest";
import { freshDatabase } from "@/tests/support/api";
import { advance, only, plateaued, states } from "@/tests/support/control";
import { refusedFields } from "@/tests/support/problem";
import { approve, inbox, reject, snooze } from "@/tests/support/routes";

freshDatabase();

const shown = async (query: Parameters<typeof inbox>[0]) =>
  (await inbox({ status: "recommended", limit: 200, ...query })).items.map(({ id }) => id);

test("the inbox hides it until then, unless asked, and it can be decided on all the time", async () => {
  const { run, request } = await plateaued("recommend");
  const answer = await snooze(request.id, { for: 3600 });
  expect(answer.body.snoozed_until).not.toBeNull();
  expect(answer.body.expires_at).toBe(request.expires_at);
  expect(await shown({})).not.toContain(request.id);
  expect(await shown({ snoozed: 1 })).toContain(request.id);
  expect(states(await only(run.id))).toEqual(["recommended", "recommended"]);
  expect((await only(run.id)).history.at(-1)).toMatchObject({
    by: "local user",
    note: expect.stringContaining("snoozed until"),
  });
  advance(3601);
  expect(await shown({})).toContain(request.id);
  expect((await approve(request.id)).status).toBe(200);
});

test("it expires later for it, so that it is seen again, but not after three days", async () => {
  const { request } = await plateaued("recommend");
  const day = (await snooze(request.id, { for: 86_400 })).body;
  expect(Date.parse(day.expires_at) - Date.parse(day.snoozed_until!)).toBe(3_600_000);
  advance(86_401);
  expect((await snooze(request.id, { for: 86_400 })).status).toBe(200);
  advance(86_401);
  const refused = await snooze(request.id, { for: 86_400 });
  expect(refused).toMatchProblem(409, "conflict");
  expect(refused.problem?.detail).toContain("three days");
  expect((await snooze(request.id, { for: 3600 })).status).toBe(200);
});

test("only what waits for a decision, and for a sensible time", async () => {
  const { request } = await plateaued("recommend");
  for (const seconds of [0, 59, 86_401]) {
    expect(refusedFields(await snooze(request.id, { for: seconds }))).toEqual(["for"]);
  }
  await reject(request.id);
  expect(await snooze(request.id, { for: 60 })).toMatchProblem(409, "conflict");
  expect(await snooze("nothing", { for: 60 })).toMatchProblem(404, "not_found");
});
