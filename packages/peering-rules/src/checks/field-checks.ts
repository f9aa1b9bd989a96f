import { awsRegions, parseCidr, toAtlasRegionName, type Check } from "@peering-desk/shared-schemas"
import { vpcPrefixes } from "#addresses/aws-vpc-rules.ts"
import { createCheck, whatIsFilledIn } from "./check.ts"
import { isWithinSpan } from "#addresses/container-size.ts"
import { readValue, type DraftReading } from "#draft/parse-draft.ts"
import { toFieldErrorCode } from "./field-error-code.ts"

/** Lists the empty and wrong fields, one check each; one green check when all are right. */
export function checkFields(reading: DraftReading): Check[] {
  const found = reading.fields.flatMap((field) => {
    if (field.status === "right") return []
    const check = createCheck("fields", { field: field.name, restsOn: whatIsFilledIn })
    if (field.status === "empty") return check.open(field.says, "MISSING_ATTRIBUTE")
    return check.red(toFieldErrorCode(field), field.says)
  })
  found.push(...checkUnknownRegion(reading), ...checkVpcSize(reading))
  if (found.length > 0) return found
  return [createCheck("fields", { restsOn: whatIsFilledIn }).green("All fields are filled in correctly")]
}

/** AWS and Atlas open new regions; one that we do not know may be right. */
function checkUnknownRegion(reading: DraftReading): Check[] {
  const region = readValue(reading, "accepterRegionName")
  if (region === null || Object.hasOwn(awsRegions, toAtlasRegionName(region))) return []
  const check = createCheck("fields", {
    field: "accepterRegionName",
    restsOn: "AWS regions that Atlas supports",
  })
  const says = `${region} isn't a known AWS region. Atlas rejects regions it doesn't support`
  return [check.amber(says, "INVALID_REGION")]
}

/** Atlas routes any private block, but no single VPC has one of a size that AWS does not give. */
function checkVpcSize(reading: DraftReading): Check[] {
  const block = readValue(reading, "routeTableCidrBlock")
  if (block === null || isWithinSpan(block, vpcPrefixes)) return []
  const check = createCheck("fields", { field: "routeTableCidrBlock", restsOn: "AWS VPC sizes" })
  const { shortest, longest } = vpcPrefixes
  const prefix = parseCidr(block)?.prefix ?? 0
  const size = prefix < shortest ? "large" : "small"
  return [check.amber(`AWS VPCs are /${shortest} to /${longest}; /${prefix} is too ${size}`)]
}
