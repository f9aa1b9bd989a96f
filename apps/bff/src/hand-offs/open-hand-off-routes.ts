import { getWaitingOn, toOpenDecline } from "@peering-desk/peering-rules"
import { readStatus, type Routes } from "@peering-desk/shared-schemas"
import type { Request, RequestHandler } from "express"
import type { Transaction } from "kysely"
import type { AuditLog } from "#audit/audit-log.ts"
import { AppError } from "#base/app-error.ts"
import { toInstant, type Clock } from "#base/clock.ts"
import { toPeeringName } from "#audit/peering-names.ts"
import { pasteFacts, type FactsDeps } from "#facts/paste-facts.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import { readBearerToken } from "#http/bearer-token.ts"
import { checkRequest } from "#http/check-request.ts"
import type { HandOffs, KeptHandOff } from "./hand-offs.ts"
import type { HandOffSigner } from "./hand-off-token.ts"
import { findState, readHandOffView, type HandOffViewDeps, type SeenState } from "./hand-off-view.ts"
import { getPeering } from "#polling/list-peerings.ts"
import { touchPeering } from "#polling/peering-writer.ts"
import { freshForMs, type PollerPool } from "#polling/poller-pool.ts"
import type { Tables } from "#store/tables.ts"

interface OpenHandOffDeps extends HandOffViewDeps, FactsDeps {
  audit: Pick<AuditLog, "recordChange" | "recordChanges">
  handOffs: HandOffs
  handOffSigner: HandOffSigner
  clock: Clock
}

/**
 * Answers the page of a share link, for anybody who has the link, without a session. The token comes in `Authorization: Bearer …`, which keeps it
 * out of addresses and logs. The answer is at most five seconds old.
 */
export function createOpenHandOffHandlers(deps: OpenHandOffDeps) {
  const { audit, clock, handOffs, pollers } = deps

  async function noteOpened(request: Request, handOff: KeptHandOff): Promise<void> {
    const now = clock.now()
    if (!handOffs.beginsVisit(handOff, now)) return await handOffs.noteRead(handOff.id, now)
    await audit.recordChange(toEvent("hand-off-opened", request, handOff), (transaction) =>
      handOffs.noteVisit(handOff.id, now, transaction),
    )
  }

  /** Shows the requester what the network's owner reports. */
  const touch = (transaction: Transaction<Tables>, { projectId, peeringId }: KeptHandOff) =>
    touchPeering(transaction, { projectId, id: peeringId })

  return {
    openHandOff: {
      async get({ request }) {
        const handOff = await findHandOff(deps, request)
        if (request.method === "GET") await noteOpened(request, handOff)
        return await readHandOffView(deps, handOff)
      },
    },
    reportHandOffDone: {
      async post({ request }) {
        const handOff = await findHandOff(deps, request)
        await audit.recordChange(toEvent("hand-off-pressed", request, handOff), async (transaction) => {
          await handOffs.notePressed(handOff.id, clock.now(), transaction)
          if (handOff.declinedAt !== null) await touch(transaction, handOff)
        })
        await pollers.pollNow(handOff.projectId, handOff.providerName)
        const pressed = (await handOffs.find(handOff.id)) ?? handOff
        return await readHandOffView(deps, pressed)
      },
    },
    declineHandOff: {
      async post({ request, body: { reason } }) {
        const handOff = await findHandOff(deps, request)
        const { detail, ...event } = toEvent("hand-off-declined", request, handOff)
        const { projectId, providerName } = handOff
        await pollers.of(projectId, providerName).poll(freshForMs)
        refuseClosed(await findState(deps, handOff), clock.now())
        const named = { ...detail, name: nameConnection(pollers, handOff) }
        await audit.recordChange({ ...event, providerName, reason, detail: named }, async (transaction) => {
          const at = clock.now()
          if (!(await handOffs.noteDeclined(handOff.id, { reason, at }, transaction)))
            throw new AppError("hand_off_revoked")
          await touch(transaction, handOff)
        })
        return await readHandOffView(deps, await findHandOff(deps, request))
      },
    },
    takeBackDecline: {
      async post({ request }) {
        const handOff = await findHandOff(deps, request)
        await audit.recordChange(toEvent("hand-off-taken-back", request, handOff), async (transaction) => {
          if (!(await handOffs.noteTakenBack(handOff.id, transaction))) return false
          await touch(transaction, handOff)
          return true
        })
        return await readHandOffView(deps, await findHandOff(deps, request))
      },
    },
    pasteHandOffFacts: {
      async post({ request, body: { text } }) {
        const handOff = await findHandOff(deps, request)
        const peering = await getPeering(pollers, handOff.projectId, handOff.peeringId)
        const { detail, ...event } = toEvent("hand-off-pasted", request, handOff)
        await pasteFacts(deps, peering, {
          text,
          source: "link",
          by: handOff.madeFor ?? "Share link",
          toEvent: (pasted) => ({ ...event, detail: { ...detail, ...pasted } }),
        })
        return await readHandOffView(deps, handOff)
      },
    },
  } satisfies ApiHandlers<
    Routes,
    "openHandOff" | "reportHandOffDone" | "declineHandOff" | "takeBackDecline" | "pasteHandOffFacts"
  >
}

/** Refuses a paste without a link that still counts, or less than a minute after the last one, before its text is read. */
export function admitPaste(
  deps: Pick<OpenHandOffDeps, "clock" | "handOffs" | "handOffSigner">,
): RequestHandler {
  return checkRequest(async (request) => {
    const waitMs = await deps.handOffs.notePaste(await findHandOff(deps, request), deps.clock.now())
    if (waitMs === 0) return
    throw new AppError("too_many_requests", {
      detail: "A link takes one output a minute.",
      retryAfterSeconds: Math.ceil(waitMs / 1000),
    })
  })
}

function toEvent<Action extends `hand-off-${"opened" | "pressed" | "declined" | "taken-back" | "pasted"}`>(
  action: Action,
  request: Request,
  { id, madeBy, madeFor, projectId, peeringId }: KeptHandOff,
) {
  const detail = { link: id, for: madeFor ?? "", madeBy }
  return { actor: null, address: request.ip ?? null, action, projectId, peeringId, detail }
}

function nameConnection({ live }: PollerPool, { projectId, peeringId }: KeptHandOff): string {
  const peering = live.find(projectId, peeringId)
  return toPeeringName(peering?.label, peeringId, peering?.peer)
}

/** @throws AppError `decline_closed` once the request waits for nobody any more */
function refuseClosed(state: SeenState, now: number): void {
  const { peer, gone } = state
  const turn = getWaitingOn(peer)
  const declined = toOpenDecline({ at: toInstant(now), reason: "", for: null }, state)
  // A status that Atlas documents nowhere may still wait.
  if (!gone && !["works", "failed", "closing"].includes(turn) && declined !== undefined) return
  const status = readStatus(peer) ?? "unknown"
  const detail =
    gone || turn === "closing" ? "The connection was deleted." : `The connection's status is ${status}.`
  throw new AppError("decline_closed", { detail })
}

/** @throws AppError `hand_off_invalid`, `hand_off_expired` or `hand_off_revoked` */
async function findHandOff(
  { clock, handOffs, handOffSigner }: Pick<OpenHandOffDeps, "clock" | "handOffs" | "handOffSigner">,
  request: Request,
): Promise<KeptHandOff> {
  const claim = handOffSigner.read(readBearerToken(request) ?? "")
  if (claim === null) throw new AppError("hand_off_invalid")
  if (clock.now() >= claim.expiresAt) throw new AppError("hand_off_expired")
  const handOff = await handOffs.find(claim.id)
  if (handOff === null) throw new AppError("hand_off_invalid")
  if (handOff.revokedAt !== null) throw new AppError("hand_off_revoked")
  return handOff
}
