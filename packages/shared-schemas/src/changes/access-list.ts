import * as z from "zod/mini"
import { lenientText } from "#atlas/atlas-answer.ts"
import { ChangeReason } from "#requests/create-peering.ts"
import { privateCidrRule } from "#fields/cidr-rules.ts"
import { textField } from "#fields/field-schema.ts"
import { lineOfText } from "#values/line-of-text.ts"

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

/**
 * The body of `POST /api/projects/{projectId}/access-list`: one private block, or one security group of a peered VPC in the
 * container's region. Public addresses are added in Atlas itself: anyone who holds one is let in.
 */
export const AddToAccessList = z.strictObject({
  entry: z
    .strictObject({
      cidrBlock: z.optional(textField({ missing: "Enter the CIDR", rule: privateCidrRule })),
      awsSecurityGroup: z.optional(
        z
          .string()
          .check(z.regex(/^sg-[0-9a-f]{8,17}$/, "A security group is sg- and 8 to 17 hexadecimal digits")),
      ),
      comment: lineOfText(80),
    })
    .check(
      z.refine(
        ({ cidrBlock, awsSecurityGroup }) => (cidrBlock === undefined) !== (awsSecurityGroup === undefined),
        { error: "Give a CIDR or a security group, and not both", path: ["cidrBlock"] },
      ),
    ),
  reason: ChangeReason.shape.reason,
})
export type AddToAccessList = z.infer<typeof AddToAccessList>

const entryName = z.string().check(z.maxLength(50))
const tooManyEntries = "Ask for the status of 10 entries at most"

/** The query parameters of `GET …/access-list`: entries whose status is read too, each with a call to Atlas. */
export const AccessListQuery = z.strictObject({
  status: z.optional(z.union([entryName, z.array(entryName).check(z.maxLength(10, tooManyEntries))])),
})
