import { awsRegions, nameKind, toAwsRegionId, type ProviderName } from "@peering-desk/shared-schemas"
import type { TextFieldRow } from "#forms/FormFields.tsx"
import type { FieldName, FormValues } from "./form-values.ts"

const vpcRegions = Object.fromEntries(
  Object.entries(awsRegions).map(([name, place]) => [toAwsRegionId(name), place]),
)

/** Points out a name that is allowed but looks like an id of something else. */
function remarkOnName(name: string): string | null {
  const kind = nameKind(name)
  return kind === null ? null : `This looks like ${kind}; it is sent as it is if that is the name`
}

/** The fields of each cloud that describe the network, in page order. */
export const cloudFields: Record<ProviderName, readonly TextFieldRow<FormValues>[]> = {
  AWS: [
    {
      name: "awsAccountId",
      label: "AWS account ID",
      hint: "12 digits; the owner of the VPC",
      inputMode: "numeric",
    },
    {
      name: "accepterRegionName",
      label: "VPC region",
      hint: "Where your VPC is; pick one or type it",
      suggestions: vpcRegions,
    },
    { name: "vpcId", label: "VPC ID", hint: "vpc- and 8 or 17 hexadecimal digits" },
    { name: "routeTableCidrBlock", label: "VPC CIDR", hint: "The address block Atlas routes to you" },
    {
      name: "networkBlocks",
      label: "Other address blocks",
      hint: "Optional, not sent: what else the VPC has, with commas between",
    },
  ],
  GCP: [
    {
      name: "gcpProjectId",
      label: "Google Cloud project ID",
      hint: "Your project's ID, not its name or number",
      note: remarkOnName,
    },
    {
      name: "networkName",
      label: "VPC network name",
      hint: "Your network's name, not its link",
      note: remarkOnName,
    },
    {
      name: "networkBlocks",
      label: "Subnet ranges",
      hint: "Optional, not sent: the addresses of the network, with commas between",
    },
  ],
  AZURE: [
    {
      name: "azureDirectoryId",
      label: "Directory ID",
      hint: "Of your Microsoft Entra tenant; a UUID",
    },
    {
      name: "azureSubscriptionId",
      label: "Subscription ID",
      hint: "The subscription the VNet is in; a UUID",
    },
    {
      name: "resourceGroupName",
      label: "Resource group name",
      hint: "The group the VNet is in",
      note: remarkOnName,
    },
    {
      name: "vnetName",
      label: "VNet name",
      hint: "The name alone, not its resource ID",
      note: remarkOnName,
    },
    {
      name: "networkBlocks",
      label: "VNet address space",
      hint: "Optional, not sent: the addresses of the VNet, with commas between",
    },
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
  ]
}

/** Returns a cloud's form with nothing filled in. */
export function emptyValues(providerName: ProviderName): FormValues {
  const texts = Object.fromEntries(listFieldNames(providerName).map((name) => [name, ""]))
  return { providerName, ...(texts as Record<FieldName, string>) }
}
