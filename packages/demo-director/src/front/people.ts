import { createHash } from "node:crypto"
import { createTestingBrowser, type TestingBrowser } from "@peering-desk/demo-identity-provider"
import {
  apiUrls,
  idempotencyKeyHeader,
  requestedByHeader,
  requestedByValue,
} from "@peering-desk/shared-schemas"
import type { Person } from "#scenes/scene.ts"
import { readJson, Refusal, type Answer } from "./answer.ts"

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
    const { as, method, path, body } = request
    const url = new URL(path, this.#publicUrl)
    if (url.origin !== this.#publicUrl.origin || !url.pathname.startsWith("/api/"))
      throw new Refusal(400, "The path is none of the product's API.")
    const alike = JSON.stringify([run, as, method, path, body])
    const known = this.#signedIn.get(as)
    const signedIn = known ?? this.#signIn(as)
    this.#signedIn.set(as, signedIn)
    signedIn.catch(() => this.#signedIn.delete(as))
    const { status, text } = await (
      await signedIn
    ).send(url.href, {
      method,
      headers: {
        "content-type": "application/json",
        "sec-fetch-site": "same-origin",
        [requestedByHeader]: requestedByValue,
        [idempotencyKeyHeader]: createHash("sha256").update(alike).digest("hex"),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (status === 401 && known !== undefined) {
      this.#signedIn.delete(as)
      return this.send(request, run)
    }
    return { status, ...(text !== "" && { body: readJson(text) }) }
  }

  /** Sends a request that has to succeed, and returns the JSON of its answer. */
  async ask<T>(as: Person, method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.send({ as, method, path, body })
    if (answer.status < 300) return answer.body as T
    throw new Refusal(502, `${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  }

  async #signIn(persona: Person): Promise<TestingBrowser> {
    const browser = createTestingBrowser()
    const home = new URL("/", this.#publicUrl).href
    const page = await browser.follow(new URL(apiUrls.signIn({ return: "/" }), this.#publicUrl).href)
    await browser.submit(page, { persona }, (location) => location === home)
    return browser
  }
}
