import type { JWTVerifyGetKey } from "jose"
import type * as oidc from "openid-client"
import { AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import { describeProvider, discover, timeoutSeconds, type ProviderSettings } from "./discovery.ts"
import { toOidcProblem } from "./oidc-problem.ts"
import { ProviderClock } from "./provider-clock.ts"
import { createKeyFinder } from "./signing-keys.ts"

/** The provider as it describes itself (OpenID Connect Discovery §3), and its public keys. */
export interface Provider {
  configuration: oidc.Configuration
  issuer: string
  /** Its signatures on ID tokens. */
  algorithms: readonly string[]
  findKey: JWTVerifyGetKey
}

/** An answer of the provider this young shows that browsers find it. */
const freshMs = 10_000

/** The identity provider as it describes itself, found at the first use. */
export class ProviderConnection {
  readonly #clock: Clock
  readonly #providerClock: ProviderClock
  #settings: ProviderSettings
  #found: Promise<Provider> | null = null
  #foundAt = -Infinity
  #asking: Promise<Provider> | null = null
  #keys: { uri: string; find: JWTVerifyGetKey } | null = null

  constructor(settings: ProviderSettings, clock: Clock) {
    this.#settings = settings
    this.#clock = clock
    this.#providerClock = new ProviderClock(clock)
  }

  /** Throws `identity_provider_unreachable`. It may be down at start; the next call asks again. */
  get(): Promise<Provider> {
    return this.#found ?? this.#ask()
  }

  /** The same, from an answer of the last seconds: a browser is only sent to a provider that is there. */
  reach(): Promise<Provider> {
    const isFresh = this.#clock.elapsed() - this.#foundAt < freshMs
    return this.#found !== null && isFresh ? this.#found : this.#ask()
  }

  async describe() {
    return describeProvider((await this.get()).configuration, this.#settings)
  }

  /** Uses another client secret from the next request on. */
  replaceClientSecret(clientSecret: string): void {
    this.#settings = { ...this.#settings, clientSecret }
    this.#found = null
    this.#asking = null
  }

  /** Translates an error of the OpenID Connect library; its cause may be that the clocks differ. */
  toProblem(error: unknown): AppError {
    return this.#providerClock.explain(toOidcProblem(error))
  }

  /** Asks once for all who want to know. What was found before stays when the provider does not answer. */
  #ask(): Promise<Provider> {
    if (this.#asking !== null) return this.#asking
    const asking = this.#open().then(
      (provider) => {
        if (this.#asking === asking) {
          this.#found = asking
          this.#foundAt = this.#clock.elapsed()
          this.#asking = null
        }
        return provider
      },
      (error: unknown) => {
        if (this.#asking === asking) this.#asking = null
        throw new AppError("identity_provider_unreachable", { cause: toOidcProblem(error).cause })
      },
    )
    this.#asking = asking
    return asking
  }

  async #open(): Promise<Provider> {
    const configuration = await discover(this.#settings, this.#providerClock)
    const {
      issuer,
      jwks_uri: keysAt = "",
      id_token_signing_alg_values_supported: algorithms = [],
    } = configuration.serverMetadata()
    return { configuration, issuer, algorithms, findKey: this.#findKeysAt(keysAt) }
  }

  /** Keys that were read stay, as does the count of readings. */
  #findKeysAt(uri: string): JWTVerifyGetKey {
    if (this.#keys?.uri !== uri)
      this.#keys = { uri, find: createKeyFinder(uri, this.#clock, timeoutSeconds * 1000) }
    return this.#keys.find
  }
}
