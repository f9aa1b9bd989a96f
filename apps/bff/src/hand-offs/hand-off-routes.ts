import { getWaitingOn, isDeclined } from "@peering-desk/peering-rules"
import { randomBytes } from "node:crypto"
import type { HandOff, Routes } from "@peering-desk/shared-schemas"
import type { AuditLog } from "#audit/audit-log.ts"
import { toActorName } from "#audit/actor-fields.ts"
import { AppError } from "#base/app-error.ts"
import { toInstant, type Clock } from "#base/clock.ts"
import { readPeeringNames } from "#audit/peering-names.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import { toMailAddress } from "#sign-in/provider/mail-address.ts"
import { toActor, userOf } from "#sign-in/require-user.ts"
import type { HandOffs, KeptHandOff } from "./hand-offs.ts"
import type { PeeringStore } from "#polling/peering-store.ts"
import type { HandOffSigner } from "./hand-off-token.ts"
import { getPeering } from "#polling/list-peerings.ts"
import { touchPeering } from "#polling/peering-writer.ts"
import type { PollerPool } from "#polling/poller-pool.ts"
import type { Store } from "#store/store.ts"

interface HandOffDeps {
  audit: Pick<AuditLog, "recordChange">
  handOffs: HandOffs
  handOffSigner: HandOffSigner
  peeringStore: Pick<PeeringStore, "loadGone">
  pollers: PollerPool
  store: Store
  clock: Clock
  /** Origin under which browsers reach this server. */
  publicUrl: URL
}

const hourMs = 60 * 60_000
/** Of one connection. */
const mostOpen = 50

/** Share links of a peering, for people without an account. */
export function createHandOffHandlers(deps: HandOffDeps) {
  const { audit, clock, handOffs, handOffSigner, publicUrl, peeringStore, pollers, store } = deps
  return {
    projectHandOffs: {
      async get({ params: { projectId } }) {
        const open = await handOffs.listOpen(projectId, clock.now())
        const names = await readPeeringNames(store.db, open)
        return {
          handOffs: open.map((kept) => ({
            ...toHandOff(kept),
            peeringId: kept.peeringId,
            name: names[kept.peeringId] ?? kept.peeringId,
            providerName: kept.providerName,
          })),
        }
      },
    },
    handOffs: {
      async get({ params: { projectId, peeringId } }) {
        const kept = await handOffs.of({ projectId, peeringId })
        if (kept.length === 0)
          await getPeering(pollers, projectId, peeringId).catch(async (thrown: unknown) => {
            // A deleted peering has no links, and is no error.
            if (!(await peeringStore.loadGone(projectId)).some(({ id }) => id === peeringId)) throw thrown
          })
        return { handOffs: kept.map(toHandOff) }
      },
      async post({ request, params: { projectId, peeringId }, body: { expiresInHours, for: madeFor = "" } }) {
        const { peer } = await getPeering(pollers, projectId, peeringId)
        const now = clock.now()
        // The token holds whole seconds.
        const expiresAt = Math.floor((now + expiresInHours * hourMs) / 1000) * 1000
        const id = randomBytes(16).toString("base64url")
        const made = {
          id,
          projectId,
          peeringId,
          providerName: peer.providerName,
          madeFor: madeFor === "" ? null : madeFor,
          madeBy: userOf(request).identity.name,
          madeByEmail: toMailAddress(userOf(request)).address,
          madeAt: now,
          expiresAt,
        }
        const detail = { link: id, for: madeFor, expiresAt: toInstant(expiresAt) }
        await audit.recordChange(
          { ...toActor(request), action: "hand-off-made", projectId, peeringId, detail },
          async (transaction) => {
            refuseTooMany(await handOffs.of(made, transaction), now)
            await handOffs.add(made, transaction)
          },
        )
        const handOff = await handOffs.find(id)
        if (handOff === null) throw new AppError("hand_off_not_found")
        const token = handOffSigner.sign({ id, expiresAt })
        const url = new URL(`/hand-off#${token}`, publicUrl).href
        return { handOff: toHandOff(handOff), token, url }
      },
    },
    answerDecline: {
      async post({ request, params: { projectId, peeringId }, body: { answer: reason } }) {
        const { declined, peer } = await getPeering(pollers, projectId, peeringId)
        if (!isDeclined({ turn: getWaitingOn(peer), declined })) throw new AppError("not_declined")
        const detail = { for: declined?.for ?? "" }
        await audit.recordChange(
          { ...toActor(request), action: "decline-answered", projectId, peeringId, reason, detail },
          (transaction) => touchPeering(transaction, { projectId, id: peeringId }),
        )
      },
    },
    handOff: {
      async delete({ request, params: { projectId, peeringId, handOffId } }) {
        const handOff = await handOffs.find(handOffId)
        if (handOff?.projectId !== projectId || handOff.peeringId !== peeringId)
          throw new AppError("hand_off_not_found")
        const revoked = { by: toActorName(userOf(request).identity), at: clock.now() }
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
      },
    },
  } satisfies ApiHandlers<Routes, "projectHandOffs" | "handOffs" | "answerDecline" | "handOff">
}

/** @throws AppError `invalid_request` when a connection has as many open links as it may */
function refuseTooMany(links: readonly KeptHandOff[], now: number): void {
  const open = links.filter(({ revokedAt, expiresAt }) => revokedAt === null && expiresAt > now)
  if (open.length < mostOpen) return
  const fields = { for: `This connection has ${mostOpen} open links. Revoke one first` }
  throw new AppError("invalid_request", { fields })
}

function toHandOff(kept: KeptHandOff): HandOff {
  return {
    id: kept.id,
    for: kept.madeFor,
    madeBy: kept.madeBy,
    madeAt: toInstant(kept.madeAt),
    expiresAt: toInstant(kept.expiresAt),
    revokedAt: toInstant(kept.revokedAt),
    revokedBy: kept.revokedBy,
    openedCount: kept.openedCount,
    lastOpenedAt: toInstant(kept.lastOpenedAt),
    pressedCount: kept.pressedCount,
    lastPressedAt: toInstant(kept.lastPressedAt),
    ...(kept.declinedAt !== null && {
      declinedAt: toInstant(kept.declinedAt),
      declineReason: kept.declineReason ?? "",
    }),
  }
}
