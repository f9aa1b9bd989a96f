import type { HeldForApproval, Peering, PeeringGone, PeeringList, Watch } from "@peering-desk/shared-schemas"
import type { QueryClient } from "@tanstack/react-query"
import { isHeld } from "#api/answer.ts"
import { approvalsKey } from "#api/open-approvals.ts"
import { containersKey } from "#api/projects/containers.ts"
import { invalidateVerdicts } from "#api/projects/preflight.ts"
import type { PageEvent } from "#api/stream/stream-connection.ts"

const listKey = (projectId: string) => ["peerings", projectId]
const goneKey = (projectId: string, id: string) => ["gone-peering", projectId, id]

/** The key of a connection's timeline, which grows with the stream. */
export const timelineKey = (projectId: string, peeringId: string) => ["timeline", projectId, peeringId]

/** A connection that Atlas no longer lists, as it was last seen. */
export interface DeletedPeering {
  peering: Peering
  /** When it was found missing, ISO 8601. */
  at: string
}

/** A connection that a restarted server has not listed yet. */
type Unconfirmed = Peering & { isUnconfirmed?: boolean }

/** Returns a deleted connection as it was last seen; undefined when it never was here. */
export function getDeletedPeering(
  client: QueryClient,
  projectId: string,
  id: string,
): DeletedPeering | undefined {
  return client.getQueryData<DeletedPeering>(goneKey(projectId, id))
}

/** Takes in what an answer says of one connection, unless the stream overtook that answer. */
export function keepPeering(client: QueryClient, peering: Peering): void {
  const knownSince = findKnown(client, peering)?.history.at(-1)?.at
  const since = peering.history.at(-1)?.at
  if (knownSince !== undefined && since !== undefined && since < knownSince) return
  putPeering(client, peering)
}

/** Takes in the answer to a change of a connection; one that another person has to approve first is a new open request. */
export function keepUnlessHeld(client: QueryClient, answer: Peering | HeldForApproval): void {
  if (isHeld(answer)) noteHeld(client)
  else keepPeering(client, answer)
}

/** Reads the open requests again, of which there is a new one. */
export function noteHeld(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: approvalsKey })
}

function findKnown(client: QueryClient, { projectId, id }: Peering): Peering | undefined {
  return client.getQueryData<PeeringList>(listKey(projectId))?.peerings.find((one) => one.id === id)
}

/**
 * Puts one connection into its project's list, in the place where it was. A new status can mean a changed container: Atlas
 * creates the network to peer back with only when the first connection needs it. Verdicts on drafts rest on the connections too.
 */
function putPeering(client: QueryClient, peering: Peering): void {
  const known = findKnown(client, peering)
  if (known?.history.at(-1)?.at !== peering.history.at(-1)?.at) {
    void client.invalidateQueries({ queryKey: containersKey(peering.projectId) })
    void client.invalidateQueries({ queryKey: timelineKey(peering.projectId, peering.id) })
    invalidateVerdicts(client, peering.projectId)
  }
  change(client, peering.projectId, (list) => ({ ...list, peerings: upsert(list.peerings, peering) }))
}

/** Turns one event of the stream into query-cache entries. Unchanged connections keep their identity. */
export function applyStreamEvent(client: QueryClient, event: Exclude<PageEvent, { event: "resync" }>): void {
  switch (event.event) {
    case "peering":
      return putPeering(client, event.data)
    case "gone":
      return dropPeering(client, event.data)
    case "watch":
      return keepWatch(client, event.data)
    case "creates": {
      const { projectId, creates } = event.data
      return change(client, projectId, (list) => ({ ...list, creates }))
    }
  }
}

type ToNext = (list: PeeringList) => PeeringList

/** The reads of lists that are under way, each with the changes that came since it began. */
const underWay = new Set<{ client: QueryClient; projectId: string; changes: ToNext[] }>()

/**
 * Reads a list while events come: it may be older than they are, so they are applied to it once more. A connection that is missing from
 * it is moved to the deleted ones.
 */
export async function readUnderEvents(
  client: QueryClient,
  projectId: string,
  read: () => Promise<PeeringList>,
): Promise<PeeringList> {
  const reading = { client, projectId, changes: [] as ToNext[] }
  underWay.add(reading)
  try {
    const list = replaceKnown(client, await read())
    return reading.changes.reduce((next, toNext) => toNext(next), list)
  } finally {
    underWay.delete(reading)
  }
}

/** Returns a list with what is known beside it: what a server that has only just begun to poll does not list yet. */
function replaceKnown(client: QueryClient, list: PeeringList): PeeringList {
  const { projectId } = list
  const known = client.getQueryData<PeeringList>(listKey(projectId))
  if (known === undefined) return list
  const hasJustBegun = list.watches.length === 0 && list.peerings.length === 0
  const here = new Set(list.peerings.map(({ id }) => id))
  const kept: Unconfirmed[] = []
  for (const peering of known.peerings.filter(({ id }) => !here.has(id))) {
    const watch = list.watches.find(({ providerName }) => providerName === peering.peer.providerName)
    if (watch === undefined || watch.checkedAt === null) kept.push({ ...peering, isUnconfirmed: true })
    else moveToDeleted(client, peering, watch.checkedAt)
  }
  void client.invalidateQueries({ queryKey: ["timeline", projectId] })
  const missing = known.watches.filter((old) =>
    list.watches.every(({ providerName }) => providerName !== old.providerName),
  )
  return {
    ...(hasJustBegun ? known : list),
    lastEventId: list.lastEventId,
    peerings: [...list.peerings, ...kept],
    watches: [...list.watches, ...missing],
  }
}

function dropPeering(client: QueryClient, { projectId, id, at }: PeeringGone): void {
  void client.invalidateQueries({ queryKey: timelineKey(projectId, id) })
  change(client, projectId, (list) => {
    const peering = list.peerings.find((one) => one.id === id)
    if (peering === undefined) return list
    moveToDeleted(client, peering, at)
    return { ...list, peerings: list.peerings.filter((one) => one.id !== id) }
  })
}

/** Keeps the result of a poll. An unconfirmed connection that the poll did not bring is gone. */
function keepWatch(client: QueryClient, watch: Watch): void {
  const { providerName, checkedAt } = watch
  change(client, watch.projectId, (list) => ({
    ...list,
    peerings: list.peerings.filter((peering: Unconfirmed) => {
      const { isUnconfirmed, ...known } = peering
      const isGone = isUnconfirmed && checkedAt !== null && known.peer.providerName === providerName
      if (isGone) moveToDeleted(client, known, checkedAt)
      return !isGone
    }),
    watches: list.watches.some((one) => one.providerName === providerName)
      ? list.watches.map((one) => (one.providerName === providerName ? watch : one))
      : [...list.watches, watch],
  }))
}

function moveToDeleted(client: QueryClient, peering: Peering, at: string): void {
  client.setQueryDefaults(["gone-peering"], { gcTime: Number.POSITIVE_INFINITY })
  client.setQueryData<DeletedPeering>(goneKey(peering.projectId, peering.id), { peering, at })
  invalidateVerdicts(client, peering.projectId)
}

/** Changes a project's list, and lists of it that are being read at this moment. */
function change(client: QueryClient, projectId: string, toNext: ToNext): void {
  const queryKey = listKey(projectId)
  const readings = [...underWay].filter((one) => one.client === client && one.projectId === projectId)
  for (const { changes } of readings) changes.push(toNext)
  const list = client.getQueryData<PeeringList>(queryKey)
  if (list !== undefined) client.setQueryData<PeeringList>(queryKey, toNext(list))
  else if (readings.length === 0) void client.invalidateQueries({ queryKey })
}

function upsert(peerings: Peering[], peering: Peering): Peering[] {
  return peerings.some(({ id }) => id === peering.id)
    ? peerings.map((one) => (one.id === peering.id ? peering : one))
    : [...peerings, peering]
}
