import type { LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import { describe, expect, test } from "vitest";
import { pinnedTo, refusalOf, resolveAllowed } from "@/lib/server/notify/guard";
import { asUndeliverable, Undeliverable } from "@/lib/server/notify/undeliverable";

const patient = () => AbortSignal.timeout(30_000);

/** As the URL parser and the system's resolver read them, all of these are this machine. */
const LOOPBACK = [
  "http://127.0.0.1/",
  "http://127.1/",
  "http://2130706433/",
  "http://0x7f000001/",
  "http://0177.0.0.1/",
  "http://0/",
  "http://[::1]/",
  "http://[::ffff:127.0.0.1]/",
  "http://LOCALHOST/",
  "http://hooks.localhost/",
  "http://169.254.169.254/latest/meta-data",
  "http://[fd00:ec2::254]/",
];

describe("the guard against private addresses", () => {
  test.each(LOOPBACK)("%s is refused by its text", (address) => {
    expect(refusalOf(new URL(address).hostname)).toMatch(/not on the public Internet/);
  });

  test.each(["example.com", "8.8.8.8", "[2606:4700:4700::1111]", "mail.example.com"])("%s may be", (host) => {
    expect(refusalOf(host)).toBeNull();
  });

  test.each(["localhost", "127.0.0.1", "[::1]", "2130706433", "0x7f.1"])(
    "%s is refused by what it resolves to",
    async (host) => {
      const error = await resolveAllowed(host, patient()).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Undeliverable);
      expect(error).toMatchObject({ again: false, message: expect.stringMatching(/public Internet/) });
    },
  );

  test("an address as text is its own answer", async () => {
    expect(await resolveAllowed("[2606:4700:4700::1111]", patient())).toEqual([
      { address: "2606:4700:4700::1111", family: 6 },
    ]);
  });

  test("a look-up ends with its signal", async () => {
    await expect(resolveAllowed("example.com", AbortSignal.abort())).rejects.toThrow("timed out");
  });
});

describe("a pinned look-up", () => {
  const checked: LookupAddress[] = [
    { address: "192.0.2.1", family: 4 },
    { address: "2001:db8::1", family: 6 },
  ];
  const ask = (lookup: LookupFunction, all: boolean) =>
    new Promise<unknown>((resolve, reject) =>
      lookup("rebound.example", { all }, (error, address, family) =>
        error ? reject(error) : resolve([address, family]),
      ),
    );

  test("answers with what was checked, whatever the name", async () => {
    expect(await ask(pinnedTo(checked), false)).toEqual(["192.0.2.1", 4]);
    expect(await ask(pinnedTo(checked), true)).toEqual([checked, undefined]);
  });

  test("without an address it is an error", async () => {
    await expect(ask(pinnedTo([]), false)).rejects.toThrow("no address");
  });
});

describe("why a message was not sent", () => {
  const failed = (code: string, more = {}) =>
    Object.assign(new Error("connect 10.0.0.1:25"), { code, ...more });

  test("is in words without addresses", () => {
    expect(asUndeliverable(failed("ECONNREFUSED"), false)).toMatchObject({
      message: "the connection was refused",
      again: true,
    });
    expect(asUndeliverable(failed("EAUTH", { response: "535 no" }), false)).toMatchObject({
      message: "the mail server refused the user name or the password (535 no)",
      again: false,
    });
    expect(asUndeliverable(failed("ECONNREFUSED"), true).message).toBe("there was no answer in time");
  });

  test("keeps our own words, and cuts long ones of others", () => {
    const own = new Undeliverable("answered 404", { again: false });
    expect(asUndeliverable(own, true)).toBe(own);
    expect(asUndeliverable(new Error("x".repeat(1000)), false).message).toHaveLength(300);
    expect(asUndeliverable("odd", false).message).toBe("odd");
  });
});
