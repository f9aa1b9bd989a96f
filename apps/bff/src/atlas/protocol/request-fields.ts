import type { AtlasErrorBody } from "./atlas-error-body.ts"

const block = ["routeTableCidrBlock", "atlasCidrBlock", "cidrBlock"]
const region = ["accepterRegionName", "regionName", "region", "regions"]

/** Codes that mean one field without naming it: the first of these that the request has. */
const fieldsOfCode: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    INVALID_ROUTE_TABLE_CIDR: block,
    INVALID_CIDR_BLOCK: block,
    OVERLAPPING_CIDR_BLOCK: block,
    OVERLAPPING_ATLAS_CIDR_BLOCK: block,
    ATLAS_INVALID_CIDR_BLOCK: block,
    ATLAS_INVALID_CIDR_BLOCK_FOR_SMALL_CONTAINER: block,
    ATLAS_INVALID_CIDR_RANGE: block,
    ATLAS_NON_CANONICAL_CIDR_BLOCK: block,
    INVALID_IP_ADDRESS_OR_CIDR_NOTATION: block,
    INVALID_REGION: region,
    REGION_UNAVAILABLE: region,
    CONTAINER_ALREADY_EXISTS: region,
    PEER_ALREADY_EXISTS: ["vpcId"],
    PEER_ALREADY_EXISTS_GCP: ["networkName"],
    PEER_ALREADY_EXISTS_AZURE: ["vnetName"],
    CLOUD_PROVIDER_CONTAINER_NOT_FOUND: ["containerId"],
    AZURE_CUSTOMER_NETWORK_UNREACHABLE: ["azureSubscriptionId"],
    INVALID_AZURE_CREDENTIALS: ["azureDirectoryId"],
    INVALID_PROVIDER: ["providerName"],
    CANNOT_USE_AWS_SECURITY_GROUP_WITHOUT_VPC_PEERING_CONNECTION: ["awsSecurityGroup"],
    INVALID_NETWORK_PERMISSION_COMMENT: ["comment"],
  }),
)

/** Codes whose parameters are field names. */
const namesItsFields = new Set([
  "INVALID_ATTRIBUTE",
  "MISSING_ATTRIBUTE",
  "MISSING_ATTRIBUTES",
  "MISSING_OR_INVALID_ATTRIBUTE",
  "ATTRIBUTE_READ_ONLY",
  "INVALID_JSON_ATTRIBUTE",
])

/**
 * Finds the fields of the request that a refusal is about, with its words for each; empty when it is about no field. A code such as
 * AZURE_CUSTOMER_NETWORK_VALIDATION_FAILED, which fits several fields or a missing permission, is about no field.
 */
export function findRefusedFields(body: AtlasErrorBody, request: object): Record<string, string> {
  const words = body.detail ?? body.errorCode ?? "Atlas refused this value"
  const found = [
    ...body.describedFields.map(
      ({ field, description }) => [field.split(/[./]/).at(-1) ?? field, description] as const,
    ),
    ...namedFields(body, request).map((field) => [field, words] as const),
  ]
  return Object.fromEntries(found.filter(([field]) => Object.hasOwn(request, field)))
}

function namedFields({ errorCode, parameters }: AtlasErrorBody, request: object): string[] {
  const known = fieldsOfCode.get(errorCode ?? "")
  if (known !== undefined) return [...known]
  const texts = parameters.flat(3).filter((parameter) => typeof parameter === "string")
  if (namesItsFields.has(errorCode ?? "")) return texts.flatMap((text) => text.match(/\w+/g) ?? [])
  if (errorCode !== "INVALID_ENUM_VALUE") return []
  return Object.entries(request).flatMap(([field, value]) =>
    [value].flat().some((one) => texts.includes(String(one))) ? [field] : [],
  )
}
