import { readFileSync } from "node:fs"
import { isIP } from "node:net"
import * as z from "zod/mini"

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const
const loopbackHosts: ReadonlySet<string> = new Set(["127.0.0.1", "::1", "localhost"])

function text(missing: string) {
  return z.string(missing).check(z.minLength(1, missing))
}

const url = z.pipe(
  z
    .string()
    .check(
      z.refine(
        (value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol),
        "must be an http(s) URL",
      ),
    ),
  z.transform((value: string) => new URL(value)),
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
  PORT: z._default(
    z.pipe(z.string().check(z.regex(/^\d{1,5}$/, "must be a port number")), z.transform(Number)),
    8080,
  ),
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
  const mistakes: string[] = []
  const values: Record<string, string> = {}
  for (const name of Object.keys(Environment.shape)) {
    const value = readValue(name, environment, mistakes)
    if (value !== undefined) values[name] = value
  }
  const parsed = Environment.safeParse(values)
  mistakes.push(...(parsed.error?.issues ?? []).map((issue) => `${issue.path.join(".")} ${issue.message}`))
  if (!parsed.success || mistakes.length > 0) {
    throw new Error(
      `The configuration has ${mistakes.length} mistake(s):\n${mistakes.map((mistake) => `  - ${mistake}`).join("\n")}`,
    )
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
  mistakes: string[],
): string | undefined {
  const value = environment[name] || undefined
  const file = environment[`${name}_FILE`] || undefined
  if (file === undefined) return value
  if (value !== undefined) mistakes.push(`${name} and ${name}_FILE are both set; keep one`)
  try {
    return readFileSync(file, "utf8").trim()
  } catch {
    mistakes.push(`${name}_FILE names a file that can't be read: ${file}`)
    return value
  }
}

function toOrigins(host: string, port: number, publicUrl: URL | undefined): string[] {
  const names = new Set(
    [host, "127.0.0.1", "localhost"].map((name) => (isIP(name) === 6 ? `[${name}]` : name)),
  )
  const own = [...names].map((name) => new URL(`http://${name}:${port}`).origin)
  return publicUrl === undefined ? own : [...own, publicUrl.origin]
}
