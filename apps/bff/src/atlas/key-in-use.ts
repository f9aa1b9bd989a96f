import type { AnswerNotices } from "./answer-notices.ts"
import type { AtlasKeyClient } from "./atlas-client.ts"
import type { AtlasCredential } from "#atlas/auth/atlas-credential.ts"

/** A credential with its client and a count of the calls under way. */
export class KeyInUse {
  readonly credential: AtlasCredential
  readonly #client: AtlasKeyClient
  #running = 0
  #waiting: (() => void)[] = []

  constructor(credential: AtlasCredential, client: AtlasKeyClient) {
    this.credential = credential
    this.#client = client
  }

  /** Runs work with the credential and counts it until it ends. */
  async run<T>(work: (client: AtlasKeyClient) => Promise<T>): Promise<T> {
    this.#running += 1
    try {
      return await work(this.#client)
    } finally {
      this.#running -= 1
      if (this.#running === 0) for (const resolve of this.#waiting.splice(0)) resolve()
    }
  }

  get apiVersion(): AtlasKeyClient["apiVersion"] {
    return this.#client.apiVersion
  }

  /** Returns what Atlas says in its answers about the versions and limits of its API. */
  get notices(): AnswerNotices {
    return this.#client.notices
  }

  /** Resolves once no call is under way. */
  async whenIdle(): Promise<void> {
    if (this.#running > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  /** Returns this key for another configuration of the same credential, with its nonce or token. */
  serving(credential: AtlasCredential): KeyInUse {
    return new KeyInUse(credential, this.#client)
  }
}
