import type { SessionInfo } from "@peering-desk/shared-schemas"

/** Which parts of the application are of use to somebody. */
export interface Rights {
  seesProjects: boolean
  readsAudit: boolean
  administers: boolean
  /** Signed in, and nothing here is for them. */
  hasNone: boolean
}

/** While it is not known who is there, the pages are shown: the server keeps what is not for them. */
export function toRights(user: SessionInfo | undefined): Rights {
  if (user === undefined) return { seesProjects: true, readsAudit: false, administers: false, hasNone: false }
  const { everywhere, projects, auditor } = user.access
  const seesProjects = everywhere !== null || Object.keys(projects).length > 0
  const administers = everywhere === "administrator"
  return { seesProjects, administers, readsAudit: auditor || administers, hasNone: !seesProjects && !auditor }
}
