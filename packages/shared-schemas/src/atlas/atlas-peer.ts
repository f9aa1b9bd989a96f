import * as z from "zod/mini"
import { lenientText, type RawAnswer } from "./atlas-answer.ts"
import type { ProviderName } from "#clouds/provider.ts"
import { awsFields } from "#fields/aws.ts"
import { azureFields } from "#fields/azure.ts"
import type { FieldTable } from "#fields/field.ts"
import { gcpFields } from "#fields/gcp.ts"

/** Atlas reports the fields of the request. `accepterRegionName` is null when the VPC is in the container's own region. */
/* @__NO_SIDE_EFFECTS__ */ function toAnswerShape<Table extends FieldTable>(table: Table) {
  const shape = Object.keys(table).map((name) => [name, lenientText])
  return Object.fromEntries(shape) as { [Name in keyof Table]: typeof lenientText }
}

/** Atlas's answer for an AWS connection. Status words: INITIATING, PENDING_ACCEPTANCE, FINALIZING, AVAILABLE, FAILED, TERMINATING. */
export const AwsPeer = z.looseObject({
  providerName: z.literal("AWS"),
  id: z.string(),
  containerId: lenientText,
  ...toAnswerShape(awsFields),
  /** AWS's own id, `pcx-…`; null until Atlas has made the request in AWS. */
  connectionId: lenientText,
  errorStateName: lenientText,
  errorMessage: lenientText,
  statusName: lenientText,
})
export type AwsPeer = z.infer<typeof AwsPeer>

/** Atlas's answer for a GCP connection. Status words: ADDING_PEER, WAITING_FOR_USER, AVAILABLE, FAILED, DELETING. */
export const GcpPeer = z.looseObject({
  providerName: z.literal("GCP"),
  id: z.string(),
  containerId: lenientText,
  ...toAnswerShape(gcpFields),
  status: lenientText,
  errorMessage: lenientText,
})
export type GcpPeer = z.infer<typeof GcpPeer>

/** Atlas's answer for an Azure connection. Status words: ADDING_PEER, AVAILABLE, FAILED, DELETION_FAILED, DELETING. */
export const AzurePeer = z.looseObject({
  providerName: z.literal("AZURE"),
  id: z.string(),
  containerId: lenientText,
  ...toAnswerShape(azureFields),
  status: lenientText,
  errorState: lenientText,
})
export type AzurePeer = z.infer<typeof AzurePeer>

export const AtlasPeer = z.discriminatedUnion("providerName", [AwsPeer, GcpPeer, AzurePeer])
export type AtlasPeer = z.infer<typeof AtlasPeer>

/**
 * Reads one connection of a known cloud. v1.0 answers carry no `providerName`, so the asker's memory of it wins.
 * Returns null when there is no `id`: nothing else about an answer makes it unreadable.
 */
export function readAtlasPeer(raw: RawAnswer, providerName: ProviderName): AtlasPeer | null {
  return AtlasPeer.safeParse({ ...raw, providerName }).data ?? null
}
