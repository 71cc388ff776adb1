import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { boundaryOf, partsOf } from "@/lib/server/imports/multipart";

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += size) yield bytes.subarray(at, at + size);
}

async function read(body: Buffer, size: number, boundary = "b") {
  const found: { name: string; filename: string | undefined; text: string }[] = [];
  for await (const { name, filename, body: content } of partsOf(pieces(body, size), boundary)) {
    const chunks: Buffer[] = [];
    for await (const chunk of content) chunks.push(Buffer.from(chunk));
    found.push({ name, filename, text: Buffer.concat(chunks).toString("latin1") });
  }
  return found;
}

const almostMark = fc.array(fc.constantFrom("\r", "\n", "-", "b", "x", "\r\n--", "\r\n--a"), {
  maxLength: 20,
});

test.prop([
  fc.array(
    almostMark.map((parts) => parts.join("")),
    { maxLength: 4 },
  ),
  fc.integer({ min: 1, max: 40 }),
])("parts come out as they went in, wherever the pieces are cut", async (texts, size) => {
  const contents = texts.filter((text) => !`\r\n${text}\r\n--b`.slice(0, -3).includes("\r\n--b"));
  const form = contents.map(
    (text, i) => `--b\r\nContent-Disposition: form-data; name="f${i}"; filename="d/${i}"\r\n\r\n${text}\r\n`,
  );
  const found = await read(Buffer.from(`${form.join("")}--b--\r\n`, "latin1"), size);
  expect(found).toEqual(contents.map((text, i) => ({ name: `f${i}`, filename: `d/${i}`, text })));
});

test("names as browsers and curl quote them", async () => {
  const head = (rest: string) =>
    `--b\r\ncontent-disposition: form-data; ${rest}\r\ncontent-type: x\r\n\r\n\r\n`;
  const body = `preamble\r\n${head('name="a%22b"; filename="ü/%22.csv"')}${head('filename="q\\"\\\\x"; name=n')}${head('name="plain"')}--b--`;
  expect((await read(Buffer.from(body), 7)).map(({ name, filename }) => [name, filename])).toEqual([
    ['a"b', 'ü/".csv'],
    ["n", 'q"\\x'],
    ["plain", undefined],
  ]);
});

test("a header without end is refused, and not kept", async () => {
  const body = Buffer.from(`--b\r\n${"x".repeat(100_000)}`);
  await expect(read(body, 1000)).rejects.toThrow("too long");
});

test("boundaries, quoted or not", () => {
  expect(boundaryOf("multipart/form-data; boundary=a-b")).toBe("a-b");
  expect(boundaryOf('multipart/form-data; charset=x; boundary="a b"')).toBe("a b");
  expect(() => boundaryOf("multipart/form-data")).toThrow("no boundary");
});
