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
            "Atlas rejected the API key: it doesn't exist, or the private key doesn't match.",
            `Check that the key still exists ${place}. If it does, its private key here is wrong. Atlas shows it only once, so create a new key.`,
          )
        : told(
            detail ?? "Atlas rejected the service account's access token.",
            `Check that the account still exists ${place} and that its secret hasn't expired. Atlas shows a secret only once, so create a new one.`,
          )
    case "atlas_address_refused": {
      const block = addressSeen === null ? "this server's address" : toBlock(addressSeen)
      const fix = `Add ${block} to the ${it}'s own API access list (${place}). A project's IP access list is a different one, for clusters.`
      return addressSeen === null
        ? told(
            `The organization requires an API access list, and that of the ${it} doesn't cover this server.`,
            fix,
          )
        : told(`Atlas rejects the ${it} from this server's address ${addressSeen}.`, fix)
    }
    case "atlas_rights_missing":
      return told(
        `The ${it} can't list projects.`,
        `Give it a role ${place}: on each project it serves Project Network Access Manager, or Project Owner to create containers too.`,
      )
    case "atlas_rate_limited":
      return told(
        `Atlas rate limit reached${retryAfterSeconds === undefined ? "" : `, try again in ${retryAfterSeconds} s`}. The ${it} was not tested.`,
        null,
      )
    case "atlas_failed":
      return told(`Atlas returned an error. The ${it} was not tested.`, null)
    case "atlas_unreachable":
    case "atlas_timeout":
      return told(
        `Couldn't reach Atlas. The ${it} was not tested.${detail === undefined ? "" : ` ${detail}.`}`,
        "Check ATLAS_BASE_URL, and this server's DNS, firewall and proxy. If they are right, see MongoDB's status page.",
      )
    default:
      return told(
        `Unexpected answer from Atlas. The ${it} was not tested.${detail === undefined ? "" : ` ${detail}`}`,
        "Check ATLAS_BASE_URL, and remove ATLAS_API_VERSION if it is set.",
      )
  }
}

/** As an access list wants it: one address is a block of its full length. */
function toBlock(address: string): string {
  return `${address}/${address.includes(":") ? 128 : 32}`
}
