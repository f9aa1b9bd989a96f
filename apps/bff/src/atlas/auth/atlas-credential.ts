import { isDeepStrictEqual } from "node:util"

/** An Atlas API key: public and private key for HTTP digest authentication. */
export interface DigestKey {
  publicKey: string
  privateKey: string
}

/** An OAuth 2.0 client of an Atlas organization. */
export interface ServiceAccount {
  clientId: string
  clientSecret: string
}

/** A labelled credential with the projects it serves. */
export class AtlasCredential {
  readonly label: string
  readonly kind: "digest" | "service-account"
  /** Project ids; `"*"` for every project that it sees and no other credential names. */
  readonly projects: readonly string[] | "*"
  /** Part of the public key, enough to recognise it. Not all of it, since somebody may have pasted the secret there. */
  readonly maskedId: string
  // Private, since object inspectors print all other fields.
  readonly #key: DigestKey | ServiceAccount

  constructor(label: string, key: DigestKey | ServiceAccount, projects: readonly string[] | "*") {
    this.label = label
    this.projects = projects
    this.kind = "publicKey" in key ? "digest" : "service-account"
    this.maskedId = "publicKey" in key ? mask(key.publicKey, "") : mask(key.clientId, "mdb_sa_id_")
    this.#key = key
  }

  /** Returns the secret, for signing only. */
  reveal(): DigestKey | ServiceAccount {
    return this.#key
  }

  /** Returns whether a text is its public key or client id. */
  isNamed(id: string): boolean {
    return id === ("publicKey" in this.#key ? this.#key.publicKey : this.#key.clientId)
  }

  /** Returns whether both have the same key; labels and projects may differ. */
  signsLike(other: AtlasCredential): boolean {
    return isDeepStrictEqual(this.#key, other.#key)
  }

  /** Returns whether both are one service account with different secrets. */
  isNewSecretOf(other: AtlasCredential): boolean {
    const [mine, theirs] = [this.#key, other.#key]
    if ("publicKey" in mine || "publicKey" in theirs) return false
    return mine.clientId === theirs.clientId && mine.clientSecret !== theirs.clientSecret
  }

  /** Returns the same key for other projects. */
  serving(projects: readonly string[] | "*"): AtlasCredential {
    return new AtlasCredential(this.label, this.#key, projects)
  }
}

/** Public keys of Atlas have 8 characters and client ids 24 after their prefix; a private key has 36. */
const longestId = 24

/** Shows the first two and the last four characters of an id with eight characters or more. A longer text than any id may be a secret. */
function mask(id: string, prefix: string): string {
  const start = id.startsWith(prefix) ? prefix.length : 0
  const length = id.length - start
  const end = length >= 8 && length <= longestId ? id.slice(-4) : ""
  return `${id.slice(0, start + 2)}…${end}`
}
