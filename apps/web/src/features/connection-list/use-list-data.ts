import {
  toInventoryPeering,
  createRowMaker,
  makeDeletedRow,
  type RowSource,
} from "@peering-desk/peering-rules"
import type { InventoryPeering, Peering, Project } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useMemo, useState } from "react"
import { tombstonesQuery } from "#api/peerings/deleted-peerings.ts"
import { overviewQuery } from "#api/peerings/overview.ts"
import { containersQuery } from "#api/projects/containers.ts"
import { listFactsQuery } from "#api/projects/list-facts.ts"
import { useProject } from "#api/projects/projects.ts"
import { useLivePeerings } from "#shared/polling/use-live-peerings.ts"

const nothing: readonly never[] = []

const listed = new WeakMap<Peering, InventoryPeering>()

/** Returns a project's peering as the inventory has it: the same object for the same peering, which keeps its row from rendering again. */
function getListed(peering: Peering): InventoryPeering {
  const known = listed.get(peering)
  if (known !== undefined) return known
  const next = toInventoryPeering(peering)
  listed.set(peering, next)
  return next
}

/** Reads the connections of one project, live, as rows of a list. */
export function useProjectListData(projectId: string, showsDeleted: boolean) {
  const { data: list, error, isFetching, refetch } = useLivePeerings(projectId)
  const { data: containers } = useQuery(containersQuery(projectId))
  const known = useProject(projectId)
  const { data: overview } = useQuery({ ...overviewQuery(), enabled: false })
  // Only dots wait for it, so it comes after the list.
  const { data: facts } = useQuery({ ...listFactsQuery(projectId), enabled: list !== undefined })
  const project = useMemo<Project>(() => known ?? { id: projectId, name: projectId }, [known, projectId])
  // Undefined while loading, and when nothing could be read.
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
  const [makeRows] = useState(createRowMaker)
  const present = useMemo(() => sources && makeRows(sources), [sources, makeRows])
  const { data: deleted = nothing } = useQuery({ ...tombstonesQuery(projectId), enabled: showsDeleted })
  const rows = useMemo(
    () =>
      present &&
      (showsDeleted
        ? [...present, ...deleted.map((one) => makeDeletedRow(project, one, containers ?? []))]
        : present),
    [present, showsDeleted, deleted, project, containers],
  )
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
