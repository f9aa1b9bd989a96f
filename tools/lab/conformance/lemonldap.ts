import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { generateKeyPairSync } from "node:crypto"
import { join } from "node:path"
import type { TestingBrowser, Visit } from "@peering-desk/demo-identity-provider"
import { findFreePort, answers, startProgram, waitForProgram } from "@peering-desk/test-support/programs"

/** The client as it is registered at each provider: its id and secret have what providers stumble over. */
export const client = { id: "peering-desk", secret: "a-se_c+r/et==" }

/** Debian's first configuration, which the run copies and adds to. */
const firstConfiguration = "/var/lib/lemonldap-ng/conf/lmConf-1.json"

/** An identity provider that runs as its Debian package has it, with a few people. */
export interface RealProvider {
  issuer: string
  /** The settings of the product for it. */
  environment: Record<string, string>
  /** Signs a person in from a page of the product, and stops at the page they come back to. */
  signIn: (browser: TestingBrowser, person: string, home: string) => Promise<Visit>
  signOut: (browser: TestingBrowser) => Promise<void>
  log: () => string
  stop: () => Promise<void>
}

/** Starts LemonLDAP::NG with its demonstration people: `dwho` is in peering-admins, `rtyler` in payments-team. */
export async function startLemonldap(work: string, deskOrigin: string): Promise<RealProvider> {
  const port = await findFreePort()
  const issuer = `http://127.0.0.1:${port}`
  for (const folder of ["conf", "sessions/lock", "persistent/lock", "cache"])
    mkdirSync(join(work, folder), { recursive: true })
  writeFileSync(join(work, "conf", "lmConf-1.json"), JSON.stringify(configure(work, issuer, deskOrigin)))
  writeFileSync(join(work, "lemonldap-ng.ini"), writeIni(work))
  writeFileSync(
    join(work, "portal.psgi"),
    "use Lemonldap::NG::Portal::Main;\nLemonldap::NG::Portal::Main->run({});\n",
  )
  const program = startProgram(
    "plackup",
    ["-s", "HTTP::Server::PSGI", "--host", "127.0.0.1", "--port", String(port), join(work, "portal.psgi")],
    { LLNG_DEFAULTCONFFILE: join(work, "lemonldap-ng.ini") },
    work,
  )
  await waitForProgram(program, () => answers(`${issuer}/.well-known/openid-configuration`))
  return {
    issuer,
    environment: {
      OIDC_ISSUER: issuer,
      OIDC_SCOPES: "openid profile email groups",
      OIDC_LOGOUT_ALLOWANCES: "typ-jwt,no-exp",
    },
    async signIn(browser, person, home) {
      const page = await browser.follow(`${deskOrigin}/sign-in?return=/`, {}, (at) => at === home)
      return await browser.submit(page, { user: person, password: person }, (at) => at === home)
    },
    async signOut(browser) {
      await browser.follow(`${issuer}/?logout=1`)
    },
    stop: program.stop,
    log: program.log,
  }
}

function configure(work: string, issuer: string, deskOrigin: string): Record<string, unknown> {
  const keys = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  })
  const storage = (folder: string) => ({
    Directory: join(work, folder),
    LockDirectory: join(work, folder, "lock"),
    generateModule: "Lemonldap::NG::Common::Apache::Session::Generate::SHA256",
  })
  return {
    ...(JSON.parse(readFileSync(firstConfiguration, "utf8")) as Record<string, unknown>),
    portal: `${issuer}/`,
    domain: "127.0.0.1",
    globalStorageOptions: storage("sessions"),
    persistentStorageOptions: storage("persistent"),
    localSessionStorageOptions: {
      cache_depth: 3,
      cache_root: join(work, "cache"),
      default_expires_in: 600,
      directory_umask: "007",
      namespace: "sessions",
    },
    notification: 0,
    // Only a browser with scripts gets past the token of its sign-in form.
    requireToken: 0,
    groups: { "peering-admins": "$uid eq 'dwho'", "payments-team": "$uid eq 'rtyler'" },
    issuerDBOpenIDConnectActivation: 1,
    oidcServiceMetaDataIssuer: issuer,
    oidcServicePrivateKeySig: keys.privateKey,
    oidcServicePublicKeySig: keys.publicKey,
    oidcServiceKeyIdSig: "conformance",
    oidcServiceIgnoreScopeForClaims: 0,
    oidcRPMetaDataExportedVars: { desk: { name: "cn", email: "mail", groups: "groups;string;always" } },
    oidcRPMetaDataOptionsExtraClaims: { desk: { groups: "groups" } },
    // Everything else has its default. ID tokens therefore have no groups: they come from UserInfo.
    oidcRPMetaDataOptions: {
      desk: {
        oidcRPMetaDataOptionsClientID: client.id,
        oidcRPMetaDataOptionsClientSecret: client.secret,
        oidcRPMetaDataOptionsRedirectUris: `${deskOrigin}/sign-in/callback`,
        oidcRPMetaDataOptionsPostLogoutRedirectUris: `${deskOrigin}/`,
        oidcRPMetaDataOptionsBypassConsent: 1,
        // The default of its Manager.
        oidcRPMetaDataOptionsIDTokenSignAlg: "RS256",
        oidcRPMetaDataOptionsLogoutType: "back",
        oidcRPMetaDataOptionsLogoutUrl: `${deskOrigin}/sign-in/back-channel-logout`,
        oidcRPMetaDataOptionsLogoutSessionRequired: 1,
      },
    },
  }
}

function writeIni(work: string): string {
  const cache = `{ 'namespace' => 'config', 'default_expires_in' => 600, 'directory_umask' => '007', 'cache_root' => '${work}/cache', 'cache_depth' => 3 }`
  return `[all]
useSafeJail = 1
logLevel = notice
[configuration]
type = File
dirName = ${work}/conf
localStorage = Cache::FileCache
localStorageOptions = ${cache}
[portal]
staticPrefix = /static
templateDir = /usr/share/lemonldap-ng/portal/templates
languages = en
`
}
