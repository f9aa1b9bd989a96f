import type { Check } from "@peering-desk/shared-schemas"
import { toCheck } from "./check.ts"
import type { DraftReading } from "#draft/parse-draft.ts"
import { toRedCheck } from "./red-codes.ts"

/** Whether the Atlas key behind the project may create, as far as its last test tells. */
export function toRightsChecks({ snapshot }: DraftReading): Check[] {
  const { name, keyMayCreate } = snapshot.here.project
  const about = { restsOn: "The last test of the Atlas key" }
  switch (keyMayCreate) {
    case "yes":
      return [toCheck("key-rights", "green", `The Atlas key may create connections in ${name}`, about)]
    case "no": {
      const says = `The Atlas key may only read ${name}; an owner of the project can give it the right`
      return [toRedCheck("key-rights", "USER_UNAUTHORIZED", says, about)]
    }
    case "unknown":
    case undefined: {
      const says = `Whether the Atlas key may create connections in ${name} is not known yet`
      return [toCheck("key-rights", "amber", says, { ...about, errorCode: "USER_UNAUTHORIZED" })]
    }
  }
}
