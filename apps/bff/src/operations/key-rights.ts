import type { KeyMayCreate } from "@peering-desk/shared-schemas"
import type { KeyDescription, KeyRole, SeenProject } from "#atlas/key-description.ts"

/** Roles that let their holder create containers, and peering connections in them (Atlas: required roles of both calls). */
const owning = new Set(["ORG_OWNER", "GROUP_OWNER"])

/** The role that lets its holder create a peering connection, but no container. */
const managingNetwork = "GROUP_NETWORK_ACCESS_MANAGER"

/** Roles that do not (Atlas User Roles). What is in neither list is new, and may do anything. */
const notCreating = new Set([
  "ORG_MEMBER",
  "ORG_READ_ONLY",
  "ORG_GROUP_CREATOR",
  "ORG_BILLING_ADMIN",
  "ORG_BILLING_READ_ONLY",
  "ORG_STREAM_PROCESSING_ADMIN",
  "GROUP_READ_ONLY",
  "GROUP_CLUSTER_MANAGER",
  "GROUP_REPLICA_SET_MANAGER",
  "GROUP_STREAM_PROCESSING_OWNER",
  "GROUP_DATA_ACCESS_ADMIN",
  "GROUP_DATA_ACCESS_READ_WRITE",
  "GROUP_DATA_ACCESS_READ_ONLY",
  "GROUP_DATABASE_ACCESS_ADMIN",
  "GROUP_BACKUP_MANAGER",
  "GROUP_SEARCH_INDEX_EDITOR",
  "GROUP_INDEX_MANAGER",
  "GROUP_OBSERVABILITY_VIEWER",
])

/** The roles that count in a project. */
export function rolesIn(project: SeenProject, roles: readonly KeyRole[]): KeyRole[] {
  return roles.filter(
    ({ projectId, orgId }) =>
      projectId === project.id || (projectId === null && isSame(orgId, project.orgId)),
  )
}

/**
 * Returns whether a key with these roles may create peerings in a project. "no" and "in-existing-containers" need every role that
 * counts there to be known as insufficient, since the person is advised not to try.
 */
export function mayCreateIn(
  project: SeenProject,
  { roles, unknownIn }: Pick<KeyDescription, "roles" | "unknownIn">,
): KeyMayCreate {
  const counting = rolesIn(project, roles ?? [])
  if (counting.some(({ roleName }) => owning.has(roleName))) return "yes"
  const openEnded = (roles ?? []).some(
    ({ projectId, orgId }) => projectId === null && (orgId === null || project.orgId === null),
  )
  const allKnown = counting.every(({ roleName }) => notCreating.has(roleName) || roleName === managingNetwork)
  if (counting.length === 0 || !allKnown || openEnded || unknownIn.includes(project.id)) return "unknown"
  return counting.some(({ roleName }) => roleName === managingNetwork) ? "in-existing-containers" : "no"
}

function isSame(one: string | null, other: string | null): boolean {
  return one !== null && one === other
}
