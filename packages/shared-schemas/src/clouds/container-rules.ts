import { toAtlasRegionName } from "./aws-region-id.ts"
import { awsRegions } from "./aws-regions.ts"
import { azureRegions } from "./azure-regions.ts"
import { formatCidr, isPrivateCidr, parseCidr, privateRanges, toCanonicalCidr } from "#values/cidr.ts"
import { gcpRegions } from "./gcp-regions.ts"

/** The form of a container's block; preflight checks its size against the cloud. */
export function newAtlasCidrRule(text: string): string | null {
  const cidr = parseCidr(text)
  if (cidr === null) return "Enter a CIDR like 10.8.0.0/21"
  const canonical = formatCidr(toCanonicalCidr(cidr))
  if (canonical !== text) return `${text} isn't a network address. Use ${canonical}`
  return isPrivateCidr(cidr) ? null : `The Atlas CIDR must be private: ${privateRanges.join(", ")}`
}

export function newAwsRegionRule(text: string): string | null {
  if (Object.hasOwn(awsRegions, text)) return null
  const name = toAtlasRegionName(text)
  return Object.hasOwn(awsRegions, name)
    ? `Use Atlas's name: ${name}`
    : `Atlas isn't available in AWS region ${text}`
}

export function newAzureRegionRule(text: string): string | null {
  return toNamedRule("Azure", azureRegions, text)
}

export function newGcpRegionRule(text: string): string | null {
  return toNamedRule("Google Cloud", gcpRegions, text)
}

/** Atlas names these differently from the clouds. */
function toNamedRule(cloud: string, regions: Readonly<Record<string, string>>, text: string): string | null {
  if (Object.hasOwn(regions, text)) return null
  const name = Object.keys(regions).find((one) => regions[one] === text.toLowerCase())
  return name === undefined
    ? `Atlas isn't available in ${cloud} region ${text}`
    : `Use Atlas's name for ${text}: ${name}`
}
