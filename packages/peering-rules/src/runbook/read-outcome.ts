import {
  formatCidr,
  isPrivateCidr,
  parseCidr,
  type Cidr,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { isOverlapping } from "#addresses/cidr-overlap.ts"

/** The meaning of a pasted text. `unreadable`: these tools did not print it. `cannot-be-told`: it depends on what is not known here. */
export interface Reading {
  verdict: "works" | "not-yet" | "unreadable" | "cannot-be-told"
  says: string
  /** The next thing to do; null when nothing is left. */
  next: string | null
}

export function notYet(says: string, next: string): Reading {
  return { verdict: "not-yet", says, next }
}

export function unreadable(says: string, next: string): Reading {
  return { verdict: "unreadable", says, next }
}

export function works(says: string): Reading {
  return { verdict: "works", says, next: null }
}

const address = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g

/**
 * Reads what `nslookup` or `dig` printed for a cluster's host name.
 * @param atlasCidr the container's block; null when it is not known
 */
export function readNameLookup(text: string, providerName: ProviderName, atlasCidr: string | null): Reading {
  // A tool asks several questions, for search domains and IPv6 too; one answer is enough.
  const found = toAnswers(text)
  if (found.length === 0) return toUnanswered(text)
  const block = parseCidr(atlasCidr ?? "") === null ? null : atlasCidr
  const outside = found.filter((one) => !isPrivateCidr(one))
  if (found.some((one) => isOverlapping(formatCidr(one), "127.0.0.0/8")))
    return notYet(
      "The name resolves to this machine.",
      "Check /etc/hosts and the local resolver, then ask your network's DNS.",
    )
  if (outside.length > 0) return toPublicReading(providerName)
  if (block !== null && !found.every((one) => isOverlapping(formatCidr(one), block)))
    return notYet(
      `The name resolves to a private IP outside the container's ${block}.`,
      "It may belong to another container or a private endpoint. Check the cluster's region.",
    )
  return works(
    `The name resolves to a private IP${block === null ? "" : ` in the container's ${block}`} and uses the peering.`,
  )
}

/** The host in an SRV record, as nslookup, dig or Windows prints it. */
const service = /(?:\b(?:service =|SRV(?: record)?)\s+\d+ \d+ \d+|svr hostname\s+=) ([\w.-]*\w)/i

function toUnanswered(text: string): Reading {
  if (/NXDOMAIN|Non-existent domain|can't find|No answer/i.test(text))
    return notYet(
      "The name doesn't exist.",
      "Copy a hostname from the cluster's connection string. The one after mongodb+srv:// has no address: look up its SRV records for the hosts.",
    )
  if (/timed out|no servers could be reached|SERVFAIL/i.test(text))
    return notYet("The DNS server didn't answer.", "Check your network's DNS. The peering isn't the cause.")
  const host = service.exec(text)?.[1]
  if (host !== undefined)
    return notYet("These are the cluster's hosts without addresses.", `Look up one of them: ${host}.`)
  return unreadable("No address found.", "Paste the full output of nslookup.")
}

function toPublicReading(providerName: ProviderName): Reading {
  return notYet(
    "The name resolves to a public IP and bypasses the peering.",
    providerName === "AWS"
      ? "Enable DNS resolution and hostnames on the VPC, and test from inside it."
      : "Use the private connection string. Its hostnames contain -pri.",
  )
}

/** Matches dig's remarks, nslookup's failures and the server that host names; the addresses in them are those of name servers. */
const remark = /^\s*(?:;|\*|nslookup:|Name:|Address:.*#)/i

/** Below this line come the zone's name servers, until the next answer begins. */
const serversBegin = /^;; (?:AUTHORITY|ADDITIONAL) SECTION|answers can be found from/i
const answerBegins = /^(?:;; ANSWER SECTION|Server:|Non-authoritative answer:)/i

/** Lists the addresses of the answer, without those of name servers. */
function toAnswers(text: string): Cidr[] {
  const lines = text.split(/\r?\n/)
  let isOfZone = false
  const answer = lines.filter((line, at) => {
    isOfZone = (isOfZone || serversBegin.test(line)) && !answerBegins.test(line)
    return !isOfZone && !remark.test(line) && !isOfServer(lines, at)
  })
  return (answer.join("\n").match(address) ?? []).flatMap((one) => parseCidr(`${one}/32`) ?? [])
}

/** The line with the server's name, as Windows prints it in its languages. */
const serverLine =
  /^\s*(?:Server|Serveur|Servidor|Serwer|Palvelin|Сервер|サーバー|服务器|伺服器|서버)\s*[:：]/i

/** Windows and BusyBox print the server's address as they print an answer, on the line below the server's name. */
function isOfServer(lines: readonly string[], at: number): boolean {
  const isServer = (line: string | undefined) => serverLine.test(line ?? "")
  return isServer(lines[at]) || (isServer(lines[at - 1]) && /^\s*Address/i.test(lines[at] ?? ""))
}

const allTheWay =
  "Check the route to the Atlas CIDR, outbound rules for TCP 27015–27017, and the project's IP access list."

/** Readings of what the tools print. Failures come first: some contain a word of success, as "Could not open connection". */
const portOutcomes: readonly (readonly [RegExp, Reading])[] = [
  [
    /invalid option -- '?[vzw]|BusyBox v[\d.]+ .*multi-call/i,
    unreadable(
      "This nc doesn't know -v or -z, so it tried nothing.",
      "Run telnet with the same hostname and port instead, and paste its output.",
    ),
  ],
  [
    /refused/i,
    notYet(
      "The host answers, but not on this port.",
      "Use the port of the connection string, 27015 to 27017. Check that the name resolves into the Atlas CIDR.",
    ),
  ],
  [
    /could not resolve|name resolution|bad address|nodename nor servname|getaddrinfo|not known|forward host lookup failed/i,
    notYet("The name couldn't be resolved.", "Run nslookup for the same hostname first."),
  ],
  [
    /no route to host|network is unreachable/i,
    notYet(
      "Your network has no route to that address.",
      "Add the route to the Atlas CIDR to the route table of this machine's subnet.",
    ),
  ],
  [
    /timed? ?out|Operation now in progress|TcpTestSucceeded\s*:\s*False/i,
    notYet("The connection timed out.", allTheWay),
  ],
  [/fail|could not|unable to/i, notYet("The connection failed without a reason.", allTheWay)],
  [
    /\bsucceeded!|\) open\s*$|^(?:Ncat: )?Connected to |TcpTestSucceeded\s*:\s*True/im,
    works("The port answers. The connection works."),
  ],
]

const clusterPorts: ReadonlySet<number> = new Set([27015, 27016, 27017])

/** Matches the port in the outputs of nc, BusyBox, Ncat and Test-NetConnection. That of telnet has none. */
const triedPort = /\b(\d+) (?:port \[|\()|host:(\d+)|RemotePort\s*:\s*(\d+)/g

/** Matches a host name, which can contain a word of failure: `timeout-test.mongodb.net`. */
const hostName = /(?<![\w-])[\w-]+(?:\.[\w-]+)+/g

/** Netcat-traditional's remark on an address without a reverse name, as Atlas's private ones are. It tries the port all the same. */
const reverseLookup = /^.*inverse host lookup failed.*$/gim

/** Reads what `nc -vz host 27017`, `telnet` or PowerShell's Test-NetConnection printed. */
export function readPortTry(text: string): Reading {
  const said = text.replace(hostName, "host").replace(reverseLookup, "")
  const reading = portOutcomes.find(([form]) => form.test(said))?.[1]
  if (reading === undefined)
    return unreadable("This isn't output of nc, telnet or Test-NetConnection.", "Paste the full output.")
  const ports = [...said.matchAll(triedPort)].map((found) => Number(found.slice(1).find(Boolean)))
  const [other] = ports
  if (reading.verdict !== "works" || other === undefined || ports.some((port) => clusterPorts.has(port)))
    return reading
  return notYet(`Port ${other} answers, and no cluster listens on it.`, "Try a port from 27015 to 27017.")
}
