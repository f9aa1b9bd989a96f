import { isSamePeering } from "@peering-desk/peering-rules"
import type { PeeringRequest } from "@peering-desk/shared-schemas"
import type { Transaction } from "kysely"
import { AppError } from "#base/app-error.ts"
import { toInstant } from "#base/clock.ts"
import type { Tables } from "#store/tables.ts"
import { toStoredChange, type NewHeldChange, type StoredChange } from "./stored-change.ts"

/**
 * Refuses a second change of a connection while the first is on its way: Atlas could carry them out in any order. A deletion passes
 * another one. A change whose answer was lost holds nobody up: it is looked up, and may be called unclear then.
 * @throws AppError `change_open`
 */
export async function refuseSecond(
  transaction: Transaction<Tables>,
  { id, kind, projectId, subject }: Pick<StoredChange, "id" | "kind" | "projectId" | "subject">,
): Promise<void> {
  if (kind !== "peering-change" && kind !== "peering-delete") return
  const deletes = kind === "peering-delete"
  const first = await transaction
    .selectFrom("change")
    .leftJoin("event", "event.number", "change.attempt_sequence")
    .select(["change.kind", "change.created_at", "event.actor_name"])
    .where("change.project_id", "=", projectId)
    .where("change.subject", "=", subject)
    .where("change.id", "!=", id)
    .where("change.kind", "in", deletes ? ["peering-change"] : ["peering-change", "peering-delete"])
    .where("change.state", "=", "sent")
    .executeTakeFirst()
  if (first === undefined) return
  const what = first.kind === "peering-change" ? "edit" : "deletion"
  throw new AppError("change_open", {
    detail: `${first.actor_name ?? "Somebody"}'s ${what} of this connection, asked for at ${formatTime(first.created_at)}, is on its way to Atlas. Nothing was sent.`,
  })
}

/**
 * Refuses to store a change of a connection while another one of its kind waits for approval, or a create of the same networks: two people
 * would decide on one act, and the first to be sent makes the second one outdated.
 * @throws AppError `change_open`
 */
export async function refuseSecondRequest(
  transaction: Transaction<Tables>,
  { id, kind, plan, projectId, subject, userKey }: NewHeldChange,
  now: number,
): Promise<void> {
  const what = requestWords[kind]
  if (what === undefined) return
  const waiting = await transaction
    .selectFrom("change")
    .selectAll()
    .where("project_id", "=", projectId)
    .where("kind", "=", kind)
    .where("id", "!=", id)
    .where("state", "=", "waiting")
    .where("expires_at", ">", now)
    .$if(kind !== "peering-create", (query) => query.where("subject", "=", subject))
    .execute()
  const first = waiting
    .map((row) => toStoredChange(row, now))
    .find((one) => kind !== "peering-create" || isSameCreate(plan, one.plan))
  if (first === undefined) return
  const at = formatTime(first.createdAt)
  const name = first.held?.requester.identity.name ?? "Somebody"
  const detail =
    first.userKey === userKey
      ? `You requested ${what} at ${at}, and it waits for approval. Withdraw that request to request it again.`
      : `${name} requested ${what} at ${at}, and it waits for approval. Nothing was requested now.`
  throw new AppError("change_open", { detail })
}

const requestWords: Partial<Record<StoredChange["kind"], string>> = {
  "peering-create": "this connection",
  "peering-change": "an edit of this connection",
  "peering-delete": "this deletion",
}

/** Tells if the plans of two creates connect the same network with the same container. A new one is told apart by its region. */
function isSameCreate(...plans: [unknown, unknown]): boolean {
  const [one, other] = plans as [AskedCreate, AskedCreate]
  return isSamePeering(one.request, other.request) && toRegion(one) === toRegion(other)
}

interface AskedCreate {
  request: PeeringRequest
  newContainer?: { regionName?: string; region?: string }
}

const toRegion = ({ newContainer }: AskedCreate) => newContainer?.regionName ?? newContainer?.region

const formatTime = (at: number) => `${toInstant(at).slice(11, 16)} UTC`
