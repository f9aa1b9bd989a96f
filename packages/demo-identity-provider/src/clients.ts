import { json, Router } from "express"

/** An application that may sign people in here. */
export interface DemoClient {
  id: string
  secret: string
  redirectUris: readonly string[]
  postLogoutRedirectUris?: readonly string[]
  backChannelLogoutUri?: string
}

/** Describes Peering Desk at an address. */
export function toDemoClient(origin: string, secret: string) {
  return {
    id: "peering-desk",
    secret,
    redirectUris: [`${origin}/sign-in/callback`],
    postLogoutRedirectUris: [`${origin}/`],
    backChannelLogoutUri: `${origin}/sign-in/back-channel-logout`,
  } satisfies DemoClient
}

/** Returns true for an absolute http(s) URL. */
export function isWebUrl(value: unknown): value is string {
  return typeof value === "string" && /^https?:\/\//.test(value) && URL.canParse(value)
}

const isUrlList = (value: unknown): value is string[] => Array.isArray(value) && value.every(isWebUrl)

/** Parses the body of `PUT /demo/clients/{id}`; throws RangeError. A secret left out stays that of the known client. */
function parseClient(id: string, body: unknown, known: DemoClient | undefined): DemoClient {
  const {
    secret = known?.secret,
    redirectUris,
    postLogoutRedirectUris = [],
    backChannelLogoutUri,
  }: { [Name in keyof DemoClient]?: unknown } = typeof body === "object" && body !== null ? body : {}
  if (typeof secret !== "string" || secret === "") throw new RangeError("secret must be a text")
  if (!isUrlList(redirectUris) || redirectUris.length === 0)
    throw new RangeError("redirectUris must be a list of http(s) URLs")
  if (!isUrlList(postLogoutRedirectUris))
    throw new RangeError("postLogoutRedirectUris must be a list of http(s) URLs")
  const client = { id, secret, redirectUris, postLogoutRedirectUris }
  if (backChannelLogoutUri === undefined) return client
  if (!isWebUrl(backChannelLogoutUri)) throw new RangeError("backChannelLogoutUri must be an http(s) URL")
  return { ...client, backChannelLogoutUri }
}

/**
 * Sets clients while the provider runs, for this machine only. It checks the Host and Origin headers because a web
 * page can make a browser here send requests to 127.0.0.1.
 */
export function createClientRouter(deps: {
  host: string
  clients: ReadonlyMap<string, DemoClient>
  setClient: (client: DemoClient) => Promise<void>
}): Router {
  const { host, clients, setClient } = deps
  const router = Router()
  router.put("/:id", json({ limit: "10kb" }), async (request, response) => {
    if (request.headers.host !== host || request.headers.origin !== undefined) {
      response.status(403).json({ error: "clients are set from this machine only" })
      return
    }
    const { id } = request.params
    try {
      await setClient(parseClient(id, request.body, clients.get(id)))
      response.status(204).end()
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      response.status(400).json({ error: error.message })
    }
  })
  return router
}
