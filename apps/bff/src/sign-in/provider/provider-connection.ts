import type { JWTVerifyGetKey } from "jose"
import type * as oidc from "openid-client"
import { AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import {
  describeProvider,
  discover,
  timeoutSeconds,
  type ProviderDescription,
  type ProviderSettings,
} from "./discovery.ts"
import { toOidcProblem } from "./oidc-problem.ts"
import { ProviderClock } from "./provider-clock.ts"
import { createKeyFinder } from "./signing-keys.ts"

export interface Provider {
  configuration: oidc.Configuration
  findKey: JWTVerifyGetKey
}

/** The identity provider as it describes itself, found at the first use. */
export class ProviderConnection {
  readonly #clock: Clock
  readonly #providerClock: ProviderClock
  #settings: ProviderSettings
  #found: Promise<Provider> | null = null

  constructor(settings: ProviderSettings, clock: Clock) {
    this.#settings = settings
    this.#clock = clock
    this.#providerClock = new ProviderClock(clock)
  }

  /** Throws `identity_provider_unreachable`. It may be down at start; the next call asks again. */
  get(): Promise<Provider> {
    this.#found ??= this.#open().catch((error: unknown) => {
      this.#found = null
      throw new AppError("identity_provider_unreachable", { cause: toOidcProblem(error).cause })
    })
    return this.#found
  }

  async describe(): Promise<ProviderDescription> {
    return describeProvider((await this.get()).configuration, this.#settings)
  }

  /** Uses another client secret from the next request on. */
  replaceClientSecret(clientSecret: string): void {
    this.#settings = { ...this.#settings, clientSecret }
    this.#found = null
  }

  /** Translates an error of the OpenID Connect library; its cause may be that the clocks differ. */
  toProblem(error: unknown): AppError {
    return this.#providerClock.explain(toOidcProblem(error))
  }

  async #open(): Promise<Provider> {
    const configuration = await discover(this.#settings, this.#providerClock)
    const jwksUri = configuration.serverMetadata().jwks_uri ?? ""
    return { configuration, findKey: createKeyFinder(jwksUri, this.#clock, timeoutSeconds * 1000) }
  }
}
