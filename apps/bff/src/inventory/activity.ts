import {
  escapeInvisible,
  inferProviderName,
  providerNames,
  readAtlasPeer,
  type ActivityEntry,
  type AuditFields,
  type Peering,
  type ProviderName,
  type RawAnswer,
} from "@peering-desk/shared-schemas"
import { getStatusWaitingOn } from "@peering-desk/peering-rules"
import { toAuditRow } from "#audit/chain/event-data.ts"
import { readEvents } from "#audit/chain/event-rows.ts"
import { readActorName } from "#audit/actor-fields.ts"
import { toInstant } from "#base/clock.ts"
import type { PollerPool } from "#polling/poller-pool.ts"
import type { SnapshotReader } from "#preflight/snapshot-reader.ts"
import type { Access } from "#sign-in/access.ts"
import type { Store } from "#store/store.ts"

interface ActivityDeps {
  store: Store
  snapshotReader: Pick<SnapshotReader, "readProjects">
  pollers: PollerPool
}

const shown = 20
/** Some rows tell the same act twice and are left out. */
const readAtOnce = 3 * shown
const eventActions = [
  "hand-off-made",
  "hand-off-pressed",
  "hand-off-declined",
  "step-marked",
  "step-unmarked",
]

type FindPeering = (projectId: string, peeringId: string) => Peering | null

/** Reads the newest user actions and status changes of the projects that a person may see. Polls nothing. */
export async function readActivity(
  { store, snapshotReader, pollers }: ActivityDeps,
  access: Access,
): Promise<ActivityEntry[]> {
  const projects = new Map((await snapshotReader.readProjects(access)).map(({ id, name }) => [id, name]))
  if (projects.size === 0) return []
  const findPeering: FindPeering = (projectId, id) => pollers.live.find(projectId, id)
  const actions = await readActions(store, projects, findPeering)
  const done = new Set(actions.map(({ what, peeringId }) => `${what} ${peeringId}`))
  const changes = (await readChanges(store, projects, findPeering)).filter(
    // The action says the same, with a name.
    ({ what, isFirst, peeringId }) =>
      !(isFirst && done.has(`peering-create ${peeringId}`)) &&
      !(what === "gone" && done.has(`peering-delete ${peeringId}`)),
  )
  return [...actions, ...changes.map(({ isFirst: _isFirst, ...entry }) => entry)]
    .sort((one, other) => other.at.localeCompare(one.at))
    .slice(0, shown)
}

async function readActions(
  store: Store,
  projects: ReadonlyMap<string, string>,
  findPeering: FindPeering,
): Promise<ActivityEntry[]> {
  const rows = await readEvents(store, store.db, (query) =>
    query
      .where("project_id", "is not", null)
      .where("project_id", "in", [...projects.keys()])
      .where((row) =>
        row.or([
          row.and([
            row("phase", "=", "outcome"),
            row.or([row("kind", "like", "peering-%"), row("kind", "like", "container-%")]),
          ]),
          row("kind", "in", eventActions),
        ]),
      )
      .orderBy("number", "desc")
      .limit(readAtOnce),
  )
  return escapeInvisible(rows.map(toAuditRow)).flatMap((row): ActivityEntry[] => {
    const { projectId, peeringId, at, action, outcome, actor, reason, before, after, detail } = row
    if (projectId === null) return []
    const fields = { ...before, ...after }
    const peering = peeringId === null ? null : findPeering(projectId, peeringId)
    return [
      {
        at,
        kind: "action",
        what: action,
        outcome,
        turn: null,
        actorName: actor && readActorName(actor.name, detail),
        projectId,
        projectName: projects.get(projectId) ?? "",
        peeringId,
        providerName: readProviderName(fields) ?? peering?.peer.providerName ?? null,
        title: peering?.label ?? toTitle(fields) ?? (peering && toTitle(peering.peer)),
        reason,
      },
    ]
  })
}

async function readChanges(
  { db }: Store,
  projects: ReadonlyMap<string, string>,
  findPeering: FindPeering,
): Promise<(ActivityEntry & { isFirst: boolean })[]> {
  const rows = await db
    .selectFrom("observation")
    .leftJoin("peering", (join) =>
      join
        .onRef("peering.project_id", "=", "observation.project_id")
        .onRef("peering.provider_name", "=", "observation.provider_name")
        .onRef("peering.id", "=", "observation.peering_id"),
    )
    .select([
      "observation.project_id as projectId",
      "observation.provider_name as providerName",
      "observation.peering_id as peeringId",
      "observation.number",
      "observation.at",
      "observation.what",
      "observation.status",
      "observation.raw",
      "peering.raw as lastRaw",
    ])
    .where("observation.status_changed", "=", 1)
    // The first poll of all finds states that are older.
    .where("observation.after_at", "is not", null)
    .where("observation.project_id", "in", [...projects.keys()])
    .orderBy("observation.at", "desc")
    .limit(readAtOnce)
    .execute()
  return rows.map((row) => {
    const { projectId, peeringId, number, at, status, raw, lastRaw } = row
    const providerName = row.providerName as ProviderName
    const isGone = row.what === "gone"
    return {
      at: toInstant(at),
      kind: "status",
      what: isGone ? "gone" : (status ?? ""),
      outcome: null,
      turn: isGone ? null : getStatusWaitingOn(providerName, status),
      actorName: null,
      projectId,
      projectName: projects.get(projectId) ?? "",
      peeringId,
      providerName,
      title: findPeering(projectId, peeringId)?.label ?? toTitleOfRaw(raw ?? lastRaw, providerName),
      reason: null,
      isFirst: number === 1,
    }
  })
}

function toTitleOfRaw(text: string | null, providerName: ProviderName): string | null {
  const peer = text === null ? null : readAtlasPeer(JSON.parse(text) as RawAnswer, providerName)
  return peer === null ? null : toTitle(peer)
}

/** Returns the network's name, or a container's CIDR. */
function toTitle(fields: Readonly<Record<string, unknown>>): string | null {
  const names = ["vpcId", "networkName", "vnetName", "atlasCidrBlock"] as const
  const name = names.map((field) => fields[field]).find((value) => typeof value === "string" && value !== "")
  return typeof name === "string" ? name : null
}

function readProviderName(fields: AuditFields): ProviderName | null {
  return providerNames.find((name) => name === fields["providerName"]) ?? inferProviderName(fields)
}
