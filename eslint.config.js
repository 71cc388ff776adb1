import js from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";
import { lrscopeRules } from "./scripts/lint/rules.mjs";

const PURE_GLOBALS = [
  "process",
  "Buffer",
  "setTimeout",
  "setInterval",
  "fetch",
  "window",
  "document",
  "performance",
];

export default tseslint.config(
  {
    ignores: [
      ".next/",
      ".cache/",
      "data/",
      "node_modules/",
      "prisma/generated/",
      "next-env.d.ts",
      "python/",
      "test-results/",
      "public/",
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    plugins: { "react-hooks": reactHooks, lrscope: lrscopeRules },
    rules: {
      ...reactHooks.configs.recommended.rules,
      "no-undef": "off",
      complexity: ["error", 12],
      "max-lines": ["error", { max: 400 }],
      "max-lines-per-function": ["error", { max: 80, skipComments: true, skipBlankLines: true }],
      eqeqeq: ["error", "always"],
      "no-console": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/ban-ts-comment": ["error", { minimumDescriptionLength: 10 }],
      "@typescript-eslint/no-dynamic-delete": "off",
      "lrscope/scoped-transactions": "error",
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "Read the environment in lib/server/env.ts only." },
      ],
    },
  },
  {
    files: ["**/*.tsx"],
    rules: { "max-lines-per-function": ["error", { max: 120, skipComments: true, skipBlankLines: true }] },
  },
  {
    files: ["lib/domain/**/*.ts"],
    rules: {
      "no-restricted-globals": ["error", ...PURE_GLOBALS],
      "no-restricted-properties": [
        "error",
        { object: "Math", property: "random", message: "Randomness is an argument in the domain." },
        { object: "Date", property: "now", message: "Time is an argument in the domain." },
      ],
    },
  },
  {
    files: ["lib/server/env.ts", "scripts/**", "examples/**", "tests/**", "*.config.*", "prisma.config.ts"],
    rules: { "no-restricted-properties": "off", "no-console": "off" },
  },
  {
    files: ["tests/**"],
    rules: { "max-lines-per-function": "off", "@typescript-eslint/no-non-null-assertion": "off" },
  },
  { files: ["**/*.cjs"], languageOptions: { sourceType: "commonjs" } },
);
