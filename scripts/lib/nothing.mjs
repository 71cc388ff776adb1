/** Stands for a package that only guards an import. */
export {};
