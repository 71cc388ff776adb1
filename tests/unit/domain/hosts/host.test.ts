import { describe, expect, test } from "vitest";
import { isListed, parseHost, parseListedHost } from "@/lib/domain/hosts/host";

describe("a host", () => {
  test.each([
    ["lab.example", "lab.example", null],
    ["LAB.Example:3000", "lab.example", 3000],
    ["lab.example.:80", "lab.example", 80],
    ["localhost.", "localhost", null],
    ["[::1]:3000", "[::1]", 3000],
    ["[0:0:0:0:0:0:0:1]", "[::1]", null],
    ["[FD00::1]", "[fd00::1]", null],
    ["127.0.0.1:65535", "127.0.0.1", 65_535],
  ])("%s", (text, name, port) => {
    expect(parseHost(text)).toEqual({ name, port });
  });

  test.each([
    "",
    ":80",
    "a b",
    "a:b",
    "a:65536",
    "a:123456",
    "http://a",
    "a/b",
    "a@b",
    "::1",
    "[::1",
    "[x]",
    "a?b",
    "a\\b",
  ])("%j is none", (text) => {
    expect(parseHost(text)).toBeNull();
  });

  test("on a list, an IPv6 address may stand without brackets", () => {
    expect(parseListedHost("fd00::1")).toEqual({ name: "[fd00::1]", port: null });
    expect(parseListedHost("[fd00::1]:80")).toEqual({ name: "[fd00::1]", port: 80 });
    expect(parseListedHost("a:b:c")).toBeNull();
  });
});

describe("a list of hosts", () => {
  const isOn = (list: string[], host: string) =>
    isListed(
      list.map((text) => parseListedHost(text)!),
      parseHost(host)!,
    );

  test.each([
    ["lab", "lab", true],
    ["lab", "lab:3000", true],
    ["lab", "LAB.:1", true],
    ["lab", "lab2", false],
    ["lab:3000", "lab:3000", true],
    ["lab:3000", "lab:3001", false],
    ["lab:3000", "lab", false],
    ["lab:80", "lab", true],
    ["lab:443", "lab", true],
    ["fd00::1", "[fd00:0::1]:9", true],
    ["[fd00::1]:9", "[fd00::1]:8", false],
  ])("with %s takes %s: %s", (entry, host, expected) => {
    expect(isOn(["other", entry], host)).toBe(expected);
  });
});
