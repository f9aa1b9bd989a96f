import {
  AwsPeeringRequest,
  AzurePeeringRequest,
  GcpPeeringRequest,
  NewAwsContainer,
  NewAzureContainer,
  NewGcpContainer,
  formatCidr,
  parseCidr,
  readRegionName,
  readTerraformStateId,
  toAtlasRegionName,
  toAwsRegionId,
  toCanonicalCidr,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import type { ContainerField, RequestField } from "./pasted.ts"

const requestRules = { ...AwsPeeringRequest.shape, ...GcpPeeringRequest.shape, ...AzurePeeringRequest.shape }

/** The cloud that alone has the field; null for `containerId`, which all have. */
export const cloudOfField: Readonly<Record<RequestField, ProviderName | null>> = {
  containerId: null,
  accepterRegionName: "AWS",
  awsAccountId: "AWS",
  routeTableCidrBlock: "AWS",
  vpcId: "AWS",
  gcpProjectId: "GCP",
  networkName: "GCP",
  azureDirectoryId: "AZURE",
  azureSubscriptionId: "AZURE",
  resourceGroupName: "AZURE",
  vnetName: "AZURE",
}

export function isRequestField(name: string): name is RequestField {
  return Object.hasOwn(cloudOfField, name)
}

/** A value that its field takes, or the sentence of the field's rule that refuses it. */
export type FieldValue = { value: string; problem: null } | { value: null; problem: string }

/** Writes a value as a field of the request wants it, and asks that field's own rule. */
export function toRequestValue(field: RequestField, text: string): FieldValue {
  const value = spellings[field](text.trim())
  return judge(requestRules[field].safeParse(value), value)
}

/** The same for a field of a new container; without a cloud a region can be no cloud's. */
export function toContainerValue(
  field: ContainerField,
  providerName: ProviderName | null,
  text: string,
): FieldValue {
  const given = text.trim()
  if (field === "atlasCidrBlock") {
    const value = toBlock(given)
    return judge(NewAwsContainer.shape.atlasCidrBlock.safeParse(value), value)
  }
  switch (providerName) {
    case "AWS": {
      const value = toAtlasRegionName(given)
      return judge(NewAwsContainer.shape.regionName.safeParse(value), value)
    }
    case "AZURE": {
      const value = readRegionName("AZURE", given) ?? given
      return judge(NewAzureContainer.shape.region.safeParse(value), value)
    }
    case "GCP": {
      const value = readRegionName("GCP", given) ?? given
      return judge(NewGcpContainer.shape.regions.safeParse([value]), value)
    }
    case null:
      return { value: null, problem: "It is not told whose region this is" }
  }
}

interface Judgement {
  success: boolean
  error?: { issues: { message: string }[] }
}

function judge(answer: Judgement, value: string): FieldValue {
  if (answer.success) return { value, problem: null }
  return { value: null, problem: answer.error?.issues[0]?.message ?? "This does not fit" }
}

const spellings: Readonly<Record<RequestField, (text: string) => string>> = {
  containerId: (text) => readTerraformStateId(text)?.["container_id"] ?? toLowerIf(/^[0-9a-f]{24}$/i, text),
  accepterRegionName: (text) => {
    const region = toAwsRegionId(text)
    return /-\d[a-z]$/.test(region) ? region.slice(0, -1) : region
  },
  awsAccountId: (text) => (/^\d{4}[- ]\d{4}[- ]\d{4}$/.test(text) ? text.replace(/\D/g, "") : text),
  routeTableCidrBlock: toBlock,
  vpcId: (text) => toLowerIf(/^vpc-[0-9a-f]{8,17}$/i, text),
  gcpProjectId: (text) => text,
  networkName: (text) => text,
  azureDirectoryId: toUuid,
  azureSubscriptionId: toUuid,
  resourceGroupName: (text) => text,
  vnetName: (text) => text,
}

function toLowerIf(form: RegExp, text: string): string {
  return form.test(text) ? text.toLowerCase() : text
}

/** The block that an address with host bits lies in. */
function toBlock(text: string): string {
  const cidr = parseCidr(text)
  return cidr === null ? text : formatCidr(toCanonicalCidr(cidr))
}

function toUuid(text: string): string {
  return /^[0-9a-f]{32}$/i.test(text)
    ? text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")
    : text
}
