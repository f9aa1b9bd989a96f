import * as z from "zod/mini"
import { Check } from "#requests/preflight.ts"
import { AwsPeeringChange } from "./change-peering.ts"

const text = z.string().check(z.maxLength(60))

/** The body of `POST /api/projects/{projectId}/policy-checks`: a change that resource policies may forbid, and that has no preflight. */
export const PolicyQuestion = z.discriminatedUnion("kind", [
  /** A block or a security group. */
  z.strictObject({ kind: z.literal("access-list-add"), entry: text }),
  z.strictObject({ kind: z.literal("change"), peeringId: text, change: AwsPeeringChange }),
  z.strictObject({ kind: z.literal("delete"), peeringId: text }),
])
export type PolicyQuestion = z.infer<typeof PolicyQuestion>

/** What resource policies say of a change; empty when the organization has none. */
export const PolicyChecks = z.object({ checks: z.array(Check) })
export type PolicyChecks = z.infer<typeof PolicyChecks>
