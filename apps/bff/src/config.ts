import { readFileSync } from "node:fs"
import { isIP } from "node:net"
import * as z from "zod/mini"

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const
const loopbackHosts: ReadonlySet<string> = new Set(["127.0.0.1", "::1", "localhost"])

function text(missing: string) {
  return z.string(missing).check(z.minLength(1, missing))
}

const url = z.pipe(
  z.string().check(z.refine(isPlainUrl, "must be an http(s) URL without a user name or password")),
  z.transform((value: string) => new URL(value)),
)

const port = z.pipe(
  z
    .string()
    .check(
      z.refine(
        (value) => /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65_535,
        "must be a port number, 1 to 65535",
      ),
    ),
  z.transform(Number),
)

const Environment = z.object({
  HOST: z._default(
    z
      .string()
      .check(
        z.refine(
          (host) => loopbackHosts.has(host),
          "must be 127.0.0.1, ::1 or localhost: there is no sign-in yet, so this server answers this machine only",
        ),
      ),
    "127.0.0.1",
  ),
  PORT: z._default(port, 8080),
  PUBLIC_URL: z.optional(url),
  ATLAS_BASE_URL: z._default(url, new URL("https://cloud.mongodb.com")),
  ATLAS_API_VERSION: z._default(z.enum(["v1.0", "2023-01-01"], "must be v1.0 or 2023-01-01"), "v1.0"),
  ATLAS_PUBLIC_KEY: text("is missing: the public part of an Atlas API key"),
  ATLAS_PRIVATE_KEY: text("is missing: the private part of an Atlas API key (or ATLAS_PRIVATE_KEY_FILE)"),
  LOG_LEVEL: z._default(z.enum(logLevels, `must be one of ${logLevels.join(", ")}`), "info"),
})

export interface Config {
  host: string
  port: number
  /** Origins under which browsers reach this server. */
  origins: string[]
  atlas: {
    baseUrl: URL
    apiVersion: "v1.0" | "2023-01-01"
    credential: { publicKey: string; privateKey: string }
  }
  logLevel: (typeof logLevels)[number]
}

/**
 * Reads the configuration from environment variables; any of them may come as `NAME_FILE`, the path of a file that holds it.
 * @throws Error with one readable list of everything that is wrong; values never appear in it
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const mistakes = new Map<string, string>()
  const values: Record<string, string> = {}
  for (const name of Object.keys(Environment.shape)) {
    const value = readValue(name, environment, mistakes)
    if (value !== undefined) values[name] = value
  }
  const parsed = Environment.safeParse(values)
  for (const { path, message } of parsed.error?.issues ?? []) {
    const name = path.join(".")
    // What could not be read from its file is not missing as well.
    if (!mistakes.has(name)) mistakes.set(name, message)
  }
  if (!parsed.success || mistakes.size > 0) {
    const lines = [...mistakes].map(([name, mistake]) => `  - ${name} ${mistake}`)
    throw new Error(`The configuration has ${lines.length} mistake(s):\n${lines.join("\n")}`)
  }
  const { data } = parsed
  return {
    host: data.HOST,
    port: data.PORT,
    origins: toOrigins(data.HOST, data.PORT, data.PUBLIC_URL),
    atlas: {
      baseUrl: data.ATLAS_BASE_URL,
      apiVersion: data.ATLAS_API_VERSION,
      credential: { publicKey: data.ATLAS_PUBLIC_KEY, privateKey: data.ATLAS_PRIVATE_KEY },
    },
    logLevel: data.LOG_LEVEL,
  }
}

function readValue(
  name: string,
  environment: Readonly<Record<string, string | undefined>>,
  mistakes: Map<string, string>,
): string | undefined {
  const value = environment[name] || undefined
  const file = environment[`${name}_FILE`] || undefined
  if (file === undefined) return value
  if (value !== undefined) {
    mistakes.set(name, `and ${name}_FILE are both set; keep one`)
    return value
  }
  try {
    return readFileSync(file, "utf8").trim()
  } catch (error) {
    // Without the path, which may be the secret itself, put there by mistake.
    const { code } = error as NodeJS.ErrnoException
    mistakes.set(name, `can't be read from the file that ${name}_FILE names (${code})`)
    return undefined
  }
}

function isPlainUrl(value: string): boolean {
  if (!URL.canParse(value)) return false
  const { protocol, username, password } = new URL(value)
  return /^https?:$/.test(protocol) && username + password === ""
}

function toOrigins(host: string, port: number, publicUrl: URL | undefined): string[] {
  const names = new Set(
    [host, "127.0.0.1", "localhost"].map((name) => (isIP(name) === 6 ? `[${name}]` : name)),
  )
  const own = [...names].map((name) => new URL(`http://${name}:${port}`).origin)
  return publicUrl === undefined ? own : [...own, publicUrl.origin]
}
