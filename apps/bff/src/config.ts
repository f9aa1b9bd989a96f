import { toCount } from "@peering-desk/peering-rules"
import { AtlasApiVersion } from "@peering-desk/shared-schemas"
import * as z from "zod/mini"
import { parseApprovalPolicy } from "#approvals/approval-policy.ts"
import { parseCredentials } from "#atlas/auth/credentials.ts"
import { parseAccessRules, type AccessRules } from "#sign-in/access-rules.ts"
import { isLoopbackHost } from "#http/loopback.ts"
import { parseSessionSecrets } from "#sign-in/session-cookie.ts"
import {
  countUpTo,
  databaseUrl,
  host,
  hostNames,
  loadEnvFile,
  parseValue,
  port,
  proxies,
  readNamedFile,
  readVariable,
  secureOrigin,
  secureUrl,
  text,
  toOrigin,
  toOrigins,
  type ConfigErrors,
} from "./environment.ts"
import { findConfigWarnings, findUnknownVariables } from "./config-warnings.ts"
import { notificationVariables, refuseHalfMail, toNotificationSettings } from "./notification-config.ts"
import { readAllowances, signInVariables, toSignInSettings } from "./sign-in-config.ts"
import { limitVariables, toLimits } from "./limits.ts"

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const

/** Every variable that holds a value; the reference for operators is written from it. */
export const Variables = z.object({
  HOST: z._default(host, "127.0.0.1"),
  PORT: z._default(port, 8080),
  PUBLIC_URL: z.optional(secureOrigin),
  TRUST_PROXY: z._default(proxies, 0),
  ATLAS_BASE_URL: z._default(secureOrigin, new URL("https://cloud.mongodb.com")),
  ATLAS_OTHER_HOSTS: z._default(hostNames, []),
  ATLAS_API_VERSION: z.optional(z.enum(AtlasApiVersion.options, "must be v1.0 or 2023-01-01")),
  ATLAS_PUBLIC_KEY: z.optional(z.string()),
  ATLAS_PRIVATE_KEY: z.optional(z.string()),
  ATLAS_CLIENT_ID: z.optional(z.string()),
  ATLAS_CLIENT_SECRET: z.optional(z.string()),
  ATLAS_PEERS_PER_PROJECT: z._default(countUpTo(99_999), 50),
  ...signInVariables,
  ORGANISATION_NAME: z.optional(z.string().check(z.maxLength(80, "must have 80 characters at most"))),
  SESSION_SECRET: text("is missing: 32 or more characters that nobody can guess (or SESSION_SECRET_FILE)"),
  DEMO_SIMULATOR_URL: z.optional(secureOrigin),
  DATABASE_URL: z.optional(databaseUrl),
  DATA_DIR: z._default(z.string(), ".data"),
  CLOUDFORMATION_TEMPLATE_URL: z.optional(secureUrl),
  ...notificationVariables,
  AUDIT_TO_STDOUT: z._default(z.enum(["on", "off"], "must be on or off"), "on"),
  METRICS_TOKEN: z.optional(
    z.string().check(z.regex(/^[\w.~+/-]{16,200}=*$/, "must be 16 to 200 letters, digits and - . _ ~ + /")),
  ),
  LOG_LEVEL: z._default(z.enum(logLevels, `must be one of ${logLevels.join(", ")}`), "info"),
  ...limitVariables,
})
/** MongoDB Atlas and Atlas for Government. */
const atlasHosts = ["cloud.mongodb.com", "cloud.mongodbgov.com"]
/** Variables that hold the path of a file, never its content. */
export const pathVariables = ["ACCESS_RULES_FILE", "APPROVAL_POLICY_FILE", "ATLAS_CREDENTIALS_FILE"] as const

export type Config = ReturnType<typeof readConfig>

/**
 * Reads the configuration from environment variables; any of them may come as `NAME_FILE`, the path of a file that holds it.
 * @throws Error with one readable list of everything that is wrong; values never appear in it
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>) {
  const mistakes: ConfigErrors = new Map()
  const values: Record<string, string> = {}
  for (const name of Object.keys(Variables.shape)) {
    const value = readVariable(name, environment, mistakes)
    if (value !== undefined) values[name] = value
  }
  const parsed = Variables.safeParse(values)
  for (const { path, message } of parsed.error?.issues ?? []) {
    const name = path.join(".")
    // A value that could not be read from its file is not reported as missing too.
    if (!mistakes.has(name)) mistakes.set(name, message)
  }
  const [rulesPath, policyPath, credentialsPath] = pathVariables.map((name) => environment[name] || undefined)
  const accessRules = readAccessRules(rulesPath, mistakes)
  const approvalPolicy = readRulesFile("APPROVAL_POLICY_FILE", policyPath, parseApprovalPolicy, mistakes)
  // Read apart: a mistake elsewhere is no reason to judge the credentials by another version.
  const apiVersion = Variables.shape.ATLAS_API_VERSION.safeParse(values["ATLAS_API_VERSION"]).data
  const { credentials, mistakes: credentialMistakes } = parseCredentials(
    { ...values, ATLAS_CREDENTIALS_FILE: credentialsPath },
    apiVersion,
  )
  const why = !isLoopbackHost(values["HOST"] ?? "127.0.0.1")
    ? "since HOST is not this machine alone"
    : Number(values["PORT"]) === 0 && "since PORT 0 takes any free one"
  if (values["PUBLIC_URL"] === undefined && why && !mistakes.has("PUBLIC_URL") && !mistakes.has("HOST"))
    mistakes.set("PUBLIC_URL", `is missing: how browsers reach this server, ${why}`)
  const [firstSecret = "", ...olderSecrets] = readSecrets(values["SESSION_SECRET"], mistakes)
  refuseOtherHosts(parsed.data, mistakes)
  refuseDemoElsewhere(parsed.data, environment, mistakes)
  refuseHalfMail(values, mistakes)
  const allowances = readAllowances(values["OIDC_LOGOUT_ALLOWANCES"] ?? "", mistakes)

  const names = [...Object.keys(Variables.shape), ...pathVariables]
  const lines = [
    ...[...mistakes].map(([name, mistake]) => `${name} ${mistake}`),
    ...unsaid(credentialMistakes, mistakes),
  ]
  if (!parsed.success || lines.length > 0) {
    lines.push(...findUnknownVariables(environment, names))
    throw new Error(
      `The configuration has ${toCount(lines.length, "mistake")}:\n${lines.map((line) => `  - ${line}`).join("\n")}`,
    )
  }
  const { data } = parsed
  const warnings = findConfigWarnings({
    environment,
    names,
    ruleCount: accessRules.rules.length,
    values: data,
    lacksProxy: data.PUBLIC_URL?.protocol === "https:" && data.TRUST_PROXY === 0,
  })
  const sessionSecrets: [string, ...string[]] = [firstSecret, ...olderSecrets]
  const publicUrl = data.PUBLIC_URL ?? new URL(toOrigin(data.HOST, data.PORT))
  return {
    host: data.HOST,
    port: data.PORT,
    /** The URL that browsers use: the only origin of sign-ins. */
    publicUrl,
    /** Origins that browsers may use. */
    origins: toOrigins(data.HOST, data.PORT, publicUrl),
    /** Trusted proxies as Express reads them: their number or their networks. */
    trustProxy: data.TRUST_PROXY,
    atlas: {
      baseUrl: data.ATLAS_BASE_URL,
      /** Null where each credential's kind decides. */
      apiVersion: data.ATLAS_API_VERSION ?? null,
      credentials,
      /** The number of peerings Atlas allows per project: 50 unless its support raised it. */
      peersPerProject: data.ATLAS_PEERS_PER_PROJECT,
    },
    signIn: {
      ...toSignInSettings(data),
      /** The organisation that the sign-in page names. */
      organisation: data.ORGANISATION_NAME ?? null,
      logoutAllowances: allowances,
      accessRules,
      /** Newest first: the first one signs, all are accepted. */
      sessionSecrets,
    },
    /** Which changes another person has to approve; null for none. */
    approvalPolicy,
    /** Null unless this is a demo: the simulated Atlas, whose clock the server uses. */
    demo: data.DEMO_SIMULATOR_URL === undefined ? null : { simulatorUrl: data.DEMO_SIMULATOR_URL },
    store: { databaseUrl: data.DATABASE_URL, dataDirectory: data.DATA_DIR },
    limits: toLimits(data),
    /** How connected AWS accounts are read. */
    clouds: {
      readEveryMs: data.CLOUD_READ_MINUTES * 60_000,
      templateUrl: data.CLOUDFORMATION_TEMPLATE_URL ?? null,
    },
    notifications: toNotificationSettings(data),
    metricsToken: data.METRICS_TOKEN ?? null,
    logLevel: data.LOG_LEVEL,
    /** Writes each audit row to standard output too. */
    auditToStdout: data.AUDIT_TO_STDOUT === "on",
    /** What is hardly meant, a sentence each. */
    warnings,
  }
}

/** Reads the configuration of a program that starts, and adds the variables of `.env` in its folder before. Throws as `readConfig`. */
export function readStartConfig(environment: Record<string, string | undefined>): Config {
  const warnings = loadEnvFile(".env", environment)
  const config = readConfig(environment)
  return { ...config, warnings: [...warnings, ...config.warnings] }
}

/** Lists the errors of the credentials, without values that could not be read: those are listed already. */
function unsaid(credentialMistakes: readonly string[], mistakes: ConfigErrors): string[] {
  return credentialMistakes.filter(
    (line) => ![...mistakes.keys()].some((name) => name.startsWith("ATLAS_") && line.includes(name)),
  )
}

function readAccessRules(path: string | undefined, mistakes: ConfigErrors): AccessRules {
  if (path === undefined)
    mistakes.set("ACCESS_RULES_FILE", "is missing: the path of a JSON file that says who may do what")
  return readRulesFile("ACCESS_RULES_FILE", path, parseAccessRules, mistakes) ?? { rules: [] }
}

/** Reads a JSON file of rules; null without a path, or with mistakes. */
function readRulesFile<Rules>(
  name: string,
  path: string | undefined,
  parse: (json: string) => Rules,
  mistakes: ConfigErrors,
): Rules | null {
  const json = path === undefined ? undefined : readNamedFile(name, name, path, mistakes)
  return json === undefined ? null : parseValue(name, () => parse(json), mistakes)
}

/** The API keys go to Atlas, to this machine, or where the operator says in a second variable: a mistyped address gets none. */
function refuseOtherHosts(data: z.output<typeof Variables> | undefined, mistakes: ConfigErrors): void {
  if (data === undefined) return
  const { hostname } = data.ATLAS_BASE_URL
  if (isLoopbackHost(hostname) || [...atlasHosts, ...data.ATLAS_OTHER_HOSTS].includes(hostname)) return
  mistakes.set(
    "ATLAS_BASE_URL",
    `must be https://${atlasHosts.join(" or https://")}, or ATLAS_OTHER_HOSTS has to name its host`,
  )
}

/** A simulated clock must never run a server of a real Atlas, nor one in production. */
function refuseDemoElsewhere(
  data: z.output<typeof Variables> | undefined,
  environment: Readonly<Record<string, string | undefined>>,
  mistakes: ConfigErrors,
): void {
  if (data?.DEMO_SIMULATOR_URL === undefined) return
  const isLocal = [data.DEMO_SIMULATOR_URL, data.ATLAS_BASE_URL].every((url) => isLoopbackHost(url.hostname))
  if (environment["NODE_ENV"] === "production" || !isLocal)
    mistakes.set(
      "DEMO_SIMULATOR_URL",
      "is for the demo only: not with NODE_ENV=production, and with an Atlas simulated on this machine",
    )
}

function readSecrets(text: string | undefined, mistakes: ConfigErrors): string[] {
  if (text === undefined) return []
  return parseValue("SESSION_SECRET", () => parseSessionSecrets(text), mistakes) ?? []
}
