import type { SessionInfo } from "@peering-desk/shared-schemas"

/** Which parts of the application are of use to somebody. */
export interface Rights {
  seesProjects: boolean
  /** More than one project. */
  seesMany: boolean
  readsAudit: boolean
  administers: boolean
  /** Signed in, and nothing here is for them. */
  hasNone: boolean
}

/** While it is not known who is there, the pages are shown: the server keeps what is not for them. */
export function toRights(user: SessionInfo | undefined): Rights {
  if (user === undefined)
    return { seesProjects: true, seesMany: false, readsAudit: false, administers: false, hasNone: false }
  const { everywhere, projects, auditor } = user.access
  const count = everywhere === null ? Object.keys(projects).length : Number.POSITIVE_INFINITY
  const seesProjects = count > 0
  const administers = everywhere === "administrator"
  return {
    seesProjects,
    seesMany: count > 1,
    administers,
    readsAudit: auditor || administers,
    hasNone: !seesProjects && !auditor,
  }
}
