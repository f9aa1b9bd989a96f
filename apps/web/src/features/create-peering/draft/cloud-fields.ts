import { awsRegions, nameKind, toAwsRegionId, type ProviderName } from "@peering-desk/shared-schemas"
import type { TextFieldRow } from "#forms/FormFields.tsx"
import type { FieldName, FormValues } from "./form-values.ts"

const vpcRegions = Object.fromEntries(
  Object.entries(awsRegions).map(([name, place]) => [toAwsRegionId(name), place]),
)

const optional = "Optional, used for checks only"

/** Points out a name that is allowed but looks like an id of something else. Many names end in a number, as regions do. */
function remarkOnName(name: string): string | null {
  const kind = nameKind(name)
  return kind === null || kind === "an AWS region" ? null : `Looks like ${kind}. Keep it if that is the name.`
}

/** The fields of each cloud that describe the network, in page order. */
export const cloudFields: Record<ProviderName, readonly TextFieldRow<FormValues>[]> = {
  AWS: [
    { name: "awsAccountId", label: "Account ID", hint: "12 digits", inputMode: "numeric" },
    { name: "accepterRegionName", label: "Region", hint: "Of the VPC", suggestions: vpcRegions },
    { name: "vpcId", label: "VPC ID", hint: "vpc- and 17 hex digits" },
    { name: "routeTableCidrBlock", label: "VPC CIDR", hint: "/16 to /28" },
    { name: "networkBlocks", label: "All VPC CIDRs", hint: optional, required: false },
  ],
  GCP: [
    { name: "gcpProjectId", label: "Project ID", hint: "Not its name or number", note: remarkOnName },
    { name: "networkName", label: "VPC network", hint: "Name, not the self-link", note: remarkOnName },
    { name: "networkBlocks", label: "Subnet CIDRs", hint: optional, required: false },
    { name: "peeredBlocks", label: "CIDRs of other peered networks", hint: "Optional", required: false },
  ],
  AZURE: [
    { name: "azureDirectoryId", label: "Directory ID", hint: "Microsoft Entra tenant" },
    { name: "azureSubscriptionId", label: "Subscription ID", hint: "UUID" },
    { name: "resourceGroupName", label: "Resource group", hint: "Of the VNet", note: remarkOnName },
    { name: "vnetName", label: "VNet name", hint: "Name, not the resource ID", note: remarkOnName },
    { name: "networkBlocks", label: "VNet CIDRs", hint: optional, required: false },
    { name: "peeredBlocks", label: "CIDRs of other peered VNets", hint: "Optional", required: false },
  ],
}

/** Lists every field of a cloud's form in page order. */
export function listFieldNames(providerName: ProviderName): FieldName[] {
  return [
    ...cloudFields[providerName].map(({ name }) => name as FieldName),
    ...(providerName === "AZURE" ? (["permittedFor"] as const) : []),
    "containerId",
    "atlasCidrBlock",
    "region",
    "replaces",
  ]
}

/** Returns a cloud's form with nothing filled in. */
export function emptyValues(providerName: ProviderName): FormValues {
  const texts = Object.fromEntries(listFieldNames(providerName).map((name) => [name, ""]))
  return { providerName, ...(texts as Record<FieldName, string>) }
}
