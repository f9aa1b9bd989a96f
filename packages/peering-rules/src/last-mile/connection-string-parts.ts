/** A pasted connection string without anything that may be secret. */
export interface SafeString {
  /** The string without user, password and options that may hold a secret. */
  text: string
  /** True when a user name, a password or such an option was removed. Placeholders as `<password>` are no secret. */
  hadSecret: boolean
}

/** Passwords are pasted unescaped too: everything up to the last `@` of the line counts as user and password. */
const form = /(mongodb(?:\+srv)?:\/\/)(?:(.*)@)?([^\s"'`?]*)(?:\?([^\s"'`]*))?/i

/** Options that decide whether the string works, and hold no secret. */
const keptOptions = /^(?:tls|ssl|directConnection|replicaSet|loadBalanced|srvMaxHosts|srvServiceName)=/i

const placeholder = /^<[^<>]*>(?::<[^<>]*>)?$/
const secretOption = /(?:password|token|secret)/i

/** Takes the connection string out of a text, such as a line of a `.env` file. A text without one stays as it is. */
export function removeSecrets(text: string): SafeString {
  const found = form.exec(text)
  if (found === null) return { text, hadSecret: false }
  const [whole, scheme = "", user = "", hosts = "", query = ""] = found
  const options = query.split("&")
  const hadSecret = hasSecret(user, options)
  if (user === "" && !hadSecret && whole === text.trim()) return { text, hadSecret }
  const kept = options.filter((option) => keptOptions.test(option))
  return { text: `${scheme}${hosts}${kept.length === 0 ? "" : `?${kept.join("&")}`}`, hadSecret }
}

function hasSecret(user: string, options: readonly string[]): boolean {
  return (user !== "" && !placeholder.test(user)) || options.some((option) => secretOption.test(option))
}

const defaultPort = 27017
const toHost = (end: string) => end.replace(/:\d*$/, "")

/** The parts of a connection string that tell where it leads. */
export interface StringParts {
  isSrv: boolean
  /** In lower case, without ports. */
  hosts: readonly string[]
  /** The hosts with their ports; 27017 where no port is written. */
  ends: readonly { host: string; port: number }[]
  /** The ports that are written. */
  ports: readonly number[]
  options: ReadonlyMap<string, string>
}

/** Parses a connection string without secrets; null for any other text. */
export function parseConnectionString(text: string): StringParts | null {
  const [, scheme = "", rest = "", query = ""] =
    /^(mongodb(?:\+srv)?):\/\/([^/?\s]+)[^?\s]*(?:\?(\S*))?$/i.exec(text.trim()) ?? []
  if (scheme === "") return null
  const ends = rest
    .toLowerCase()
    .split(",")
    .filter((end) => end !== "")
  return {
    isSrv: scheme.toLowerCase() === "mongodb+srv",
    hosts: ends.map(toHost),
    ends: ends.map((end) => ({ host: toHost(end), port: Number(/:(\d+)$/.exec(end)?.[1] ?? defaultPort) })),
    ports: ends.flatMap((end) => /:(\d+)$/.exec(end)?.[1] ?? []).map(Number),
    options: new Map(
      query.split("&").map((option) => {
        const [name = "", value = ""] = option.split("=")
        return [name.toLowerCase(), value.toLowerCase()] as const
      }),
    ),
  }
}
