/** An Atlas API key: a name and a secret for HTTP digest authentication. */
export interface DigestKey {
  publicKey: string
  privateKey: string
}

/** An OAuth 2.0 client of an Atlas organization. */
export interface ServiceAccount {
  clientId: string
  clientSecret: string
}

/** One way to sign in at Atlas, under the name that people know it by, for the projects it serves. */
export class AtlasCredential {
  readonly label: string
  readonly kind: "digest" | "service-account"
  /** Project ids; "*" for every project it sees that no other credential names. */
  readonly projects: readonly string[] | "*"
  /** Enough of the public part for a person to recognise it, never more: somebody may have put the secret in its place. */
  readonly maskedId: string
  // A private field, because an object inspector prints every other kind.
  readonly #key: DigestKey | ServiceAccount

  constructor(label: string, key: DigestKey | ServiceAccount, projects: readonly string[] | "*") {
    this.label = label
    this.projects = projects
    this.kind = "publicKey" in key ? "digest" : "service-account"
    this.maskedId = "publicKey" in key ? mask(key.publicKey, "") : mask(key.clientId, "mdb_sa_id_")
    this.#key = key
  }

  /** The secret itself, for the one who signs. */
  reveal(): DigestKey | ServiceAccount {
    return this.#key
  }

  /** Whether the other one signs the same; what it is called and serves may differ. */
  signsLike(other: AtlasCredential): boolean {
    const fields = Object.entries(this.#key)
    return fields.every(([name, value]) =>
      Object.entries(other.#key).some(([n, v]) => n === name && v === value),
    )
  }
}

function mask(id: string, prefix: string): string {
  const start = id.startsWith(prefix) ? prefix.length : 0
  return `${id.slice(0, start + 2)}…`
}
