import type { Broken, SeenStops } from "@peering-desk/shared-schemas"
import type { Transaction } from "kysely"
import type { Tables } from "#store/tables.ts"
import type { FactsSubject } from "./network-facts.ts"

/** Notes which connections of a network a role read to be broken, beside its reading. */
export async function noteBroken(
  transaction: Transaction<Tables>,
  { projectId, network }: FactsSubject,
  broken: Readonly<Record<string, Broken>>,
): Promise<void> {
  await transaction
    .updateTable("network_facts")
    .set({ broken: Object.keys(broken).length === 0 ? null : JSON.stringify(broken) })
    .where("project_id", "=", projectId)
    .where("network", "=", network)
    .where("source", "=", "read")
    .execute()
}

/** Notes what all sources of a network show of the stops of its connections, for lists. */
export async function noteSeen(
  transaction: Transaction<Tables>,
  { projectId, network }: FactsSubject,
  seen: Readonly<Record<string, SeenStops>>,
): Promise<void> {
  await transaction
    .updateTable("network_facts")
    .set({ seen: Object.keys(seen).length === 0 ? null : JSON.stringify(seen) })
    .where("project_id", "=", projectId)
    .where("network", "=", network)
    .execute()
}
