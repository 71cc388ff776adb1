import { describe, expect, test } from "vitest";
import { Together } from "@/lib/server/work/together";

/** Work that ends when it is told to, and remembers how it was asked for. */
function open() {
  const signals: AbortSignal[] = [];
  let resolve: (value: string) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const work = (signal: AbortSignal) => {
    signals.push(signal);
    return new Promise<string>((good, bad) => ([resolve, reject] = [good, bad]));
  };
  return {
    signals,
    work,
    resolve: (value: string) => resolve(value),
    reject: (error: Error) => reject(error),
  };
}

const { signal } = new AbortController();

describe("work under one key", () => {
  test("is done once for all who ask meanwhile", async () => {
    const [together, one] = [new Together(), open()];
    const both = [together.run("a", signal, one.work), together.run("a", signal, one.work)];
    one.resolve("done");
    await expect(Promise.all(both)).resolves.toEqual(["done", "done"]);
    expect(one.signals).toHaveLength(1);
  });

  test("is done again for who asks after its end, whichever that was", async () => {
    const [together, one] = [new Together(), open()];
    const first = together.run("a", signal, one.work);
    one.reject(new Error("broken"));
    await expect(first).rejects.toThrow("broken");
    const second = together.run("a", signal, one.work);
    one.resolve("done");
    await expect(second).resolves.toBe("done");
    expect(one.signals).toHaveLength(2);
  });

  test("goes on when one of two leaves, and is cancelled with the last", async () => {
    const [together, one] = [new Together(), open()];
    const [a, b] = [new AbortController(), new AbortController()];
    const first = together.run("a", a.signal, one.work);
    const second = together.run("a", b.signal, one.work);
    a.abort(new Error("a left"));
    await expect(first).rejects.toThrow("a left");
    expect(one.signals[0]?.aborted).toBe(false);
    b.abort(new Error("b left"));
    await expect(second).rejects.toThrow("b left");
    expect(one.signals[0]?.aborted).toBe(true);
  });

  test("that was cancelled is not what the next one gets", async () => {
    const [together, one, other] = [new Together(), open(), open()];
    const a = new AbortController();
    const first = together.run("a", a.signal, one.work);
    a.abort(new Error("a left"));
    await expect(first).rejects.toThrow("a left");
    const second = together.run("a", signal, other.work);
    other.resolve("fresh");
    await expect(second).resolves.toBe("fresh");
  });

  test("does not start for who has left already", async () => {
    const [together, one] = [new Together(), open()];
    await expect(together.run("a", AbortSignal.abort(new Error("gone")), one.work)).rejects.toThrow("gone");
    expect(one.signals).toHaveLength(0);
  });
});

test("work under different keys is apart", async () => {
  const [together, one, other] = [new Together(), open(), open()];
  const both = [together.run("a", signal, one.work), together.run("b", signal, other.work)];
  one.resolve("one");
  other.resolve("other");
  await expect(Promise.all(both)).resolves.toEqual(["one", "other"]);
});
