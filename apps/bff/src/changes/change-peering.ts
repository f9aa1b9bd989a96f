import {
  everyFieldCodes,
  providerLabels,
  readStatus,
  type AwsPeer,
  type AwsPeeringChange,
  type AwsPeeringRequest,
  type ChangePeering,
  type Peering,
} from "@peering-desk/shared-schemas"
import { getWaitingOn } from "@peering-desk/peering-rules"
import type { AtlasClient, ChangedFields } from "#atlas/atlas-client.ts"
import { runAudited, type AuditedDeps } from "#audit/run-audited.ts"
import { AppError } from "#base/app-error.ts"
import type { Requester } from "#projects/requester.ts"
import { findContainer, toRequest } from "./blast-radius.ts"
import { beforeChangeMs, getPeering } from "#polling/list-peerings.ts"
import type { PollerPool } from "#polling/poller-pool.ts"

export interface ChangePeeringDeps extends AuditedDeps {
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

/**
 * Sends a change, once.
 * @throws AppError `atlas_refused` with an explanation when the state forbids the change or Atlas wants every field
 */
export async function sendChange(
  deps: ChangePeeringDeps,
  { projectId, ...requester }: Requester,
  { before, body, restarts }: PlannedChange,
): Promise<Peering> {
  const { atlas, pollers } = deps
  const { id: peeringId } = before
  const cloud = pollers.of(projectId, "AWS")
  const attempt = { action: "peering-change", peeringId, request: body, before: before.raw } as const
  return await runAudited(
    deps,
    { ...attempt, ...requester, projectId },
    {
      async send() {
        const since = pollers.live.stored.version
        const sent = atlas.changePeer(projectId, peeringId, body)
        const { value: raw, answerCode } = await sent.catch(async (thrown: unknown) => {
          if (!restarts && lacksField(thrown)) throw explainEveryField(thrown)
          if (!isRefusedWith(thrown, stateCodes)) throw thrown
          // The state differs from the last poll.
          await cloud.poll(0)
          throw explainState(thrown, pollers.live.find(projectId, peeringId) ?? before)
        })
        return { value: (await cloud.noteChanged(raw, since)) ?? before, answerCode }
      },
      async lookUp() {
        await cloud.poll(0)
        const now = pollers.live.find(projectId, peeringId)
        return now !== null && cloud.failure === null && isCarriedOut(before, now, body, restarts)
          ? now
          : null
      },
      toAfter: ({ raw }) => raw,
    },
  )
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

/** Returns true if a change is visible. If it changes no value, only the restart shows it. */
function isCarriedOut(before: Peering, now: Peering, body: ChangedFields, restarts: boolean): boolean {
  const hasValues = ({ peer }: Peering) =>
    peer.providerName === "AWS" &&
    (["vpcId", "awsAccountId", "routeTableCidrBlock"] as const).every(
      (name) => body[name] === undefined || body[name] === peer[name],
    )
  const restarted = readStatus(now.peer) === "INITIATING" && readStatus(before.peer) !== "INITIATING"
  return hasValues(now) && (!restarts || restarted || !hasValues(before))
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

function explainState(refusal: AppError, { peer }: Peering): AppError {
  const status = readStatus(peer) ?? "no status"
  const turn = getWaitingOn(peer)
  const detail =
    turn === "closing"
      ? "Atlas is deleting this connection. Create a new one instead."
      : turn === "atlas"
        ? `Atlas is changing this connection (${status}). Change it once it is waiting, available or failed.`
        : `Atlas was working on this connection. Its status is now ${status}. Send the change again.`
  return new AppError(refusal.code, { ...refusal.shown, detail, cause: refusal })
}
