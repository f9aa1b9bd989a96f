import * as z from "zod/mini"

/** The Atlas that this installation calls, to tell a demo from the real one. */
export const Installation = z.object({
  atlasHost: z.string(),
  /** False when Atlas is a stand-in on this machine. */
  realAtlas: z.boolean(),
  /** The number of peerings Atlas allows per project: 50 unless its support raised it; half of them, at least 25, may be unfinished. */
  peersPerProject: z.number(),
  /** Only in a demo: the form offers sample values, and time is simulated. */
  demo: z.optional(z.literal(true)),
})
export type Installation = z.infer<typeof Installation>
