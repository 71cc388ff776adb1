import { expect, test } from "vitest";
import { formatBytes } from "@/lib/presenters/format/bytes";

test.each([
  [0, "0 B"],
  [1023, "1023 B"],
  [1024, "1.0 KiB"],
  [12.3 * 1024 ** 2, "12.3 MiB"],
  [99.96 * 1024 ** 2, "100.0 MiB"],
  [100 * 1024 ** 2, "100 MiB"],
  [1023.9 * 1024, "1.0 MiB"],
  [5 * 1024 ** 3, "5.0 GiB"],
  [5000 * 1024 ** 4, "5000 TiB"],
])("%d is %s", (bytes, shown) => expect(formatBytes(bytes)).toBe(shown));
