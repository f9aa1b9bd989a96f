import { z } from "zod"

/** A resource policy of an organisation: Cedar texts under one name. A text may be one that Cedar cannot parse. */
export const policySchema = z.strictObject({
  id: z.string(),
  orgId: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  bodies: z.array(z.strictObject({ id: z.string(), body: z.string() })),
  createdAt: z.number(),
})
export type Policy = z.infer<typeof policySchema>

/**
 * The set of connections, or of access list entries, that policies see: as it is before the change, or as the change would make it. Which
 * one Atlas shows them is not documented.
 */
export const policyReadings = ["before", "after"] as const
export type PolicyReading = (typeof policyReadings)[number]
