/** The same LR at every step. */
export interface ConstantSpec {
  kind: "constant";
  value: number;
}
