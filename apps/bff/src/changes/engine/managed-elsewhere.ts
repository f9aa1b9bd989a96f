import type { Kysely } from "kysely"
import { AppError } from "#base/app-error.ts"
import { readOutsideChanges } from "#events/outside-changes.ts"
import type { Tables } from "#store/tables.ts"
import type { StoredChange } from "./stored-change.ts"

/**
 * Refuses to edit or delete a connection that a listed key of another tool changed last, unless an administrator allowed it since then.
 * @throws AppError `managed_elsewhere`
 */
export async function refuseManaged(
  db: Kysely<Tables>,
  { kind, projectId, subject }: Pick<StoredChange, "kind" | "projectId" | "subject">,
): Promise<void> {
  if (kind !== "peering-change" && kind !== "peering-delete") return
  const outside = (await readOutsideChanges(db, projectId, [subject])).get(subject)
  if (outside === undefined || outside.managedBy === null || outside.override !== null) return
  throw new AppError("managed_elsewhere", {
    detail: `${outside.managedBy} changed this connection last. Change it in its code, or ask an administrator to unlock it.`,
  })
}
