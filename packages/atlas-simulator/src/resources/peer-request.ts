import { parseCidr, isPrivate } from "#world/cidr.ts"
import type { ApiVersion } from "./endpoint.ts"
import { AtlasError } from "./errors.ts"
import { isAwsPeerRegion, toPeerRegion } from "./regions.ts"
import type { Fields } from "./request-body.ts"
import { allowOnly, optionalText, requiredText, textOfForm } from "./request-body.ts"
import type { AwsTarget, AzureTarget, Container, GcpTarget, ProviderName, Target } from "#world/world.ts"

const ownFields: Record<ProviderName, readonly string[]> = {
  AWS: ["accepterRegionName", "awsAccountId", "routeTableCidrBlock", "vpcId"],
  GCP: ["gcpProjectId", "networkName"],
  AZURE: ["azureDirectoryId", "azureSubscriptionId", "resourceGroupName", "vnetName"],
}
const readOnlyFields = [
  "id",
  "connectionId",
  "statusName",
  "status",
  "errorStateName",
  "errorState",
  "errorMessage",
]

// The documentation's own examples must go through as they are printed: an account `abc123abc123`, a VPC
// `vpc-abc123abc123`, a subscription with a g in it. So ids are held to their length and alphabet at large only.
const forms = {
  awsAccountId: /^[0-9a-z]{12}$/,
  vpcId: /^vpc-[0-9a-z]{8,17}$/,
  gcpProjectId: /^[a-z][0-9a-z-]{4,28}[0-9a-z]$/,
  networkName: /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
  uuid: /^[0-9a-z]{8}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{12}$/i,
  azureName: /^[-\w._()]+$/,
}

/** Throws for a field that a body for this cloud may not have. */
export function checkFieldNames(fields: Fields, providerName: ProviderName, version: ApiVersion): void {
  const allowed = ["containerId", "providerName", ...ownFields[providerName]]
  // The documentation's Azure example sends it although no field table lists it; the older API lets it pass.
  if (providerName === "AZURE" && version === "v1.0") allowed.push("atlasCidrBlock")
  allowOnly(fields, allowed, readOnlyFields)
}

/** Throws MISSING_ATTRIBUTE for the first field that a new peer of this cloud lacks. */
export function checkRequired(fields: Fields, providerName: ProviderName, version: ApiVersion): void {
  for (const name of ["containerId", ...ownFields[providerName]]) {
    // One client posts to v1.0 without a region and works, so that it must mean the container's own.
    if (name === "accepterRegionName" && version === "v1.0") continue
    requiredText(fields, name)
  }
}

/** Reads `accepterRegionName`, the container's region when absent; throws INVALID_REGION. */
export function readAccepterRegion(fields: Fields, container: Container): string {
  const region = optionalText(fields, "accepterRegionName") ?? toPeerRegion(container.region ?? "")
  if (!isAwsPeerRegion(region)) throw new AtlasError("INVALID_REGION", [region, "AWS"])
  return region
}

/** Reads `routeTableCidrBlock`; throws INVALID_CIDR_BLOCK or INVALID_ROUTE_TABLE_CIDR. */
export function readRouteTableCidr(fields: Fields): string {
  const text = requiredText(fields, "routeTableCidrBlock")
  const block = parseCidr(text)
  if (block === null) throw new AtlasError("INVALID_CIDR_BLOCK", [text])
  if (!isPrivate(block)) throw new AtlasError("INVALID_ROUTE_TABLE_CIDR", [text])
  return text
}

function readAws(fields: Fields, container: Container): AwsTarget {
  return {
    providerName: "AWS",
    awsAccountId: textOfForm(fields, "awsAccountId", forms.awsAccountId),
    vpcId: textOfForm(fields, "vpcId", forms.vpcId),
    accepterRegionName: readAccepterRegion(fields, container),
    routeTableCidrBlock: readRouteTableCidr(fields),
  }
}

function readGcp(fields: Fields): GcpTarget {
  return {
    providerName: "GCP",
    gcpProjectId: textOfForm(fields, "gcpProjectId", forms.gcpProjectId),
    networkName: textOfForm(fields, "networkName", forms.networkName),
  }
}

function readAzure(fields: Fields): AzureTarget {
  return {
    providerName: "AZURE",
    azureDirectoryId: textOfForm(fields, "azureDirectoryId", forms.uuid),
    azureSubscriptionId: textOfForm(fields, "azureSubscriptionId", forms.uuid),
    resourceGroupName: textOfForm(fields, "resourceGroupName", forms.azureName),
    vnetName: textOfForm(fields, "vnetName", forms.azureName),
  }
}

/** Reads the network to peer with; throws the AtlasError of the first field that is wrong. */
export function readTarget(fields: Fields, container: Container): Target {
  switch (container.providerName) {
    case "AWS":
      return readAws(fields, container)
    case "GCP":
      return readGcp(fields)
    case "AZURE":
      return readAzure(fields)
  }
}
