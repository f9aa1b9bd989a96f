import type { ProjectChangeName } from "@peering-desk/shared-schemas"
import type { AuditAttempt } from "#audit/audit-events.ts"
import { AppError } from "#base/app-error.ts"
import type { Limiter } from "#base/limiter.ts"
import type { ChangeKind } from "./change-kind.ts"
import type { ChangingDeps, ChangeToSend } from "./changes.ts"

/** A change of a project, as a route and an approved request send it: a container, an entry of the access list, or a setting. */
export interface ProjectChange<Plan = unknown, Result = unknown> extends ChangeKind<Plan, Result> {
  readonly action: ProjectChangeName
  /** Returns the thing that a plan changes, unique in its project. */
  toSubject(plan: Plan): string
  /**
   * Reads the thing before; null where there is none.
   * @throws AppError when nothing is there that it could change
   */
  readBefore(projectId: string, plan: Plan): Promise<object | null>
  /** Adds to a refusal of Atlas why. */
  explain?(projectId: string, plan: Plan, refusal: AppError): Promise<AppError>
  /** Called after each change, also a failed one. */
  noteChanged(projectId: string): void
  /** Lets one change after another pass in a project, where Atlas requires that. */
  inTurn?(projectId: string): Limiter
}

/** Sends a change of a project, once. */
export async function runProjectChange<Plan, Result>(
  { changes }: ChangingDeps,
  change: ProjectChange<Plan, Result>,
  requester: Pick<AuditAttempt, "projectId" | "reason" | "actor" | "address">,
  plan: Plan,
  more: Pick<ChangeToSend<Plan>, "id" | "writeWith"> = {},
): Promise<Result> {
  const { projectId } = requester
  const run = async () => {
    const before = await change.readBefore(projectId, plan)
    const about = { subject: change.toSubject(plan), peeringId: null, before, plan }
    try {
      return await changes.run(change, { ...requester, ...more, ...about })
    } catch (thrown) {
      if (!(thrown instanceof AppError) || change.explain === undefined) throw thrown
      throw await change.explain(projectId, plan, thrown)
    } finally {
      change.noteChanged(projectId)
    }
  }
  const limiter = change.inTurn?.(projectId)
  return await (limiter === undefined ? run() : limiter(run))
}
