import {
  editableFields,
  everyFieldCodes,
  findContainerOf,
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
import { toRequest } from "./blast-radius.ts"
import { toTarget } from "./target.ts"
import type { Policies } from "#policies/policies.ts"
import { beforeChangeMs, getPeering } from "#polling/list-peerings.ts"
import { touchPeering } from "#polling/peering-writer.ts"
import type { PollerPool } from "#polling/poller-pool.ts"

interface EditDeps {
  atlas: AtlasClient
  pollers: PollerPool
}

interface EditKindDeps extends EditDeps {
  policies: Pick<Policies, "judgeChange" | "nameInRefusal">
}

/**
 * Builds the body of a change.
 * @throws AppError `not_changeable` for another cloud, or when Atlas tells too little of it
 */
export async function planChange(
  { atlas, pollers }: EditDeps,
  projectId: string,
  peeringId: string,
  { change, startAnew = false }: Pick<ChangePeering, "change" | "startAnew">,
): Promise<ChangedFields> {
  const { peer } = await getPeering(pollers, projectId, peeringId, beforeChangeMs)
  if (peer.providerName !== "AWS") throw refuseOtherCloud(peer.providerName)
  const isCause = (name: keyof AwsPeeringChange) =>
    change[name] !== undefined && editableFields[name].edit.restarts
  const restarts = startAnew || editable.some(isCause)
  return restarts ? await buildWhole(atlas, projectId, peer, change) : { providerName: "AWS", ...change }
}

/** Returns true if Atlas restarts the connection: it does when it gets all fields. */
function isRestart(body: ChangedFields): boolean {
  return body.vpcId !== undefined
}

/**
 * The change of an AWS peering (Atlas: Update One Network Peering Connection). With another account or VPC all fields are sent and Atlas
 * restarts the peering. A CIDR is sent alone and does not restart it. Refused with an explanation when the state forbids the change or
 * Atlas wants every field.
 */
export function createEditKind({
  atlas,
  pollers,
  policies,
}: EditKindDeps): ChangeKind<ChangedFields, Peering, RawAnswer> {
  return {
    action: "peering-change",
    toActions: () => ["change"],
    toClouds: () => ["AWS"],
    toShown: ({ subject, plan, before }) => ({
      kind: "change",
      peeringId: subject,
      target: toTarget(before, "AWS"),
      body: { ...plan },
    }),
    readBefore: async ({ projectId, subject }) =>
      (await getPeering(pollers, projectId, subject, beforeChangeMs)).raw,
    toAttempt: ({ subject, plan, before }) => ({ peeringId: subject, request: plan, before }),
    async send(change) {
      const { projectId, subject, plan } = change
      const cloud = pollers.of(projectId, "AWS")
      const since = pollers.live.stored.version
      const sent = policies.nameInRefusal(projectId, atlas.changePeer(projectId, subject, plan), () =>
        policies.judgeChange(projectId, subject, plan),
      )
      const { value: raw, answerCode } = await sent.catch(async (thrown: unknown) => {
        if (!isRestart(plan) && lacksField(thrown)) throw explainEveryField(thrown)
        if (!isRefusedWith(thrown, stateCodes)) throw thrown
        // The state differs from the last poll.
        await cloud.pollAnew()
        throw explainState(thrown, pollers.live.find(projectId, subject)?.peer ?? readBefore(change))
      })
      const changed = (await cloud.noteChanged(raw, since)) ?? pollers.live.find(projectId, subject)
      if (changed !== null) return { value: changed, answerCode }
      throw new AppError("outcome_unknown", { detail: "Atlas answered without the connection's id." })
    },
    async findOut(change) {
      const { projectId, subject, plan } = change
      const cloud = pollers.of(projectId, "AWS")
      await cloud.pollAnew()
      if (cloud.failure !== null) return null
      const now = pollers.live.find(projectId, subject)
      const was = readBefore(change)
      return now === null || was === null ? { is: "neither" } : compareEdited(was, now, plan)
    },
    toAfter: ({ raw }) => raw,
    // Who changed it last is shown with it.
    async store(transaction, { projectId, subject }) {
      await touchPeering(transaction, { projectId, id: subject })
      return false
    },
  }
}

function readBefore({ before }: { before: RawAnswer }): AtlasPeer | null {
  return readAtlasPeer(before, "AWS")
}

/** Adds the unchanged fields to a change. */
async function buildWhole(
  atlas: AtlasClient,
  projectId: string,
  peer: AwsPeer,
  change: AwsPeeringChange,
): Promise<AwsPeeringRequest> {
  const container = findContainerOf(peer, await atlas.listContainers(projectId))
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

const editable = Object.keys(editableFields) as (keyof typeof editableFields)[]

/** Compares a peering with what it was and what a change makes of it. If it changes no value, only the restart shows it. */
function compareEdited(was: AtlasPeer, now: Peering, body: ChangedFields): Finding<Peering> {
  const hasValues = (peer: AtlasPeer, values: Partial<AwsPeer>) =>
    peer.providerName === "AWS" &&
    editable.every((name) => body[name] === undefined || values[name] === peer[name])
  const restarted = readStatus(now.peer) === "INITIATING" && readStatus(was) !== "INITIATING"
  const changesNoValue = hasValues(was, body)
  if (hasValues(now.peer, body) && (!isRestart(body) || restarted || !changesNoValue))
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
  return refusal.explain({ detail })
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
  return refusal.explain({ detail })
}
