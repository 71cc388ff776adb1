import { expect, test } from "vitest";
import { findLrKey } from "@/lib/domain/metrics/lr-key";

test.each([
  [["loss", "lr"], "lr"],
  [["learning_rate", "train/lr"], "learning_rate"],
  [["train/learning_rate", "loss"], "train/learning_rate"],
  [["deep/er/lr", "a/lr"], "a/lr"],
  [["lr/group1", "lr/group0"], "lr/group0"],
  [["lr-Adam", "lr-Adam-momentum"], "lr-Adam"],
  [["lr-SGD/pg1", "lr-SGD/pg2"], "lr-SGD/pg1"],
  [["LR"], "LR"],
  [["loss", "clr", "lr_scale", "lrs"], null],
  [[], null],
])("of %j the LR is %j", (keys, found) => expect(findLrKey(keys)).toBe(found));
