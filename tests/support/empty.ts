// Stands in for `server-only`, which exists to break browser bundles and has nothing to guard here.
export {};
