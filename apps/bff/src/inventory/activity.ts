import {
  escapeInvisible,
  inferProviderName,
  networkFields,
  providerNames,
  type ActivityEntry,
  type AuditFields,
  type AuditRow,
  type Peering,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { getStatusWaitingOn } from "@peering-desk/peering-rules"
import { sql, type SqlBool } from "kysely"
import { toAuditRow } from "#audit/chain/event-data.ts"
import { readEvents } from "#audit/chain/event-rows.ts"
import { readActorName } from "#audit/actor-fields.ts"
import { statusKinds } from "#events/peering-history.ts"
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
/** Some events tell the same act twice and are left out. */
const readAtOnce = 3 * shown
const eventActions = [
  "hand-off-made",
  "hand-off-pressed",
  "hand-off-declined",
  "step-marked",
  "step-unmarked",
]

/** Reads the newest user actions and status changes of the projects that a person may see. Polls nothing. */
export async function readActivity(
  { store, snapshotReader, pollers }: ActivityDeps,
  access: Access,
): Promise<ActivityEntry[]> {
  const projects = new Map((await snapshotReader.readProjects(access)).map(({ id, name }) => [id, name]))
  if (projects.size === 0) return []
  const rows = escapeInvisible(await readRows(store, [...projects.keys()]))
  const done = new Set(rows.map(({ kind, action, peeringId }) => `${kind} ${action} ${peeringId}`))
  return rows
    .filter(({ action, peeringId }) => {
      // The action says the same, with a name.
      if (action === "peering-found") return !done.has(`outcome peering-create ${peeringId}`)
      return action !== "peering-gone" || !done.has(`outcome peering-delete ${peeringId}`)
    })
    .slice(0, shown)
    .map((row) => {
      const { projectId, peeringId } = row
      const peering = projectId && peeringId ? pollers.live.find(projectId, peeringId) : null
      return toEntry(row, peering, projects.get(projectId ?? "") ?? "")
    })
}

async function readRows(store: Store, projectIds: readonly string[]): Promise<AuditRow[]> {
  const rows = await readEvents(store, store.db, (query) =>
    query
      // Both databases walk back from the newest event, and not through all events of each project.
      .where(sql<SqlBool>`coalesce(project_id, '') in (${sql.join(projectIds)})`)
      .where((row) =>
        row.or([
          row.and([
            row("phase", "=", "outcome"),
            row.or([row("kind", "like", "peering-%"), row("kind", "like", "container-%")]),
          ]),
          row("kind", "in", eventActions),
          // The first poll of all finds states that are older.
          row.and([row("kind", "in", statusKinds), row("after_at", "is not", null)]),
        ]),
      )
      .orderBy("number", "desc")
      .limit(readAtOnce),
  )
  return rows.map(toAuditRow)
}

function toEntry(row: AuditRow, peering: Peering | null, projectName: string): ActivityEntry {
  const { projectId, peeringId, at, kind, action, status, actor, reason, before, after, detail } = row
  const fields = { ...before, ...after }
  const providerName = toProviderName(row.providerName ?? fields["providerName"])
  const isFinding = kind === "finding"
  const isGone = action === "peering-gone"
  const name = typeof detail?.["name"] === "string" ? detail["name"] : null
  const cloud = providerName ?? inferProviderName(fields) ?? peering?.peer.providerName ?? null
  return {
    at,
    kind: isFinding ? "status" : "action",
    what: isGone ? "gone" : isFinding ? (status ?? "") : action,
    outcome: row.outcome,
    turn: isFinding && !isGone && cloud !== null ? getStatusWaitingOn(cloud, status) : null,
    actorName: actor && readActorName(actor.name, detail),
    projectId: projectId ?? "",
    projectName,
    peeringId,
    providerName: cloud,
    title: peering?.label ?? toTitle(fields) ?? (peering ? toTitle(peering.peer) : isFinding ? name : null),
    reason,
  }
}

/** Returns the network's name, or a container's CIDR. */
function toTitle(fields: Readonly<Record<string, unknown>>): string | null {
  const names = [...Object.values(networkFields), "atlasCidrBlock"]
  const name = names.map((field) => fields[field]).find((value) => typeof value === "string" && value !== "")
  return typeof name === "string" ? name : null
}

function toProviderName(value: AuditFields[string] | undefined): ProviderName | null {
  return providerNames.find((name) => name === value) ?? null
}
