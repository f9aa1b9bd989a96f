import {
  everyFieldCodes,
  providerLabels,
  readAtlasPeer,
  readStatus,
  type AtlasPeer,
  type AwsPeer,
  type AwsPeeringChange,
  type AwsPeeringRequest,
  type ChangePeering,
  type Peering,
  type RawAnswer,
} from "@peering-desk/shared-schemas"
import { getWaitingOn } from "@peering-desk/peering-rules"
import type { AtlasClient, ChangedFields } from "#atlas/atlas-client.ts"
import { AppError } from "#base/app-error.ts"
import type { ChangeKind, Finding } from "#changes/engine/change-kind.ts"
import type { ChangeToSend, ChangingDeps } from "#changes/engine/changes.ts"
import type { StoredChange } from "#changes/engine/stored-change.ts"
import type { Requester } from "#projects/requester.ts"
import { findContainer, toRequest } from "./blast-radius.ts"
import { beforeChangeMs, getPeering } from "#polling/list-peerings.ts"
import type { PollerPool } from "#polling/poller-pool.ts"

export interface ChangePeeringDeps extends ChangingDeps {
  atlas: AtlasClient
  pollers: PollerPool
}

/** A change before it is sent. */
export interface PlannedChange {
  before: Peering
  /** The body for Atlas. */
  body: ChangedFields
  /** True when Atlas restarts the peering. */
  restarts: boolean
}

/**
 * Changes an AWS peering (Atlas: Update One Network Peering Connection). With another account or VPC all fields are sent and Atlas
 * restarts the peering. A CIDR is sent alone and does not restart it.
 * @throws AppError as `planChange` and `sendChange`
 */
export async function changePeering(
  deps: ChangePeeringDeps,
  requester: Requester,
  peeringId: string,
  change: AskedFields,
): Promise<Peering> {
  return await sendChange(deps, requester, await planChange(deps, requester.projectId, peeringId, change))
}

type AskedFields = Pick<ChangePeering, "change" | "startAnew">

/**
 * Builds the body of a change.
 * @throws AppError `not_changeable` for another cloud, or when Atlas tells too little of it
 */
export async function planChange(
  { atlas, pollers }: Pick<ChangePeeringDeps, "atlas" | "pollers">,
  projectId: string,
  peeringId: string,
  { change, startAnew = false }: AskedFields,
): Promise<PlannedChange> {
  const before = await getPeering(pollers, projectId, peeringId, beforeChangeMs)
  if (before.peer.providerName !== "AWS") throw refuseOtherCloud(before.peer.providerName)
  const restarts = startAnew || change.awsAccountId !== undefined || change.vpcId !== undefined
  const body: ChangedFields = restarts
    ? await buildWhole(atlas, projectId, before.peer, change)
    : { providerName: "AWS", ...change }
  return { before, body, restarts }
}

interface EditPlan {
  body: ChangedFields
  restarts: boolean
}

/**
 * Sends a change, once.
 * @param more its id, and what is written with it
 * @throws AppError `atlas_refused` with an explanation when the state forbids the change or Atlas wants every field
 */
export async function sendChange(
  { changes, ...deps }: ChangePeeringDeps,
  requester: Requester,
  { before, body, restarts }: PlannedChange,
  more: Pick<ChangeToSend<EditPlan>, "id" | "writeWith"> = {},
): Promise<Peering> {
  const about = { subject: before.id, peeringId: before.id, before: before.raw }
  const plan = { body, restarts }
  return await changes.run(createEditKind(deps), { ...about, ...requester, ...more, plan, request: body })
}

/** The change of a peering (Atlas: Update One Network Peering Connection). */
export function createEditKind({
  atlas,
  pollers,
}: Omit<ChangePeeringDeps, "changes">): ChangeKind<EditPlan, Peering> {
  return {
    action: "peering-change",
    async send(change) {
      const { projectId, subject, plan } = change
      const cloud = pollers.of(projectId, "AWS")
      const since = pollers.live.stored.version
      const sent = atlas.changePeer(projectId, subject, plan.body)
      const { value: raw, answerCode } = await sent.catch(async (thrown: unknown) => {
        if (!plan.restarts && lacksField(thrown)) throw explainEveryField(thrown)
        if (!isRefusedWith(thrown, stateCodes)) throw thrown
        // The state differs from the last poll.
        await cloud.poll(0)
        throw explainState(thrown, pollers.live.find(projectId, subject)?.peer ?? readBefore(change))
      })
      const changed = (await cloud.noteChanged(raw, since)) ?? pollers.live.find(projectId, subject)
      if (changed !== null) return { value: changed, answerCode }
      throw new AppError("outcome_unknown", { detail: "Atlas answered without the connection's id." })
    },
    async findOut(change) {
      const { projectId, subject, plan } = change
      const cloud = pollers.of(projectId, "AWS")
      await cloud.poll(0)
      if (cloud.failure !== null) return null
      const now = pollers.live.find(projectId, subject)
      const was = readBefore(change)
      return now === null || was === null ? { is: "neither" } : compareEdited(was, now, plan)
    },
    toAfter: ({ raw }) => raw,
  }
}

function readBefore({ before }: StoredChange): AtlasPeer | null {
  return readAtlasPeer(before as RawAnswer, "AWS")
}

/** Adds the unchanged fields to a change. */
async function buildWhole(
  atlas: AtlasClient,
  projectId: string,
  peer: AwsPeer,
  change: AwsPeeringChange,
): Promise<AwsPeeringRequest> {
  const container = findContainer(await atlas.listContainers(projectId), peer)
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  const whole = toRequest(projectId, { ...peer, ...given }, container)
  if (whole?.providerName === "AWS") return whole
  throw new AppError("not_changeable", {
    detail: "Atlas needs every field of the connection for a change, and doesn't report all of them.",
  })
}

function refuseOtherCloud(providerName: "GCP" | "AZURE"): AppError {
  return new AppError("not_changeable", {
    detail: `Only AWS connections can be edited. To change this ${providerLabels[providerName]} connection, create a new one and delete this one.`,
  })
}

const changeable = ["vpcId", "awsAccountId", "routeTableCidrBlock"] as const

/** Compares a peering with what it was and what a change makes of it. If it changes no value, only the restart shows it. */
function compareEdited(was: AtlasPeer, now: Peering, { body, restarts }: EditPlan): Finding<Peering> {
  const hasValues = (peer: AtlasPeer, values: Partial<AwsPeer>) =>
    peer.providerName === "AWS" &&
    changeable.every((name) => body[name] === undefined || values[name] === peer[name])
  const restarted = readStatus(now.peer) === "INITIATING" && readStatus(was) !== "INITIATING"
  const changesNoValue = hasValues(was, body)
  if (hasValues(now.peer, body) && (!restarts || restarted || !changesNoValue))
    return { is: "done", result: now }
  const isAsBefore = was.providerName === "AWS" && hasValues(now.peer, was)
  return { is: isAsBefore && !changesNoValue ? "not-done" : "neither" }
}

const stateCodes: ReadonlySet<string | null> = new Set(["PEER_INVALID_STATE"])

function isRefusedWith(thrown: unknown, codes: ReadonlySet<string | null>): thrown is AppError {
  return thrown instanceof AppError && codes.has(thrown.shown.atlas?.errorCode ?? null)
}

/** Returns true if Atlas misses a field that was not sent. */
function lacksField(thrown: unknown): thrown is AppError {
  return isRefusedWith(thrown, everyFieldCodes) && thrown.shown.fields === undefined
}

function explainEveryField(refusal: AppError): AppError {
  const detail =
    "Atlas needs every field of the connection for this change. Sending all of them restarts the connection."
  return new AppError(refusal.code, { ...refusal.shown, detail, cause: refusal })
}

function explainState(refusal: AppError, peer: AtlasPeer | null): AppError {
  const status = (peer && readStatus(peer)) ?? "no status"
  const turn = peer && getWaitingOn(peer)
  const detail =
    turn === "closing"
      ? "Atlas is deleting this connection. Create a new one instead."
      : turn === "atlas"
        ? `Atlas is changing this connection (${status}). Change it once it is waiting, available or failed.`
        : `Atlas was working on this connection. Its status is now ${status}. Send the change again.`
  return new AppError(refusal.code, { ...refusal.shown, detail, cause: refusal })
}
