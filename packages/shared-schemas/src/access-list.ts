import * as z from "zod/mini"
import { lenientText } from "./atlas-answer.ts"
import { ChangeReason } from "./create-peering.ts"

/** One entry of a project's IP access list (not of an API key's own list). */
export const AccessListEntry = z.looseObject({
  cidrBlock: lenientText,
  ipAddress: lenientText,
  awsSecurityGroup: lenientText,
  comment: lenientText,
  deleteAfterDate: lenientText,
  /** ACTIVE, PENDING or FAILED, or a word we do not know; null when it was not asked for. */
  status: lenientText,
})
export type AccessListEntry = z.infer<typeof AccessListEntry>

export const AccessList = z.object({ entries: z.array(AccessListEntry) })
export type AccessList = z.infer<typeof AccessList>

/** The body of `POST /api/projects/{projectId}/access-list`: one block or one security group. */
export const AddToAccessList = z.strictObject({
  entry: z.union([
    z.strictObject({ cidrBlock: z.string(), comment: z.string().check(z.maxLength(80)) }),
    z.strictObject({ awsSecurityGroup: z.string(), comment: z.string().check(z.maxLength(80)) }),
  ]),
  reason: ChangeReason.shape.reason,
})
export type AddToAccessList = z.infer<typeof AddToAccessList>
