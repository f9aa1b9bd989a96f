import { randomBytes } from "node:crypto"
import { MakeHandOff, type HandOff, type HandOffList, type MadeHandOff } from "@peering-desk/shared-schemas"
import { Router, type Request } from "express"
import type { AuditLog } from "#audit/audit-log.ts"
import { AppError } from "#base/app-error.ts"
import { toInstant, type Clock } from "#base/clock.ts"
import { allowOnly } from "#http/allow-methods.ts"
import { readJsonBody } from "#http/json-body.ts"
import { parseBody, parseIdParam, parseProjectId } from "#http/parse-request.ts"
import type { RoleGuards } from "#sign-in/require-role.ts"
import { userOf } from "#sign-in/require-user.ts"
import type { HandOffs, KeptHandOff } from "./hand-offs.ts"
import type { PeeringStore } from "#polling/peering-store.ts"
import type { HandOffSigner } from "./hand-off-token.ts"
import { getPeering } from "#polling/list-peerings.ts"
import type { PollerPool } from "#polling/poller-pool.ts"

interface HandOffRouteParts {
  audit: Pick<AuditLog, "record" | "recordChange">
  handOffs: HandOffs
  handOffSigner: HandOffSigner
  peeringStore: Pick<PeeringStore, "loadGone">
  pollers: PollerPool
  guards: Pick<RoleGuards, "require">
  clock: Clock
  /** How browsers reach this server. */
  publicUrl: URL
}

const hourMs = 60 * 60_000

/**
 * `…/peerings/{peeringId}/hand-offs` and below: links for people without an account. Whoever gets here may view the project; giving
 * one out and taking it back needs a requester.
 */
export function createHandOffRouter(parts: HandOffRouteParts): Router {
  const { audit, clock, guards, handOffs, handOffSigner, publicUrl, peeringStore, pollers } = parts
  const router = Router({ mergeParams: true })

  router
    .route("/")
    .get(async (request, response) => {
      const { projectId, peeringId } = parseIds(request)
      const kept = await handOffs.of({ projectId, peeringId })
      if (kept.length === 0)
        await getPeering(pollers, projectId, peeringId).catch(async (thrown: unknown) => {
          // One that is gone was there.
          if (!(await peeringStore.loadGone(projectId)).some(({ id }) => id === peeringId)) throw thrown
        })
      response.json({ handOffs: kept.map(toHandOff) } satisfies HandOffList)
    })
    .post(guards.require("create"), readJsonBody, async (request, response) => {
      const { projectId, peeringId } = parseIds(request)
      const { expiresInHours, for: madeFor = "" } = parseBody(request, MakeHandOff)
      const { peer } = await getPeering(pollers, projectId, peeringId)
      const now = clock.now()
      // The token tells whole seconds.
      const expiresAt = Math.floor((now + expiresInHours * hourMs) / 1000) * 1000
      const id = randomBytes(16).toString("base64url")
      await audit.record({
        ...toActor(request),
        action: "hand-off-made",
        projectId,
        peeringId,
        detail: { link: id, for: madeFor, expiresAt: toInstant(expiresAt) },
      })
      const handOff = await handOffs.add({
        id,
        projectId,
        peeringId,
        providerName: peer.providerName,
        madeFor: madeFor === "" ? null : madeFor,
        madeBy: userOf(request).identity.name,
        madeAt: now,
        expiresAt,
      })
      const token = handOffSigner.sign({ id, expiresAt })
      const url = new URL(`/hand-off#${token}`, publicUrl).href
      response.status(201).json({ handOff: toHandOff(handOff), token, url } satisfies MadeHandOff)
    })
    .all(allowOnly("GET", "HEAD", "POST"))

  router
    .route("/:handOffId")
    .delete(guards.require("create"), async (request: Request, response) => {
      const { projectId, peeringId } = parseIds(request)
      const handOff = await handOffs.find(String(request.params["handOffId"]))
      if (handOff?.projectId !== projectId || handOff.peeringId !== peeringId)
        throw new AppError("hand_off_not_found")
      const revoked = { by: userOf(request).identity.name, at: clock.now() }
      await audit.recordChange(
        {
          ...toActor(request),
          action: "hand-off-revoked",
          projectId,
          peeringId,
          detail: { link: handOff.id, for: handOff.madeFor ?? "" },
        },
        (transaction) => handOffs.revoke(handOff.id, revoked, transaction),
      )
      response.status(204).end()
    })
    .all(allowOnly("DELETE"))

  return router
}

function toActor(request: Request) {
  return { actor: userOf(request).identity, address: request.ip ?? null }
}

function parseIds(request: Request): { projectId: string; peeringId: string } {
  return {
    projectId: parseProjectId(request),
    peeringId: parseIdParam(request, "peeringId", "peering_not_found"),
  }
}

function toHandOff(kept: KeptHandOff): HandOff {
  const toMoment = (ms: number | null) => (ms === null ? null : toInstant(ms))
  return {
    id: kept.id,
    for: kept.madeFor,
    madeBy: kept.madeBy,
    madeAt: toInstant(kept.madeAt),
    expiresAt: toInstant(kept.expiresAt),
    revokedAt: toMoment(kept.revokedAt),
    revokedBy: kept.revokedBy,
    openedCount: kept.openedCount,
    lastOpenedAt: toMoment(kept.lastOpenedAt),
    pressedCount: kept.pressedCount,
    lastPressedAt: toMoment(kept.lastPressedAt),
  }
}
