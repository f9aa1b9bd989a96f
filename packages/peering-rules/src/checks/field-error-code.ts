import { findRequestField, isPrivateCidr, parseCidr, toCanonicalCidr } from "@peering-desk/shared-schemas"
import type { DraftField } from "#draft/draft-fields.ts"
import type { RedCode } from "./red-codes.ts"

/** Returns the errorCode that Atlas would answer for a wrong field; null when only our rule refuses it. */
export function toFieldErrorCode({ name, text }: Pick<DraftField, "name" | "text">): RedCode<"fields"> {
  const { errorCode, takenByAtlas } = findRequestField(name) ?? { takenByAtlas: /^[0-9a-f]{24}$/ }
  if (errorCode !== undefined) return errorCode
  switch (name) {
    case "region":
    case "regions":
      return "INVALID_ENUM_VALUE"
    case "routeTableCidrBlock":
      return toBlockErrorCode(text, "INVALID_ROUTE_TABLE_CIDR", null)
    case "atlasCidrBlock":
      return toBlockErrorCode(text, "ATLAS_INVALID_CIDR_RANGE", "ATLAS_NON_CANONICAL_CIDR_BLOCK")
    default:
      return takenByAtlas?.test(text) === true ? null : "INVALID_ATTRIBUTE"
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
