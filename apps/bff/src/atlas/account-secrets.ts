import { AtlasId, RawAnswer } from "@peering-desk/shared-schemas"
import * as z from "zod/mini"

const instant = z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text))))

const Secret = z.object({
  /** Null where Atlas gives none that can be named in a command. */
  id: z.catch(z.nullable(AtlasId), null),
  createdAt: instant,
  expiresAt: instant,
  /** Null while it was never used. */
  lastUsedAt: z.catch(z.nullable(instant), null),
  maskedSecretValue: z.catch(z.string(), ""),
})

/** A secret of a service account, as Atlas describes it; instants are ISO 8601. */
export interface AccountSecret extends Omit<z.infer<typeof Secret>, "maskedSecretValue"> {
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
    .map(({ maskedSecretValue: _masked, ...secret }, at) => ({
      ...secret,
      isOurs: ours === undefined ? null : read[at] === ours,
    }))
    .toSorted((a, b) => Date.parse(a.expiresAt) - Date.parse(b.expiresAt))
}

function endsLike(secret: string, masked: string): boolean {
  const [shown = ""] = /[\w-]*$/.exec(masked) ?? []
  return shown.length >= leastShown && secret.endsWith(shown)
}
