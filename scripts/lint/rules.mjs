/**
 * lrscope's own lint rule.
 *
 * scoped-transactions: a function that opens a write transaction in lib/server must check the caller's scope in the
 * same function, so that no write path can be added without saying who may take it.
 */
const OPENERS = new Set(["withTransaction"]);
const CHECK = "requireScope";

function functionAround(node) {
  let at = node;
  let found = null;
  while (at) {
    if (/Function/.test(at.type)) found = at;
    at = at.parent;
  }
  return found;
}

const scopedTransactions = {
  meta: {
    type: "problem",
    schema: [],
    messages: { unscoped: `Call ${CHECK} before opening a transaction.` },
  },
  create(context) {
    const path = context.filename.replaceAll("\\", "/");
    if (!path.includes("/lib/server/") || path.includes("/lib/server/db/")) return {};
    const opened = [];
    const checked = new Set();
    return {
      CallExpression(node) {
        if (node.callee.type !== "Identifier") return;
        if (node.callee.name === CHECK) checked.add(functionAround(node));
        if (OPENERS.has(node.callee.name)) opened.push(node);
      },
      "Program:exit"() {
        for (const node of opened) {
          if (!checked.has(functionAround(node))) context.report({ node, messageId: "unscoped" });
        }
      },
    };
  },
};

export const lrscopeRules = { rules: { "scoped-transactions": scopedTransactions } };
