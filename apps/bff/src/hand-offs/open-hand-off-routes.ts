import type { HandOffView } from "@peering-desk/shared-schemas"
import { Router, type Request } from "express"
import type { AuditLog } from "#audit/audit-log.ts"
import { AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import { allowOnly } from "#http/allow-methods.ts"
import { readBearerToken } from "#http/bearer-token.ts"
import { readJsonBody } from "#http/json-body.ts"
import type { RateLimits } from "#sign-in/rate-limits.ts"
import type { HandOffs, KeptHandOff } from "./hand-offs.ts"
import type { HandOffSigner } from "./hand-off-token.ts"
import { readHandOffView, type HandOffViewParts } from "./hand-off-view.ts"
import { pollNow } from "#polling/poll-now.ts"

interface OpenHandOffParts extends HandOffViewParts {
  audit: Pick<AuditLog, "record" | "recordChange">
  handOffs: HandOffs
  handOffSigner: HandOffSigner
  limits: Pick<RateLimits, "handOffs" | "handOffPresses">
  clock: Clock
}

/**
 * `/api/hand-off`: what a link opens, for whoever has it, without a session. The token comes in `Authorization: Bearer …`, so that it
 * is in no address and no log. Pages ask again and again; what they get is at most five seconds old.
 */
export function createOpenHandOffRouter(parts: OpenHandOffParts): Router {
  const { audit, clock, handOffs, limits, pollers } = parts
  const router = Router()

  async function noteOpened(request: Request, handOff: KeptHandOff): Promise<void> {
    const now = clock.now()
    if (!handOffs.beginsVisit(handOff, now)) return await handOffs.noteRead(handOff.id, now)
    await audit.recordChange(toEvent("hand-off-opened", request, handOff), (transaction) =>
      handOffs.noteVisit(handOff.id, now, transaction),
    )
  }

  router
    .route("/")
    .get(...limits.handOffs, async (request, response) => {
      const handOff = await findHandOff(parts, request)
      if (request.method === "GET") await noteOpened(request, handOff)
      response.json((await readHandOffView(parts, handOff)) satisfies HandOffView)
    })
    .all(allowOnly("GET", "HEAD"))

  router
    .route("/done")
    .post(...limits.handOffs, limits.handOffPresses, readJsonBody, async (request, response) => {
      const handOff = await findHandOff(parts, request)
      await audit.record(toEvent("hand-off-pressed", request, handOff))
      await handOffs.notePressed(handOff.id, clock.now())
      await pollNow(pollers, handOff.projectId, handOff.providerName)
      const pressed = (await handOffs.find(handOff.id)) ?? handOff
      response.json((await readHandOffView(parts, pressed)) satisfies HandOffView)
    })
    .all(allowOnly("POST"))

  return router
}

function toEvent(
  action: "hand-off-opened" | "hand-off-pressed",
  request: Request,
  { id, madeBy, madeFor, projectId, peeringId }: KeptHandOff,
) {
  const detail = { link: id, for: madeFor ?? "", madeBy }
  return { actor: null, address: request.ip ?? null, action, projectId, peeringId, detail }
}

/** @throws AppError `hand_off_invalid`, `hand_off_expired` or `hand_off_revoked` */
async function findHandOff(
  { clock, handOffs, handOffSigner }: OpenHandOffParts,
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
