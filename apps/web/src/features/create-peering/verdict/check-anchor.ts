import type { Check } from "@peering-desk/shared-schemas"

/** Returns the id of a check's sentence in the panel, to which the remark under its field links. */
export function toCheckAnchor({ id, field }: Pick<Check, "id" | "field">): string {
  return `check-${id}-${field ?? ""}`
}
