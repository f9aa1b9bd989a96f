import { formatShellOption } from "#formats/shell.ts"
import { readValue, type DraftReading } from "#draft/parse-draft.ts"

/** The command of each cloud that prints a network's CIDRs, all of them and nothing else. */
const commands = {
  AWS: {
    command: "aws ec2 describe-vpcs",
    options: { region: "accepterRegionName", "vpc-ids": "vpcId" },
    output: { query: "Vpcs[].CidrBlockAssociationSet[].CidrBlock", output: "text" },
  },
  GCP: {
    command: "gcloud compute networks subnets list",
    options: { project: "gcpProjectId", network: "networkName" },
    // GKE pods have addresses of secondary ranges.
    output: { format: "value(ipCidrRange,secondaryIpRanges[].ipCidrRange)" },
  },
  AZURE: {
    command: "az network vnet show",
    options: {
      subscription: "azureSubscriptionId",
      "resource-group": "resourceGroupName",
      name: "vnetName",
    },
    output: { query: "addressSpace.addressPrefixes", output: "tsv" },
  },
} as const

/** Builds the command that prints the network's CIDRs; null until its fields are right. */
export function buildNetworkCommand(reading: DraftReading): string | null {
  const { command, options, output } = commands[reading.draft.providerName]
  const values = Object.entries(options).map(([name, field]) => ({ name, value: readValue(reading, field) }))
  const words = [...values, ...Object.entries(output).map(([name, value]) => ({ name, value }))].flatMap(
    ({ name, value }) => (value === null ? [] : formatShellOption(`--${name}`, value)),
  )
  return values.every(({ value }) => value !== null) ? [command, ...words].join(" ") : null
}
