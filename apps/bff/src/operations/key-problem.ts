import type { KeyProblem } from "@peering-desk/shared-schemas"
import { AddressRefused } from "#atlas/protocol/atlas-errors.ts"
import type { AtlasCredential } from "#atlas/auth/atlas-credential.ts"
import type { AppError } from "#base/app-error.ts"

/** Explains a failed test of a credential and which list or setting to fix. */
export function toKeyProblem(error: AppError, { kind }: AtlasCredential): KeyProblem {
  const { detail, atlas = null, retryAfterSeconds } = error.shown
  const addressSeen = error instanceof AddressRefused ? error.address : null
  const isKey = kind === "digest"
  const it = isKey ? "API key" : "service account"
  const place = `in Atlas, at the organization's Access Manager, Applications, ${isKey ? "API Keys" : "Service Accounts"}`
  const told = (means: string, fix: string | null): KeyProblem => ({
    code: error.code,
    means,
    fix,
    addressSeen,
    atlas,
  })

  switch (error.code) {
    case "atlas_keys_refused":
      return isKey
        ? told(
            "Atlas knows no such API key, or the private key is not the one that belongs to it; it answers both alike.",
            `See whether the key still exists ${place}. If it does, its private key here is wrong; Atlas shows it only once, so make a new key.`,
          )
        : told(
            detail ?? "Atlas does not take the service account's access token.",
            `See ${place}, whether the account still exists and whether its secret has expired. Atlas shows a secret only once, so make a new one.`,
          )
    case "atlas_address_refused": {
      const block = addressSeen === null ? "this server's address" : toBlock(addressSeen)
      const fix = `Add ${block} to the ${it}'s own API access list (${place}). The IP access list of a project is another list: it is about clusters.`
      return addressSeen === null
        ? told(
            `The organization lets nobody in without an API access list, and the ${it} has none that covers this server.`,
            fix,
          )
        : told(`Atlas takes the ${it}, but not from ${addressSeen}, which is where it saw this server.`, fix)
    }
    case "atlas_rights_missing":
      return told(
        `Atlas takes the ${it}, but it may not list projects.`,
        `Give it a role ${place}: Project Owner on each project it serves.`,
      )
    case "atlas_rate_limited":
      return told(
        `Atlas rate limit reached${retryAfterSeconds === undefined ? "" : `, try again in ${retryAfterSeconds} s`}. The ${it} was not tested.`,
        null,
      )
    case "atlas_unreachable":
    case "atlas_timeout":
    case "atlas_failed":
      return told(
        `Atlas could not be asked, so nothing was learned about the ${it}.${detail === undefined ? "" : ` ${detail}.`}`,
        null,
      )
    default:
      return told(
        `Atlas answered something unexpected, so nothing was learned about the ${it}.${detail === undefined ? "" : ` ${detail}`}`,
        "See whether ATLAS_BASE_URL and ATLAS_API_VERSION are right.",
      )
  }
}

/** As an access list wants it: one address is a block of its full length. */
function toBlock(address: string): string {
  return `${address}/${address.includes(":") ? 128 : 32}`
}
