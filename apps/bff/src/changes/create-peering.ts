import {
  readAtlasPeer,
  type CreatePeering,
  type HeldForApproval,
  type Peering,
} from "@peering-desk/shared-schemas"
import { toActorName } from "#audit/actor-fields.ts"
import { toAuditResult } from "#audit/audit-result.ts"
import { AppError } from "#base/app-error.ts"
import { toContentHash } from "#base/content-hash.ts"
import { acceptHeld, toSender, type Asking } from "#changes/engine/ask-for-change.ts"
import { toDone, type Sender, type SentChange } from "#changes/engine/change-kind.ts"
import { claim, claimAgain, toStillRunning } from "#changes/engine/change-states.ts"
import { refuseManaged } from "#changes/engine/managed-elsewhere.ts"
import { settleFound } from "#changes/engine/settle-change.ts"
import { toChangeId } from "#changes/engine/stored-change.ts"
import { pickPasted } from "#facts/network-facts.ts"
import { toCreated } from "#polling/cloud-answers.ts"
import { checkPreflight } from "#preflight/preflight.ts"
import { userOf } from "#sign-in/require-user.ts"
import { toUserKey } from "#store/session-store.ts"
import { findCreated, toFound, type CreateDeps, type Created } from "./create-kind.ts"
import { answerLookedUp, explainUnknown, readCreated } from "./look-up-create.ts"
import { pollFirst, readKnown } from "./prepare-create.ts"
import { toCreate, type CreateBefore, type CreatePlan, type StoredCreate } from "./stored-create.ts"

/** The body of a create. */
export interface AskedCreate extends CreatePeering {
  /** The form's Idempotency-Key. */
  key: string
}

/** A create that nobody touched for this long was left behind by its server, though the leader did not see it yet. In milliseconds. */
const orphanedAfterMs = 20_000

/**
 * Creates a peering, once per key, in whichever process a request arrives, or holds it where another person has to approve it.
 * `changes/engine/change-states.ts` shows the states it passes.
 * @param replaced the failed peering that is deleted first; null for a plain create
 * @throws AppError `preflight_refused` or `plan_changed` before anything is sent; `idempotency_key_reused` if the key had another content
 * or person; `still_running`; `outcome_unknown` when the answer was lost and the peering is not found at once; `approval_closed`; `managed_elsewhere`
 */
export async function createPeering(
  deps: CreateDeps,
  asking: Asking,
  { key, ...create }: AskedCreate,
  replaced: Peering | null = null,
): Promise<Peering | HeldForApproval> {
  const { approvals, changeRows, changes, snapshotReader, store } = deps
  const kind = deps.kinds["peering-create"]
  const { projectId } = asking
  const { identity, access } = userOf(asking.request)
  const { request, newContainer, networkBlocks, peeredBlocks, facts, label } = create
  const by = toActorName(identity)
  const mine = { userKey: toUserKey(identity), bodyHash: toBodyHash(create) }
  const earlier = await changeRows.findByKey(projectId, key)
  if (earlier !== null) return await answerEarlier(deps, asking, toCreate(earlier), mine)

  const { providerName } = request
  const replaces = replaced?.id ?? null
  if (replaces !== null)
    await refuseManaged(store.db, { kind: "peering-delete", projectId, subject: replaces })
  await pollFirst(deps, projectId, providerName)
  try {
    await checkPreflight(snapshotReader, { ...create, projectId, access }, replaces)
  } catch (thrown) {
    // The same request may have been sent twice at once, and the verdict be about the peering that the other one made.
    const other = await changeRows.findByKey(projectId, key)
    if (other === null) throw thrown
    return await answerEarlier(deps, asking, toCreate(other), mine)
  }
  const plan: CreatePlan = {
    request,
    ...(newContainer && { newContainer }),
    ...(networkBlocks && { networkBlocks }),
    ...(peeredBlocks && { peeredBlocks }),
    ...(facts && { pasted: { facts: pickPasted(facts), by } }),
    ...(label && { named: { label, by } }),
    replaces,
    bodyHash: mine.bodyHash,
  }
  const held = await approvals.hold(asking, kind, { subject: key, plan })
  if (held !== null) return acceptHeld(asking, held)
  const known = await readKnown(deps, projectId, providerName)
  const before = { replaced: replaced?.raw ?? null, known, container: null }
  const about = { kind: kind.action, projectId, subject: key }
  const wanted = { ...about, id: toChangeId(about), plan, before, userKey: mine.userKey, held: null }
  const sender = toSender(asking)
  const sending = changes.work(kind, wanted, async () => {
    if (newContainer === undefined && replaces === null) {
      const sent = await changes.claimSent(kind, wanted, sender)
      return sent && (await changes.send(kind, sent))
    }
    const claimed = await claim(deps, wanted)
    return claimed && (await changes.carryOut(kind, claimed, sender))
  })
  const created = await sending.catch((thrown: unknown) => explainLost(deps, wanted.id, thrown))
  if (created !== null) return answerCreated(deps, wanted, sender, created)
  const winner = await changeRows.findByKey(projectId, key)
  if (winner === null) throw new Error("A create was removed while it was claimed")
  return await answerEarlier(deps, asking, toCreate(winner), mine)
}

/** Without the plan: a repeated request may have seen a newer plan for the same content. */
function toBodyHash({ request, reason, newContainer, replaces, label }: Omit<AskedCreate, "key">): string {
  return toContentHash({ request, reason, newContainer, replaces, label })
}

/** Answers a create whose key was used before, by its state. */
async function answerEarlier(
  deps: CreateDeps,
  asking: Asking,
  earlier: StoredCreate,
  { userKey, bodyHash }: { userKey: string; bodyHash: string },
): Promise<Peering | HeldForApproval> {
  if (earlier.userKey !== userKey || earlier.plan.bodyHash !== bodyHash)
    throw new AppError("idempotency_key_reused", {
      detail: "Send changed content under a new Idempotency-Key.",
    })
  if (earlier.state === "done") return await readCreated(deps, earlier)
  if (earlier.held !== null)
    return acceptHeld(asking, deps.approvals.show(asking, deps.kinds["peering-create"], earlier))
  if (earlier.state === "refused" || earlier.state === "failed") return await sendAgain(deps, asking, earlier)
  if (!isOrphaned(deps, earlier)) throw toStillRunning()
  return await answerLookedUp(deps, earlier)
}

/** Returns true if no process works on a create any more. */
function isOrphaned({ aloneSince, changes, clock }: CreateDeps, change: StoredCreate): boolean {
  if (changes.isWorkingOn(change)) return false
  const { state, updatedAt } = change
  if (state === "unknown" || state === "unclear") return true
  return updatedAt < (aloneSince ?? 0) || clock.now() - updatedAt >= orphanedAfterMs
}

/** Sends a create again that made nothing. If its earlier request reached Atlas late, returns that peering instead. */
async function sendAgain(deps: CreateDeps, asking: Asking, earlier: StoredCreate): Promise<Peering> {
  const { changes } = deps
  const kind = deps.kinds["peering-create"]
  // The policy may want an approval by now. A request can't wait under the key of a create that was sent, so this refuses it.
  await deps.approvals.hold(asking, kind, earlier)
  const by = toSender(asking)
  await pollFirst(deps, earlier.projectId, earlier.plan.request.providerName)
  const sending = changes.work(kind, earlier, async () => {
    const claimed = await claimAgain(deps, earlier)
    const lostAttempt = earlier.problem?.code === "outcome_unknown" ? earlier.attemptSequence : null
    if (lostAttempt === null) return await changes.carryOut(kind, claimed, by)
    const late = await findCreated(deps, claimed)
    if (late !== null && (await adoptLate(deps, claimed, late, lostAttempt))) return toFound(late)
    return await changes.carryOut(kind, claimed, by, (sent, refusal) =>
      explainDuplicate(deps, sent, refusal, lostAttempt),
    )
  })
  const created = await sending.catch((thrown: unknown) => explainLost(deps, earlier.id, thrown))
  return answerCreated(deps, earlier, by, created)
}

/** Atlas refuses a duplicate: the peering it has may be the late result of the earlier sending, whose audit row is `lostAttempt`. */
async function explainDuplicate(
  deps: CreateDeps,
  sent: SentChange<CreatePlan, CreateBefore>,
  refusal: AppError,
  lostAttempt: number,
): Promise<Created | null> {
  const isDuplicate = refusal.shown.atlas?.errorCode?.startsWith("PEER_ALREADY_EXISTS") === true
  if (!isDuplicate || sent.attemptSequence === null) return null
  await deps.pollers.of(sent.projectId, sent.plan.request.providerName).pollAnew()
  const late = await findCreated(deps, sent)
  if (late === null) return null
  await deps.audit.complete(sent.attemptSequence, toAuditResult(refusal))
  return (await adoptLate(deps, sent, late, lostAttempt)) ? toFound(late) : null
}

/** Settles a create as the late result of an earlier sending. Returns false if another create has that peering. */
async function adoptLate(
  deps: CreateDeps,
  change: StoredCreate,
  late: Peering,
  lostAttempt: number,
): Promise<boolean> {
  const how = { why: "The connection appeared in Atlas's list later.", attempt: lostAttempt }
  return await settleFound(deps, change, toDone(deps.kinds["peering-create"], change, toFound(late)), how)
}

/** Adds to a lost answer what the lookups found. Otherwise it is the container's, or the deletion's. */
async function explainLost(deps: CreateDeps, id: string, thrown: unknown): Promise<never> {
  if (!(thrown instanceof AppError) || thrown.code !== "outcome_unknown") throw thrown
  const change = await deps.changeRows.find(id)
  throw change?.attemptSequence == null ? thrown : explainUnknown(deps, toCreate(change), thrown)
}

/** Returns the peering as it is known. Atlas's answer counts even if it can't be stored yet. */
function answerCreated(
  { clock, pollers }: CreateDeps,
  { projectId, plan: { request } }: Pick<StoredCreate, "projectId" | "plan">,
  { actor, reason }: Sender,
  { id, raw }: Created,
): Peering {
  pollers.of(projectId, request.providerName).plan()
  const known = pollers.live.find(projectId, id)
  if (known !== null) return known
  const peer = readAtlasPeer(raw, request.providerName)
  if (peer === null) throw new Error("Atlas's answer lost its id")
  return toCreated(raw, peer, projectId, { at: clock.now(), name: toActorName(actor), reason })
}
