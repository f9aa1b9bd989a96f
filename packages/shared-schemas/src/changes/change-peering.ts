import * as z from "zod/mini"
import { Container } from "#atlas/container.ts"
import { ChangeReason } from "#requests/create-peering.ts"
import { awsFields } from "#fields/aws.ts"
import { textField } from "#fields/field-schema.ts"
import type { FieldRow } from "#fields/field.ts"
import { PeeringRequest } from "#requests/peering-request.ts"
import { Peering } from "#connections/peering.ts"

type Editable = {
  [Name in keyof typeof awsFields]: (typeof awsFields)[Name] extends { edit: object } ? Name : never
}[keyof typeof awsFields]

export type EditableField = FieldRow & Required<Pick<FieldRow, "edit">>

/** The fields of an existing AWS peering that can be edited. */
export const editableFields = Object.fromEntries(
  Object.entries<FieldRow>(awsFields).filter(([, field]) => field.edit !== undefined),
) as Record<Editable, EditableField>

/* @__NO_SIDE_EFFECTS__ */ function toChangeShape() {
  const shape = Object.entries(editableFields).map(([name, field]) => [name, z.optional(textField(field))])
  return Object.fromEntries(shape) as Record<Editable, z.ZodMiniOptional<ReturnType<typeof textField>>>
}

/** The changeable fields of an AWS peering; omitted fields stay. `accepterRegionName` and the container can't be. */
export const AwsPeeringChange = z
  .strictObject(toChangeShape())
  .check(z.refine((change) => Object.keys(change).length > 0, "Give at least one field to change"))
export type AwsPeeringChange = z.infer<typeof AwsPeeringChange>

/**
 * The body of `PATCH /api/projects/{projectId}/peerings/{peeringId}`, for AWS. Account and VPC together make Atlas restart the
 * peering (Atlas: Update One Network Peering Connection): its owner has to accept it again. A new block alone does not.
 */
export const ChangePeering = z.strictObject({
  change: AwsPeeringChange,
  /** True to send account and VPC along although they stay: for a connection that failed, or when Atlas wants every field. */
  startAnew: z.optional(z.boolean("startAnew is true or false")),
  reason: ChangeReason.shape.reason,
})
export type ChangePeering = z.infer<typeof ChangePeering>

/** Atlas's codes for a change that lacks a field: it may come with `startAnew` instead. */
export const everyFieldCodes: ReadonlySet<string | null> = new Set([
  "MISSING_ATTRIBUTE",
  "MISSING_ATTRIBUTES",
  "MISSING_OR_INVALID_ATTRIBUTE",
])

/** The body of `DELETE /api/projects/{projectId}/peerings/{peeringId}`. */
export const DeletePeering = z.strictObject({
  reason: ChangeReason.shape.reason,
  /** As the person typed it: the `confirmBy` of the blast radius. */
  name: z.string("Type the name to confirm").check(z.maxLength(500)),
})
export type DeletePeering = z.infer<typeof DeletePeering>

/** The body of `POST /api/projects/{projectId}/peerings/{peeringId}/request-again`, as for a deletion. The same values are requested again. */
export const RequestAgain = z.strictObject({ ...DeletePeering.shape })
export type RequestAgain = z.infer<typeof RequestAgain>

/** The answer to a deletion. `closing`: Atlas takes it away, and the stream tells when it is gone. `gone`: it is not there any more. */
export const PeeringRemoval = z.object({
  state: z.enum(["closing", "gone"]),
  /** As it is now; null when it is gone. */
  peering: z.nullable(Peering),
})
export type PeeringRemoval = z.infer<typeof PeeringRemoval>

/** `GET /api/projects/{projectId}/peerings/{peeringId}/blast-radius`: what goes with a connection when it is deleted. */
export const BlastRadius = z.object({
  /**
   * The name to type for a deletion: the VPC's id, or the network's or VNet's name. Where another connection of the project is called
   * the same, `project/network` or `group/vnet`, and at last Atlas's id.
   */
  confirmBy: z.string(),
  /** True when no other AWS connection of the project is left: Atlas then takes AWS security groups off the access list. */
  lastAwsConnection: z.boolean(),
  /** Entries that would be removed; null when the access list could not be read. Empty unless `lastAwsConnection`. */
  securityGroups: z.nullable(z.array(z.string())),
  /** Its container; null when it could not be read. */
  container: z.nullable(Container),
  /** True when no other connection uses the container. A cluster may still do. */
  containerLeftWithoutPeers: z.boolean(),
  /** The other connections of the same container. */
  sharing: z.array(z.object({ id: z.string(), name: z.string(), status: z.nullable(z.string()) })),
  /** The request that creates it again; null when Atlas reports too little. */
  recreateBy: z.nullable(PeeringRequest),
})
export type BlastRadius = z.infer<typeof BlastRadius>
