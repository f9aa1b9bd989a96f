import { addEvent, toPeerEventType } from "#world/project-events.ts"
import type { Principal } from "#world/roles.ts"
import type { ProjectEvent } from "#world/world.ts"
import type { Endpoint, ProjectCall } from "#resources/endpoint.ts"
import { buildProjectEndpoints } from "#resources/endpoint.ts"
import { AtlasError } from "#resources/errors.ts"
import { toIsoSeconds } from "#resources/groups.ts"
import type { Json } from "#resources/json.ts"
import { queryFlag, toPage } from "#resources/paging.ts"

/** Writes the fields of the official schema, which names neither a peer nor a container. Absent ones are left out, as in recordings. */
function toEventJson(call: ProjectCall, event: ProjectEvent): Json {
  const { project } = call
  const { actor, address, entry } = event
  const created = toIsoSeconds(event.at)
  const raw = { _t: event.type, cid: project.id, cre: created, gn: project.name, id: event.id }
  return {
    apiKeyId: actor?.apiKeyId ?? undefined,
    created,
    eventTypeName: event.type,
    groupId: project.id,
    id: event.id,
    isGlobalAdmin: false,
    links: [{ href: `${call.baseUrl}/groups/${project.id}/events/${event.id}`, rel: "self" }],
    ...(actor !== null && { publicKey: actor.name }),
    ...(queryFlag(call.query, "includeRaw", false) && { raw: { ...raw, orgId: project.orgId } }),
    ...(address !== null && { remoteAddress: address }),
    ...(entry !== null && { whitelistEntry: entry }),
  }
}

function queryTime(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name)
  if (text === null) return otherwise
  const at = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(at)) throw new AtlasError("INVALID_QUERY_PARAMETER", [name])
  return at
}

/** Newest first. Times count in whole seconds, as answers have them. */
function listEvents({ project, query }: ProjectCall): ProjectEvent[] {
  const types = query.getAll("eventType")
  const excluded = query.getAll("excludedEventType")
  const from = queryTime(query, "minDate", Number.NEGATIVE_INFINITY)
  const until = queryTime(query, "maxDate", Number.POSITIVE_INFINITY)
  const isAsked = ({ type, at }: ProjectEvent) => {
    const second = Math.floor(at / 1000) * 1000
    const isOfType = types.length === 0 || types.includes(type)
    return isOfType && !excluded.includes(type) && second >= from && second <= until
  }
  return project.events.filter(isAsked).toReversed()
}

/** Creates the endpoint of a project's events, which only v2 has here. */
export function createEventEndpoints(): Endpoint[] {
  const list = (call: ProjectCall) => {
    const given = ["minDate", "maxDate"].flatMap((name) => {
      const value = call.query.get(name)
      return value === null ? [] : [[name, value] as const]
    })
    const includeRaw = String(queryFlag(call.query, "includeRaw", false))
    const filters = { includeRaw, ...Object.fromEntries(given) }
    const body = toPage(call, listEvents(call), (event) => toEventJson(call, event), filters)
    return { status: 200, body }
  }
  return buildProjectEndpoints({ javaResource: "ApiGroupEventsResource", limit: "events", onlyOnV2: true }, [
    ["GET", "events", "getAllEvents", list],
  ])
}

/** How a service account is shown is a guess: its client id where a key's public part stands. */
function toActor({ id, publicKey, clientId }: Principal): ProjectEvent["actor"] {
  if (publicKey !== null) return { apiKeyId: id, name: publicKey }
  return { apiKeyId: null, name: clientId ?? id }
}

/** Returns the types of the events that a change makes, with the entry of the access list that each is about. */
function listPeerTypes(method: string, call: ProjectCall, answer: Json | null): [type: string][] {
  const created = answer !== null && typeof answer === "object" && "id" in answer ? answer["id"] : null
  const id = call.params["peerId"] ?? created
  const peer = call.project.peers.find((one) => one.id === id)
  const what = { POST: "CREATED", PATCH: "UPDATED", DELETE: "DELETED" }[method] ?? ""
  return peer === undefined ? [] : [[toPeerEventType(peer.target.providerName, what)]]
}

function listTypes(method: string, call: ProjectCall, answer: Json | null): [type: string, entry?: string][] {
  const [, resource] = /^\/groups\/[^/]+\/([^/?]+)/.exec(call.path) ?? []
  if (resource === "peers") return listPeerTypes(method, call, answer)
  // Atlas's list of types has none for a new container.
  if (resource === "containers") {
    if (method === "PATCH") return [["CONTAINER_SUBNETS_UPDATE_REQUESTED"]]
    return method === "DELETE" ? [["CONTAINER_DELETED"]] : []
  }
  if (resource !== "accessList") return []
  if (method === "DELETE") return [["NETWORK_PERMISSION_ENTRY_REMOVED", call.params["entry"]]]
  return call.project.accessList
    .filter(({ changedAt }) => changedAt === call.now)
    .map(({ createdAt, value }) => [
      createdAt === call.now ? "NETWORK_PERMISSION_ENTRY_ADDED" : "NETWORK_PERMISSION_ENTRY_UPDATED",
      value,
    ])
}

/** Adds the events of a change that was carried out. */
export function addEventsOf(
  { method }: Endpoint,
  call: ProjectCall,
  answer: Json | null,
  address: string,
): void {
  if (method === "GET") return
  const common = { at: call.now, actor: toActor(call.principal), address }
  for (const [type, entry = null] of listTypes(method, call, answer))
    addEvent(call.project, { type, entry, ...common })
}
