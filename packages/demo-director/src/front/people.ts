import { createHash } from "node:crypto"
import { createTestingBrowser, type TestingBrowser, type Visit } from "@peering-desk/demo-identity-provider"
import {
  apiUrls,
  idempotencyKeyHeader,
  requestedByHeader,
  requestedByValue,
} from "@peering-desk/shared-schemas"
import type { Person } from "#scenes/scene.ts"
import { readJson, Refusal, type Answer } from "./demo-api.ts"

/** A request of a person to the product. */
export interface PersonsRequest {
  as: Person
  method: string
  path: string
  body?: unknown
}

/** Holds the sign-ins of the people that the demo plays. Each begins with their first request, and again when it has ended. */
export class People {
  readonly #publicUrl: URL
  readonly #signedIn = new Map<Person, Promise<TestingBrowser>>()

  constructor(publicUrl: URL) {
    this.#publicUrl = publicUrl
  }

  /**
   * Sends a request with the person's own sign-in.
   * @param run requests of the same run that are alike count once, as those of one form
   */
  async send(request: PersonsRequest, run = ""): Promise<Answer> {
    const url = new URL(request.path, this.#publicUrl)
    if (url.origin !== this.#publicUrl.origin || !url.pathname.startsWith("/api/"))
      throw new Refusal(400, "The path is none of the product's API.")
    const first = await this.#sendTo(url, request, run)
    if (first.status !== 401) return toAnswer(first)
    this.#signedIn.delete(request.as)
    return toAnswer(await this.#sendTo(url, request, run))
  }

  /** Sends a request that has to succeed, and returns the JSON of its answer. */
  async ask<T>(as: Person, method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.send({ as, method, path, body })
    if (answer.status < 300) return answer.body as T
    throw new Refusal(502, `${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  }

  async #sendTo(url: URL, { as, method, path, body }: PersonsRequest, run: string): Promise<Visit> {
    const alike = JSON.stringify([run, as, method, path, body])
    return (await this.#browserOf(as)).send(url.href, {
      method,
      headers: {
        "content-type": "application/json",
        "sec-fetch-site": "same-origin",
        [requestedByHeader]: requestedByValue,
        [idempotencyKeyHeader]: createHash("sha256").update(alike).digest("hex"),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  }

  #browserOf(person: Person): Promise<TestingBrowser> {
    const known = this.#signedIn.get(person)
    if (known !== undefined) return known
    const signingIn = this.#signIn(person)
    this.#signedIn.set(person, signingIn)
    signingIn.catch(() => this.#signedIn.delete(person))
    return signingIn
  }

  async #signIn(persona: Person): Promise<TestingBrowser> {
    const browser = createTestingBrowser()
    const home = new URL("/", this.#publicUrl).href
    const page = await browser.follow(new URL(apiUrls.signIn({ return: "/" }), this.#publicUrl).href)
    await browser.submit(page, { persona }, (location) => location === home)
    return browser
  }
}

function toAnswer({ status, text }: Visit): Answer {
  return { status, ...(text !== "" && { body: readJson(text) }) }
}
