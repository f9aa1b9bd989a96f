import {
  apiUrls,
  CreatedApiToken,
  requestedByHeader,
  type ApiTokenList,
  type CreateApiToken,
} from "@peering-desk/shared-schemas"
import type { Answer } from "./http.ts"
import type { TestApp } from "./test-app.ts"

/** A name that no other token has. */
let made = 0

/** Creates a token as a person in their browser, or as the desk's own one; by default a requester's of all projects. */
export async function createToken(
  desk: TestApp,
  cookie: string | undefined,
  body: Partial<CreateApiToken> = {},
): Promise<CreatedApiToken> {
  const answer = await tryToCreate(desk, cookie, body)
  if (answer.status !== 201) throw new Error(`no token: ${answer.text}`)
  return CreatedApiToken.parse(answer.json())
}

export function tryToCreate(
  desk: TestApp,
  cookie: string | undefined,
  body: Partial<CreateApiToken> = {},
): Promise<Answer> {
  made += 1
  return desk.call("POST", apiUrls.apiTokens(), {
    headers: { cookie: cookie ?? desk.cookie },
    body: { name: `script ${made}`, projects: "*", role: "requester", ...body },
  })
}

/** Calls as a script does: with a token, without a cookie and anything else of a browser. */
export function callByToken(
  desk: TestApp,
  secret: string,
  method: string,
  path: string,
  { headers = {}, body }: Parameters<TestApp["call"]>[2] = {},
): Promise<Answer> {
  return desk.call(method, path, {
    headers: {
      cookie: undefined,
      "sec-fetch-site": undefined,
      [requestedByHeader]: undefined,
      authorization: `Bearer ${secret}`,
      ...headers,
    },
    ...(body !== undefined && { body }),
  })
}

export async function listTokens(
  desk: TestApp,
  cookie: string | undefined,
  search: { everybody?: "true" } = {},
): Promise<ApiTokenList["tokens"]> {
  const answer = await desk.call("GET", apiUrls.apiTokens(search), {
    headers: { cookie: cookie ?? desk.cookie },
  })
  return (answer.json() as ApiTokenList).tokens
}

export function revoke(desk: TestApp, cookie: string | undefined, id: string): Promise<Answer> {
  return desk.call("DELETE", apiUrls.apiToken(id), { headers: { cookie: cookie ?? desk.cookie } })
}
