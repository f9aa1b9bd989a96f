import type { Kysely } from "kysely"
import type { Tables } from "./tables.ts"

/**
 * Remembers a back-channel logout token until it has run out.
 * @returns false when it was here before: a replay (OpenID Connect Back-Channel Logout §2.6)
 */
export async function rememberLogoutToken(
  db: Kysely<Tables>,
  token: { issuer: string; jti: string; expiresAt: number },
): Promise<boolean> {
  const inserted = await db
    .insertInto("logout_token")
    .values({ issuer: token.issuer, jti: token.jti, expires_at: token.expiresAt })
    .onConflict((conflict) => conflict.doNothing())
    .returning("jti")
    .executeTakeFirst()
  return inserted !== undefined
}
