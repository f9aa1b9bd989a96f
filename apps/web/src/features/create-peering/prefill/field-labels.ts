import { providerNames } from "@peering-desk/shared-schemas"
import { listNetworkFields } from "#features/create-peering/draft/cloud-fields.ts"

/** Name of a draft's field → its label in the form. */
export const fieldLabels: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    providerNames.flatMap((cloud) => listNetworkFields(cloud).map(([name, { label }]) => [name, label])),
  ),
  containerId: "Atlas side",
  atlasCidrBlock: "Atlas CIDR",
  region: "Atlas region",
  regions: "Atlas regions",
  networkBlocks: "CIDRs of the network",
  peeredBlocks: "CIDRs of other peered networks",
}
