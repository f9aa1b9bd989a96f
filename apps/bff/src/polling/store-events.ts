import type { AuditAction } from "@peering-desk/shared-schemas"
import type { AtlasEvent } from "#atlas/project-events.ts"
import { toEventContent, toNewEvent } from "#audit/row-content.ts"
import { toInstant } from "#base/clock.ts"
import { moveCursor, readCursor } from "#store/cursor.ts"
import { appendEvents, type NewEvent } from "#store/event-log.ts"
import { step } from "#store/step.ts"
import type { Store } from "#store/store.ts"
import { linkEvents, type LinkablePeering } from "./link-events.ts"
import { touchPeering } from "./peering-writer.ts"

export interface StoreEventsDeps {
  store: Store
  /** Returns whether a public key or client id is one of this server's own. */
  isOwnKey: (key: string) => boolean
}

/** A change of ours that may be the cause of an event. */
const ownActions: Partial<Record<AtlasEvent["action"], AuditAction>> = {
  "atlas-peering-create": "peering-create",
  "atlas-peering-change": "peering-change",
  "atlas-peering-delete": "peering-delete",
  "atlas-container-delete": "container-delete",
  "atlas-access-list-add": "access-list-add",
  "atlas-access-list-change": "access-list-add",
}
/** A change reaches Atlas up to this long after its attempt was written, and Atlas's clock may be behind ours. */
const ownBeforeMs = 5 * 60_000
const ownAfterMs = 60_000

const cursorOf = (projectId: string) => `atlas-events ${projectId}` as const
const onceOf = ({ id }: AtlasEvent) => `atlas-event ${id}`

/** Returns Atlas's time up to which the events of a project are stored; 0 before the first. */
export async function readEventsFrom({ store }: Pick<StoreEventsDeps, "store">, projectId: string) {
  return await readCursor(store.db, cursorOf(projectId))
}

/** Remembers that the events of a project are stored up to one of Atlas's times. */
export async function noteEventsUpTo(
  { store }: Pick<StoreEventsDeps, "store">,
  projectId: string,
  to: number,
): Promise<void> {
  const from = await readCursor(store.db, cursorOf(projectId))
  if (to > from)
    await step(store, ({ transaction }) => moveCursor(transaction, cursorOf(projectId), { from, to }))
}

/**
 * Stores events that are not stored yet, one row each. An event that a change of this server caused is no row: the change has one.
 * @param mayWait returns whether an event may still wait for the poll that shows which connection it is about
 * @returns the events that wait
 */
export async function storeEvents(
  deps: StoreEventsDeps,
  projectId: string,
  read: readonly AtlasEvent[],
  mayWait: (event: AtlasEvent) => boolean,
): Promise<AtlasEvent[]> {
  const { store } = deps
  const events = await leaveOutKnown(store, read)
  if (events.length === 0) return []
  const since = Math.min(...events.map(({ at }) => at)) - ownBeforeMs
  const peerings = await readPeerings(store, projectId)
  const stored = await readSince(store, projectId, since)
  const findings = stored.filter(({ phase, peeringId }) => phase === "finding" && peeringId !== null)
  const own = stored.filter(({ phase }) => phase === "attempt")
  const links = linkEvents(events, peerings, findings)
  const waiting: AtlasEvent[] = []
  const rows: NewEvent[] = []
  const touched = new Set<string>()
  for (const event of events.toReversed().filter((one) => !isOwnChange(one))) {
    const peering = links.get(event.id) ?? null
    if (peering === null && event.providerName !== null && mayWait(event)) waiting.push(event)
    else {
      rows.push(toRow(projectId, event, peering))
      if (peering?.goneAt === null) touched.add(peering.id)
    }
  }
  if (rows.length > 0)
    await step(store, async ({ transaction }) => {
      await appendEvents(transaction, rows)
      for (const id of touched) await touchPeering(transaction, { projectId, id })
    })
  return waiting

  function isOwnChange({ id, action, actor, at }: AtlasEvent): boolean {
    if (action === "atlas-peering-create" && (links.get(id)?.createdBy ?? null) !== null) return true
    if (actor === null || !deps.isOwnKey(actor)) return false
    return own.some(
      (change) =>
        change.kind === ownActions[action] && change.at >= at - ownBeforeMs && change.at <= at + ownAfterMs,
    )
  }
}

function toRow(projectId: string, event: AtlasEvent, peering: LinkablePeering | null): NewEvent {
  const { action, actor, address, at, entry, providerName, type } = event
  const content = toEventContent({
    action,
    actor: actor === null ? null : { issuer: "atlas", subject: actor, name: actor },
    address,
    projectId,
    providerName,
    peeringId: peering?.id ?? null,
    detail: { atlasAt: toInstant(at), type, ...(entry !== null && { entry }) },
  })
  return toNewEvent({ ...content, columns: { ...content.columns, once: onceOf(event) } })
}

async function leaveOutKnown({ db }: Store, events: readonly AtlasEvent[]): Promise<AtlasEvent[]> {
  if (events.length === 0) return []
  const rows = await db.selectFrom("event").select("once").where("once", "in", events.map(onceOf)).execute()
  const known = new Set(rows.map(({ once }) => once))
  return events.filter((event) => !known.has(onceOf(event)))
}

async function readPeerings({ db }: Store, projectId: string): Promise<LinkablePeering[]> {
  return await db
    .selectFrom("peering")
    .select(["id", "provider_name as providerName", "gone_at as goneAt", "created_by as createdBy"])
    .where("project_id", "=", projectId)
    .execute()
}

/** Reads what polls found, and the changes that were sent from here. */
async function readSince({ db }: Store, projectId: string, since: number) {
  return await db
    .selectFrom("event")
    .select(["phase", "kind", "status", "at", "after_at as afterAt"])
    .select(["peering_id as peeringId", "provider_name as providerName"])
    .where("project_id", "=", projectId)
    .where("at", ">=", since)
    .where("phase", "in", ["finding", "attempt"])
    .execute()
}
