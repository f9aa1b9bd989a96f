import { isPlainText } from "@peering-desk/shared-schemas"

/** The words for each value that commands and exports have. */
const words: Readonly<Record<string, string>> = {
  accepterRegionName: "The VPC's region",
  atlasCidrBlock: "The Atlas CIDR",
  awsAccountId: "The AWS account ID",
  azureDirectoryId: "The directory ID",
  azureSubscriptionId: "The subscription ID",
  connectionId: "The pcx- ID",
  containerId: "The container ID",
  gcpProjectId: "The project ID",
  networkName: "The network name",
  region: "The container's region",
  regionName: "The container's region",
  regions: "The container's regions",
  resourceGroupName: "The resource group name",
  routeTableCidrBlock: "The VPC CIDR",
  vnetName: "The VNet name",
  vpcId: "The VPC ID",
}

/** Values by their name in Atlas; null and undefined have none. */
export type NamedValues = object | null | undefined

/**
 * Explains why no command is written with some values; null when each is plain text. Only values with words count.
 * Quotes keep a shell from reading a value as code, but a terminal acts on control characters before the shell sees a quote.
 */
export function explainNotPlain(...records: readonly NamedValues[]): string | null {
  for (const record of records)
    for (const [name, value] of Object.entries(record ?? {})) {
      const texts = [value].flat().filter((one) => typeof one === "string")
      if (words[name] !== undefined && !texts.every(isPlainText))
        return `${words[name]} contains control or invisible characters.`
    }
  return null
}
