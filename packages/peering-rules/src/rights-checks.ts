import type { Check } from "@peering-desk/shared-schemas"
import { toCheck } from "./check.ts"
import type { DraftReading } from "./draft-reading.ts"

/** Whether the Atlas key behind the project may create, as far as its last test tells. */
export function toRightsChecks({ world }: DraftReading): Check[] {
  const { name, keyMayCreate } = world.here.project
  const about = { restsOn: "The last test of the Atlas key", errorCode: "USER_UNAUTHORIZED" }
  switch (keyMayCreate) {
    case "yes":
      return [
        toCheck("key-rights", "green", `The Atlas key may create connections in ${name}`, {
          restsOn: about.restsOn,
        }),
      ]
    case "no":
      return [
        toCheck(
          "key-rights",
          "red",
          `The Atlas key may only read ${name}; an owner of the project can give it the right`,
          about,
        ),
      ]
    case "unknown":
    case undefined:
      return [
        toCheck(
          "key-rights",
          "amber",
          `Whether the Atlas key may create connections in ${name} is not known yet`,
          about,
        ),
      ]
  }
}
