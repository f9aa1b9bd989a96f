import {
  awsRegions,
  isPrivateCidr,
  parseCidr,
  toAtlasRegionName,
  type Check,
} from "@peering-desk/shared-schemas"
import { vpcPrefixes } from "#addresses/aws-vpc-rules.ts"
import { createCheck, whatIsFilledIn } from "./check.ts"
import { isWithinSpan } from "#addresses/container-size.ts"
import { isOverlapping } from "#addresses/cidr-overlap.ts"
import { nameSome } from "#formats/phrases.ts"
import { readNetworkBlocks, readValue, type DraftReading } from "#draft/parse-draft.ts"
import { toFieldErrorCode } from "./field-error-code.ts"

/** Lists the empty and wrong fields, one check each; one green check when all are right. */
export function checkFields(reading: DraftReading): Check[] {
  const found = reading.fields.flatMap((field) => {
    if (field.status === "right") return []
    const check = createCheck("fields", { field: field.name, basedOn: whatIsFilledIn })
    if (field.status === "empty") return check.open(field.says, "MISSING_ATTRIBUTE")
    return check.red(toFieldErrorCode(field), field.says)
  })
  found.push(...checkUnknownRegion(reading), ...checkVpcSize(reading), ...checkUnusualRanges(reading))
  if (found.length > 0) return found
  return [createCheck("fields", { basedOn: whatIsFilledIn }).green("All fields are filled in correctly")]
}

/** AWS and Atlas open new regions; one that we do not know may be right. */
function checkUnknownRegion(reading: DraftReading): Check[] {
  const region = readValue(reading, "accepterRegionName")
  if (region === null || Object.hasOwn(awsRegions, toAtlasRegionName(region))) return []
  const check = createCheck("fields", {
    field: "accepterRegionName",
    basedOn: "AWS regions that Atlas supports",
  })
  const says = `${region} isn't a known AWS region. Atlas rejects regions it doesn't support`
  return [check.amber(says, "INVALID_REGION")]
}

/** Ranges that no VNet can have (Azure: Virtual Network FAQ). */
const forbiddenOnAzure = [
  "127.0.0.0/8",
  "168.63.129.16/32",
  "169.254.0.0/16",
  "224.0.0.0/4",
  "255.255.255.255/32",
]

/** Warns of known CIDRs that the network's cloud doesn't allow, or that may get no routes. */
function checkUnusualRanges(reading: DraftReading): Check[] {
  const { providerName } = reading.draft
  const { blocks } = readNetworkBlocks(reading)
  const check = createCheck("fields", { field: "networkBlocks", basedOn: whatIsFilledIn })
  if (providerName === "AZURE") {
    const forbidden = blocks.filter((one) => forbiddenOnAzure.some((range) => isOverlapping(one, range)))
    if (forbidden.length === 0) return []
    return [check.amber(`${nameSome(forbidden)} can't be part of a VNet. Check the CIDRs`)]
  }
  if (providerName !== "GCP") return []
  // Google Cloud exports privately used public ranges, and the other side imports them only if it asks for them.
  const isPlain = (one: string) => {
    const cidr = parseCidr(one)
    return cidr !== null && (isPrivateCidr(cidr) || isOverlapping(one, "100.64.0.0/10"))
  }
  const unusual = blocks.filter((one) => !isPlain(one))
  if (unusual.length === 0) return []
  const are = unusual.length === 1 ? "is a public range" : "are public ranges"
  return [check.amber(`${nameSome(unusual)} ${are}. Atlas may have no route to it`)]
}

/** Atlas routes any private block, but no single VPC has one of a size that AWS does not give. */
function checkVpcSize(reading: DraftReading): Check[] {
  const block = readValue(reading, "routeTableCidrBlock")
  if (block === null || isWithinSpan(block, vpcPrefixes)) return []
  const check = createCheck("fields", { field: "routeTableCidrBlock", basedOn: "AWS VPC sizes" })
  const { shortest, longest } = vpcPrefixes
  const prefix = parseCidr(block)?.prefix ?? 0
  const size = prefix < shortest ? "large" : "small"
  return [check.amber(`AWS VPCs are /${shortest} to /${longest}; /${prefix} is too ${size}`)]
}
