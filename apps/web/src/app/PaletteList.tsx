import { useMemo } from "react"
import { useLocation } from "wouter"
import { useProject } from "#api/projects/projects.ts"
import { CommandPalette, type PaletteEntry } from "#features/palette/CommandPalette.tsx"
import { pagePaths } from "#shared/page-paths.ts"
import type { AppPermissions } from "#shared/permissions.ts"
import type { Search } from "#ui/overlay/SearchField.tsx"
import { getAllProjectsLinks, getProjectLinks } from "./navigation.ts"
import { useNewConnectionPath } from "#shared/actions/use-new-connection-path.ts"
import type { QuickAction } from "./QuickActions.tsx"

/** What the palette finds, with the pages and actions of this person. */
export function PaletteList({
  search,
  chosenProject,
  permissions,
  onOpen,
}: {
  search: Search
  /** The id of the project in the sidebar; null without one. */
  chosenProject: string | null
  permissions: AppPermissions
  onOpen: (what: QuickAction) => void
}) {
  const [, navigate] = useLocation()
  const newConnection = useNewConnectionPath()
  // The last project may be one that this person no longer sees.
  const project = useProject(chosenProject)
  const entries = useMemo((): PaletteEntry[] => {
    const goTo = (href: string) => () => navigate(href)
    const pages = getAllProjectsLinks(permissions)
    const ofProject = project === undefined ? [] : getProjectLinks(project.id).slice(1)
    const forProjects = (entry: PaletteEntry) => (permissions.seesProjects ? [entry] : [])
    return [
      ...forProjects({ group: "Actions", title: "New connection", icon: "plus", run: goTo(newConnection) }),
      { group: "Actions", title: "Keyboard shortcuts", icon: "more", run: () => onOpen("shortcuts") },
      ...[...pages, ...ofProject].map(({ title, icon, href }) => ({
        group: "Go to" as const,
        title,
        icon,
        detail: "page",
        run: goTo(href),
      })),
      {
        group: "Go to",
        title: "Your sessions",
        icon: "clock",
        detail: "page",
        run: goTo(pagePaths.sessions()),
      },
      ...forProjects({
        group: "Go to",
        title: "API tokens",
        icon: "key",
        detail: "page",
        run: goTo(pagePaths.tokens()),
      }),
    ]
  }, [project, newConnection, permissions, navigate, onOpen])

  return <CommandPalette search={search} entries={entries} onClose={() => onOpen(null)} />
}
