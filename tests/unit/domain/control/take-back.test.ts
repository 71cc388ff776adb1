import { describe, expect, test } from "vitest";
import { lrKeysByGroup } from "@/lib/domain/control/lr-groups";
import { takeBack } from "@/lib/domain/control/take-back";

const cut = { kind: "scale_lr", factor: 0.25, lr: 0.025, before: 0.1, minLr: null } as const;
const still = { holdsStill: true, without: 0.1 } as const;
const moving = { holdsStill: false, without: 0.08 } as const;

describe("takeBack", () => {
  test.each([
    ["a cut, wherever the schedule is now", cut, moving, { kind: "scale_lr", factor: 4 }],
    [
      "a cut whose LRs nobody knows",
      { ...cut, lr: null, before: null },
      moving,
      { kind: "scale_lr", factor: 4 },
    ],
    ["a floor that was not reached", { ...cut, minLr: 0.01 }, still, { kind: "scale_lr", factor: 4 }],
    ["a floor that was", { ...cut, minLr: 0.05, lr: 0.05 }, still, { kind: "set_lr", lr: 0.1 }],
    [
      "a floor that one group reached",
      { ...cut, minLr: 0.05, lr: [0.05, 0.1], before: [0.1, 0.4] },
      still,
      { kind: "set_lr", lr: [0.1, 0.4] },
    ],
    [
      "a floor, while the schedule moves",
      { ...cut, minLr: 0.05, lr: 0.05 },
      moving,
      { kind: "scale_lr", factor: 4 },
    ],
    [
      "a set, where the LR stands",
      { ...cut, kind: "set_lr", factor: null },
      still,
      { kind: "set_lr", lr: 0.1 },
    ],
    [
      "a set, while the schedule moves",
      { ...cut, kind: "set_lr", factor: null, lr: 0.02 },
      moving,
      { kind: "scale_lr", factor: 4 },
    ],
    [
      "a set of groups in one ratio",
      { ...cut, kind: "set_lr", factor: null, lr: [0.02, 0.2] },
      { holdsStill: false, without: [0.04, 0.4] },
      { kind: "scale_lr", factor: 2 },
    ],
    [
      "a set of groups in several",
      { ...cut, kind: "set_lr", factor: null, lr: [0.02, 0.2] },
      { holdsStill: false, without: [0.04, 0.2] },
      null,
    ],
    ["a set to 0, while the schedule moves", { ...cut, kind: "set_lr", factor: null, lr: 0 }, moving, null],
    [
      "a set from nobody knows where",
      { ...cut, kind: "set_lr", factor: null, before: null },
      { holdsStill: true, without: null },
      null,
    ],
  ] as const)("%s", (_, change, circumstances, wanted) => {
    expect(takeBack(change, circumstances)).toEqual(wanted);
  });
});

describe("lrKeysByGroup", () => {
  test.each([
    ["lr", ["lr", "loss"], ["lr"]],
    ["lr", ["lr/group_2", "lr/group_1", "lr"], ["lr", "lr/group_1", "lr/group_2"]],
    ["lr", ["lr", "lr/2"], ["lr"]],
    ["lr/pg1", ["lr/pg1", "lr/pg2", "lr/pg3"], ["lr/pg1", "lr/pg2", "lr/pg3"]],
    ["opt/lr_0", ["opt/lr_0", "opt/lr_1", "other/lr_1"], ["opt/lr_0", "opt/lr_1"]],
    ["lr/0", ["lr/0", "lr/group1"], ["lr/0"]],
    ["val/acc@1", ["val/acc@1", "val/acc@5"], ["val/acc@1"]],
  ])("%s among %j", (first, keys, found) => expect(lrKeysByGroup(keys, first)).toEqual(found));
});
