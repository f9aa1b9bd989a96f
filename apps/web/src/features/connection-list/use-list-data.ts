import { toInventoryPeering } from "@peering-desk/peering-rules"
import type {
  DeletedPeering,
  InventoryPeering,
  InventoryProject,
  Peering,
  PeeringList,
  Project,
  TimeInState,
} from "@peering-desk/shared-schemas"
import { useQueries, useQuery } from "@tanstack/react-query"
import { useMemo, useState } from "react"
import { tombstonesQuery } from "#api/peerings/deleted-peerings.ts"
import { inventoryQuery, useReadAfterChange } from "#api/peerings/inventory.ts"
import { useIsReconnecting } from "#api/peerings/live-updates.ts"
import { overviewQuery } from "#api/peerings/overview.ts"
import { peeringsQuery } from "#api/peerings/peering-list.ts"
import { containersQuery } from "#api/projects/containers.ts"
import { listFactsQuery } from "#api/projects/list-facts.ts"
import { useProject } from "#api/projects/projects.ts"
import { createRowMaker, type InventoryRow, type RowSource } from "#shared/inventory/inventory-rows.ts"
import { makeDeletedRow } from "./rows/deleted-rows.ts"

/** The rows of the list and the state of reading them. */
export interface ListData<Source extends RowSource = RowSource> {
  /** Undefined while loading, and when nothing could be read. */
  sources: readonly Source[] | undefined
  rows: readonly InventoryRow[] | undefined
  timesInState: readonly TimeInState[]
  error: Error | null
  isFetching: boolean
  /** Reads it again. */
  onRetry: () => void
}

const nothing: readonly never[] = []

/**
 * Reads the connections of all projects.
 * @param projectId a chosen one, which is followed live
 * @param showsDeleted reads the deleted ones as well
 */
export function useAllListData(projectId: string | null, showsDeleted: boolean): ListData<InventoryProject> {
  const { data, error, isFetching, refetch } = useQuery(inventoryQuery())
  useReadAfterChange(data?.projects.find(({ project }) => project.id === projectId)?.project.id ?? null)
  const sources = data?.projects
  const rows = useRows(sources, showsDeleted, (project) => project.tombstoneCount > 0)
  return {
    sources,
    rows,
    timesInState: data?.timesInState ?? nothing,
    error,
    isFetching,
    onRetry: () => void refetch(),
  }
}

const listed = new WeakMap<Peering, InventoryPeering>()

/** Returns a project's peering as the inventory has it: the same object for the same peering, which keeps its row from rendering again. */
function getListed(peering: Peering): InventoryPeering {
  const known = listed.get(peering)
  if (known !== undefined) return known
  const next = toInventoryPeering(peering)
  listed.set(peering, next)
  return next
}

const readEveryMs = 15_000

/** Reads the connections of one project, live. While the stream is cut, the list is read from time to time instead. */
export function useProjectListData(
  projectId: string,
  showsDeleted: boolean,
): ListData & { list: PeeringList | undefined } {
  const refetchInterval = useIsReconnecting() ? readEveryMs : false
  const {
    data: list,
    error,
    isFetching,
    refetch,
  } = useQuery({ ...peeringsQuery(projectId), refetchInterval })
  const { data: containers } = useQuery(containersQuery(projectId))
  const known = useProject(projectId)
  const { data: overview } = useQuery({ ...overviewQuery(), enabled: false })
  // Only dots wait for it, so it comes after the list.
  const { data: facts } = useQuery({ ...listFactsQuery(projectId), enabled: list !== undefined })
  const project = useMemo<Project>(() => known ?? { id: projectId, name: projectId }, [known, projectId])
  const sources = useMemo<RowSource[] | undefined>(
    () =>
      list && [
        {
          project,
          peerings: list.peerings.map(getListed),
          containers: containers ?? [],
          watches: list.watches,
          listed: facts?.listed ?? null,
          running: facts?.running ?? null,
        },
      ],
    [list, containers, project, facts],
  )
  const rows = useRows(sources, showsDeleted, () => true)
  return {
    list,
    sources,
    rows,
    timesInState: overview?.timesInState ?? nothing,
    error,
    isFetching,
    onRetry: () => void refetch(),
  }
}

function useRows<Source extends RowSource>(
  sources: readonly Source[] | undefined,
  showsDeleted: boolean,
  hasDeleted: (source: Source) => boolean,
): readonly InventoryRow[] | undefined {
  const [makeRows] = useState(createRowMaker)
  const present = useMemo(() => sources && makeRows(sources), [sources, makeRows])
  const readable = showsDeleted ? (sources?.filter(hasDeleted) ?? nothing) : nothing
  const lists = useQueries({
    queries: readable.map(({ project }) => tombstonesQuery(project.id)),
    combine: (results) => results.map(({ data }) => data),
  })
  return useMemo(
    () => present && (lists.length === 0 ? present : [...present, ...toDeletedRows(sources ?? [], lists)]),
    [present, lists, sources],
  )
}

function toDeletedRows(
  sources: readonly RowSource[],
  lists: readonly (readonly DeletedPeering[] | undefined)[],
): InventoryRow[] {
  return lists.flat().flatMap((deleted) => {
    const source = sources.find(({ project }) => project.id === deleted?.projectId)
    return deleted === undefined || source === undefined
      ? []
      : [makeDeletedRow(source.project, deleted, source.containers)]
  })
}
