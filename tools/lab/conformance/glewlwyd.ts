import { execFileSync } from "node:child_process"
import { generateKeyPairSync } from "node:crypto"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"
import { createTestingBrowser, type TestingBrowser } from "@peering-desk/demo-identity-provider"
import type { RealProvider } from "./lemonldap.ts"
import { findFreePort, answers, startProgram, waitForProgram } from "@peering-desk/test-support/programs"
import { client } from "./lemonldap.ts"

const tables = "/usr/share/doc/glewlwyd/database/init.sqlite3.sql.gz"
const password = "a-password-of-a-person"
const people = { dwho: ["peering-admins"], rtyler: ["payments-team"] }

/** Starts glewlwyd on an empty database, and sets it up as its administrator does, over its API. */
export async function startGlewlwyd(work: string, deskOrigin: string): Promise<RealProvider> {
  const port = await findFreePort()
  const origin = `http://127.0.0.1:${port}`
  const issuer = `${origin}/api/oidc`
  const database = join(work, "glewlwyd.sqlite")
  execFileSync("sqlite3", [database], { input: `${readTables()}\n${allowGroups}` })
  writeFileSync(join(work, "glewlwyd.conf"), writeConfiguration(port, database))
  const program = startProgram("glewlwyd", ["-c", join(work, "glewlwyd.conf")], {}, work)
  await waitForProgram(program, () => answers(`${origin}/config`))
  await setUp(origin, issuer, deskOrigin)
  return {
    issuer,
    // It knows no scope that was not made there.
    environment: { OIDC_ISSUER: issuer, OIDC_SCOPES: "openid" },
    async signIn(browser, person, home) {
      // Its page is a script over this API.
      await call(browser, origin, "POST", "/auth/", { username: person, password })
      await call(browser, origin, "PUT", `/auth/grant/${client.id}`, { scope: "openid" })
      const page = await browser.follow(`${deskOrigin}/sign-in?return=/`, {}, (at) => at === home)
      // And leads on to the address that it was given, with this mark.
      const next = new URL(page.url).searchParams.get("callback_url")
      return next === null ? page : await browser.follow(`${next}&g_continue`, {}, (at) => at === home)
    },
    async signOut(browser) {
      await call(browser, origin, "DELETE", "/auth/", undefined)
    },
    stop: program.stop,
    log: program.log,
  }
}

const readTables = (): string => gunzipSync(readFileSync(tables)).toString()

const allowGroups = `update g_user_module_instance set gumi_parameters = '${JSON.stringify({
  "use-glewlwyd-connection": true,
  "data-format": {
    groups: { multiple: true, read: true, write: true, "profile-read": true, "profile-write": false },
  },
})}';`

function writeConfiguration(port: number, database: string): string {
  return `port = ${port}
bind_address = "127.0.0.1"
external_url = "http://127.0.0.1:${port}"
login_url = "login.html"
api_prefix = "api"
static_files_path = "/usr/share/glewlwyd/webapp/"
log_mode = "console"
log_level = "INFO"
cookie_domain = "127.0.0.1"
cookie_secure = 0
hash_algorithm = "SHA512"
user_module_path = "/usr/lib/glewlwyd/user"
client_module_path = "/usr/lib/glewlwyd/client"
user_auth_scheme_module_path = "/usr/lib/glewlwyd/scheme"
plugin_module_path = "/usr/lib/glewlwyd/plugin"
database = { type = "sqlite3" path = "${database}" };
`
}

async function call(
  browser: TestingBrowser,
  origin: string,
  method: string,
  path: string,
  body: unknown,
): Promise<void> {
  const answer = await browser.send(`${origin}/api${path}`, {
    method,
    headers: { "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (answer.status !== 200) throw new Error(`glewlwyd answered ${answer.status} to ${path}: ${answer.text}`)
}

async function setUp(origin: string, issuer: string, deskOrigin: string): Promise<void> {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  })
  const administrator = createTestingBrowser()
  const post = (path: string, body: unknown) => call(administrator, origin, "POST", path, body)
  await post("/auth/", { username: "admin", password: "password" })
  await post("/mod/plugin/", {
    module: "oidc",
    name: "oidc",
    display_name: "OpenID Connect",
    parameters: {
      iss: issuer,
      "jwt-type": "rsa",
      "jwt-key-size": "256",
      key: privateKey,
      cert: publicKey,
      "access-token-duration": 3600,
      "refresh-token-duration": 1_209_600,
      "code-duration": 600,
      "refresh-token-rolling": true,
      "allow-non-oidc": false,
      "auth-type-code-enabled": true,
      "auth-type-id-token-enabled": true,
      "auth-type-token-enabled": false,
      "auth-type-none-enabled": false,
      "auth-type-password-enabled": false,
      "auth-type-client-enabled": false,
      "auth-type-device-enabled": false,
      "auth-type-refresh-enabled": true,
      "jwks-show": true,
      "pkce-allowed": true,
      "pkce-method-plain-allowed": false,
      "name-claim": "mandatory",
      "email-claim": "mandatory",
      "scope-claim": "no",
      claims: [
        {
          name: "groups",
          "user-property": "groups",
          type: "string",
          mandatory: true,
          "on-demand": false,
          scope: [],
        },
      ],
      "subject-type": "public",
      "session-management-allowed": true,
      "back-channel-logout-allowed": true,
      "session-cookie-name": "GLEWLWYD2_OIDC_SID",
      "session-cookie-expiration": 2_419_200,
    },
  })
  await post("/client/", {
    client_id: client.id,
    name: "Peering Desk",
    confidential: true,
    password: client.secret,
    client_secret: client.secret,
    enabled: true,
    redirect_uri: [`${deskOrigin}/sign-in/callback`],
    authorization_type: ["code", "refresh_token"],
    scope: ["openid"],
    token_endpoint_auth_method: ["client_secret_basic", "client_secret_post"],
    backchannel_logout_uri: `${deskOrigin}/sign-in/back-channel-logout`,
    backchannel_logout_session_required: "true",
  })
  for (const [username, groups] of Object.entries(people))
    await post("/user/", {
      username,
      name: username,
      email: `${username}@example.com`,
      password,
      enabled: true,
      scope: ["openid"],
      groups,
    })
}
