import { useQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { useLocation } from "wouter"
import { inventoryQuery } from "#api/peerings/inventory.ts"
import { projectsQuery } from "#api/projects/projects.ts"
import { toPeeringTitle } from "#copy/peerings.ts"
import { summariseState } from "#copy/state-summary.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { CloudMark } from "#ui/marks/CloudMark.tsx"
import { Icon, type IconName } from "#ui/marks/Icon.tsx"
import type { Search } from "#ui/overlay/SearchField.tsx"
import { SearchList, type SearchOption } from "#ui/overlay/SearchList.tsx"
import { useNow } from "#ui/time/now.ts"
import styles from "./palette.module.css"

/** One thing to do or page to go to. */
export interface PaletteEntry {
  group: "Actions" | "Go to"
  title: string
  icon: IconName
  detail?: string
  run: () => void
}

/** What the palette's field finds: pages, projects, actions and connections, these by any of their ids. */
export function CommandPalette({
  search,
  entries,
  onClose,
}: {
  search: Search
  entries: readonly PaletteEntry[]
  onClose: () => void
}) {
  const [, navigate] = useLocation()
  const { data: projects = [] } = useQuery(projectsQuery())
  const { connections, isPending } = useConnections()

  const runs = useMemo(() => {
    const all = new Map<string, () => void>(connections.map(({ key }) => [key, () => navigate(key)]))
    for (const { title, run } of entries) all.set(title, run)
    for (const { id } of projects) all.set(id, () => navigate(pagePaths.connections(id)))
    return all
  }, [connections, entries, projects, navigate])

  const options: SearchOption[] = [
    ...connections,
    ...entries.map(({ group, title, icon, detail }) => ({
      key: title,
      text: title,
      group,
      detail,
      mark: <Icon name={icon} />,
    })),
    ...projects.map(({ id, name }) => ({
      key: id,
      text: name,
      keywords: id,
      group: "Go to",
      detail: "project",
      mark: <Icon name="container" />,
    })),
  ]

  return (
    <SearchList
      search={search}
      options={options}
      most={40}
      emptyWords={
        isPending ? "No match yet. Loading connections." : "No match. Try part of a name, an ID or a CIDR."
      }
      onChoose={(key) => {
        onClose()
        runs.get(key)?.()
      }}
    />
  )
}

/** Returns every connection that the person may see; their keys are their addresses. */
function useConnections(): { connections: SearchOption[]; isPending: boolean } {
  const { data, isPending } = useQuery(inventoryQuery())
  const now = useNow()
  const connections = useMemo(
    () =>
      (data?.projects ?? []).flatMap(({ project, peerings }) =>
        peerings.map(({ id, peer, label, broken }) => {
          const { title } = summariseState(peer, { broken }, now)
          return {
            key: pagePaths.connection(project.id, id),
            text: label ?? toPeeringTitle(peer),
            keywords: [project.name, ...Object.values(peer)]
              .filter((value) => typeof value === "string")
              .join(" "),
            group: "Connections",
            mark: <CloudMark cloud={peer.providerName} />,
            detail: (
              <>
                <span className={`grow narrow clip ${styles.project}`}>{project.name}</span>
                <span className={`clip ${styles.state}`}>{title}</span>
              </>
            ),
          }
        }),
      ),
    [data, now],
  )
  return { connections, isPending }
}
