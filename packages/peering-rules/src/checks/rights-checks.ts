import type { Check } from "@peering-desk/shared-schemas"
import { createCheck } from "./check.ts"
import { isForNewContainer } from "#draft/draft-fields.ts"
import type { DraftReading } from "#draft/parse-draft.ts"

/** Checks if the project's Atlas key may create peerings, and a new container if the draft has one, as its last test found. */
export function checkKeyRights({ draft, snapshot }: DraftReading): Check[] {
  const { name, keyMayCreate } = snapshot.here.project
  const check = createCheck("key-rights", { restsOn: "the last API key test" })
  switch (keyMayCreate) {
    case "yes":
      return [check.green(`The Atlas API key can create connections in ${name}`)]
    case "in-existing-containers": {
      if (!isForNewContainer(draft))
        return [
          check.green(`The Atlas API key can create connections in ${name}, in existing containers only`),
        ]
      const says = `The Atlas API key can't create containers in ${name}, only connections. Choose an existing container, or ask for the role Project Owner for the key`
      return [check.red("USER_UNAUTHORIZED", says)]
    }
    case "no": {
      const says = `The Atlas API key can only read ${name}. A project owner can give it the right`
      return [check.red("USER_UNAUTHORIZED", says)]
    }
    case "unknown":
    case undefined: {
      const says = `Not tested yet: the Atlas API key's right to create connections in ${name}`
      return [check.unchecked(says)]
    }
  }
}
