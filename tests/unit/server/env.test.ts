import path from "node:path";
import { describe, expect, test } from "vitest";
import { readEnv } from "@/lib/server/env";
import { newId } from "@/lib/server/ids";

describe("the environment", () => {
  test("needs nothing: a SQLite file in ./data", () => {
    const env = readEnv({ NODE_ENV: "test" });
    expect(env).toMatchObject({
      engine: "sqlite",
      synchronous: "FULL",
      logLevel: "info",
      allowedHosts: [],
      publicUrl: "http://localhost:3000",
      notifyPrivate: false,
      production: false,
    });
    expect(env.dataDir).toBe(path.resolve("data"));
    expect(env.databaseUrl).toBe(`file:${path.resolve("data/lrscope.db")}`);
  });

  test("what it says is taken", () => {
    const said = {
      DATABASE_URL: "postgresql://u@h/db",
      LRSCOPE_ALLOWED_HOSTS: " A.example. ,b:80,[FD00::1]:3000,fd00:0::2",
      LRSCOPE_PUBLIC_URL: "https://lr.example/",
      LRSCOPE_NOTIFY_PRIVATE: "1",
      NODE_ENV: "production",
    } as const;
    expect(readEnv(said)).toMatchObject({
      engine: "postgresql",
      databaseUrl: "postgresql://u@h/db",
      allowedHosts: [
        { name: "a.example", port: null },
        { name: "b", port: 80 },
        { name: "[fd00::1]", port: 3000 },
        { name: "[fd00::2]", port: null },
      ],
      publicUrl: "https://lr.example",
      notifyPrivate: true,
      production: true,
    });
  });

  test("every wrong variable is named, and listening beyond loopback is refused", () => {
    const wrong = {
      PORT: "high",
      HOST: "0.0.0.0",
      DATABASE_URL: "mysql://x",
      LRSCOPE_SYNCHRONOUS: "OFF",
      NODE_ENV: "test",
    } as const;
    for (const name of ["PORT", "HOST", "DATABASE_URL", "LRSCOPE_SYNCHRONOUS"])
      expect(() => readEnv(wrong)).toThrow(name);
  });
});

test("ids are 32 hex digits that sort by time", () => {
  const ids = [1, 2, 1000, 2 ** 40].map((now) => newId(now));
  expect(ids).toEqual([...ids].sort());
  expect(new Set(Array.from({ length: 1000 }, () => newId(5))).size).toBe(1000);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}$/);
});
