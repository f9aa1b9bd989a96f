import { z } from "zod"

/** A change by another tool than the one under test. */
export const foreignChangeSchema = z.strictObject({
  publicKey: z.string(),
  method: z.enum(["POST", "PATCH", "DELETE"]),
  projectId: z.string(),
  /** Below the project: `peers`, or `peers/{id}`. */
  path: z.string(),
  body: z.unknown().optional(),
  /** From where the other tool calls. */
  address: z.string().default("203.0.113.7"),
})
export type ForeignChange = z.input<typeof foreignChangeSchema>
