import * as z from "zod/mini"

/** What this installation speaks to, so that nobody mistakes a rehearsal for the real thing. */
export const Installation = z.object({
  atlasHost: z.string(),
  atlasApiVersion: z.string(),
  /** False when Atlas is a stand-in on this machine. */
  realAtlas: z.boolean(),
  /** How many connections Atlas allows a project: 50 unless its support raised it; half of them, at least 25, may be unfinished. */
  peersPerProject: z.number(),
})
export type Installation = z.infer<typeof Installation>
