import type { AtlasRefusal, NewSecretTests } from "@peering-desk/shared-schemas"
import type { AtlasClients } from "#atlas/atlas-clients.ts"
import type { AtlasCredential } from "#atlas/auth/atlas-credential.ts"
import { AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"

interface NewSecretsDeps {
  clients: Pick<AtlasClients, "keys" | "tryCredential">
  /** Reads the credentials of the configuration as they are now; throws when they can't be used. */
  readCredentials: () => readonly AtlasCredential[]
  clock: Clock
  logger: Logger
}

interface TestResult {
  credential: AtlasCredential
  result: "works" | "refused" | "not-tested"
  atlas: AtlasRefusal | null
  testedAt: number
}

/** A refused secret is tested again after this time: Atlas may not know a new one at once. Far below ten tokens a minute. */
const testAgainMs = 60_000

/**
 * Tests the replaced secret of a service account at Atlas before this server uses it. The account has two at most, so the one in
 * use goes on working.
 */
export class NewSecrets {
  readonly #deps: NewSecretsDeps
  /** By label. */
  readonly #results = new Map<string, TestResult>()

  constructor(deps: NewSecretsDeps) {
    this.#deps = deps
  }

  /** Tests the secrets in the files now, of each service account in use. */
  async test(): Promise<NewSecretTests> {
    const next = this.#read()
    if (typeof next === "string") return { tests: [], configurationProblem: next }
    const accounts = this.#inUse().filter(({ kind }) => kind === "service-account")
    const tests = await Promise.all(
      accounts.map(async (current) => {
        const { label } = current
        const candidate = next.find((one) => one.label === label && one.isNewSecretOf(current))
        if (candidate === undefined) return { label, result: "same" as const, atlas: null }
        const { result, atlas } = await this.#test(candidate)
        return { label, result, atlas }
      }),
    )
    return { tests, configurationProblem: null }
  }

  #read(): readonly AtlasCredential[] | string {
    try {
      return this.#deps.readCredentials()
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }

  /**
   * Keeps the secret in use in the place of each new one that Atlas does not accept.
   * @returns the credentials to use, and a line for each secret that is not used
   */
  async admit(
    next: readonly AtlasCredential[],
  ): Promise<{ credentials: AtlasCredential[]; problems: string[] }> {
    const problems: string[] = []
    const credentials = await Promise.all(
      next.map(async (candidate) => {
        const current = this.#inUse().find(
          (one) => one.label === candidate.label && candidate.isNewSecretOf(one),
        )
        if (current === undefined) return candidate
        const { result, atlas } = await this.#testIfDue(candidate)
        if (result === "works") return candidate
        problems.push(describe(candidate.label, result, atlas))
        return current.serving(candidate.projects)
      }),
    )
    return { credentials, problems }
  }

  #inUse(): AtlasCredential[] {
    return this.#deps.clients.keys().map(({ credential }) => credential)
  }

  async #testIfDue(candidate: AtlasCredential): Promise<TestResult> {
    const last = this.#results.get(candidate.label)
    const isCurrent =
      last?.credential.signsLike(candidate) === true &&
      (last.result === "works" || this.#deps.clock.elapsed() - last.testedAt < testAgainMs)
    return isCurrent ? last : await this.#test(candidate)
  }

  async #test(credential: AtlasCredential): Promise<TestResult> {
    const { clients, clock, logger } = this.#deps
    const { label } = credential
    const failure = await clients.tryCredential(credential).then(
      () => null,
      (error: unknown) => {
        if (error instanceof AppError) return error
        throw error
      },
    )
    const result = toResult(failure)
    const tested = { credential, result, atlas: failure?.shown.atlas ?? null, testedAt: clock.elapsed() }
    this.#results.set(label, tested)
    logger.info(
      { credential: label, result, code: failure?.code },
      "Tested a new secret of a service account",
    )
    return tested
  }
}

function toResult(failure: AppError | null): TestResult["result"] {
  if (failure === null) return "works"
  return failure.code === "atlas_keys_refused" ? "refused" : "not-tested"
}

function describe(label: string, result: "refused" | "not-tested", atlas: AtlasRefusal | null): string {
  const words = [atlas?.errorCode, atlas?.detail].filter(Boolean).join(": ")
  const why = result === "refused" ? "Atlas refused it" : "it could not be tested at Atlas"
  return `The new secret of "${label}" is not used: ${why}${words === "" ? "" : ` (${words})`}. The one from before stays in use.`
}
