import {
  attentionGroups,
  findContainerOf,
  toContainerKey,
  type AttentionGroup,
  type InventoryPeering,
  type InventoryProject,
  type ListRow,
  type Overview,
  type OverviewProject,
  type Project,
  type ReadState,
} from "@peering-desk/shared-schemas"
import { isUnusedContainer } from "#draft/unused-container.ts"
import { dayMs, expiresWithin, orderByAttention, type ListedPeering } from "#lifecycle/attention.ts"
import { isPartlyUnread, mergeReads, summariseReads } from "./reads.ts"
import type { PeeringsSummary } from "./summarise-peerings.ts"
import { chooseShownCounts } from "./worklist.ts"

type ProjectLists = Omit<InventoryProject, "project" | "peerings">

/** A project without its connections, of which it has the summary. */
export interface OverviewSource extends ProjectLists {
  projectId: string
  summary: PeeringsSummary
  unusedContainers: number
  reads: ReadState
  isPartlyUnread: boolean
}

/** Computes what Overview shows of a project until one of its lists changes. */
export function toOverviewSource(
  projectId: string,
  lists: ProjectLists,
  summary: PeeringsSummary,
): OverviewSource {
  const { containers, watches } = lists
  const unused = containers.filter((container) => {
    const watch = watches.find(({ providerName }) => providerName === container.providerName)
    return isUnusedContainer(container, summary.inContainers, watch)
  })
  return {
    ...lists,
    projectId,
    summary,
    unusedContainers: unused.length,
    reads: summariseReads(watches),
    isPartlyUnread: isPartlyUnread(lists),
  }
}

interface Viewer {
  /** Milliseconds since 1970. */
  now: number
  /** Returns whether the person has a role in a project by itself. It comes before those of a role in all projects. */
  isOwn: (projectId: string) => boolean
  mayChange: (projectId: string) => boolean
  toName: (projectId: string) => string
  /** Returns a project with all that rows show of it. */
  toProject: (projectId: string) => Project
}

const mostProjects = 100
const mostUnread = 5
const noneCounted: Overview["counts"] = { all: 0, you: 0, broken: 0, failed: 0, works: 0 }

/** Puts the summaries of projects together for one person. It looks at no connection but the first of each group. */
export function buildOverview(
  sources: readonly OverviewSource[],
  viewer: Viewer,
): Omit<Overview, "limits" | "timesInState"> {
  const counts = { ...noneCounted }
  for (const { summary } of sources)
    for (const state of Object.keys(counts) as (keyof typeof counts)[]) counts[state] += summary.counts[state]
  const unread = sources.filter((source) => source.isPartlyUnread)
  const { toProject } = viewer
  return {
    projectCount: sources.length,
    counts,
    needYou: countNeedYou(sources, viewer),
    worklist: buildWorklist(sources, viewer),
    projects: sources
      .toSorted(byAttentionAndUse)
      .slice(0, mostProjects)
      .map((source) => toCounted(source, viewer.toName(source.projectId))),
    unread: {
      count: unread.length,
      projects: unread.slice(0, mostUnread).map(({ projectId, watches, containersProblem }) => ({
        project: toProject(projectId),
        watches,
        containersProblem,
      })),
    },
    reads: mergeReads(sources.map(({ reads }) => reads)),
  }
}

function countNeedYou(sources: readonly OverviewSource[], { now, mayChange }: Viewer): number {
  return sources
    .filter(({ projectId }) => mayChange(projectId))
    .reduce((sum, { summary }) => {
      const waiting = summary.needy.waiting.length - countExpiring(summary, now)
      return sum + summary.attention - waiting
    }, 0)
}

function toCounted(
  { projectId: id, summary: { attention, counts, pending }, unusedContainers, watches }: OverviewSource,
  name: string,
): OverviewProject {
  const isRead = watches.some(({ checkedAt }) => checkedAt !== null)
  return { id, name, isRead, used: counts.all, pending, attention, unusedContainers }
}

const byAttentionAndUse = ({ summary: a }: OverviewSource, { summary: b }: OverviewSource) =>
  b.attention - a.attention || b.counts.all - a.counts.all

interface Candidate {
  source: OverviewSource
  row: ListedPeering
}

function buildWorklist(
  sources: readonly OverviewSource[],
  { now, isOwn, toProject }: Viewer,
): Overview["worklist"] {
  const expiring = new Map(sources.map((source) => [source, countExpiring(source.summary, now)]))
  const listGroup = (source: OverviewSource, name: AttentionGroup): [from: number, to: number] => {
    const { needy } = source.summary
    const split = expiring.get(source) ?? 0
    if (name === "expiring") return [0, split]
    return name === "waiting" ? [split, needy.waiting.length] : [0, needy[name].length]
  }
  const counts = attentionGroups.map((name) =>
    sources.reduce((sum, source) => {
      const [from, to] = listGroup(source, name)
      return sum + to - from
    }, 0),
  )
  const shown = chooseShownCounts(counts)
  const byAttention = orderByAttention(now)
  const order = (a: Candidate, b: Candidate) =>
    Number(isOwn(b.source.projectId)) - Number(isOwn(a.source.projectId)) || byAttention(a.row, b.row)
  return attentionGroups.map((name, index) => {
    const most = shown[index] ?? 0
    const first: Candidate[] = []
    for (const source of most === 0 ? [] : sources) {
      const rows = source.summary.needy[name === "expiring" ? "waiting" : name]
      const [from, to] = listGroup(source, name)
      for (const row of rows.slice(from, Math.min(to, from + most))) {
        const candidate = { source, row }
        const place = first.findIndex((other) => order(candidate, other) < 0)
        // The rows of a project are in order, so the next ones come later still.
        if (place === -1 && first.length >= most) break
        first.splice(place === -1 ? first.length : place, 0, candidate)
        first.length = Math.min(first.length, most)
      }
    }
    return {
      name,
      count: counts[index] ?? 0,
      rows: first.map(({ source, row }) => toListRow(source, row.peering, toProject)),
    }
  })
}

/** Counts the waiting requests that expire within a day, by halves: they are the first ones. */
function countExpiring({ needy: { waiting } }: PeeringsSummary, now: number): number {
  let [from, to] = [0, waiting.length]
  while (from < to) {
    const middle = (from + to) >> 1
    const row = waiting[middle]
    if (row !== undefined && expiresWithin(row, dayMs, now)) from = middle + 1
    else to = middle
  }
  return from
}

/** Returns a connection with what a list shows of its project. */
export function toListRow(
  { projectId, containers, watches, listed, running }: OverviewSource,
  peering: InventoryPeering,
  toProject: Viewer["toProject"],
): ListRow {
  const { peer } = peering
  const watch = watches.find(({ providerName }) => providerName === peer.providerName)
  const block = peer.providerName === "AWS" ? peer.routeTableCidrBlock : null
  const container = findContainerOf(peer, containers)
  return {
    project: toProject(projectId),
    peering,
    container,
    staleSince: watch === undefined || watch.problem === null ? null : watch.checkedAt,
    listed: listed && listed.filter((one) => one === block),
    running: running && running.filter((key) => container !== null && key === toContainerKey(container)),
  }
}
