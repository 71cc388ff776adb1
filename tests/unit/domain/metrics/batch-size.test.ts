import { expect, test } from "vitest";
import { findBatchSize, isBatchSize } from "@/lib/domain/metrics/batch-size";

test.each([
  [{ batch_size: 32 }, 32],
  [{ batchSize: 64 }, 64],
  [{ optimizer: { lr: 1 }, data: { train_batch_size: 8 } }, 8],
  [{ batch_size: 16, global_batch_size: 128 }, 128],
  [{ deep: { batch_size: 4 }, batch_size: 2 }, 2],
  [{ per_device_train_batch_size: 8 }, null],
  [{ eval_batch_size: 8 }, null],
  [{ batch_size: "32" }, null],
  [{ batch_size: 0 }, null],
  [{ batch_size: [1, 2] }, null],
  [null, null],
  ["batch_size", null],
])("%j", (config, size) => expect(findBatchSize(config)).toBe(size));

test("names alone", () => {
  expect(["batch_size", "TotalBatchSize", "batches"].map(isBatchSize)).toEqual([true, true, false]);
});
