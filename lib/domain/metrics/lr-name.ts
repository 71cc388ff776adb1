/** What the name of a metric says of the LR in it. */
export interface LrName {
  /** The name without its param group, which is what the LRs of one optimizer's groups have in common. */
  family: string;
  /** How the name writes the group: `group`, `pg` or nothing. */
  word: string;
  /** The number of the param group as it is written; null where the name has none. */
  group: number | null;
  /** How telling the name is: the smaller the more. */
  rank: number;
}

/** The kinds of names, the more telling first. A name that spells out `learning_rate` comes right after one with `lr`. */
const KINDS = [
  "plain",
  "nested",
  "current",
  "grouped",
  "owned",
  "qualified",
  "bare group",
  "setting",
] as const;
type Kind = (typeof KINDS)[number];

const list = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** In front of `lr` these only say that it is the LR in use. */
const CURRENT = list("train training cur current last now global effective actual optim optimizer opt");

/** In front of `lr` these make it a number that was chosen once, or one that is computed from LRs. */
const CHOSEN = list(
  "initial init min minimum max maximum peak final end start starting target warmup best optimal suggested default " +
    "original log log2 log10 ln delta diff num n count rel relative ratio scale mult use auto find reduce decay total " +
    "loss acc accuracy auc f1 score precision recall psnr ssim mse mae rmse",
);

/** Behind `lr` these make it something other than an LR. */
const OTHER = list(
  "momentum weight decay wd loss ratio scale scaling scheduler schedule scheduled step steps count num mult multiplier " +
    "factor gamma warmup find finder found range error diff delta log acc accuracy auc f1 score psnr norm grad time " +
    "epoch epochs max min mode patience reduction reductions change changes cut cuts period cycle cycles beta betas eps " +
    "declared expected target",
);

/** Where a run's settings stand, an LR is seldom the one in use. */
const SETTINGS = list(
  "base param params parameters hyper hyperparams hyperparameters hparams hp config cfg args arguments settings options",
);

/** After `lr_` only these say whose LR it is. Any other word would rather be a metric of something that is called lr. */
const OWNERS = list(
  "model backbone head body encoder decoder text unet vae gen generator disc discriminator actor critic policy value g d",
);
const OPTIMIZER =
  /^(sgd|adam|radam|nadam|rmsprop|adagrad|adadelta|lamb|lars|lion|muon|sophia|shampoo|soap|prodigy|optim|decoupled|fused)/;

const GROUP = /^(?:(?:param[^a-z0-9]*)?(?<word>groups?|pg)[^a-z0-9]*)?(?<number>[0-9]{1,3})$/;
const OWNER_AND_GROUP =
  /^(?<stem>.+?)[^a-z0-9]+(?:param[^a-z0-9]*)?(?<word>groups?|pg)[^a-z0-9]*(?<number>[0-9]{1,3})$/;
/** What stands before `lr` in its part of the name, a number, the separator, and what comes after. */
const RATE = /^(?:(.*)[^a-z0-9])?lr([0-9]{1,3})?(?:([^a-z0-9]+)(.*))?$/;
const LEARNING_RATE = /(^|[^a-z])learning[^a-z0-9]*rate(?![a-z])/g;
/** Every name of an LR has one of these in it, in any case. */
export const LR_NAME_PARTS = ["lr", "rate", "pg"] as const;
const POSSIBLE = new RegExp(LR_NAME_PARTS.join("|"), "i");

/** Null: the name is not that of an LR. The Python client has the same rule (python/src/lrscope/_lr_name.py). */
export function readLrName(key: string): LrName | null {
  if (!POSSIBLE.test(key)) return null;
  const written = key
    .split(/[/.:]/)
    .map((part) => part.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase())
    .filter(isSaid);
  const parts = written.map((part) => part.replace(LEARNING_RATE, "$1lr"));
  const at = parts.findLastIndex((part) => RATE.test(part));
  return at < 0 ? bareGroup(parts) : rateName(parts, at, parts[at] !== written[at]);
}

/** @param at the part that says `lr`  @param spelledOut as `learning_rate` */
function rateName(parts: readonly string[], at: number, spelledOut: boolean): LrName | null {
  const [, before = "", digits, separator = "", after = ""] = RATE.exec(parts[at] ?? "") ?? [];
  const parents = parts.slice(0, at);
  const front = wordsOf(before);
  const owner = isOwner(separator, after) ? ownerOf([after, ...parts.slice(at + 1)].filter(isSaid)) : null;
  if (!owner || front.some((word) => CHOSEN.has(word))) return null;
  const group = owner.group ?? (digits === undefined ? null : Number(digits));
  const family = [...parents, [...front, spelledOut ? "learning rate" : "lr"].join(" "), owner.name];
  const kind = kindOf(parents, front, owner.name !== "", group !== null);
  return {
    family: family.filter(isSaid).join("/"),
    word: owner.word,
    group,
    rank: rankOf(kind) + Number(spelledOut),
  };
}

/** The least telling thing about the name decides. */
function kindOf(
  parents: readonly string[],
  front: readonly string[],
  owned: boolean,
  grouped: boolean,
): Kind {
  if ([...parents.flatMap(wordsOf), ...front].some((word) => SETTINGS.has(word))) return "setting";
  if (front.some((word) => !CURRENT.has(word.replace(/[0-9]+$/, "")))) return "qualified";
  if (owned) return "owned";
  if (grouped) return "grouped";
  if (front.length > 0) return "current";
  return parents.length > 0 ? "nested" : "plain";
}

/** Whether what follows `lr` in the same part can say whose LR it is, or which group's. */
function isOwner(separator: string, after: string): boolean {
  const [first = ""] = wordsOf(after);
  if (after === "" || separator.startsWith("-") || GROUP.test(after)) return true;
  return OWNERS.has(first) || OPTIMIZER.test(first);
}

interface Owner {
  /** Empty where the name does not say whose LR it is. */
  name: string;
  word: string;
  group: number | null;
}

/** What the name says after `lr`, part by part; null: something that no LR is called. */
function ownerOf(parts: readonly string[]): Owner | null {
  const { stem, word, group } = groupOf(parts.at(-1) ?? "");
  const names = [...parts.slice(0, -1), stem].filter(isSaid);
  if (names.some((name) => /^[0-9]/.test(name) || wordsOf(name).some((one) => OTHER.has(one)))) return null;
  return { name: names.join("/"), word, group };
}

function groupOf(part: string): { stem: string; word: string; group: number | null } {
  const found = GROUP.exec(part) ?? OWNER_AND_GROUP.exec(part);
  if (!found) return { stem: part, word: "", group: null };
  const { stem = "", word = "", number } = found.groups ?? {};
  return { stem, word: word.replace("groups", "group"), group: Number(number) };
}

/** `x/pg0`: a param group of which the name says no more. */
function bareGroup(parts: readonly string[]): LrName | null {
  const { stem, word, group } = groupOf(parts.at(-1) ?? "");
  const parents = parts.slice(0, -1);
  const said = parents.flatMap(wordsOf);
  if (
    word !== "pg" ||
    stem !== "" ||
    said.length === 0 ||
    said.some((one) => OTHER.has(one) || CHOSEN.has(one))
  )
    return null;
  return { family: parents.join("/"), word, group, rank: rankOf("bare group") };
}

const rankOf = (kind: Kind): number => 2 * KINDS.indexOf(kind);

const wordsOf = (text: string): string[] => text.split(/[^a-z0-9]+/).filter(isSaid);

function isSaid(text: string): boolean {
  return text !== "";
}
