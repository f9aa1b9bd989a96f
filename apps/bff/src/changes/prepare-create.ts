import { getWaitingOn, toContainerDifferences } from "@peering-desk/peering-rules"
import {
  readStatus,
  type Container,
  type NewContainer,
  type Peering,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { AppError, ignoring, toAppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import type { Preparing, Sender } from "#changes/engine/change-kind.ts"
import { hold, type ChangeRecords } from "#changes/engine/change-states.ts"
import type { Policies } from "#policies/policies.ts"
import { beforeChangeMs, getPeering } from "#polling/list-peerings.ts"
import type { PollerPool } from "#polling/poller-pool.ts"
import { checkPreflight } from "#preflight/preflight.ts"
import type { SnapshotReader } from "#preflight/snapshot-reader.ts"
import { provideContainer } from "#projects/create-container.ts"
import type { Access } from "#sign-in/access.ts"
import { createDeleteKind } from "./delete-peering.ts"
import type { StoredCreate } from "./stored-create.ts"

export interface PrepareDeps extends ChangeRecords {
  atlas: AtlasClient
  policies: Pick<Policies, "judgeCreate" | "judgeChange" | "nameInRefusal">
  clock: Clock
  pollers: PollerPool
  snapshotReader: SnapshotReader
  /** Called when the containers of a project changed. */
  containersChanged: (projectId: string) => void
}

const pollEveryMs = 2_000
/** Atlas removes a peering within minutes. */
const removedWithinMs = 10 * 60_000
/** Maximum age of the list that says which peerings existed before, in milliseconds. */
const knownForMs = 2_000

/**
 * Does what comes before the request of a claimed create: the removal of the peering that it replaces, and a new container, which is
 * created or found. An approved create is checked once more, and what there was before is read now.
 */
export async function prepareCreate(
  deps: PrepareDeps,
  changes: Preparing,
  claimed: StoredCreate,
  by: Sender,
): Promise<StoredCreate> {
  const { projectId, plan } = claimed
  let ready = claimed
  if (ready.before.known === null) {
    await pollFirst(deps, projectId, plan.request.providerName)
    const { pasted, ...asked } = plan
    const facts = pasted?.facts
    const create = { ...asked, ...(facts && { facts }), projectId, access: onlyIn(projectId) }
    await checkPreflight(deps.snapshotReader, create, plan.replaces)
    const known = await readKnown(deps, projectId, plan.request.providerName)
    ready = await hold(deps, ready, { before: { ...ready.before, known } })
  }
  if (plan.replaces !== null) await removeReplaced(deps, changes, ready, plan.replaces, by)
  if (plan.newContainer === undefined) return ready
  const container = await provide(deps, changes, projectId, plan.newContainer, by)
  // The peering is looked up by the container from then on.
  return await hold(deps, ready, { before: { ...ready.before, container } })
}

/** The verdict before sending reads this project alone: both people may see it. Each saw the others that they may see before. */
function onlyIn(projectId: string): Access {
  return { everywhere: null, projects: new Map([[projectId, "requester"]]), auditor: false }
}

/**
 * Polls which peerings exist before anything is sent, so a lost answer is never matched to an older one.
 * @throws AppError if the list can't be read
 */
export async function pollFirst(
  { pollers }: Pick<PrepareDeps, "pollers">,
  projectId: string,
  providerName: ProviderName,
): Promise<void> {
  const cloud = pollers.of(projectId, providerName)
  // For the verdict too.
  await cloud.catchUp()
  await cloud.pollCaughtUp(cloud.failure === null ? knownForMs : 0)
  if (cloud.failure !== null) throw cloud.failure
}

/**
 * Returns up to which version the stored state shows the peerings that exist. It polls again if the verdict had to wait for other projects,
 * as the list may be too old.
 */
export async function readKnown(
  deps: Pick<PrepareDeps, "pollers">,
  projectId: string,
  providerName: ProviderName,
): Promise<number> {
  const cloud = deps.pollers.of(projectId, providerName)
  await cloud.pollCaughtUp(cloud.failure === null ? knownForMs : 0)
  if (cloud.failure !== null) throw cloud.failure
  const { live } = deps.pollers
  // A project that was loaded a moment ago may have newer rows.
  return live
    .ofCloud(projectId, providerName)
    .reduce(
      (last, { id }) => Math.max(last, live.versionOf(projectId, providerName, id)),
      live.stored.version,
    )
}

/** Deletes the failed peering, and waits until Atlas no longer lists it. */
async function removeReplaced(
  deps: PrepareDeps,
  changes: Preparing,
  create: StoredCreate,
  peeringId: string,
  by: Sender,
): Promise<void> {
  const { projectId, plan } = create
  const { providerName } = plan.request
  const deletion = { projectId, subject: peeringId, plan: { providerName } }
  const { pollers } = deps
  const listed = await getPeering(pollers, projectId, peeringId, beforeChangeMs).catch(
    ignoring("peering_not_found"),
  )
  // Since the request began, somebody may have restarted it. An earlier try may have begun to delete it.
  if (listed !== null && getWaitingOn(listed.peer) !== "closing") refuseUnlessFailed(listed)
  // It may be deleted by somebody else, or by an earlier request that then failed.
  await changes.run(createDeleteKind(deps), deletion, by).catch(ignoring("peering_not_found"))
  await waitUntilGone(deps, create, peeringId)
}

/** @throws AppError `not_changeable` */
export function refuseUnlessFailed({ peer }: Peering): void {
  if (getWaitingOn(peer) === "failed") return
  throw new AppError("not_changeable", {
    detail: `Only a failed connection can be deleted and requested again. This one is ${readStatus(peer) ?? "without a status"}.`,
  })
}

/** @throws AppError when Atlas fails to remove it, or still lists it after ten minutes */
async function waitUntilGone(deps: PrepareDeps, create: StoredCreate, peeringId: string): Promise<void> {
  const { clock, pollers } = deps
  const { projectId, plan } = create
  const cloud = pollers.of(projectId, plan.request.providerName)
  const begun = clock.elapsed()
  let wasClosing = false
  for (;;) {
    const listed = pollers.live.find(projectId, peeringId)
    if (listed === null) return
    const turn = getWaitingOn(listed.peer)
    // Atlas's list may be behind its answer, so a failure counts after the removal began.
    if (wasClosing && turn === "failed")
      throw new AppError("atlas_failed", {
        detail: `Atlas could not delete the failed connection (${readStatus(listed.peer)}). No new one was requested.`,
      })
    wasClosing ||= turn === "closing"
    if (clock.elapsed() - begun >= removedWithinMs)
      throw new AppError("atlas_timeout", {
        detail: "Atlas still lists the deleted connection after 10 minutes. No new one was requested.",
      })
    await new Promise<void>((resolve) => clock.after(pollEveryMs, resolve))
    await hold(deps, create)
    await cloud.poll(0)
  }
}

/** Creates or finds the container. */
async function provide(
  deps: PrepareDeps,
  changes: Preparing,
  projectId: string,
  newContainer: NewContainer,
  by: Sender,
): Promise<Container> {
  try {
    const container = await provideContainer({ ...deps, changes }, projectId, newContainer, by)
    refuseDifferent(container, newContainer)
    return container
  } catch (thrown) {
    throw explainUnsent(toAppError(thrown, "outcome_unknown"))
  }
}

/** Says of a lost answer that it was the container's, and that no peering was requested. */
function explainUnsent(failure: AppError): AppError {
  if (failure.code !== "outcome_unknown") return failure
  const detail =
    "The container was requested and the answer was lost. Atlas doesn't list it yet. No connection was requested. Check again: an existing container is used."
  return failure.explain({ detail })
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
