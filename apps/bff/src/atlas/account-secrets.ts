import { AtlasId, RawAnswer } from "@peering-desk/shared-schemas"
import * as z from "zod/mini"

const instant = z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text))))

const Secret = z.object({
  id: z.catch(z.nullable(AtlasId), null),
  createdAt: instant,
  expiresAt: instant,
  lastUsedAt: z.catch(z.nullable(instant), null),
  maskedSecretValue: z.catch(z.string(), ""),
})

/** A secret of a service account, as Atlas describes it; instants are ISO 8601. */
export interface AccountSecret {
  /** Null where Atlas gives none that can be named in a command. */
  id: string | null
  createdAt: string
  expiresAt: string
  /** Null while it was never used. */
  lastUsedAt: string | null
  /** True for the secret that this server uses; null when that can't be told. */
  isOurs: boolean | null
}

/** Characters at the end that Atlas leaves readable; fewer of them could belong to any secret. */
const leastShown = 4

/**
 * Reads the secrets in Atlas's description of a service account (`OrgServiceAccount`), the first to expire in front. Returns null if
 * it has none.
 */
export function readAccountSecrets(body: unknown, clientSecret: string): AccountSecret[] | null {
  const secrets = RawAnswer.safeParse(body).data?.["secrets"]
  if (!Array.isArray(secrets)) return null
  const read = secrets.flatMap((raw) => Secret.safeParse(raw).data ?? [])
  if (read.length === 0 || read.length < secrets.length) return null
  const matching = read.filter(({ maskedSecretValue }) => endsLike(clientSecret, maskedSecretValue))
  const [ours] = read.length === 1 ? read : matching.length === 1 ? matching : []
  return read
    .map((secret) => ({
      id: secret.id,
      createdAt: secret.createdAt,
      expiresAt: secret.expiresAt,
      lastUsedAt: secret.lastUsedAt,
      isOurs: ours === undefined ? null : secret === ours,
    }))
    .toSorted((a, b) => Date.parse(a.expiresAt) - Date.parse(b.expiresAt))
}

function endsLike(secret: string, masked: string): boolean {
  const [shown = ""] = /[\w-]*$/.exec(masked) ?? []
  return shown.length >= leastShown && secret.endsWith(shown)
}
