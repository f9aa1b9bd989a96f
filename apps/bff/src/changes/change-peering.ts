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
import type { AskedBy } from "#projects/requester.ts"
import { findContainer, toRequest } from "./blast-radius.ts"
import { beforeChangeMs, getPeering } from "#polling/list-peerings.ts"
import type { PollerPool } from "#polling/poller-pool.ts"

export interface ChangePeeringParts extends AuditedDeps {
  atlas: AtlasClient
  pollers: PollerPool
}

/**
 * Changes an AWS connection (Atlas: Update One Network Peering Connection). With another account or VPC all its fields are sent, and
 * Atlas starts it anew; a block goes alone, and leaves it as it is.
 * @throws AppError `not_changeable` for another cloud, or when Atlas tells too little of it; `atlas_refused` with a sentence when its
 * state forbids it, or when Atlas wants every field
 */
export async function changePeering(
  parts: ChangePeeringParts,
  { projectId, ...askedBy }: AskedBy,
  peeringId: string,
  { change, startAnew = false }: Pick<ChangePeering, "change" | "startAnew">,
): Promise<Peering> {
  const { atlas, pollers } = parts
  const before = await getPeering(pollers, projectId, peeringId, beforeChangeMs)
  if (before.peer.providerName !== "AWS") throw toReplaceInstead(before.peer.providerName)
  const isAnew = startAnew || change.awsAccountId !== undefined || change.vpcId !== undefined
  const body: ChangedFields = isAnew
    ? await toWhole(atlas, projectId, before.peer, change)
    : { providerName: "AWS", ...change }
  const cloud = pollers.of(projectId, "AWS")
  const attempt = { action: "peering-change", peeringId, request: body, before: before.raw } as const
  return await runAudited(
    parts,
    { ...attempt, ...askedBy, projectId },
    {
      async send() {
        const sent = atlas.changePeer(projectId, peeringId, body)
        const { value: raw, answerCode } = await sent.catch(async (thrown: unknown) => {
          if (!isAnew && lacksField(thrown)) throw sayEveryField(thrown)
          if (!isRefusedWith(thrown, stateCodes)) throw thrown
          // It was in another state when it was last looked at.
          await cloud.poll(0)
          throw sayState(thrown, pollers.live.find(projectId, peeringId) ?? before)
        })
        return { value: (await cloud.noteChanged(raw)) ?? before, answerCode }
      },
      async lookUp() {
        await cloud.poll(0)
        const now = pollers.live.find(projectId, peeringId)
        return now !== null && cloud.failure === null && isCarriedOut(before, now, body, isAnew) ? now : null
      },
      toAfter: ({ raw }) => raw,
    },
  )
}

/** What is not changed is sent as it is. */
async function toWhole(
  atlas: AtlasClient,
  projectId: string,
  peer: AwsPeer,
  change: AwsPeeringChange,
): Promise<AwsPeeringRequest> {
  const container = findContainer(await atlas.listContainers(projectId), peer)
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  const whole = toRequest({ ...peer, ...given }, container)
  if (whole?.providerName === "AWS") return whole
  throw new AppError("not_changeable", {
    detail: "Atlas wants every field of the connection with a change, and does not tell all of them.",
  })
}

function toReplaceInstead(providerName: "GCP" | "AZURE"): AppError {
  return new AppError("not_changeable", {
    detail: `Atlas changes only AWS connections. To change this ${providerLabels[providerName]} connection, replace it: make a new one with the right values, and delete this one.`,
  })
}

/** Of two connections with the same values, only a restart tells whether one was started anew. */
function isCarriedOut(before: Peering, now: Peering, body: ChangedFields, isAnew: boolean): boolean {
  const asWanted = ({ peer }: Peering) =>
    peer.providerName === "AWS" &&
    (["vpcId", "awsAccountId", "routeTableCidrBlock"] as const).every(
      (name) => body[name] === undefined || body[name] === peer[name],
    )
  const restarted = readStatus(now.peer) === "INITIATING" && readStatus(before.peer) !== "INITIATING"
  return asWanted(now) && (!isAnew || restarted || !asWanted(before))
}

const stateCodes: ReadonlySet<string | null> = new Set(["PEER_INVALID_STATE"])

function isRefusedWith(thrown: unknown, codes: ReadonlySet<string | null>): thrown is AppError {
  return thrown instanceof AppError && codes.has(thrown.shown.atlas?.errorCode ?? null)
}

/** Whether Atlas lacks a field that was not sent; one that was has its own words. */
function lacksField(thrown: unknown): thrown is AppError {
  return isRefusedWith(thrown, everyFieldCodes) && thrown.shown.fields === undefined
}

function sayEveryField(refusal: AppError): AppError {
  const detail =
    "Atlas wants every field of the connection with this change. Sent with all of them, it starts the connection anew."
  return new AppError(refusal.code, { ...refusal.shown, detail, cause: refusal })
}

function sayState(refusal: AppError, { peer }: Peering): AppError {
  const status = readStatus(peer) ?? "no status"
  const turn = getWaitingOn(peer)
  const detail =
    turn === "closing"
      ? "Atlas is taking this connection away; make a new one instead."
      : turn === "atlas"
        ? `Atlas is at work on this connection (${status}). Change it when it waits for you, works or has failed.`
        : `Atlas was at work on this connection; now it says ${status}. Send the change again.`
  return new AppError(refusal.code, { ...refusal.shown, detail, cause: refusal })
}
