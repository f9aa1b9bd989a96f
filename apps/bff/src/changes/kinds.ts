import { createProjectChanges } from "#projects/project-changes.ts"
import { createEditKind } from "./change-peering.ts"
import { createCreateKind } from "./create-kind.ts"
import { createDeleteKind } from "./delete-peering.ts"

type Deps = Parameters<typeof createProjectChanges>[0] & Parameters<typeof createCreateKind>[0]

/** Every kind of change at Atlas, by the action of its audit rows. */
export type Kinds = ReturnType<typeof createKinds>

export function createKinds(deps: Deps) {
  return {
    "peering-create": createCreateKind(deps),
    "peering-change": createEditKind(deps),
    "peering-delete": createDeleteKind(deps),
    ...createProjectChanges(deps),
  }
}
