import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Command, start, startServer, whenReady } from "../support/server";

const REPOSITORY = path.resolve(import.meta.dirname, "../..");
const MIGRATION_OF_A_NEWER = "29990101000000_of_a_newer_version";

/** What a clone would hold, with what is not committed yet. */
function copyRepository(): string {
  const copy = mkdtempSync(path.join(tmpdir(), "lrscope-clone-"));
  const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], { cwd: REPOSITORY });
  for (const file of listed.toString().split("\0").filter(Boolean)) {
    const source = path.join(REPOSITORY, file);
    if (existsSync(source)) cpSync(source, path.join(copy, file));
  }
  return copy;
}

/** Hard links: a minute faster than installing, and nothing in there is written to. */
function linkPackages(copy: string): void {
  try {
    execFileSync("cp", ["-al", path.join(REPOSITORY, "node_modules"), copy], { stdio: "pipe" });
  } catch {
    rmSync(path.join(copy, "node_modules"), { recursive: true, force: true });
    cpSync(path.join(REPOSITORY, "node_modules"), path.join(copy, "node_modules"), { recursive: true });
  }
}

let clone: string;
let data: string;

const npmStart = (env: Record<string, string> = {}): Command =>
  start("npm", ["start"], { cwd: clone, env: { PORT: "0", LRSCOPE_DATA: data, ...env }, group: true });

const setup = (...args: string[]): Command =>
  start(process.execPath, ["scripts/setup.mjs", ...args], { cwd: clone });
const serve = (env: Record<string, string>): Command =>
  start(process.execPath, ["scripts/serve.mjs"], {
    cwd: clone,
    env: { PORT: "0", LRSCOPE_DATA: data, ...env },
  });

/** To the whole group, as a terminal does. npm's own exit code depends on the shell, so it is not looked at. */
async function pressCtrlC(server: Command): Promise<void> {
  process.kill(-server.child.pid!, "SIGINT");
  expect((await server.ended).output).toContain("Ending:");
}

beforeAll(() => {
  clone = copyRepository();
  data = path.join(clone, "elsewhere/data");
  linkPackages(clone);
});

afterAll(() => rmSync(clone, { recursive: true, force: true }));

const post = (url: string, body: object): Promise<Response> =>
  fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

/** In Brotli for who takes it, in gzip for others, and the same either way. */
async function expectCompressed(script: URL): Promise<void> {
  const [brotli, gzip] = await Promise.all(
    ["br", "gzip"].map((accepted) => fetch(script, { headers: { "accept-encoding": accepted } })),
  );
  expect(brotli?.headers.get("content-encoding")).toBe("br");
  expect(gzip?.headers.get("content-encoding")).toBe("gzip");
  for (const name of ["content-type", "cache-control", "x-content-type-options"]) {
    expect(brotli?.headers.get(name), name).toBe(gzip?.headers.get(name));
  }
  const text = await brotli?.text();
  expect(text?.length).toBeGreaterThan(0);
  expect(text).toBe(await gzip?.text());
}

const builtAt = (): string => readFileSync(path.join(clone, ".next/BUILD_ID"), "utf8");
const databaseFile = (): string => path.join(data, "lrscope.db");

describe("npm start", () => {
  test("on a fresh clone builds and serves, and Ctrl-C leaves a whole database", async () => {
    const server = npmStart();
    const url = await whenReady(server);
    expect(server.output()).toContain("Building.");
    expect(server.output()).toContain(`data:              ${data}`);
    expect((await fetch(`${url}/api/health`)).status).toBe(200);
    const home = await fetch(url);
    expect(home.status).toBe(200);
    await expectCompressed(new URL(/[^"]+\.js/.exec(await home.text())?.[0] ?? "", url));
    expect((await post(`${url}/api/v1/runs`, { project: "kept", id: "first" })).status).toBe(201);

    await pressCtrlC(server);
    expect(existsSync(`${databaseFile()}-wal`)).toBe(false);
    const db = new Database(databaseFile(), { readonly: true });
    expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
    expect(db.prepare(`SELECT "id" FROM "Run"`).all()).toEqual([{ id: "first" }]);
    db.close();
    expect(existsSync(path.join(clone, "data"))).toBe(false);
  });

  test("the second time builds nothing and finds the data again", async () => {
    const before = builtAt();
    const server = npmStart();
    const url = await whenReady(server);
    expect(server.output()).not.toMatch(/Installing|Building/);
    expect(builtAt()).toBe(before);
    expect((await fetch(`${url}/api/v1/runs/first`)).status).toBe(200);
    await pressCtrlC(server);
  });
});

describe("a server that cannot start says why, and exits with 1", () => {
  test("when the port is in use", async () => {
    const server = await startServer({ cwd: clone });
    const port = new URL(server.url).port;
    const { code, output } = await serve({ PORT: port }).ended;
    expect(code).toBe(1);
    expect(output).toContain(`Port ${port} on 127.0.0.1 is in use`);
    expect(output).toContain(`PORT=${Number(port) + 1} npm start`);
    expect(output).not.toContain("    at ");
    await server.stop();
  });

  test("when a newer version made the database", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "lrscope-newer-"));
    cpSync(databaseFile(), path.join(folder, "lrscope.db"));
    const db = new Database(path.join(folder, "lrscope.db"));
    db.prepare(
      `INSERT INTO "_prisma_migrations" ("id", "checksum", "finished_at", "migration_name") VALUES ('x', 'x', '2999-01-01', ?)`,
    ).run(MIGRATION_OF_A_NEWER);
    db.close();
    const { code, output } = await serve({ LRSCOPE_DATA: folder }).ended;
    expect(code).toBe(1);
    expect(output).toMatch(/made by a newer lrscope.*29990101000000_of_a_newer_version/);
    rmSync(folder, { recursive: true });
  });

  test.each([
    ["HOST", "0.0.0.0", /reaches beyond this machine/],
    ["PORT", "eighty", /PORT=eighty is not a port/],
    ["DATABASE_URL", "mysql://localhost", /DATABASE_URL: starts with file: or postgresql:/],
    ["LRSCOPE_SYNCHRONOUS", "OFF", /LRSCOPE_SYNCHRONOUS/],
  ])("when %s is %s", async (name, value, message) => {
    const { code, output } = await serve({ [name]: value }).ended;
    expect(output).toMatch(message);
    expect(code).toBe(1);
  });
});

describe("a server that is asked to end", () => {
  test("ends its open streams and exits with 0", async () => {
    const server = await startServer({ cwd: clone });
    await post(`${server.url}/api/v1/runs`, { project: "streamed", id: "streamed" });
    const stream = await fetch(`${server.url}/api/v1/stream?run=streamed`, {
      headers: { accept: "text/event-stream" },
    });
    expect(stream.status).toBe(200);
    const stopped = server.stop();
    // A stream that was cut off, not ended, rejects here.
    await expect(stream.text()).resolves.toEqual(expect.any(String));
    expect((await stopped).code).toBe(0);
  });

  test("takes a Ctrl-C that npm passes on for the same one", async () => {
    const server = await startServer({ cwd: clone });
    server.child.kill("SIGINT");
    expect((await server.stop()).code).toBe(0);
  });
});

describe("setup", () => {
  const stamp = () => path.join(clone, ".cache/prisma-stamp");
  const buildStamp = () => path.join(clone, ".next/lrscope-stamp");
  const lock = () => path.join(clone, ".cache/setup.lock");

  test("two at once do the work once", async () => {
    rmSync(stamp());
    const outcomes = await Promise.all([setup().ended, setup().ended]);
    expect(outcomes.map(({ code }) => code)).toEqual([0, 0]);
    expect(existsSync(stamp())).toBe(true);
    expect(existsSync(lock())).toBe(false);
  });

  test("does not wait for a process that is gone", async () => {
    rmSync(stamp());
    mkdirSync(path.dirname(lock()), { recursive: true });
    writeFileSync(lock(), "2147483646");
    expect((await setup().ended).code).toBe(0);
    expect(existsSync(lock())).toBe(false);
  });

  test("a build that fails says so, and is not taken for a build", async () => {
    const config = path.join(clone, "next.config.js");
    const source = readFileSync(config, "utf8");
    writeFileSync(config, `throw new Error("broken on purpose");`);
    const { code, output } = await setup("--build").ended;
    writeFileSync(config, source);
    expect(code).toBe(1);
    expect(output).toContain("broken on purpose");
    expect(output).toContain("next build failed");
    expect(existsSync(buildStamp())).toBe(false);
  });

  test("a build that is interrupted is not taken for a build", async () => {
    const building = setup("--build");
    await vi.waitUntil(() => building.output().includes("Building."), { timeout: 60_000 });
    building.child.kill("SIGINT");
    expect((await building.ended).code).toBe(130);
    expect(existsSync(buildStamp())).toBe(false);
    expect(existsSync(lock())).toBe(false);
  });

  test("an old Node is named, with the version that is needed", async () => {
    const old =
      "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.0' } })";
    const { code, output } = await start(
      process.execPath,
      ["--import", `data:text/javascript,${encodeURIComponent(old)}`, "scripts/setup.mjs"],
      { cwd: clone },
    ).ended;
    expect(code).toBe(1);
    expect(output).toContain("lrscope needs Node 20.19 or newer");
  });
});

describe.runIf(process.env.CI || process.env.LRSCOPE_FULL_START)("on a clone without packages", () => {
  test("setup installs them", async () => {
    const fresh = copyRepository();
    const { code, output } = await start(process.execPath, ["scripts/setup.mjs"], { cwd: fresh }).ended;
    expect(output).toContain("Installing packages.");
    expect(code).toBe(0);
    const second = await start(process.execPath, ["scripts/setup.mjs"], { cwd: fresh }).ended;
    expect(second).toEqual({ code: 0, output: "" });
    rmSync(fresh, { recursive: true, force: true });
  });
});
