import { nameKind } from "@peering-desk/shared-schemas"

/** A remark on a name that is allowed but looks like an id of something else; null when it does not. */
export function toOddName(name: string): string | null {
  const kind = nameKind(name)
  return kind === null ? null : `This looks like ${kind}; it is sent as it is if that is the name`
}
