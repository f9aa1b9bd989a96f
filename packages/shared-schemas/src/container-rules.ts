import { toAtlasRegionName } from "./aws-region-id.ts"
import { awsRegions } from "./aws-regions.ts"
import { azureRegions } from "./azure-regions.ts"
import { formatCidr, isPrivateCidr, parseCidr, privateRanges, toCanonicalCidr } from "./cidr.ts"
import { gcpRegions } from "./gcp-regions.ts"

/** The form of a container's block; preflight checks its size against the cloud. */
export function newAtlasCidrRule(text: string): string | null {
  const cidr = parseCidr(text)
  if (cidr === null)
    return "An address block is four numbers from 0 to 255 and a prefix of 0 to 32: 10.8.0.0/21"
  const canonical = formatCidr(toCanonicalCidr(cidr))
  if (canonical !== text) return `${text} lies inside a block; the block itself is ${canonical}`
  return isPrivateCidr(cidr)
    ? null
    : `Atlas takes only private addresses for itself: ${privateRanges.join(", ")}`
}

export function newAwsRegionRule(text: string): string | null {
  if (Object.hasOwn(awsRegions, text)) return null
  const name = toAtlasRegionName(text)
  return Object.hasOwn(awsRegions, name)
    ? `Write it as Atlas does: ${name}`
    : `Atlas runs in no AWS region ${text}`
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
    ? `Atlas runs in no ${cloud} region ${text}`
    : `Atlas calls ${text} by its own name: ${name}`
}
