import { toInventoryRow, usualFilter } from "@peering-desk/peering-rules"
import { useInfiniteQuery, useQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { useLocation } from "wouter"
import { connectionsQuery } from "#api/peerings/connections.ts"
import { projectsQuery } from "#api/projects/projects.ts"
import { summariseState } from "#copy/state-summary.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { CloudMark } from "#ui/marks/CloudMark.tsx"
import { useSettled } from "#ui/hooks/use-settled.ts"
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
  const { connections, isPending } = useConnections(search.text)

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

/** Returns the first connections that the server finds; their keys are their addresses. */
function useConnections(typed: string): { connections: SearchOption[]; isPending: boolean } {
  const text = useSettled(typed, 200)
  const { data, isPlaceholderData, isPending } = useInfiniteQuery(connectionsQuery({ ...usualFilter, text }))
  const now = useNow()
  const connections = useMemo(
    () =>
      (data?.pages[0]?.rows ?? []).map(toInventoryRow).map(({ project, peering, title, haystack }) => ({
        key: pagePaths.connection(project.id, peering.id),
        text: title,
        // What the server found fits by more than its words: an address in a block.
        keywords: isPlaceholderData ? haystack : `${haystack} ${text}`,
        group: "Connections",
        mark: <CloudMark cloud={peering.peer.providerName} />,
        detail: (
          <>
            <span className="grow narrow clip ellipsis">{project.name}</span>
            <span className={`from-600 clip ellipsis ${styles.state}`}>
              {summariseState(peering.peer, { broken: peering.broken }, now).title}
            </span>
          </>
        ),
      })),
    [data, isPlaceholderData, text, now],
  )
  return { connections, isPending: isPending || isPlaceholderData || text !== typed }
}
