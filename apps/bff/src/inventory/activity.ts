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
import { readEvents, type StoredEvent } from "#audit/chain/event-rows.ts"
import { nameActor, readManagedNames } from "#events/outside-changes.ts"
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
  "hand-off-taken-back",
  "decline-answered",
  "hand-off-pasted",
  "facts-pasted",
  "facts-accepted",
  "step-undone",
  "broken-in-aws",
  "fixed-in-aws",
  "step-marked",
  "step-unmarked",
  "use-marked",
  "use-unmarked",
  "managed-override",
  "atlas-peering-create",
  "atlas-peering-change",
  "atlas-peering-delete",
  "atlas-container-change",
  "atlas-container-delete",
]

/** Reads the newest user actions and status changes of the projects that a person may see. Polls nothing. */
export async function readActivity(
  { store, snapshotReader, pollers }: ActivityDeps,
  access: Access,
): Promise<ActivityEntry[]> {
  const projects = new Map((await snapshotReader.readProjects(access)).map(({ id, name }) => [id, name]))
  if (projects.size === 0) return []
  const stored = await readRows(store, [...projects.keys()])
  const rows = escapeInvisible(stored.map(toAuditRow))
  const actors = await nameActors(store, stored)
  const done = new Set(
    rows.map(({ kind, action, outcome, peeringId }) => `${outcome ?? kind} ${action} ${peeringId}`),
  )
  const isTold = (what: "create" | "delete", peeringId: string | null) =>
    done.has(`done peering-${what} ${peeringId}`) || done.has(`event atlas-peering-${what} ${peeringId}`)
  return rows
    .filter(({ action, peeringId }) => {
      // The action says the same, with a name.
      if (action === "peering-found") return !isTold("create", peeringId)
      return action !== "peering-gone" || !isTold("delete", peeringId)
    })
    .map((row) => {
      const { projectId, peeringId, sequence } = row
      const peering = projectId && peeringId ? pollers.live.find(projectId, peeringId) : null
      const actorName = actors.get(sequence) ?? null
      return toEntry(row, { peering, actorName, projectName: projects.get(projectId ?? "") ?? "" })
    })
    .toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))
    .slice(0, shown)
}

/** Names the actors of rows, by the rows' numbers. */
async function nameActors(store: Store, rows: readonly StoredEvent[]): Promise<Map<number, string | null>> {
  const names = new Map<string, ReadonlyMap<string, string>>()
  for (const { kind, project_id: projectId } of rows)
    if (kind.startsWith("atlas-") && projectId !== null && !names.has(projectId))
      names.set(projectId, await readManagedNames(store.db, projectId))
  return new Map(
    rows.map((row) => [row.number, nameActor(row, names.get(row.project_id ?? "") ?? new Map())]),
  )
}

async function readRows(store: Store, projectIds: readonly string[]): Promise<StoredEvent[]> {
  return await readEvents(store.db, (query) =>
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
}

function toEntry(
  row: AuditRow,
  { peering, ...names }: Pick<ActivityEntry, "actorName" | "projectName"> & { peering: Peering | null },
): ActivityEntry {
  const { projectId, peeringId, at, kind, action, status, reason, before, after, detail } = row
  const atlasAt = detail?.["atlasAt"]
  const fields = { ...before, ...after }
  const providerName = toProviderName(row.providerName ?? fields["providerName"])
  const isFinding = kind === "finding"
  const isGone = action === "peering-gone"
  const name = typeof detail?.["name"] === "string" ? detail["name"] : null
  const cloud = providerName ?? inferProviderName(fields) ?? peering?.peer.providerName ?? null
  return {
    ...(typeof atlasAt === "string" ? { at: atlasAt, readAt: at } : { at }),
    ...names,
    kind: isFinding ? "status" : "action",
    what: isGone ? "gone" : isFinding ? (status ?? "") : action,
    outcome: row.outcome,
    turn: isFinding && !isGone && cloud !== null ? getStatusWaitingOn(cloud, status) : null,
    projectId: projectId ?? "",
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
