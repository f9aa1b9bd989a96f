import { once } from "node:events"
import { createServer } from "node:http"
import { toAccessAnswer } from "#sign-in/access.ts"
import type { RuleBook } from "#sign-in/access-rules.ts"
import type { OidcClient } from "#sign-in/provider/oidc-client.ts"
import { bad, good, type Finding } from "./finding.ts"

const about = "sign-in"

/**
 * Takes the server's place on its port for one sign-in, and says what the provider tells of the person and which rights follow.
 * Returns where a browser goes to sign in, and the finding once it came back.
 * @throws the system's error when the port is in use
 */
export async function startTestSignIn({
  oidc,
  ruleBook,
  host,
  port,
}: {
  oidc: Pick<OidcClient, "start" | "finish">
  ruleBook: RuleBook
  host: string
  port: number
}) {
  const { goTo, pending } = await oidc.start("/", null)
  const server = createServer()
  server.listen(port, host)
  await once(server, "listening")
  const finding = new Promise<Finding>((resolve) => {
    server.on("request", (request, response) => {
      const { pathname, search, searchParams } = new URL(request.url ?? "/", "http://desk.invalid")
      if (pathname !== "/sign-in/callback" || searchParams.get("state") !== pending.state) {
        response.writeHead(404).end()
        return
      }
      response.setHeader("Content-Type", "text/plain; charset=utf-8")
      response.end("The test sign-in came back. See the terminal.", () => {
        server.close()
        server.closeAllConnections()
        resolve(judge(search))
      })
    })
  })

  async function judge(search: string): Promise<Finding> {
    try {
      const { identity, claims, refreshToken } = await oidc.finish(search, pending)
      const missing = [...ruleBook.claimNames()].filter((name) => !Object.hasOwn(claims, name))
      const { everywhere, projects, auditor } = toAccessAnswer(ruleBook.accessOf(claims))
      const roles = [
        ...(everywhere === null ? [] : [`${everywhere} of everything`]),
        ...Object.entries(projects).map(([id, role]) => `${role} in ${id}`),
        ...(auditor ? ["auditor"] : []),
      ]
      const known = [...ruleBook.claimNames()].map(
        (name) => `${name}=${JSON.stringify(claims[name] ?? null)}`,
      )
      const says = `${identity.name} (${identity.subject}): ${known.join(", ") || "no claim is asked for"}; rights: ${roles.join(", ") || "none"}; refresh token: ${refreshToken === null ? "no" : "yes"}.`
      if (roles.length > 0) return good(about, says)
      const fix =
        missing.length > 0
          ? `The provider gives no ${missing.join(", ")}: add it to the ID token or UserInfo there, or its scope to OIDC_SCOPES.`
          : "No access rule names a value above: correct ACCESS_RULES_FILE, if this person is to have access."
      return bad(about, says, fix)
    } catch (error) {
      const says = error instanceof Error ? error.message : "it failed"
      const why = error instanceof Error && error.cause instanceof Error ? ` ${error.cause.message}.` : ""
      return bad(about, `${says}${why}`, "See above.")
    }
  }

  return { goTo, finding }
}
