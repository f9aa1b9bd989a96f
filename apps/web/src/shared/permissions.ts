import type { ProjectRole, SessionInfo } from "@peering-desk/shared-schemas"
import { createContext, useContext, useMemo } from "react"
import { usePerson } from "#api/session.ts"
import { toAskWhom } from "#copy/access.ts"

/** The permissions of a person in one project. An unknown person is offered everything: the server refuses what they may not do. */
export interface Permissions {
  /** Create, change and delete. */
  mayChange: boolean
  /** Change the settings of the whole project. */
  mayAdminister: boolean
  /** Names the contact for more rights, as the middle of a sentence. */
  askWhom: string
}

export const PermissionsContext = createContext<Permissions>({
  mayChange: true,
  mayAdminister: true,
  askWhom: toAskWhom(null),
})

/** Returns the permissions in the project of the page around. */
export function usePermissions(): Permissions {
  return useContext(PermissionsContext)
}

/**
 * Computes the permissions in a project, for `PermissionsContext`.
 * @param lastPerson counts instead of the person who is signed in now
 */
export function usePermissionsIn(projectId: string, lastPerson?: SessionInfo): Permissions {
  const present = usePerson()
  const person = lastPerson ?? present
  return useMemo(() => computePermissions(person, projectId), [person, projectId])
}

/** Computes what a person may do in a project. */
export function computePermissions(person: SessionInfo | undefined, projectId: string): Permissions {
  const role = person && getRole(person, projectId)
  return {
    mayChange: role !== "viewer" && role !== null,
    mayAdminister: role === undefined || role === "administrator",
    askWhom: toAskWhom(person?.askWhom ?? null),
  }
}

/** From the least to the most. */
export const roles: readonly ProjectRole[] = ["viewer", "requester", "administrator"]

/** Returns the role in a project, the higher one if there is one everywhere too; null without a role. */
export function getRole({ access }: SessionInfo, projectId: string): ProjectRole | null {
  return roles.findLast((role) => role === access.everywhere || role === access.projects[projectId]) ?? null
}

/** The parts of the application that a person can use. */
export interface AppPermissions {
  seesProjects: boolean
  readsAudit: boolean
  /** Administrator of everything. */
  administers: boolean
  /** Administrator of a project. */
  connectsClouds: boolean
  /** May change something in a project. */
  changes: boolean
  /** May ask for changes and decide on them, where some need approval. */
  approves: boolean
  /** Signed in without any right. */
  hasNone: boolean
}

/** Returns which parts of the application the person can use. */
export function useAppPermissions(): AppPermissions {
  return computeAppPermissions(usePerson())
}

/** Computes which parts of the application a person can use. An unknown person is shown the pages of projects. */
export function computeAppPermissions(person: SessionInfo | undefined): AppPermissions {
  if (person === undefined)
    return {
      seesProjects: true,
      readsAudit: false,
      administers: false,
      connectsClouds: false,
      changes: true,
      approves: false,
      hasNone: false,
    }
  const { everywhere, projects, auditor } = person.access
  const count = everywhere === null ? Object.keys(projects).length : Number.POSITIVE_INFINITY
  const administers = everywhere === "administrator"
  const changes = [everywhere, ...Object.values(projects)].some((role) => role !== null && role !== "viewer")
  return {
    seesProjects: count > 0,
    administers,
    connectsClouds: administers || Object.values(projects).includes("administrator"),
    readsAudit: auditor || administers,
    changes,
    approves: changes && person.approvals === true,
    hasNone: count === 0 && !auditor,
  }
}
