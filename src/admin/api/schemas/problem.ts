/** The body of every answer that is a refusal or a failure: RFC 9457. */
import * as z from "zod";
import { named } from "./named.ts";

export const problem = named(
  "Problem",
  z.object({
    type: z.literal("about:blank"),
    title: z.string().meta({ description: "What the code means." }),
    status: z.int(),
    code: z.string().meta({ description: "For programs.", examples: ["unknown-profile"] }),
    detail: z.string().meta({ description: "One line: what is wrong, where, and what to do." }),
    message: z.string().meta({ description: "The same as `detail`." }),
  }),
);
