import type { AuditAction, ProviderName, RawAnswer } from "@peering-desk/shared-schemas"
import * as z from "zod/mini"
import { readList } from "./atlas-answers.ts"

interface EventKind {
  action: Extract<AuditAction, `atlas-${string}`>
  /** Of a peering. */
  providerName: ProviderName | null
}

const peering = (
  providerName: ProviderName,
  what: "create" | "change" | "delete" | "active" | "inactive",
) => ({
  action: `atlas-peering-${what}` as const,
  providerName,
})
const other = <Action extends EventKind["action"]>(action: Action) => ({ action, providerName: null })

/** The types of Atlas's events that are read (Atlas: EventTypeForNdsGroup). None tells of a new container. */
const eventKinds: Readonly<Record<string, EventKind>> = {
  PEER_CREATED: peering("AWS", "create"),
  PEER_UPDATED: peering("AWS", "change"),
  PEER_DELETED: peering("AWS", "delete"),
  GCP_PEER_CREATED: peering("GCP", "create"),
  GCP_PEER_UPDATED: peering("GCP", "change"),
  GCP_PEER_DELETED: peering("GCP", "delete"),
  GCP_PEER_ACTIVE: peering("GCP", "active"),
  GCP_PEER_INACTIVE: peering("GCP", "inactive"),
  AZURE_PEER_CREATED: peering("AZURE", "create"),
  AZURE_PEER_UPDATED: peering("AZURE", "change"),
  AZURE_PEER_DELETED: peering("AZURE", "delete"),
  AZURE_PEER_ACTIVE: peering("AZURE", "active"),
  CONTAINER_SUBNETS_UPDATE_REQUESTED: other("atlas-container-change"),
  CONTAINER_DELETED: other("atlas-container-delete"),
  NETWORK_PERMISSION_ENTRY_ADDED: other("atlas-access-list-add"),
  NETWORK_PERMISSION_ENTRY_UPDATED: other("atlas-access-list-change"),
  NETWORK_PERMISSION_ENTRY_REMOVED: other("atlas-access-list-remove"),
}

/** One event of a project, as Atlas tells it. */
export type AtlasEvent = NonNullable<ReturnType<typeof readEvent>>

const text = z.catch(z.optional(z.string()), undefined)
const RawEvent = z.object({
  id: z.string(),
  created: z.string(),
  eventTypeName: z.string(),
  publicKey: text,
  username: text,
  delegatePrincipal: z.catch(z.optional(z.object({ id: text, name: text })), undefined),
  remoteAddress: text,
  whitelistEntry: text,
  raw: z.catch(z.optional(z.record(z.string(), z.unknown())), undefined),
})

const eventsPerPage = 100

/** Builds the query of one page. `until` is for the pages after the first one: new events do not shift them. */
export function toEventQuery({ from, until }: { from: number; until: number | null }): string {
  const query = new URLSearchParams({
    minDate: toSeconds(from),
    ...(until !== null && { maxDate: toSeconds(until) }),
    includeRaw: "true",
    includeCount: "false",
    itemsPerPage: String(eventsPerPage),
  })
  for (const type of Object.keys(eventKinds)) query.append("eventType", type)
  return query.toString()
}

/** Reads a page, newest first. Leaves out events of types that are not asked for, and ones that can't be read. */
export function readEventPage(body: unknown) {
  const page = readList(body)
  if (page === null) return null
  const events = page.entries.flatMap((raw) => readEvent(raw) ?? [])
  const oldest = page.entries.map(({ created }) => Date.parse(String(created))).filter(Number.isFinite)
  const hasMore = (page.hasNext || page.size >= eventsPerPage) && oldest.length > 0
  /** The time of its last event where older ones follow on a further page. */
  const moreBefore = hasMore ? Math.min(...oldest) : null
  return { events, moreBefore }
}

function readEvent(raw: RawAnswer) {
  const event = RawEvent.safeParse(raw).data
  const kind =
    event && Object.hasOwn(eventKinds, event.eventTypeName) ? eventKinds[event.eventTypeName] : null
  const at = Date.parse(event?.created ?? "")
  if (event === undefined || !kind || Number.isNaN(at)) return null
  const { id, eventTypeName: type, publicKey, username, delegatePrincipal, remoteAddress } = event
  return {
    ...kind,
    id,
    /** Atlas's name of its type. */
    type,
    /** Milliseconds since 1970, of a whole second. */
    at,
    /** The public key, client id or e-mail address of the caller; null for Atlas itself. */
    actor: publicKey ?? username ?? delegatePrincipal?.name ?? delegatePrincipal?.id ?? null,
    address: remoteAddress ?? null,
    /** The entry of the access list that it is about. */
    entry: event.whitelistEntry ?? null,
    /** Everything in it that may be the id of a connection. The documented fields have none. */
    ids: [...Object.values(raw), ...Object.values(event.raw ?? {})].filter(isObjectId),
  }
}

function isObjectId(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{24}$/i.test(value)
}

function toSeconds(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}
