import { createHmac } from "node:crypto";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { WebhookBody } from "@/lib/contracts/notifications";
import { freshDatabase } from "@/tests/support/api";
import { change, channels, create, deliveries, remove, tryOut } from "@/tests/support/notifications";
import { refusedFields } from "@/tests/support/problem";
import { mailReceiver, webReceiver } from "@/tests/support/receivers";
import { createRun, mint } from "@/tests/support/seed";

freshDatabase();
beforeAll(() => {
  vi.stubEnv("LRSCOPE_NOTIFY_PRIVATE", "1");
  vi.stubEnv("LRSCOPE_PUBLIC_URL", "https://lr.example/");
});

const hook = (url: string, secret?: string) => ({ kind: "webhook", url, ...(secret ? { secret } : {}) });
const mail = (port: number, more = {}) => ({
  kind: "email",
  host: "127.0.0.1",
  port,
  security: "none",
  from: "lrscope@example.com",
  to: ["a@example.com", "b@example.com"],
  ...more,
});

describe("channels", () => {
  test("hold secrets that are never given back", async () => {
    const secret = "a-secret-of-mine";
    const url = "https://hooks.example.com/services/T000/B000/XXXXabcd";
    const made = [
      await create({ target: hook(url, secret) }),
      await create({ target: { kind: "slack", url } }),
      await create({ target: mail(587, { security: "starttls", username: "me", password: "my-password" }) }),
    ];
    expect(made.map(({ status, body }) => [status, body.target])).toEqual([
      [201, { kind: "webhook", url: "https://hooks.example.com/…abcd", has_secret: true }],
      [201, { kind: "slack", url: "https://hooks.example.com/…abcd" }],
      [
        201,
        {
          kind: "email",
          host: "127.0.0.1",
          port: 587,
          security: "starttls",
          username: "me",
          has_password: true,
          from: "lrscope@example.com",
          to: ["a@example.com", "b@example.com"],
        },
      ],
    ]);
    const listed = JSON.stringify(await channels());
    for (const hidden of [secret, "T000", "XXXXabcd", "my-password"]) expect(listed).not.toContain(hidden);
    const changed = await change(made[0]!.body.id, { target: { kind: "webhook", secret: null } });
    expect(changed.body.target).toEqual({
      kind: "webhook",
      url: "https://hooks.example.com/…abcd",
      has_secret: false,
    });
  });

  test("are listed oldest first, a page at a time, changed and deleted", async () => {
    const { project } = await createRun();
    const { body } = await create({ target: hook("https://a.example/x"), project: project.name });
    expect(body).toMatchObject({
      kind: "webhook",
      project,
      enabled: true,
      events: ["recommended", "drifted", "diverged", "stalled", "finished"],
      stalled_minutes: 15,
    });
    const name = mint("renamed");
    const patch = { name, events: ["stalled", "stalled"], stalled_minutes: 3, project: null, enabled: false };
    const changed = await change(body.id, patch);
    expect(changed.body).toMatchObject({ ...patch, events: ["stalled"], target: body.target });
    const first = await channels({ limit: 1 });
    const rest = await channels({ limit: 200, cursor: first.next_cursor! });
    const ids = [...first.items, ...rest.items].map(({ id }) => id);
    expect(ids.at(-1)).toBe(body.id);
    expect(ids).toEqual((await channels()).items.map(({ id }) => id));
    expect((await remove(body.id)).status).toBe(204);
    expect(await remove(body.id)).toMatchProblem(404, "not_found");
    expect(await change(body.id, { name })).toMatchProblem(404, "not_found");
    expect(await tryOut(body.id)).toMatchProblem(404, "not_found");
    expect((await channels()).items.map(({ id }) => id)).not.toContain(body.id);
  });

  test.each([
    [{ target: hook("ftp://a.example/") }, "target.url"],
    [{ target: hook("https://user:word@a.example/") }, "target.url"],
    [{ target: hook("not an address") }, "target.url"],
    [{ target: hook("https://a.example/", "short") }, "target.secret"],
    [{ target: mail(0) }, "target.port"],
    [{ target: mail(25, { host: "a b" }) }, "target.host"],
    [{ target: mail(25, { from: "nobody" }) }, "target.from"],
    [{ target: mail(25, { to: [] }) }, "target.to"],
    [{ target: mail(25, { to: ["a@example.com\r\nBcc: x@example.com"] }) }, "target.to[0]"],
    [{ target: mail(25, { username: "me" }) }, "target.password"],
    [{ target: mail(25, { password: "x" }) }, "target.username"],
    [{ target: hook("https://a.example/"), events: [] }, "events"],
    [{ target: hook("https://a.example/"), stalled_minutes: 0 }, "stalled_minutes"],
    [{ target: hook("https://a.example/"), name: " " }, "name"],
  ])("refuse %j by name", async (body, field) => {
    expect(refusedFields(await create(body))).toEqual([field]);
  });

  test("of a project that is not there are 404", async () => {
    const body = { target: hook("https://a.example/"), project: "nowhere" };
    expect(await create(body)).toMatchProblem(404, "not_found");
    expect((await deliveries()).items).toEqual([]);
  });

  test("keep their kind, and a password only for the server it was given for", async () => {
    const login = { username: "me", password: "my-password" };
    const { id } = (await create({ target: mail(587, login) })).body;
    const to = (target: object) => change(id, { target: { kind: "email", ...target } });
    expect(refusedFields(await change(id, { target: { kind: "slack" } }))).toEqual(["target.kind"]);
    expect(refusedFields(await to({ host: "elsewhere.example" }))).toEqual(["target.password"]);
    expect(refusedFields(await to({ security: "starttls" }))).toEqual(["target.password"]);
    expect((await to({ to: ["c@example.com"] })).body.target).toMatchObject({ has_password: true });
    const moved = await to({ host: "elsewhere.example", password: "another" });
    expect(moved.body.target).toMatchObject({ host: "elsewhere.example", has_password: true });
    const open = await to({ host: "relay.example", username: null, password: null });
    expect(open.body.target).toMatchObject({ username: null, has_password: false });
  });
});

test("a webhook's secret does not go along to another address", async () => {
  const { id } = (await create({ target: hook("https://a.example/one", "a-secret-of-mine") })).body;
  const to = (target: object) => change(id, { target: { kind: "webhook", ...target } });
  for (const url of [
    "https://b.example/one",
    "https://a.example/two",
    "https://a.example:8443/one",
    "http://a.example/one",
  ])
    expect(refusedFields(await to({ url })), url).toEqual(["target.secret"]);
  expect((await to({ url: "https://A.example:443/one" })).body.target).toMatchObject({ has_secret: true });
  const moved = await to({ url: "https://b.example/one", secret: "another-secret-of-mine" });
  expect(moved.body.target).toMatchObject({ has_secret: true });
  const unsigned = await to({ url: "https://c.example/one", secret: null });
  expect(unsigned.body.target).toMatchObject({
    url: expect.stringContaining("c.example"),
    has_secret: false,
  });
  expect((await to({ url: "https://d.example/one" })).body.target).toMatchObject({ has_secret: false });
});

describe("a test message", () => {
  test("to a webhook is signed over its very bytes", async () => {
    const { got, url } = await webReceiver();
    const { id } = (await create({ target: hook(url, "a-secret-of-mine") })).body;
    expect((await tryOut(id)).body).toEqual({ sent: true, detail: "answered 200: ok" });
    const [{ headers, body, path }] = got as [(typeof got)[0]];
    const signature = createHmac("sha256", "a-secret-of-mine").update(body).digest("hex");
    expect(path).toBe("/hooks/T0001/secret-path");
    expect(headers).toMatchObject({
      "content-type": "application/json",
      "x-lrscope-event": "test",
      "x-lrscope-signature": `sha256=${signature}`,
      "user-agent": expect.stringMatching(/^lrscope\/\d/),
    });
    const said = WebhookBody.parse(JSON.parse(body));
    expect(said).toMatchObject({ event: "test", run: null, id: headers["x-lrscope-delivery"] });
    expect(said.sent_at).toBe(said.happened_at);
  });

  test("without a secret is unsigned; to Slack it is text and blocks", async () => {
    const { got, url } = await webReceiver();
    for (const target of [hook(url), { kind: "slack", url }]) {
      const { id } = (await create({ target, enabled: false })).body;
      expect((await tryOut(id)).body.sent).toBe(true);
    }
    expect(got[0]!.headers).not.toHaveProperty("x-lrscope-signature");
    expect(JSON.parse(got[1]!.body)).toMatchObject({
      text: expect.stringMatching(/^A test message of lrscope: .* https:\/\/lr\.example\/settings$/),
      blocks: [{ type: "section" }, { type: "context" }],
    });
  });

  test.each([
    [{ status: 404, body: "no_service" }, "answered 404: no_service"],
    [{ status: 500, body: "" }, "answered 500"],
    [
      { status: 302, headers: { location: "http://127.0.0.1:1/" } },
      "answered 302, a redirect, and those are not followed",
    ],
    [{ status: 400, body: "long ".repeat(100_000) }, `answered 400: ${"long ".repeat(40)}`],
  ])("that is answered with %j says so", async (answer, detail) => {
    const { got, url } = await webReceiver([answer]);
    const { id } = (await create({ target: hook(url) })).body;
    expect((await tryOut(id)).body).toEqual({ sent: false, detail });
    expect(got).toHaveLength(1);
  });

  test("to a server that is gone says so without its address", async () => {
    const { url, close } = await webReceiver();
    await close();
    const { id } = (await create({ target: hook(url) })).body;
    expect((await tryOut(id)).body).toEqual({ sent: false, detail: "the connection was refused" });
  });

  test("by e-mail reaches every recipient, with the login given", async () => {
    const { got, port } = await mailReceiver({
      onAuth: ({ username, password }, _session, done) =>
        password === "right" ? done(null, { user: username }) : done(new Error("no such login")),
    });
    const login = { username: "me", password: "right" };
    const { id } = (await create({ target: mail(port, login) })).body;
    const { sent, detail } = (await tryOut(id)).body;
    expect([sent, detail]).toEqual([true, expect.stringMatching(/^the mail server answered 250/)]);
    expect(got).toMatchObject([
      { from: "lrscope@example.com", to: ["a@example.com", "b@example.com"], user: "me" },
    ]);
    expect(got[0]!.source).toMatch(/^Subject: A test message of lrscope\r$/m);
    expect(got[0]!.source).toContain("https://lr.example/settings");

    await change(id, { target: { kind: "email", password: "wrong" } });
    const refused = (await tryOut(id)).body;
    expect(refused.sent).toBe(false);
    expect(refused.detail).toMatch(/^the mail server refused the user name or the password/);
  });

  test("by e-mail is not sent in the clear, or to a server that cannot prove its name, when told to encrypt", async () => {
    const plain = await mailReceiver({ hideSTARTTLS: true });
    const selfSigned = await mailReceiver();
    for (const { port } of [plain, selfSigned]) {
      const { id } = (await create({ target: mail(port, { security: "starttls" }) })).body;
      expect((await tryOut(id)).body.sent).toBe(false);
    }
    expect([plain.got, selfSigned.got]).toEqual([[], []]);
  });
});
