// The layer rules of docs/architecture.md, one rule per row. Everything is an error.
const NOBODY = "^$";
const layer = (name, from, mayImport, comment, fromNot) => ({
  name,
  comment,
  severity: "error",
  from: { path: from, ...(fromNot ? { pathNot: fromNot } : {}) },
  to: {
    pathNot: [from, ...mayImport].length ? [from, ...mayImport] : NOBODY,
    path: "^(app|components|lib|prisma|tests|scripts|python)/",
  },
});

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      comment: "Type-only edges included.",
      from: {},
      to: { circular: true },
    },
    {
      name: "domain-has-no-packages",
      severity: "error",
      comment: "lib/domain is pure: no package, no node built-in.",
      from: { path: "^lib/domain/" },
      to: { pathNot: "^lib/domain/" },
    },
    layer(
      "contracts",
      "^lib/contracts/",
      ["^lib/domain/"],
      "Contracts describe the wire: domain and zod only.",
    ),
    layer(
      "presenters",
      "^lib/presenters/",
      ["^lib/domain/", "^lib/contracts/"],
      "Presenters turn data into view models.",
    ),
    layer(
      "client",
      "^lib/client/",
      ["^lib/domain/", "^lib/contracts/"],
      "Browser code never reaches the server's.",
    ),
    layer(
      "server",
      "^lib/server/",
      ["^lib/domain/", "^lib/contracts/", "^prisma/generated/"],
      "Services know the domain, the wire and the database.",
      "^lib/server/db/",
    ),
    {
      name: "clients-are-built-in-db",
      severity: "error",
      comment: "Services take the generated types; lib/server/db alone builds a client.",
      from: { pathNot: "^lib/server/db/|^tests/" },
      to: { path: "^prisma/generated/", dependencyTypesNot: ["type-only"] },
    },
    layer(
      "server-db",
      "^lib/server/db/",
      ["^prisma/generated/", "^lib/contracts/", "^lib/server/(env|log|errors)"],
      "The only place that builds a database client.",
    ),
    {
      name: "workers-only-read",
      severity: "error",
      comment:
        "What a task reaches is bundled into the workers' script: no transaction, no pool within a worker.",
      from: { path: "^lib/server/work/(worker|tasks)\\.ts$" },
      to: {
        path: "^lib/server/(db/transaction|transaction|local-context|work/(run-|pool|workers|receive))",
        reachable: true,
      },
    },
    layer("ui", "^components/ui/", [], "Primitives have no product words."),
    layer(
      "charts",
      "^components/charts/",
      ["^components/ui/", "^lib/presenters/"],
      "Visualisers draw models that presenters made.",
    ),
    layer(
      "components",
      "^components/(?!ui/|charts/)([^/]+)/",
      ["^components/(ui|charts)/", "^lib/(client|presenters|contracts|domain)/"],
      "A feature's views never reach the server or the pages.",
    ),
    {
      name: "no-sideways-components",
      severity: "error",
      comment: "Two features meet in app or in lib/domain. `shell` composes the frame of every page.",
      from: { path: "^components/(?!ui/|charts/|shell/)([^/]+)/" },
      to: { path: "^components/(?!ui/|charts/)([^/]+)/", pathNot: "^components/$1/" },
    },
    layer(
      "api",
      "^app/api/",
      ["^lib/server/", "^lib/contracts/", "^lib/domain/"],
      "Endpoints declare; services do.",
    ),
    layer(
      "pages",
      "^app/(?!api/)",
      ["^components/", "^lib/(server|presenters|contracts|domain|client)/"],
      "Pages route, fetch and compose.",
    ),
    {
      name: "charts-in-their-place",
      severity: "error",
      comment: "Chart.js is drawn only by components/charts.",
      from: { pathNot: "^components/charts/" },
      to: { path: "node_modules/(chart\\.js|react-chartjs-2|chartjs-)" },
    },
    {
      name: "react-stays-out-of-lib",
      severity: "error",
      from: { path: "^lib/(server|contracts|presenters|domain)/" },
      to: { path: "node_modules/(react|react-dom)/" },
    },
    {
      name: "schemas-stay-on-the-server",
      severity: "error",
      comment:
        "zod and the schemas are a sixth of what a page may load: pages take their types, `words` and `wire-number`. What has to be checked in the browser is listed here, and is loaded when it is needed.",
      from: {
        path: "^(components|lib/client|lib/presenters)/",
        pathNot:
          "^lib/client/examples/|^lib/presenters/(docs/|notifications/channel-draft|schedules/(advisor-form|edit-layer|read-design|read-json))|^components/settings/channel-dialog",
      },
      to: {
        path: "^lib/contracts/(?!words|wire-number|run-rows)|node_modules/zod/",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "source-never-imports-tests",
      severity: "error",
      from: { path: "^(app|components|lib|prisma|scripts)/" },
      to: { path: "^tests/" },
    },
    {
      name: "not-unresolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules|prisma/generated" },
    exclude: { path: "^(\\.next|\\.cache|data)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      mainFields: ["module", "main", "types"],
    },
  },
};
