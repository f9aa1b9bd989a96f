import { awsRegions, toAtlasRegionName, type Check } from "@peering-desk/shared-schemas"
import { vpcPrefixes } from "#addresses/aws-vpc-rules.ts"
import { toCheck, whatIsFilledIn } from "./check.ts"
import { isWithinSpan } from "#addresses/container-size.ts"
import type { DraftReading } from "#draft/parse-draft.ts"
import { readValue } from "#draft/parse-draft.ts"
import { toFieldErrorCode } from "./field-error-code.ts"
import { toRedCheck } from "./red-codes.ts"

/** What is empty or has the wrong form, one check a field; one green check when nothing has. */
export function toFieldChecks(reading: DraftReading): Check[] {
  const found = reading.fields.flatMap((field) => {
    if (field.status === "right") return []
    const about = { field: field.name, restsOn: whatIsFilledIn }
    if (field.status === "empty")
      return toCheck("fields", "open", field.says, { ...about, errorCode: "MISSING_ATTRIBUTE" })
    return toRedCheck("fields", toFieldErrorCode(field), field.says, about)
  })
  found.push(...toUnknownRegionChecks(reading), ...toVpcSizeChecks(reading))
  if (found.length > 0) return found
  return [
    toCheck("fields", "green", "Every field is filled in and has the right form", {
      restsOn: whatIsFilledIn,
    }),
  ]
}

/** AWS opens regions, and Atlas follows, without our being told: a region we have never heard of may be right. */
function toUnknownRegionChecks(reading: DraftReading): Check[] {
  const region = readValue(reading, "accepterRegionName")
  if (region === null || Object.hasOwn(awsRegions, toAtlasRegionName(region))) return []
  const says = `${region} is no AWS region that we know; if Atlas does not know it either, it refuses the connection`
  const about = {
    errorCode: "INVALID_REGION",
    field: "accepterRegionName",
    restsOn: "The AWS regions of Atlas",
  }
  return [toCheck("fields", "amber", says, about)]
}

/** Atlas routes whatever private block it is told; of another size than AWS gives it belongs to no one VPC. */
function toVpcSizeChecks(reading: DraftReading): Check[] {
  const block = readValue(reading, "routeTableCidrBlock")
  if (block === null || isWithinSpan(block, vpcPrefixes)) return []
  const says = `${block} is the block of no VPC and no subnet: theirs are /${vpcPrefixes.shortest} to /${vpcPrefixes.longest}`
  return [toCheck("fields", "amber", says, { field: "routeTableCidrBlock", restsOn: "The sizes of AWS" })]
}
