import { toContainerDifferences } from "@peering-desk/peering-rules"
import type { Container, NewContainer, Peering } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import { toProblem } from "#http/problem-writer.ts"
import { provideContainer } from "#projects/create-container.ts"
import type { CreateIntent } from "./create-intents.ts"
import type { CloudPoller } from "#polling/cloud-poller.ts"
import { toCreateFailure } from "./create-results.ts"
import { toStillRunning } from "./earlier-create.ts"
import { sendCreate, type CreateDeps, type WantedCreate } from "./send-create.ts"

/**
 * Sends what was claimed; a container that it needs is made or found first, and stays whatever becomes of the connection.
 * @throws AppError of the connection with the container as `made`
 */
export async function sendWithContainer(
  parts: CreateDeps,
  wanted: WantedCreate,
  intent: CreateIntent,
  cloud: CloudPoller,
  earlierAttempt: number | null = null,
): Promise<Peering> {
  const { newContainer } = wanted
  if (newContainer === undefined) return await sendCreate(parts, wanted, intent, cloud, earlierAttempt)
  const { container, ready } = await provide(parts, wanted, newContainer, intent)
  try {
    const request = { ...wanted.request, containerId: container.id }
    return await sendCreate(parts, { ...wanted, request }, ready, cloud, earlierAttempt)
  } catch (thrown) {
    const failure = toCreateFailure(thrown)
    throw new AppError(failure.code, { ...failure.shown, made: container, cause: thrown })
  }
}

/** Until the container is there the connection can't have been sent: a crash leaves an intent of which nothing was made. */
async function provide(
  parts: CreateDeps,
  wanted: WantedCreate,
  newContainer: NewContainer,
  intent: CreateIntent,
): Promise<{ container: Container; ready: CreateIntent }> {
  const { intents, reconciler } = parts
  const endSending = reconciler.sending(intent)
  try {
    const { projectId, reason, identity: actor, address } = wanted
    const container = await provideContainer(parts, { projectId, reason, actor, address }, newContainer)
    refuseOther(container, newContainer)
    const ready = await intents.noteContainer(intent, container.id)
    // It took so long to get here that another process took it over.
    if (ready === null) throw new AppError("still_running", { ...toStillRunning().shown, made: container })
    return { container, ready }
  } catch (thrown) {
    const failure = toUnsent(toCreateFailure(thrown))
    const settlement = { state: "not-created", problem: toProblem(failure, "") } as const
    if (failure.code !== "still_running") await intents.settle(intent, settlement)
    throw failure
  } finally {
    endSending()
  }
}

/** A lost answer is the container's: of the connection it is known that it was not asked for. */
function toUnsent(failure: AppError): AppError {
  if (failure.code !== "outcome_unknown") return failure
  const detail =
    "Atlas was asked for the container and its answer was lost; Atlas does not list it yet. No connection was asked for. Ask again: the container is looked for first."
  return new AppError("outcome_unknown", { ...failure.shown, detail, cause: failure })
}

/**
 * Its block and its region are for good, so a connection to another one than was asked for is the person's to decide.
 * @throws AppError `plan_changed` with what Atlas made
 */
function refuseOther(made: Container, asked: NewContainer): void {
  const [other] = toContainerDifferences(asked, made).filter(
    // What Atlas does not tell of regions is no difference.
    ({ field, got }) => field === "atlasCidrBlock" || (got !== null && tellsRegions(made)),
  )
  if (other === undefined) return
  const detail = `Atlas was asked for a container with ${other.asked}, and made one with ${other.got ?? "no block"}. No connection was asked for.`
  throw new AppError("plan_changed", { detail, made })
}

function tellsRegions(made: Container): boolean {
  return made.providerName !== "GCP" || (made.regions ?? []).length > 0
}
