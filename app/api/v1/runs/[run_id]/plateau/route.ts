import * as control from "@/lib/contracts/endpoints/control";
import { defineRoute } from "@/lib/server/http/define-route";
import { getPlateau, setPlateau } from "@/lib/server/plateau/get-plateau";

export const GET = defineRoute(control.getPlateau, ({ ctx, params }) => getPlateau(ctx, params.run_id));

export const PUT = defineRoute(control.setPlateau, ({ ctx, params, body }) =>
  setPlateau(ctx, params.run_id, body),
);
