import { parseArgs } from "node:util"
import { isWebUrl, toDemoClient, type DemoClient } from "./clients.ts"

/** The parsed command; `problem` is a sentence for the person who typed it. */
export type Command =
  | { kind: "run"; port: number; client: DemoClient; keysFile: string | null }
  | { kind: "help" }
  | { kind: "refuse"; problem: string }

/** The text of `--help`. */
export const helpText = `An OpenID Connect provider for demonstrations: pick a person, no password.

Usage: tsx packages/demo-identity-provider/src/main.ts [options]

  --port <number>                    port on 127.0.0.1 (8082); 0 picks a free one
  --client-id <text>                 the application that signs people in (peering-desk)
  --client-secret <text>             its secret (demo-client-secret)
  --redirect-uri <url>               where it takes people after signing in (http://127.0.0.1:8080/sign-in/callback);
                                     may be repeated
  --post-logout-redirect-uri <url>   where they go after signing out (http://127.0.0.1:8080/); may be repeated
  --back-channel-logout-uri <url>    receives every sign-out (http://127.0.0.1:8080/sign-in/back-channel-logout)
  --keys-file <path>                 keep the signing keys there over restarts (default: new keys at each start)
  --help                             this text

Once it answers, its first line of output is "listening on http://127.0.0.1:<port>", which is also the issuer.
PUT /demo/clients/<id> with {redirectUris, postLogoutRedirectUris?, backChannelLogoutUri?, secret?} adds or
replaces a client while it runs.
`

const usual = toDemoClient("http://127.0.0.1:8080", "demo-client-secret")
const refuse = (problem: string): Command => ({ kind: "refuse", problem })

/** Parses the arguments that follow the script's name. */
export function parseCommand(args: readonly string[]): Command {
  let values
  try {
    // pnpm passes the separator on, and it would turn every option into a positional argument.
    ;({ values } = parseArgs({
      args: args[0] === "--" ? args.slice(1) : [...args],
      options: {
        port: { type: "string", default: "8082" },
        "client-id": { type: "string", default: usual.id },
        "client-secret": { type: "string", default: usual.secret },
        "redirect-uri": { type: "string", multiple: true },
        "post-logout-redirect-uri": { type: "string", multiple: true },
        "back-channel-logout-uri": { type: "string" },
        "keys-file": { type: "string" },
        help: { type: "boolean", default: false },
      },
    }))
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error))
  }
  if (values.help) return { kind: "help" }
  if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535) {
    return refuse(`--port must be a number from 0 to 65535, not ${values.port}`)
  }
  for (const name of ["client-id", "client-secret", "keys-file"] as const) {
    if (values[name] === "") return refuse(`--${name} must not be empty`)
  }
  const client = {
    id: values["client-id"],
    secret: values["client-secret"],
    redirectUris: values["redirect-uri"] ?? usual.redirectUris,
    postLogoutRedirectUris: values["post-logout-redirect-uri"] ?? usual.postLogoutRedirectUris,
    backChannelLogoutUri: values["back-channel-logout-uri"] ?? usual.backChannelLogoutUri,
  }
  const uris = {
    "redirect-uri": client.redirectUris,
    "post-logout-redirect-uri": client.postLogoutRedirectUris,
    "back-channel-logout-uri": [client.backChannelLogoutUri],
  }
  for (const [name, given] of Object.entries(uris)) {
    const wrong = given.find((uri): boolean => !isWebUrl(uri))
    if (wrong !== undefined) return refuse(`--${name} must be an http(s) URL, not ${wrong}`)
  }
  return { kind: "run", port: Number(values.port), client, keysFile: values["keys-file"] ?? null }
}
