import { pagePaths } from "#shared/page-paths.ts"
import type { AppPermissions } from "#shared/permissions.ts"
import type { IconName } from "#ui/marks/Icon.tsx"

export interface NavigationLink {
  title: string
  icon: IconName
  href: string
  /** Pages below its address belong to others. */
  isExact?: boolean
  /** What its count counts; without one it has none. */
  counts?: "attention" | "approvals" | "unread" | "allConnections" | "connections" | "containers"
}

/** Returns the links to pages of all projects that a person can use. */
export function getAllProjectsLinks({
  seesProjects,
  readsAudit,
  administers,
  connectsClouds,
  approves,
}: AppPermissions): NavigationLink[] {
  const links: [shown: boolean, link: NavigationLink][] = [
    [
      seesProjects,
      { title: "Overview", icon: "home", href: pagePaths.home(), isExact: true, counts: "attention" },
    ],
    [approves, { title: "Approvals", icon: "approve", href: pagePaths.approvals(), counts: "approvals" }],
    [
      seesProjects,
      {
        title: "Connections",
        icon: "connections",
        href: pagePaths.allConnections(),
        counts: "allConnections",
      },
    ],
    [seesProjects, { title: "Address space", icon: "address", href: pagePaths.addressSpace() }],
    [
      seesProjects,
      { title: "Notifications", icon: "bell", href: pagePaths.notifications(), counts: "unread" },
    ],
    [readsAudit, { title: "Audit log", icon: "audit", href: pagePaths.audit() }],
    [connectsClouds, { title: "Cloud accounts", icon: "cloud", href: pagePaths.cloudAccounts() }],
    [administers, { title: "Atlas keys", icon: "key", href: pagePaths.keys() }],
  ]
  return links.filter(([shown]) => shown).map(([, link]) => link)
}

/** Returns the links to the pages of one project. */
export function getProjectLinks(projectId: string): NavigationLink[] {
  return [
    {
      title: "Connections",
      icon: "connections",
      href: pagePaths.connections(projectId),
      counts: "connections",
    },
    { title: "Containers", icon: "container", href: pagePaths.containers(projectId), counts: "containers" },
    { title: "Settings", icon: "settings", href: pagePaths.settings(projectId) },
  ]
}
