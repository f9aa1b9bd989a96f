import * as z from "zod/mini"
import { PeeringRequest } from "./peering-request.ts"

/** Why somebody asks for a change, in their own words; spaces around them do not count. */
export const ChangeReason = z.strictObject({
  reason: z
    .string("Say why, for the audit trail")
    .check(
      z.trim(),
      z.minLength(1, "Say why, for the audit trail"),
      z.maxLength(200, "Say it in 200 characters at most"),
    ),
})
export type ChangeReason = z.infer<typeof ChangeReason>

/**
 * The body of `POST /api/projects/{projectId}/peerings`. `request` goes to Atlas as it is. What is wrong with it is told by the plain
 * names of its fields, beside `reason`.
 */
export const CreatePeering = z.strictObject({ request: PeeringRequest, reason: ChangeReason.shape.reason })
export type CreatePeering = z.infer<typeof CreatePeering>
