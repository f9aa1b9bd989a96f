import { createAccessListAddition } from "./add-to-access-list.ts"
import { createCustomDnsChange, createPrivateIpModeChange } from "./change-settings.ts"
import { createContainerCreation } from "./create-container.ts"
import { createContainerDeletion } from "./delete-container.ts"

type Deps = Parameters<typeof createAccessListAddition>[0] &
  Parameters<typeof createContainerDeletion>[0] &
  Parameters<typeof createCustomDnsChange>[0]

export type ProjectKinds = ReturnType<typeof createProjectChanges>

/** Builds every kind of change of a project, by the action of its audit rows. */
export function createProjectChanges(deps: Deps) {
  return {
    "container-create": createContainerCreation(deps),
    "container-delete": createContainerDeletion(deps),
    "access-list-add": createAccessListAddition(deps),
    "private-ip-mode-change": createPrivateIpModeChange(deps),
    "custom-dns-change": createCustomDnsChange(deps),
  }
}
