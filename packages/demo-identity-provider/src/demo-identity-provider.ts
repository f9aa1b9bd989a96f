import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import express, { json, Router, urlencoded, type RequestHandler } from "express"
import type Provider from "oidc-provider"
import { parseClient, type DemoClient } from "./clients.ts"
import { loadProvider } from "./load-provider.ts"
import { createMemoryStore } from "./memory-store.ts"
import { toContentSecurityPolicy, toSignInPage } from "./pages.ts"
import { demoPersonas, type Persona } from "./personas.ts"
import { toClientMetadata, toConfiguration } from "./provider-configuration.ts"
import { createSigningKeys, type SigningKeys } from "./signing-keys.ts"

export interface DemoIdentityProviderOptions {
  client: DemoClient
  personas?: readonly Persona[]
  /** Made anew when left out, so that tokens of an earlier process are not believed. */
  keys?: SigningKeys
  /** Told of what goes wrong inside, and of applications that could not be told of a sign-out. */
  onTrouble?: (trouble: string) => void
}

export interface DemoIdentityProvider {
  /**
   * Answers on 127.0.0.1.
   * @param options port 0 (default) takes a free one
   * @throws Error when NODE_ENV is production; the server's own error when the port is taken
   */
  listen: (options?: { port?: number }) => Promise<{ issuer: string }>
  /** Adds a client, or replaces the one of the same id. */
  setClient: (client: DemoClient) => Promise<void>
  close: () => Promise<void>
}

/** A real OpenID Connect provider on this machine, where anybody can be anybody: for demonstrations and tests. */
export function createDemoIdentityProvider(options: DemoIdentityProviderOptions): DemoIdentityProvider {
  const { personas = demoPersonas, onTrouble = () => {} } = options
  const server = createServer()
  const adapter = createMemoryStore()
  const clients = new Map<string, DemoClient>()

  async function setClient(client: DemoClient): Promise<void> {
    clients.set(client.id, client)
    await adapter("Client").upsert(client.id, { ...toClientMetadata(client) })
  }

  return {
    setClient,
    async listen({ port = 0 } = {}) {
      refuseProduction()
      await setClient(options.client)
      const Provider = await loadProvider()
      const keys = options.keys ?? (await createSigningKeys())
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject)
        server.listen(port, "127.0.0.1", resolve)
      })
      const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      const provider = new Provider(issuer, toConfiguration(adapter, personas, keys))
      provider.on("server_error", (_context, error) => onTrouble(`it failed: ${error.message}`))
      provider.on("backchannel.error", (_context, error) =>
        onTrouble(`the application was not told of a sign-out: ${error.message}`),
      )
      const app = express()
      app.disable("x-powered-by")
      app.use(setHeaders(clients))
      app.use("/demo/clients", createClientRouter(new URL(issuer).host, clients, setClient))
      app.use("/interaction", createSignInRouter(provider, personas))
      app.use(provider.callback())
      server.on("request", app)
      return { issuer }
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function refuseProduction(): void {
  // oxlint-disable-next-line node/no-process-env -- where a process is running is what this is about
  if (process.env["NODE_ENV"] === "production") {
    throw new Error("The demo identity provider asks for no password, so it does not start in production.")
  }
}

function setHeaders(clients: ReadonlyMap<string, DemoClient>): RequestHandler {
  return (_request, response, next) => {
    const uris = [...clients.values()].flatMap((client) => [
      ...client.redirectUris,
      ...(client.postLogoutRedirectUris ?? []),
    ])
    const origins = new Set(uris.map((uri) => new URL(uri).origin))
    response.setHeader("Content-Security-Policy", toContentSecurityPolicy([...origins]))
    response.setHeader("X-Content-Type-Options", "nosniff")
    response.setHeader("Referrer-Policy", "no-referrer")
    next()
  }
}

/**
 * Sets clients while the provider runs, for this machine only. The Host and Origin headers are checked because a web
 * page can make a browser here send requests to 127.0.0.1.
 */
function createClientRouter(
  host: string,
  clients: ReadonlyMap<string, DemoClient>,
  setClient: (client: DemoClient) => Promise<void>,
): Router {
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

function createSignInRouter(provider: Provider, personas: readonly Persona[]): Router {
  const router = Router()
  router.get("/:uid", async (request, response) => {
    const { uid } = await provider.interactionDetails(request, response)
    response.setHeader("Cache-Control", "no-store")
    response.type("html").send(toSignInPage(personas, `/interaction/${uid}`))
  })
  router.post("/:uid", urlencoded({ extended: false, limit: "1kb" }), async (request, response) => {
    const picked = (request.body as { persona?: unknown }).persona
    const persona = personas.find(({ id }) => id === picked)
    await provider.interactionFinished(
      request,
      response,
      persona === undefined
        ? { error: "access_denied", error_description: "Nobody was picked." }
        : { login: { accountId: persona.id } },
    )
  })
  return router
}
