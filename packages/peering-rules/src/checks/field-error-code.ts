import { isPrivateCidr, parseCidr, toCanonicalCidr } from "@peering-desk/shared-schemas"
import type { DraftField } from "#draft/draft-fields.ts"
import type { RedCode } from "./red-codes.ts"

const azureName = /^[-\w.()]+$/
const azureUuid = /^[0-9a-z]{8}(-[0-9a-z]{4}){3}-[0-9a-z]{12}$/i

/**
 * The widest form of a field that Atlas accepts: the examples of its documentation pass (an account `abc123abc123`).
 * A value that passes here and not our rules is accepted, and becomes a peering that fails.
 */
const takenByAtlas: Readonly<Record<string, RegExp>> = {
  containerId: /^[0-9a-f]{24}$/,
  awsAccountId: /^[0-9a-z]{12}$/,
  vpcId: /^vpc-[0-9a-z]{8,17}$/,
  gcpProjectId: /^[a-z][0-9a-z-]{4,28}[0-9a-z]$/,
  networkName: /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
  azureDirectoryId: azureUuid,
  azureSubscriptionId: azureUuid,
  resourceGroupName: azureName,
  vnetName: azureName,
}

/** Returns the errorCode that Atlas would answer for a wrong field; null when only our rule refuses it. */
export function toFieldErrorCode({ name, text }: Pick<DraftField, "name" | "text">): RedCode<"fields"> {
  switch (name) {
    case "accepterRegionName":
      return "INVALID_REGION"
    case "region":
    case "regions":
      return "INVALID_ENUM_VALUE"
    case "routeTableCidrBlock":
      return toBlockErrorCode(text, "INVALID_ROUTE_TABLE_CIDR", null)
    case "atlasCidrBlock":
      return toBlockErrorCode(text, "ATLAS_INVALID_CIDR_RANGE", "ATLAS_NON_CANONICAL_CIDR_BLOCK")
    default:
      return takenByAtlas[name]?.test(text) === true ? null : "INVALID_ATTRIBUTE"
  }
}

function toBlockErrorCode(
  text: string,
  notPrivate: RedCode<"fields">,
  notCanonical: RedCode<"fields">,
): RedCode<"fields"> {
  const cidr = parseCidr(text)
  if (cidr === null) return "INVALID_CIDR_BLOCK"
  if (!isPrivateCidr(cidr)) return notPrivate
  return toCanonicalCidr(cidr).network === cidr.network ? null : notCanonical
}
