import * as z from "zod/mini"

/** One thing that a server needs, or without which people miss something. */
export const ReadinessCheck = z.object({
  name: z.enum([
    "process",
    "database",
    "tables",
    "atlas",
    "keys",
    "audit-log",
    "notices",
    "clock",
    "configuration",
  ]),
  /** `failed` keeps requests away from the server; with `warning` it goes on. */
  state: z.enum(["ok", "warning", "failed"]),
  /** A sentence for the people who run the server. Never holds an address or a secret. */
  says: z.string(),
})
export type ReadinessCheck = z.infer<typeof ReadinessCheck>
