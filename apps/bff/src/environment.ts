import { readFileSync } from "node:fs"
import { isIP } from "node:net"
import { resolve } from "node:path"
import { parseEnv } from "node:util"
import * as z from "zod/mini"
import { isLoopbackHost } from "#http/loopback.ts"

/** Configuration errors by variable. They never hold a value, which may be a secret. */
export type ConfigErrors = Map<string, string>

type Environment = Readonly<Record<string, string | undefined>>

/** Node reads them when it starts. */
const tooLate = ["NODE_EXTRA_CA_CERTS", "NODE_OPTIONS", "NODE_USE_ENV_PROXY", "NODE_USE_SYSTEM_CA"]

/**
 * Adds the variables of a file that the environment lacks. A missing file adds none.
 * @returns a sentence for each variable that has no effect there
 * @throws Error when the file can't be read, of which Node would say that it does not exist
 */
export function loadEnvFile(path: string, environment: Record<string, string | undefined>): string[] {
  let text: string
  try {
    text = readFileSync(path, "utf8")
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === "ENOENT") return []
    throw new Error(`${resolve(path)} can't be read (${code})`, { cause: error })
  }
  // A byte order mark would be a part of the first name.
  const added = Object.entries(parseEnv(text.replace(/^\uFEFF/, ""))).filter(
    ([name]) => environment[name] === undefined,
  )
  for (const [name, value] of added) environment[name] = value
  return added.flatMap(([name]) =>
    tooLate.includes(name)
      ? [`${name} has no effect in .env, since Node reads it before. Set it in the environment.`]
      : [],
  )
}

/** Returns the value of a variable, or the content of the file that `NAME_FILE` names. Empty counts as not set. */
export function readVariable(
  name: string,
  environment: Environment,
  mistakes: ConfigErrors,
): string | undefined {
  const value = environment[name] || undefined
  const file = environment[`${name}_FILE`] || undefined
  if (file === undefined) return value
  if (value !== undefined) {
    mistakes.set(name, `and ${name}_FILE are both set; keep one`)
    return value
  }
  return readNamedFile(name, `${name}_FILE`, file, mistakes)
}

/**
 * Returns the content of a file that a variable names.
 * @param name the variable to report
 * @param namedBy the variable that names the file
 */
export function readNamedFile(
  name: string,
  namedBy: string,
  path: string,
  mistakes: ConfigErrors,
): string | undefined {
  try {
    return readFileSync(path, "utf8").trim()
  } catch (error) {
    // The path is left out: it may be the secret itself, put there by mistake.
    const { code } = error as NodeJS.ErrnoException
    const unread =
      name === namedBy
        ? "names a file that can't be read"
        : `can't be read from the file that ${namedBy} names`
    mistakes.set(name, `${unread} (${code})`)
    return undefined
  }
}

/** Returns what a parser makes of a value; null with its message in the errors when it throws. */
export function parseValue<Parsed>(name: string, parse: () => Parsed, mistakes: ConfigErrors): Parsed | null {
  try {
    return parse()
  } catch (error) {
    mistakes.set(name, error instanceof Error ? error.message : "can't be used")
    return null
  }
}

/** Any text that is not empty. */
export function text(missing: string) {
  return z.string(missing).check(z.minLength(1, missing))
}

/** An https URL, or an http URL of this machine. */
export const secureUrl = z
  .string()
  .check(
    z.refine(isPlainUrl, "must be an http(s) URL without a user name or password"),
    z.refine(isSecureUrl, "must be an https:// address (only this machine's own may do without)"),
  )

/** An http(s) origin: scheme, host and port only. */
export const secureOrigin = z.pipe(
  secureUrl.check(z.refine(isOrigin, "must be no more than https://host or https://host:port")),
  z.transform((value: string) => new URL(value)),
)

/** A text that passes a check, and what is made of it. */
function checked<T>(isSound: (value: string) => boolean, message: string, read: (value: string) => T) {
  return z.pipe(z.string().check(z.refine(isSound, message)), z.transform(read))
}

/** The address of a mail server, which may hold a user name and a password. */
export const mailUrl = checked(
  isMailUrl,
  "must be smtp://user:password@host:port or smtps://…, encoded as in any URL",
  (value) => new URL(value),
)

/** What to listen on. */
export const host = z
  .string()
  .check(
    z.refine(
      (value) => isIP(value) > 0 || isHostName(value),
      "must be an address or a name alone, without http://, port and brackets",
    ),
  )

/** A comma-separated list of host names, without schemes, ports and wildcards. */
export const hostNames = checked(
  (value) => value.split(",").every(isHostName),
  "must be a comma-separated list of host names, without https:// and without *",
  (value) => value.split(",").map((name) => name.trim().toLowerCase()),
)

/** Parses the address of a PostgreSQL database, which may leave its host out; null where it can't be. */
export function parseDatabaseUrl(value: string): URL | null {
  const withHost = value.replace("@/", "@localhost/")
  if (!/^postgres(ql)?:\/\/\S+$/.test(value) || !URL.canParse(withHost)) return null
  const url = new URL(withHost)
  // A password that is not encoded ends at a sign like these, and its rest would be taken for a host or a database.
  const isWhole = url.hash === "" && !`${url.pathname}${url.search}`.includes("@")
  return isWhole && isEncoded(url) ? url : null
}

export const databaseUrl = z
  .string()
  .check(
    z.refine(
      (value) => parseDatabaseUrl(value) !== null,
      "must be a URL that begins with postgres://, encoded as any URL",
    ),
  )

export const port = checked(isPort, "must be a port number, 0 to 65535", Number)

/** A whole number from 1 on, or from another one. */
export function countUpTo(most: number, least: 0 | 1 = 1) {
  const isCount = (value: string) =>
    /^(0|[1-9]\d{0,5})$/.test(value) && Number(value) >= least && Number(value) <= most
  return checked(isCount, `must be a whole number, ${least} to ${most}`, Number)
}

/** Trusted proxies: a number, or names and networks. Express would read a number in a text as an address. */
export const proxies = checked(
  (value) => /^\d{1,2}$/.test(value) || value.split(",").every(isProxies),
  "must be loopback, linklocal, uniquelocal, addresses and networks (10.0.0.0/8), or how many proxies there are",
  (value) => (/^\d+$/.test(value) ? Number(value) : value),
)

function isProxies(part: string): boolean {
  const [address = "", bits, ...more] = part.trim().split("/")
  if (/^(loopback|linklocal|uniquelocal)$/.test(part.trim())) return true
  const longest = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0
  const isPrefix = bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= longest)
  return longest > 0 && isPrefix && more.length === 0
}

function isHostName(part: string): boolean {
  // An underscore is in many names of Docker Compose services.
  return /^\w([\w-]*\w)?(\.\w([\w-]*\w)?)*$/.test(part.trim())
}

function isPort(value: string): boolean {
  return /^\d{1,5}$/.test(value) && Number(value) <= 65_535
}

function isMailUrl(value: string): boolean {
  if (!URL.canParse(value)) return false
  const url = new URL(value)
  return (
    /^smtps?:$/.test(url.protocol) &&
    url.hostname !== "" &&
    isEncoded(url) &&
    `${url.search}${url.hash}` === "" &&
    url.pathname.length <= 1
  )
}

function isEncoded({ username, password }: URL): boolean {
  return !/%(?![\da-f]{2})/i.test(username + password)
}

function isPlainUrl(value: string): boolean {
  if (!URL.canParse(value)) return false
  const { protocol, username, password } = new URL(value)
  return /^https?:$/.test(protocol) && username + password === ""
}

function isSecureUrl(value: string): boolean {
  if (!URL.canParse(value)) return false
  const { protocol, hostname } = new URL(value)
  return protocol === "https:" || isLoopbackHost(hostname)
}

function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false
  const { pathname, search, hash } = new URL(value)
  return `${pathname}${search}${hash}` === "/"
}

/** Returns the origin at which this server listens. */
export function toOrigin(host: string, atPort: number): string {
  return new URL(`http://${isIP(host) === 6 ? `[${host}]` : host}:${atPort}`).origin
}

/** Lists the origins that browsers may use. Adds this machine's own names while it listens on loopback. */
export function toOrigins(host: string, atPort: number, publicUrl: URL): string[] {
  const own =
    isLoopbackHost(host) && atPort !== 0
      ? [host, "127.0.0.1", "localhost"].map((name) => toOrigin(name, atPort))
      : []
  return [...new Set([...own, publicUrl.origin])]
}
