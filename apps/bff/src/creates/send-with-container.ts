import { toContainerDifferences } from "@peering-desk/peering-rules"
import type { Container, NewContainer, Peering } from "@peering-desk/shared-schemas"
import { AppError, toAppError } from "#base/app-error.ts"
import type { SentChange } from "#changes/engine/changes.ts"
import { provideContainer } from "#projects/create-container.ts"
import type { CreateDeps, CreateInput } from "./create-deps.ts"
import type { CreatePlan, StoredCreate } from "./create-kind.ts"
import { sendCreate } from "./send-create.ts"

/**
 * Sends a claimed create, after the removal of the peering that it replaces. If it needs a new container, creates or finds that first; the container stays even if the peering fails.
 * @param lostAttempt audit row of an earlier sending whose answer was lost, or null
 * @throws AppError of the peering, with the new container as `made`
 */
export async function sendClaimed(
  deps: CreateDeps,
  input: CreateInput,
  claimed: StoredCreate | SentChange<CreatePlan>,
  lostAttempt: number | null = null,
): Promise<Peering> {
  const held = await removeReplaced(deps, input, claimed)
  if (input.newContainer === undefined) return await sendCreate(deps, input, held, lostAttempt)
  const container = await provide(deps, input, input.newContainer, held)
  try {
    const request = { ...input.request, containerId: container.id }
    // The peering is looked up by the container from then on.
    const bound = await deps.changes.hold(held, { ...held.plan, request })
    return await sendCreate(deps, { ...input, request }, bound, lostAttempt)
  } catch (thrown) {
    const failure = toAppError(thrown, "outcome_unknown")
    throw new AppError(failure.code, { ...failure.shown, made: container, cause: thrown })
  }
}

/** Removes the peering that a create replaces. The create can't be sent before, so a failure abandons it. */
async function removeReplaced(
  deps: CreateDeps,
  { replaces }: CreateInput,
  claimed: StoredCreate,
): Promise<StoredCreate> {
  if (replaces === undefined) return claimed
  let held = claimed
  try {
    await replaces.remove(async () => {
      held = await deps.changes.hold(held)
    })
  } catch (thrown) {
    const failure = toAppError(thrown, "internal_error")
    await deps.changes.abandon(held, failure)
    throw failure
  }
  return held
}

/** Creates or finds the container. The peering can't be sent before, so a failure abandons the create. */
async function provide(
  deps: CreateDeps,
  { projectId, reason, identity: actor, address }: CreateInput,
  newContainer: NewContainer,
  claimed: StoredCreate,
): Promise<Container> {
  try {
    const container = await provideContainer(deps, { projectId, reason, actor, address }, newContainer)
    refuseDifferent(container, newContainer)
    return container
  } catch (thrown) {
    const failure = explainUnsent(toAppError(thrown, "outcome_unknown"))
    await deps.changes.abandon(claimed, failure)
    throw failure
  }
}

/** Says of a lost answer that it was the container's, and that no peering was requested. */
function explainUnsent(failure: AppError): AppError {
  if (failure.code !== "outcome_unknown") return failure
  const detail =
    "The container was requested and the answer was lost. Atlas doesn't list it yet. No connection was requested. Check again: an existing container is used."
  return new AppError("outcome_unknown", { ...failure.shown, detail, cause: failure })
}

/**
 * Refuses a container with another CIDR or region than requested. Neither can be changed later, so the person has to decide.
 * @throws AppError `plan_changed` with what Atlas made
 */
function refuseDifferent(made: Container, requested: NewContainer): void {
  const [other] = toContainerDifferences(requested, made).filter(
    // Atlas may leave out the regions, which is no difference.
    ({ field, got }) => field === "atlasCidrBlock" || (got !== null && hasRegions(made)),
  )
  if (other === undefined) return
  const detail = `Requested a container with ${other.asked}, but Atlas created one with ${other.got ?? "no CIDR"}. No connection was requested.`
  throw new AppError("plan_changed", { detail, made })
}

function hasRegions(made: Container): boolean {
  return made.providerName !== "GCP" || (made.regions ?? []).length > 0
}
