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
  return buildCommand(reading, commands[reading.draft.providerName])
}

/** Builds the command that prints the networks that this one is peered with; null on AWS, and until its fields are right. */
export function buildPeeringsCommand(reading: DraftReading): string | null {
  switch (reading.draft.providerName) {
    case "AWS":
      return null
    case "AZURE":
      return buildCommand(reading, {
        command: "az network vnet peering list",
        options: {
          subscription: "azureSubscriptionId",
          "resource-group": "resourceGroupName",
          "vnet-name": "vnetName",
        },
        output: { output: "json" },
      })
    case "GCP":
      // Peerings themselves name no CIDRs there.
      return buildCommand(reading, {
        command: "gcloud compute routes list",
        options: { project: "gcpProjectId" },
        output: {
          filter: `network~"/${readValue(reading, "networkName")}$" AND nextHopPeering:*`,
          format: "json(network,nextHopPeering,destRange)",
        },
      })
  }
}

interface Command {
  command: string
  /** Option → the field of the draft with its value. */
  options: Readonly<Record<string, string>>
  output: Readonly<Record<string, string>>
}

function buildCommand(reading: DraftReading, { command, options, output }: Command): string | null {
  const values = Object.entries(options).map(([name, field]) => ({ name, value: readValue(reading, field) }))
  const words = [...values, ...Object.entries(output).map(([name, value]) => ({ name, value }))].flatMap(
    ({ name, value }) => (value === null ? [] : formatShellOption(`--${name}`, value)),
  )
  return values.every(({ value }) => value !== null) ? [command, ...words].join(" ") : null
}
