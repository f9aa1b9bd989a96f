import { parseCidr } from "@peering-desk/shared-schemas"

/**
 * How many regions a restricted container on Google Cloud has room for: a /24 for each, in a /21 to /24 (Atlas: Create a
 * container). Null when the block is not one of those.
 */
export function toRegionRoom(atlasCidrBlock: string): number | null {
  const prefix = parseCidr(atlasCidrBlock.trim())?.prefix ?? 0
  return prefix >= 21 && prefix <= 24 ? 2 ** (24 - prefix) : null
}
