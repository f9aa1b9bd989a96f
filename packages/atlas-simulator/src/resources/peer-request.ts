import { parseCidr, isPrivate } from "#world/cidr.ts"
import type { Container, ProviderName, Target } from "#world/world.ts"
import type { ApiVersion } from "./endpoint.ts"
import { AtlasError } from "./errors.ts"
import { isAwsPeerRegion, toPeerRegion } from "./regions.ts"
import type { Fields } from "./request-body.ts"
import { allowOnly, optionalText, requiredText, textOfForm } from "./request-body.ts"

const fieldsOf: Record<ProviderName, readonly string[]> = {
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

// The documentation's own examples must pass as printed: an account `abc123abc123`, a VPC `vpc-abc123abc123`, a
// subscription with a g in it. So ids are checked for length and alphabet only.
const uuid = /^[0-9a-z]{8}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{12}$/i
const azureName = /^[-\w._()]+$/
const forms = {
  awsAccountId: /^[0-9a-z]{12}$/,
  vpcId: /^vpc-[0-9a-z]{8,17}$/,
  gcpProjectId: /^[a-z][0-9a-z-]{4,28}[0-9a-z]$/,
  networkName: /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
  azureDirectoryId: uuid,
  azureSubscriptionId: uuid,
  resourceGroupName: azureName,
  vnetName: azureName,
}

/** Throws for a field that a body for this cloud may not have. */
export function checkFieldNames(fields: Fields, providerName: ProviderName, version: ApiVersion): void {
  const allowed = ["containerId", "providerName", ...fieldsOf[providerName]]
  // The documentation's Azure example sends it although no field table lists it; the older API ignores it.
  if (providerName === "AZURE" && version === "v1.0") allowed.push("atlasCidrBlock")
  allowOnly(fields, allowed, readOnlyFields)
}

/** Throws MISSING_ATTRIBUTE for the first field that a new peer of this cloud lacks. */
export function checkRequired(fields: Fields, providerName: ProviderName, version: ApiVersion): void {
  for (const name of ["containerId", ...fieldsOf[providerName]]) {
    // One client posts to v1.0 without a region and works, so a missing region means the container's.
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

/** Reads the network to peer with; throws the AtlasError of the first wrong field. */
export function readTarget(fields: Fields, container: Container): Target {
  const { providerName } = container
  const text = (name: keyof typeof forms) => textOfForm(fields, name, forms[name])
  switch (providerName) {
    case "AWS":
      return {
        providerName,
        awsAccountId: text("awsAccountId"),
        vpcId: text("vpcId"),
        accepterRegionName: readAccepterRegion(fields, container),
        routeTableCidrBlock: readRouteTableCidr(fields),
      }
    case "GCP":
      return { providerName, gcpProjectId: text("gcpProjectId"), networkName: text("networkName") }
    case "AZURE":
      return {
        providerName,
        azureDirectoryId: text("azureDirectoryId"),
        azureSubscriptionId: text("azureSubscriptionId"),
        resourceGroupName: text("resourceGroupName"),
        vnetName: text("vnetName"),
      }
  }
}
