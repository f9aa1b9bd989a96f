import type { ApprovalCheck, ApprovalPlan, ApprovalTarget } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import type { ChangeKind } from "#changes/engine/change-kind.ts"
import type { HeldChange } from "#changes/engine/stored-change.ts"
import { toCreate } from "#changes/stored-create.ts"
import type { PollerPool } from "#polling/poller-pool.ts"
import { preflightCreate, refuseRed } from "#preflight/preflight.ts"
import type { SnapshotReader } from "#preflight/snapshot-reader.ts"
import { mayAdminister, mayCreate, type Access } from "#sign-in/access.ts"
import type { RuleBook } from "#sign-in/access-rules.ts"
import type { KnownPeople } from "#sign-in/person-listener.ts"

export interface CheckDeps {
  apiTokens: { find: (id: string) => Promise<{ revokedAt: number | null } | null> }
  pollers: PollerPool
  snapshotReader: SnapshotReader
  people: KnownPeople
  ruleBook: Pick<RuleBook, "accessOf" | "askWhom">
}

type Unfit = NonNullable<ApprovalCheck["requester"]>
const requesterTexts: Record<Unfit, (name: string) => string> = {
  gone: (name) =>
    `The identity provider no longer vouches for ${name}. Decline this request, or approve it once ${name} has signed in again.`,
  "no-role": (name) =>
    `${name} may no longer request this in this project. Decline this request, or have somebody with the role request it.`,
  "token-revoked": (name) =>
    `The API token by which ${name} requested this was revoked. Decline this request, or have ${name} request it again.`,
}

/** Compares a request with what is known now: its requester, the verdict by Atlas's lists, and the connection it is about. */
export async function checkApproval(
  deps: CheckDeps,
  kind: ChangeKind,
  change: HeldChange,
  access: Access,
): Promise<ApprovalCheck> {
  const [requester, preflight, target] = await Promise.all([
    checkRequester(deps, kind, change),
    change.kind === "peering-create" ? judgeCreate(deps, change, access) : null,
    checkTarget(kind, change),
  ])
  const isSame = target === null || (target.isThere && target.differences.length === 0)
  const holds = requester === null && isSame && preflight?.verdict.status !== "red"
  return { requester, preflight, target, holds }
}

async function judgeCreate({ pollers, snapshotReader }: CheckDeps, change: HeldChange, access: Access) {
  const { projectId, plan } = toCreate(change)
  await pollers.of(projectId, plan.request.providerName).catchUp()
  return await preflightCreate(snapshotReader, { ...plan, projectId, access }, plan.replaces)
}

/** Returns why nothing may be sent in the requester's name any more: null when it may. */
async function checkRequester(
  { apiTokens, people, ruleBook }: CheckDeps,
  { isForAdministrators = false }: ChangeKind,
  { userKey, projectId, held: { requester } }: HeldChange,
): Promise<ApprovalCheck["requester"]> {
  const known = await people.find(userKey)
  if (known !== null && known.refusedAt !== null) return "gone"
  const claims = [requester.claims, ...(known === null ? [] : [known.claims])]
  const may = isForAdministrators ? mayAdminister : mayCreate
  if (!claims.every((one) => may(ruleBook.accessOf(one), projectId))) return "no-role"
  const { token } = requester.identity
  // It may be in the wrong hands. One that expired since was good when it asked.
  return token !== undefined && (await apiTokens.find(token.id))?.revokedAt !== null ? "token-revoked" : null
}

async function checkTarget(kind: ChangeKind, change: HeldChange): Promise<ApprovalCheck["target"]> {
  const shown = kind.toShown(change)
  if (shown.kind === "create") return null
  try {
    const now = kind.toShown({ ...change, before: await kind.readBefore(change) })
    return { isThere: true, differences: listDifferences(toTarget(shown), toTarget(now)) }
  } catch (thrown) {
    const isGone = thrown instanceof AppError && goneCodes.has(thrown.code)
    if (isGone) return { isThere: false, differences: [] }
    throw thrown
  }
}

const goneCodes: ReadonlySet<string> = new Set(["peering_not_found", "container_not_found"])

function toTarget(plan: ApprovalPlan): ApprovalTarget {
  return ("target" in plan ? plan.target : "before" in plan ? plan.before : null) ?? {}
}

function listDifferences(was: ApprovalTarget, is: ApprovalTarget) {
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .map((field) => ({ field, was: was[field] ?? null, is: is[field] ?? null }))
    .filter((difference) => difference.was !== difference.is)
}

/** States of a connection after which nobody can request the same again. */
const endedWords: Readonly<Record<string, { is: boolean; says: string }>> = {
  isClosing: { is: true, says: "The connection is being deleted. Decline this request." },
  isFailed: {
    is: false,
    says: "The connection is no longer failed: it was restarted. Decline this request.",
  },
}

/**
 * @param name the requester's
 * @throws AppError `requester_gone`, `preflight_refused` or `plan_changed` for a request that no longer holds
 */
export function refuseOutdated({ requester, preflight, target }: ApprovalCheck, name: string): void {
  if (requester !== null) throw new AppError("requester_gone", { detail: requesterTexts[requester](name) })
  if (preflight !== null) refuseRed(preflight)
  if (target === null) return
  if (!target.isThere)
    throw new AppError("plan_changed", { detail: "Atlas no longer has what this is about." })
  if (target.differences.length === 0) return
  const ended = target.differences.find(({ field, is }) => endedWords[field]?.is === is)
  if (ended !== undefined) throw new AppError("plan_changed", { detail: endedWords[ended.field]?.says })
  const changed = target.differences.map(({ field, was, is }) => `${field} was ${was}, and is ${is} now`)
  throw new AppError("plan_changed", {
    detail: `It differs from what was requested: ${changed.join("; ")}. Decline this request, and request it again.`,
  })
}
