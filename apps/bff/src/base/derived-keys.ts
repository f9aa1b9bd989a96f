import { hkdfSync } from "node:crypto"

/** Secrets of one use, newest first: the first one signs or seals, all are accepted. */
export type Secrets = readonly [string, ...string[]]

/** Keys for one purpose, which HKDF derives from secrets. */
export class DerivedKeys {
  readonly #purpose: string
  #keys: readonly Buffer[] = []

  /** @param secrets newest first: the first one signs or seals, all are accepted */
  constructor(secrets: Secrets, purpose: string) {
    this.#purpose = purpose
    this.replaceSecrets(secrets)
  }

  /** Uses other secrets from now on. */
  replaceSecrets(secrets: Secrets): void {
    this.#keys = secrets.map((secret) => Buffer.from(hkdfSync("sha256", secret, "", this.#purpose, 32)))
  }

  protected get keys(): readonly Buffer[] {
    return this.#keys
  }

  protected get newestKey(): Buffer {
    const [key] = this.#keys
    if (key === undefined) throw new Error("There is no secret to seal or sign with")
    return key
  }
}
