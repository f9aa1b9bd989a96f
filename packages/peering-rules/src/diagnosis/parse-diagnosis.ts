/** One host as the script tested it. A word is null when its check did not run. */
export interface HostDiagnosis {
  host: string
  /** The port that applications use. */
  port: string
  /** `private`, `public`, `none`, `no-answer`, `server-error`, `unresolved`, `missing`, `is-an-address` or `not-checked`. */
  name: string | null
  address: string | null
  /** `via`, `unreachable`, `blocked` or `not-checked`. */
  route: string | null
  device: string | null
  /** By port: `open`, `refused`, `reset`, `timeout`, `unreachable`, `no-route`, `blocked`, `failed` or `not-checked`. */
  ports: ReadonlyMap<string, string>
  /**
   * `valid`, `name-not-checked`, `wrong-name`, `wrong-time`, `untrusted`, `rejected`, `closed`, `silent`, `none` or
   * `not-checked`.
   */
  tls: string | null
}

/** The lines of the test script. */
export interface ParsedDiagnosis {
  /** The first server of the machine; null when it is not known. */
  dnsServer: string | null
  hosts: readonly HostDiagnosis[]
  /** True when the last line is there too. */
  isWhole: boolean
}

/** A pasted terminal has more: prompts, colours, the script itself. */
const colour = new RegExp(String.raw`\u001b\[[\d;]*[A-Za-z]`, "g")
const title = /^Peering diagnosis 1(?: |$)/
const fact = /^(dns-server|host|name|route|tcp|tls)(?: (\d+))?: ?(\S*)(?: (\S+))?$/

/** Parses what the test script printed, last run first; null when its first line is not there. */
export function parseDiagnosis(text: string): ParsedDiagnosis | null {
  const lines = text
    .replace(colour, "")
    .split(/\r?\n/)
    .map((line) => line.trim())
  const begin = lines.findLastIndex((line) => title.test(line))
  if (begin === -1) return null
  const hosts: (HostDiagnosis & { ports: Map<string, string> })[] = []
  let dnsServer: string | null = null
  let isWhole = false
  for (const line of lines.slice(begin)) {
    isWhole ||= line === "End of diagnosis"
    const [, kind, port = "", word = "", more = null] = fact.exec(line) ?? []
    const current = hosts.at(-1)
    if (kind === "dns-server") dnsServer = word === "not-checked" ? null : word
    else if (kind === "host") hosts.push(beginHost(word))
    else if (current === undefined) continue
    else if (kind === "name") Object.assign(current, { name: word, address: more })
    else if (kind === "route") Object.assign(current, { route: word, device: more })
    else if (kind === "tcp") current.ports.set(port, word)
    else if (kind === "tls") current.tls = word
  }
  return { dnsServer, hosts, isWhole }
}

function beginHost(end: string): HostDiagnosis & { ports: Map<string, string> } {
  const [host = "", port = "27017"] = end.split(":")
  return { host, port, name: null, address: null, route: null, device: null, ports: new Map(), tls: null }
}
