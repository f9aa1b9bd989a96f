import {
  escapeInvisible,
  getNetworkName,
  readAtlasPeer,
  type AtlasPeer,
  type ProviderName,
  type RawAnswer,
} from "@peering-desk/shared-schemas"
import type { Kysely } from "kysely"
import { toBatches } from "#base/batches.ts"
import { containsText } from "./contains-text.ts"
import type { Tables } from "#store/tables.ts"

/** A peering, as rows of events name it. */
interface PeeringOfRow {
  projectId: string | null
  peeringId: string | null
}

/** Names a peering as people know it: by its label, or else by its network, or else by its id. */
export function toPeeringName(label: string | null | undefined, id: string, peer?: AtlasPeer | null): string {
  return escapeInvisible(label ?? ((peer && getNetworkName(peer)) || id))
}

/** Names a peering by its network, or else by its id: a label can be changed, and what happened before would show the new one. */
export function toLastingName(_label: string | null, id: string, peer: AtlasPeer | null): string {
  return toPeeringName(null, id, peer)
}

/** Returns the names of the peerings of some rows by their ids, also of those that Atlas no longer lists. */
export async function readPeeringNames(
  db: Kysely<Tables>,
  rows: readonly PeeringOfRow[],
  toName: typeof toLastingName = toPeeringName,
): Promise<Record<string, string>> {
  const names: Record<string, string> = {}
  for (const some of toBatches(rows)) {
    const projectIds = [...new Set(some.flatMap(({ projectId }) => projectId ?? []))]
    const ids = [...new Set(some.flatMap(({ peeringId }) => peeringId ?? []))]
    if (projectIds.length === 0 || ids.length === 0) continue
    const found = await selectNamed(db)
      .where("peering.project_id", "in", projectIds)
      .where("peering.id", "in", ids)
      .execute()
    for (const row of found) names[row.id] = toName(row.label, row.id, readPeer(row))
  }
  return names
}

/** Returns the ids of the peerings whose label or network has a text in its name, in any case; also of gone ones. */
export async function findPeeringsByName(db: Kysely<Tables>, text: string): Promise<string[]> {
  const sought = text.toLowerCase()
  const rows = await selectNamed(db)
    .where((eb) =>
      eb.or([...containsText("peering.raw", text), ...containsText("peering_label.label", text)]),
    )
    .execute()
  // The answer has other words, too.
  const names = rows.map((row) => [row.label ?? "", toPeeringName(null, row.id, readPeer(row))])
  return rows
    .filter((_, index) => names[index]?.some((name) => name.toLowerCase().includes(sought)))
    .map(({ id }) => id)
}

function selectNamed(db: Kysely<Tables>) {
  return db
    .selectFrom("peering")
    .leftJoin("peering_label", (join) =>
      join
        .onRef("peering_label.project_id", "=", "peering.project_id")
        .onRef("peering_label.peering_id", "=", "peering.id"),
    )
    .select(["peering.id", "peering.provider_name", "peering.raw", "peering_label.label"])
}

function readPeer(row: { provider_name: string; raw: string }): AtlasPeer | null {
  return readAtlasPeer(JSON.parse(row.raw) as RawAnswer, row.provider_name as ProviderName)
}
