import { createCallerWatch, type CallerWatch, type WatchParts } from "#sign-in/caller-watch.ts"
import type { ApiTokens } from "./api-tokens.ts"

/** Follows API tokens: their end, and what the provider says of their owners meanwhile. */
export function createTokenWatch({
  apiTokens,
  ...parts
}: WatchParts & { apiTokens: ApiTokens }): CallerWatch {
  return createCallerWatch({
    ...parts,
    credentials: {
      async look(ids) {
        const now = parts.clock.now()
        const open = (await apiTokens.findAll(ids)).filter(
          ({ expiresAt, revokedAt, owner }) =>
            revokedAt === null && expiresAt > now && owner.refusedAt === null,
        )
        const confirmed = new Map(
          open.map(({ id, owner }) => [id, { claims: owner.claims, checkedAt: owner.confirmedAt }]),
        )
        return { ended: ids.filter((id) => !confirmed.has(id)), confirmed }
      },
      onEnded: (listener) => apiTokens.onEnded(listener),
    },
  })
}
