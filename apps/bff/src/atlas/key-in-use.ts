import type { AtlasKeyClient } from "./atlas-client.ts"
import type { AtlasCredential } from "#atlas/auth/atlas-credential.ts"

/** A credential with its speaker to Atlas and a count of the calls that are under way. */
export class KeyInUse {
  readonly credential: AtlasCredential
  readonly #client: AtlasKeyClient
  #running = 0
  #waiting: (() => void)[] = []

  constructor(credential: AtlasCredential, client: AtlasKeyClient) {
    this.credential = credential
    this.#client = client
  }

  /** Does something with the credential, and counts it until it has ended. */
  async run<T>(work: (client: AtlasKeyClient) => Promise<T>): Promise<T> {
    this.#running += 1
    try {
      return await work(this.#client)
    } finally {
      this.#running -= 1
      if (this.#running === 0) for (const resolve of this.#waiting.splice(0)) resolve()
    }
  }

  /** Resolves as soon as no call is under way. */
  async whenIdle(): Promise<void> {
    if (this.#running > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  /** The same credential, told to serve other projects, with the nonce or the token it has. */
  serving(credential: AtlasCredential): KeyInUse {
    return new KeyInUse(credential, this.#client)
  }
}
