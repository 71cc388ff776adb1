import { expect, test } from "vitest";
import { sendDue } from "@/lib/server/notify/sender";
import { database } from "@/lib/server/db/database";
import { freshDatabase } from "@/tests/support/api";
import { change, create, deliveries, tryOut } from "@/tests/support/notifications";
import { refusedFields } from "@/tests/support/problem";
import { mailReceiver, webReceiver } from "@/tests/support/receivers";
import { createRun, finish } from "@/tests/support/seed";

freshDatabase();

const mail = { kind: "email", security: "none", from: "a@example.com", to: ["b@example.com"] };

test.each([
  "http://127.0.0.1/",
  "http://localhost:3000/api",
  "http://0177.0.0.1/",
  "http://2130706433/",
  "http://10.1.2.3/",
  "http://169.254.169.254/latest/meta-data/",
  "http://[::1]/",
  "http://[::ffff:10.0.0.1]/",
  "http://[fd00::1]/",
])("%s is refused when it is entered", async (url) => {
  expect(refusedFields(await create({ target: { kind: "slack", url } }))).toEqual(["target.url"]);
});

test("so is a mail server of a private network, at first and in a change", async () => {
  expect(refusedFields(await create({ target: { ...mail, host: "192.168.1.1", port: 25 } }))).toEqual([
    "target.host",
  ]);
  const { id } = (await create({ target: { ...mail, host: "mail.example.com", port: 25 } })).body;
  const target = { kind: "email", host: "::1" };
  expect(refusedFields(await change(id, { target }))).toEqual(["target.host"]);
});

/** A name that turns out to be this machine only when it is looked up: the check at entry cannot see it. */
const DISGUISED = "2130706433";

test("a name that resolves to a private address is refused when it is sent to", async () => {
  const { port, got } = await mailReceiver();
  const { id } = (await create({ target: { ...mail, host: DISGUISED, port } })).body;
  const { body } = await tryOut(id);
  expect(body).toMatchObject({ sent: false, detail: expect.stringMatching(/not on the public Internet/) });
  expect(got).toEqual([]);
});

test("an address that was allowed once is checked again for each message, and given up at once", async () => {
  const { url, got } = await webReceiver();
  const { id } = (await create({ target: { kind: "webhook", url: "https://hooks.example.com/x" } })).body;
  const { writer } = await database();
  const target = JSON.stringify({ kind: "webhook", url, secret: null });
  await writer.prisma.notificationChannel.update({ where: { id }, data: { target } });
  const run = await createRun();
  await finish(run.id);
  await sendDue(new Date());
  const { items } = await deliveries({ channel: id });
  expect(items).toMatchObject([
    { status: "failed", attempts: 1, error: expect.stringMatching(/not on the public Internet/) },
  ]);
  expect(got).toEqual([]);
});
