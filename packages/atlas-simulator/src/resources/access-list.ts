import { parseCidr, parseIpv4 } from "#world/cidr.ts"
import type { Answer, Endpoint, ProjectCall, Simulation } from "./endpoint.ts"
import { AtlasError } from "./errors.ts"
import { toIsoSeconds } from "./groups.ts"
import type { Json } from "./json.ts"
import { toPage } from "./paging.ts"
import type { Fields } from "./request-body.ts"
import { allowOnly, isFields, optionalText, parseJson } from "./request-body.ts"
import type { AccessListEntry, Project } from "#world/world.ts"

const kinds = ["ipAddress", "cidrBlock", "awsSecurityGroup"] as const
const maxEntries = 200
const maxComment = 80
const weekMs = 7 * 24 * 3600 * 1000

const toCidr = (entry: AccessListEntry) => (entry.kind === "ipAddress" ? `${entry.value}/32` : entry.value)

function toEntryJson(call: ProjectCall, entry: AccessListEntry): Json {
  const path = encodeURIComponent(toCidr(entry))
  return {
    ...(entry.kind === "awsSecurityGroup" ? { awsSecurityGroup: entry.value } : { cidrBlock: toCidr(entry) }),
    ...(entry.kind === "ipAddress" ? { ipAddress: entry.value } : {}),
    comment: entry.comment,
    deleteAfterDate: entry.deleteAfter === null ? undefined : toIsoSeconds(entry.deleteAfter),
    groupId: call.project.id,
    links: [{ href: `${call.baseUrl}/groups/${call.project.id}/accessList/${path}`, rel: "self" }],
  }
}

const toList = (call: ProjectCall) =>
  toPage(call, call.project.accessList, (entry) => toEntryJson(call, entry))

function readDeleteAfter(fields: Fields, kind: AccessListEntry["kind"], now: number): number | null {
  const text = optionalText(fields, "deleteAfterDate")
  if (text === undefined) return null
  if (kind === "awsSecurityGroup") throw new AtlasError("NETWORK_PERMISSION_EXPIRATION_NOT_SUPPORTED")
  const at = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN
  if (!(at > now && at <= now + weekMs)) throw new AtlasError("INVALID_ATTRIBUTE", ["deleteAfterDate"])
  return at
}

function checkValue(project: Project, kind: AccessListEntry["kind"], value: string): void {
  if (kind === "awsSecurityGroup") {
    if (!/^sg-[0-9a-f]{8,17}$/.test(value)) throw new AtlasError("INVALID_ATTRIBUTE", [kind])
    if (!project.peers.some((peer) => peer.target.providerName === "AWS")) {
      throw new AtlasError("CANNOT_USE_AWS_SECURITY_GROUP_WITHOUT_VPC_PEERING_CONNECTION")
    }
    return
  }
  const isValid = kind === "ipAddress" ? parseIpv4(value) !== null : parseCidr(value) !== null
  if (!isValid) throw new AtlasError("INVALID_IP_ADDRESS_OR_CIDR_NOTATION", [value])
}

function readEntry(project: Project, item: unknown, now: number): AccessListEntry {
  if (!isFields(item)) throw new AtlasError("INVALID_JSON")
  allowOnly(item, [...kinds, "comment", "deleteAfterDate"], ["groupId", "links"])
  const given = kinds.filter((name) => optionalText(item, name) !== undefined)
  const [kind] = given
  if (kind === undefined) throw new AtlasError("MISSING_ONE_OF_THREE_ATTRIBUTES", kinds)
  if (given.length > 1) throw new AtlasError("MULTIPLE_VALUES_SPECIFIED_FOR_ONE_NETWORK_PERMISSION_ENTRY")
  const value = optionalText(item, kind) ?? ""
  checkValue(project, kind, value)
  const comment = optionalText(item, "comment") ?? ""
  if (comment.length > maxComment) throw new AtlasError("INVALID_NETWORK_PERMISSION_COMMENT", [comment])
  const canonical = kind === "cidrBlock" ? (parseCidr(value)?.canonical ?? value) : value
  return { kind, value: canonical, comment, deleteAfter: readDeleteAfter(item, kind, now), createdAt: now }
}

function add(call: ProjectCall): Answer {
  const items = parseJson(call.body)
  if (!Array.isArray(items)) throw new AtlasError("INVALID_JSON")
  const { project, now } = call
  // All are read before any is kept, so that a refusal leaves the list as it was.
  const entries = items.map((item) => readEntry(project, item, now))
  const list = new Map(project.accessList.map((entry) => [toCidr(entry), entry]))
  for (const entry of entries) {
    const known = list.get(toCidr(entry))
    list.set(toCidr(entry), known === undefined ? entry : { ...entry, createdAt: known.createdAt })
  }
  if (list.size > maxEntries) throw new AtlasError("ATLAS_NETWORK_PERMISSIONS_LIMIT_EXCEEDED", [maxEntries])
  project.accessList = [...list.values()]
  return { status: 201, body: toList(call) }
}

function getEntry(call: ProjectCall): AccessListEntry {
  const asked = call.params["entry"] ?? ""
  const entry = call.project.accessList.find((one) => one.value === asked || toCidr(one) === asked)
  if (entry === undefined)
    throw new AtlasError("ATLAS_NETWORK_PERMISSION_ENTRY_NOT_FOUND", [asked, call.project.id])
  return entry
}

/** The project's IP access list, which decides who may reach its clusters (not who may use an API key). */
export function createAccessListEndpoints({ durations }: Simulation): Endpoint[] {
  const all = "groups/:groupId/accessList"
  const single = `${all}/:entry`
  const common = { scope: "project", limit: "projects" } as const
  const java = (name: string) => `ApiAtlasNetworkAccessListResource::${name}`
  return [
    {
      ...common,
      method: "GET",
      pattern: all,
      javaMethod: java("getAtlasWhitelist"),
      changes: false,
      isList: true,
      handle: (call: ProjectCall) => ({ status: 200, body: toList(call) }),
    },
    {
      ...common,
      method: "POST",
      pattern: all,
      javaMethod: java("addAtlasWhitelist"),
      changes: true,
      isList: true,
      handle: add,
    },
    {
      ...common,
      method: "GET",
      pattern: single,
      javaMethod: java("getAtlasNetworkPermissionEntry"),
      changes: false,
      handle: (call: ProjectCall) => ({ status: 200, body: toEntryJson(call, getEntry(call)) }),
    },
    {
      ...common,
      method: "GET",
      pattern: `${single}/status`,
      javaMethod: java("getAtlasNetworkPermissionEntryStatus"),
      changes: false,
      handle(call: ProjectCall) {
        const isPending = call.now < getEntry(call).createdAt + durations.accessListPending * 1000
        return { status: 200, body: { STATUS: isPending ? "PENDING" : "ACTIVE" } }
      },
    },
    {
      ...common,
      method: "DELETE",
      pattern: single,
      javaMethod: java("deleteAtlasWhitelist"),
      changes: true,
      handle(call: ProjectCall) {
        const entry = getEntry(call)
        call.project.accessList = call.project.accessList.filter((one) => one !== entry)
        return { status: 204, body: null }
      },
    },
  ]
}
