import { AdviseBody, Architecture, Optimizer } from "@/lib/contracts/advise";
import { reasonOf, type FieldErrors } from "./edit-layer";

/** The advisor's form, as it stands in the URL: texts by field. */
export const ADVISOR_DEFAULTS = {
  architecture: "cnn",
  optimizer: "sgd",
  start: "scratch",
  batch: "128",
  data: "50000",
  budget: "90",
  unit: "epochs",
  ref_batch: "",
  ref_lr: "",
  beta2: "",
} as const;

export type AdvisorField = keyof typeof ADVISOR_DEFAULTS;
export type AdvisorForm = Readonly<Record<AdvisorField, string>>;

const FIELDS = [
  "architecture",
  "optimizer",
  "start",
  "batch",
  "data",
  "budget",
  "unit",
  "ref_batch",
  "ref_lr",
  "beta2",
] as const;

export function readAdvisorForm(get: (field: AdvisorField) => string | null): AdvisorForm {
  const given = FIELDS.map((field) => [field, get(field) ?? ADVISOR_DEFAULTS[field]] as const);
  return { ...ADVISOR_DEFAULTS, ...Object.fromEntries(given) };
}

/** What the URL keeps of a change; a default leaves it. "" is a choice where the default is a number. */
export const urlValue = (field: AdvisorField, text: string): string | null =>
  text === ADVISOR_DEFAULTS[field] ? null : text;

/** Where the form's fields go on the wire. */
const WIRE: Readonly<Record<string, AdvisorField>> = {
  batch_size: "batch",
  data_size: "data",
  budget: "budget",
  reference_batch_size: "ref_batch",
  reference_lr: "ref_lr",
};

export function adviseBody(form: AdvisorForm): { body: AdviseBody } | { errors: FieldErrors } {
  const number = (text: string) => (text.trim() === "" ? undefined : Number(text.trim()));
  const budget = number(form.budget);
  const raw = {
    architecture: form.architecture,
    optimizer: form.optimizer,
    start: form.start,
    batch_size: number(form.batch),
    data_size: number(form.data),
    budget: form.unit === "open" ? undefined : form.unit === "steps" ? { steps: budget } : { epochs: budget },
    reference_batch_size: number(form.ref_batch),
    reference_lr: number(form.ref_lr),
    beta2: number(form.beta2),
  };
  const parsed = AdviseBody.safeParse(
    Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined)),
  );
  if (parsed.success) return { body: parsed.data };
  return {
    errors: Object.fromEntries(
      parsed.error.issues.map((issue) => {
        const name = String(issue.path[0] ?? "");
        const reason = name === "budget" ? "must be a positive number" : reasonOf(issue);
        return [WIRE[name] ?? name, reason];
      }),
    ),
  };
}

const ARCHITECTURES: Readonly<Record<(typeof Architecture.options)[number], string>> = {
  cnn: "CNN",
  vision_transformer: "vision transformer",
  transformer: "transformer (text)",
  rnn: "RNN",
  mlp: "MLP",
  other: "other",
};

const OPTIMIZERS: Readonly<Record<(typeof Optimizer.options)[number], string>> = {
  sgd: "SGD with momentum",
  adam: "Adam",
  adamw: "AdamW",
  radam: "RAdam",
  rmsprop: "RMSprop",
  lion: "Lion",
  adafactor: "Adafactor",
  schedule_free: "Schedule-Free",
  prodigy: "Prodigy",
  dadaptation: "D-Adaptation",
};

export const ARCHITECTURE_OPTIONS = Architecture.options.map((value) => ({
  value,
  label: ARCHITECTURES[value],
}));
export const OPTIMIZER_OPTIONS = Optimizer.options.map((value) => ({ value, label: OPTIMIZERS[value] }));
