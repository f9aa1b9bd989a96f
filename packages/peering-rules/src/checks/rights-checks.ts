import type { Check } from "@peering-desk/shared-schemas"
import { createCheck } from "./check.ts"
import { isForNewContainer } from "#draft/draft-fields.ts"
import { toKeyNoun } from "#draft/key-noun.ts"
import type { DraftReading } from "#draft/parse-draft.ts"

/** Checks if the project's Atlas key may create peerings, and a new container if the draft has one, as its last test found. */
export function checkKeyRights({ draft, snapshot }: DraftReading): Check[] {
  const { name, keyMayCreate, keyKind } = snapshot.here.project
  const key = toKeyNoun(keyKind)
  const check = createCheck("key-rights", { basedOn: `the last test of the ${key}` })
  switch (keyMayCreate) {
    case "yes":
      return [check.green(`The Atlas ${key} can create connections in ${name}`)]
    case "in-existing-containers": {
      if (!isForNewContainer(draft))
        return [
          check.green(`The Atlas ${key} can create connections in ${name}, in existing containers only`),
        ]
      const says = `The Atlas ${key} can't create containers in ${name}, only connections. Choose an existing container, or ask for the role Project Owner for the ${key}`
      return [check.red("USER_UNAUTHORIZED", says)]
    }
    case "no": {
      const says = `The Atlas ${key} can only read ${name}. A project owner can give it the right`
      return [check.red("USER_UNAUTHORIZED", says)]
    }
    case "unknown":
    case undefined: {
      const says = `Not known: the Atlas ${key}'s right to create connections in ${name}`
      return [check.unchecked(says)]
    }
  }
}
