import { z } from "zod"
import { derive } from "./identifiers.ts"
import { orgId } from "./seeded-ids.ts"

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

/** A resource policy to set; of the demo's organisation by default. */
export type NewPolicy = {
  orgId?: string
  name: string
  description?: string | null
  bodies: readonly string[]
}

/** Builds a policy. Its ids follow from its organisation and name. */
export function toPolicy(
  { orgId: of = orgId, name, description = null, bodies }: NewPolicy,
  now: number,
): Policy {
  const id = (part: string) => derive(`${of}/policy/${name}${part}`, 24)
  return {
    id: id(""),
    orgId: of,
    name,
    description,
    bodies: bodies.map((body, index) => ({ id: id(`/${index}`), body })),
    createdAt: now,
  }
}

/**
 * The set of connections, or of access list entries, that policies see: as it is before the change, or as the change would make it. Which
 * one Atlas shows them is not documented.
 */
export const policyReadings = ["before", "after"] as const
export type PolicyReading = (typeof policyReadings)[number]
