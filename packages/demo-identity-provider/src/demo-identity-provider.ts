import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import express, { Router, urlencoded, type ErrorRequestHandler, type RequestHandler } from "express"
import type Provider from "oidc-provider"
import type { DemoClient } from "./clients.ts"
import { loadProvider } from "./load-provider.ts"
import { createMemoryStore } from "./memory-store.ts"
import { buildContentSecurityPolicy, renderNoticePage, renderSignInPage } from "./pages.ts"
import { demoPersonas, type Persona } from "./personas.ts"
import { buildConfiguration, toClientMetadata } from "./provider-configuration.ts"
import { createSigningKeys, type SigningKeys } from "./signing-keys.ts"

export interface DemoIdentityProviderOptions {
  client: DemoClient
  personas?: readonly Persona[]
  /** Gives applications refresh tokens with every sign-in. */
  refreshTokens?: boolean
  /** Fresh keys by default: they reject tokens of an earlier process. */
  keys?: SigningKeys
  /** Receives internal failures, and sign-outs that did not reach an application. */
  onProblem?: (problem: string) => void
}

export interface DemoIdentityProvider {
  /**
   * Listens on 127.0.0.1.
   * @param options port 0 (default) picks a free one; `issuer` is where a proxy before it is reached
   * @throws Error when NODE_ENV is production; the server's own error when the port is in use
   */
  listen: (options?: { port?: number; issuer?: string }) => Promise<{ issuer: string }>
  /** Replaces the people: those left out can't sign in any more, and their sessions here are over. */
  setPersonas: (personas: readonly Persona[]) => Promise<void>
  close: () => Promise<void>
}

/** Creates a real OpenID Connect provider without passwords, for demonstrations and tests on this machine. */
export function createDemoIdentityProvider(options: DemoIdentityProviderOptions): DemoIdentityProvider {
  const { client, onProblem = () => {}, refreshTokens = false } = options
  let personas = options.personas ?? demoPersonas
  const server = createServer()
  const store = createMemoryStore()
  const { adapter } = store

  return {
    async setPersonas(next) {
      personas = next
      const isGone = (id: unknown) => typeof id === "string" && !next.some((persona) => persona.id === id)
      store.removeSessions(({ accountId }) => isGone(accountId))
    },
    async listen({ port = 0, issuer: proxied } = {}) {
      refuseProduction()
      await adapter("Client").upsert(client.id, { ...toClientMetadata(client) })
      const Provider = await loadProvider()
      const keys = options.keys ?? (await createSigningKeys())
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject)
        server.listen(port, "127.0.0.1", resolve)
      })
      const issuer = proxied ?? `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      const provider = new Provider(
        issuer,
        buildConfiguration({ adapter, personas: () => personas, keys, refreshTokens }),
      )
      provider.on("server_error", (_context, error) => onProblem(`it failed: ${error.message}`))
      provider.on("backchannel.error", (_context, error) =>
        onProblem(`a sign-out did not reach the application: ${error.message}`),
      )
      const app = express()
      app.disable("x-powered-by")
      app.use(setHeaders(client))
      app.use(
        "/interaction",
        createSignInRouter(provider, () => personas),
      )
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
  // oxlint-disable-next-line node/no-process-env -- the check is about the environment
  if (process.env["NODE_ENV"] === "production") {
    throw new Error("The demo identity provider asks for no password, so it does not start in production.")
  }
}

function setHeaders({ redirectUris, postLogoutRedirectUris = [] }: DemoClient): RequestHandler {
  return (_request, response, next) => {
    const origins = new Set([...redirectUris, ...postLogoutRedirectUris].map((uri) => new URL(uri).origin))
    response.setHeader("Content-Security-Policy", buildContentSecurityPolicy([...origins]))
    response.setHeader("X-Content-Type-Options", "nosniff")
    response.setHeader("Referrer-Policy", "no-referrer")
    next()
  }
}

function createSignInRouter(provider: Provider, personas: () => readonly Persona[]): Router {
  const router = Router()
  router.get("/:uid", async (request, response) => {
    const { uid } = await provider.interactionDetails(request, response)
    response.setHeader("Cache-Control", "no-store")
    response.type("html").send(renderSignInPage(personas(), `/interaction/${uid}`))
  })
  router.post("/:uid", urlencoded({ extended: false, limit: "1kb" }), async (request, response) => {
    const picked = (request.body as { persona?: unknown }).persona
    const persona = personas().find(({ id }) => id === picked)
    await provider.interactionFinished(
      request,
      response,
      persona === undefined
        ? { error: "access_denied", error_description: "Nobody was picked." }
        : { login: { accountId: persona.id } },
    )
  })
  router.use(showLapsedPage)
  return router
}

/** Back leads to a page whose sign-in was finished: it is no failure of this server. */
const showLapsedPage: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (!(error instanceof Error) || error.name !== "SessionNotFound") {
    next(error)
    return
  }
  response.setHeader("Cache-Control", "no-store")
  response
    .status(400)
    .type("html")
    .send(
      renderNoticePage("This sign-in is over", "Go back to the application and sign in again from there."),
    )
}
