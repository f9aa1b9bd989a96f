import type { Check } from "@peering-desk/shared-schemas"
import { createCheck } from "./check.ts"
import type { DraftReading } from "#draft/parse-draft.ts"

/** Checks if the project's Atlas key may create peerings, as its last test found. */
export function checkKeyRights({ snapshot }: DraftReading): Check[] {
  const { name, keyMayCreate } = snapshot.here.project
  const check = createCheck("key-rights", { restsOn: "The last test of the Atlas key" })
  switch (keyMayCreate) {
    case "yes":
      return [check.green(`The Atlas key may create connections in ${name}`)]
    case "no": {
      const says = `The Atlas key may only read ${name}; an owner of the project can give it the right`
      return [check.red("USER_UNAUTHORIZED", says)]
    }
    case "unknown":
    case undefined: {
      const says = `Whether the Atlas key may create connections in ${name} is not known yet`
      return [check.amber(says, "USER_UNAUTHORIZED")]
    }
  }
}
