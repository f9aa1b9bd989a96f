import { parseCidr, parseIpv4 } from "#world/cidr.ts"
import { forbidsAccessList } from "#world/policy-check.ts"
import type { AccessListEntry, Project, World } from "#world/world.ts"
import type { Answer, Endpoint, ProjectCall, Simulation } from "./endpoint.ts"
import { buildProjectEndpoints } from "./endpoint.ts"
import { AtlasError } from "./errors.ts"
import { toIsoSeconds } from "./groups.ts"
import type { Json } from "./json.ts"
import { toPage } from "./paging.ts"
import type { Fields } from "./request-body.ts"
import { allowOnly, isFields, optionalText, parseJson } from "./request-body.ts"

const kinds = ["ipAddress", "cidrBlock", "awsSecurityGroup"] as const
const maxEntries = 200
const maxComment = 80
const maxDays = 7
const dayMs = 24 * 3600 * 1000

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

const toList = (call: ProjectCall, status: number): Answer => ({
  status,
  body: toPage(call, call.project.accessList, (entry) => toEntryJson(call, entry)),
})

function readDeleteAfter(fields: Fields, kind: AccessListEntry["kind"], now: number): number | null {
  const text = optionalText(fields, "deleteAfterDate")
  if (text === undefined) return null
  if (kind === "awsSecurityGroup") throw new AtlasError("NETWORK_PERMISSION_EXPIRATION_NOT_SUPPORTED")
  const at = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(at)) throw new AtlasError("INVALID_ATTRIBUTE", ["deleteAfterDate"])
  if (at <= now) throw new AtlasError("EXPIRATION_DATE_IN_PAST")
  if (at > now + maxDays * dayMs) throw new AtlasError("EXPIRATION_DATE_EXCEEDS_MAX", [maxDays])
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
  const [kind, ...others] = kinds.filter((name) => optionalText(item, name) !== undefined)
  if (kind === undefined) throw new AtlasError("MISSING_ONE_OF_THREE_ATTRIBUTES", kinds)
  if (others.length > 0) throw new AtlasError("MULTIPLE_VALUES_SPECIFIED_FOR_ONE_NETWORK_PERMISSION_ENTRY")
  const value = optionalText(item, kind) ?? ""
  checkValue(project, kind, value)
  const comment = optionalText(item, "comment") ?? ""
  if (comment.length > maxComment) throw new AtlasError("INVALID_NETWORK_PERMISSION_COMMENT", [comment])
  const canonical = kind === "cidrBlock" ? (parseCidr(value)?.canonical ?? value) : value
  return {
    kind,
    value: canonical,
    comment,
    deleteAfter: readDeleteAfter(item, kind, now),
    createdAt: now,
    changedAt: now,
  }
}

function replaceList(world: World, project: Project, entries: AccessListEntry[]): void {
  if (forbidsAccessList(world, project, entries))
    throw new AtlasError("ATLAS_RESOURCE_POLICIES_VIOLATION_NOT_AUTHORIZED")
  project.accessList = entries
}

function add(world: World, call: ProjectCall): Answer {
  const items = parseJson(call.body)
  if (!Array.isArray(items)) throw new AtlasError("INVALID_JSON")
  const { project, now } = call
  // Reads all before adding any: a refusal leaves the list unchanged.
  const entries = items.map((item) => readEntry(project, item, now))
  const list = new Map(project.accessList.map((entry) => [toCidr(entry), entry]))
  for (const entry of entries) {
    const createdAt = list.get(toCidr(entry))?.createdAt ?? now
    list.set(toCidr(entry), { ...entry, createdAt })
  }
  if (list.size > maxEntries) throw new AtlasError("ATLAS_NETWORK_PERMISSIONS_LIMIT_EXCEEDED", [maxEntries])
  replaceList(world, project, [...list.values()])
  return toList(call, 201)
}

function getEntry(call: ProjectCall): AccessListEntry {
  const name = call.params["entry"] ?? ""
  const entry = call.project.accessList.find((one) => one.value === name || toCidr(one) === name)
  if (entry === undefined)
    throw new AtlasError("ATLAS_NETWORK_PERMISSION_ENTRY_NOT_FOUND", [name, call.project.id])
  return entry
}

function remove(world: World, call: ProjectCall): Answer {
  const entry = getEntry(call)
  const left = call.project.accessList.filter((one) => one !== entry)
  replaceList(world, call.project, left)
  return { status: 204, body: null }
}

/** Creates the endpoints of the project's IP access list, which guards its clusters (not the API keys). */
export function createAccessListEndpoints({ durations, world }: Simulation): Endpoint[] {
  const showStatus = (call: ProjectCall): Answer => {
    const isPending = call.now < getEntry(call).createdAt + durations.accessListPending * 1000
    return { status: 200, body: { STATUS: isPending ? "PENDING" : "ACTIVE" } }
  }
  const showEntry = (call: ProjectCall): Answer => ({ status: 200, body: toEntryJson(call, getEntry(call)) })
  const single = "accessList/:entry"
  return buildProjectEndpoints(
    {
      javaResource: "ApiAtlasNetworkAccessListResource",
      limit: "project-ip-access-list",
      changedBy: "network",
    },
    [
      ["GET", "accessList", "getAtlasWhitelist", (call) => toList(call, 200)],
      ["POST", "accessList", "addAtlasWhitelist", (call) => add(world(), call)],
      ["GET", single, "getAtlasNetworkPermissionEntry", showEntry],
      ["GET", `${single}/status`, "getAtlasNetworkPermissionEntryStatus", showStatus],
      ["DELETE", single, "deleteAtlasWhitelist", (call) => remove(world(), call)],
    ],
  )
}
