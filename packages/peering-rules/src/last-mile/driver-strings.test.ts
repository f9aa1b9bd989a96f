import { MongoClient } from "mongodb"
import { expect, test } from "vitest"
import { createCluster, privateStrings, standardStrings } from "#test/clusters.ts"
import { aws, awsContainer, azure, azureContainer, gcp, gcpContainer } from "#test/connections.ts"
import type { StringContext } from "./choose-connection-string.ts"
import { removeSecrets } from "./connection-string-parts.ts"
import { explainConnectionString } from "./explain-connection-string.ts"

const host = "ledger-shard-00-00.k3v9x.mongodb.net"
const hiddenHost = "ledger-shard-00-00-pri.k3v9x.mongodb.net"
const set = "replicaSet=atlas-a1b2-shard-0"

/** What a string leads to: one of the cluster's own strings, or something else. */
type Kind = "standard" | "private" | "legacy" | "elsewhere"

/** Begins of strings: scheme, hosts, and the options that the hosts need. */
const begins: readonly (readonly [Kind, string, string])[] = [
  ["standard", "mongodb+srv://ledger.k3v9x.mongodb.net", ""],
  ["standard", "mongodb+srv://app:p%40ss@ledger.k3v9x.mongodb.net", ""],
  ["standard", standardStrings.standard.replace(/\/\?.*/, ""), `tls=true&${set}`],
  ["standard", `mongodb://${host}:27017`, `tls=true&${set}`],
  ["standard", `mongodb://${host}`, `ssl=true&${set}`],
  ["private", "mongodb+srv://ledger-pri.k3v9x.mongodb.net", ""],
  ["private", privateStrings.private.replace(/\/\?.*/, ""), `tls=true&${set}`],
  ["private", `mongodb://${hiddenHost}:27017`, `tls=true&${set}`],
  ["legacy", "mongodb+srv://ledger-k3v9x.mongodb.net", ""],
  ["legacy", `mongodb://ledger-shard-00-00-k3v9x.mongodb.net:27017`, `tls=true&${set}`],
  ["elsewhere", "mongodb+srv://pl-0-us-east-1a.ab123.mongodb.net", ""],
  ["elsewhere", "mongodb://pl-0-us-east-1a.ab123.mongodb.net:1024", `tls=true&${set}`],
  ["elsewhere", "mongodb+srv://other.ab123.mongodb.net", ""],
  ["elsewhere", `mongodb://${host}:27016`, `tls=true&${set}`],
  ["elsewhere", "mongodb+srv://ledger.k3v9x.mongodb.net:27017", ""],
  ["elsewhere", "mongodb+srv://ledger.k3v9x.mongodb.net,other.k3v9x.mongodb.net", ""],
  ["elsewhere", `mongodb+srv://${host}`, ""],
  ["elsewhere", "mongodb://ledger.k3v9x.mongodb.net", "tls=true"],
  ["elsewhere", "mongodb://10.8.0.4:27017", "tls=true"],
]

/** Options that change nothing about the way, and ones that a driver may refuse. */
const plainEnds = ["", "/shop", "retryWrites=true&w=majority", "authSource=admin&appName=orders"]
const oddEnds = [
  "directConnection=true",
  "directConnection=maybe",
  "loadBalanced=true",
  "tls=true&ssl=false",
  "tls=false&ssl=true",
  "tls=yes",
  "srvMaxHosts=2",
  "srvServiceName=mongodb",
  "replicaSet=",
]

const contexts: Readonly<Record<string, { context: StringContext; listed: object; right: readonly Kind[] }>> =
  {
    AWS: {
      context: {
        peer: { ...aws, statusName: "AVAILABLE" },
        container: awsContainer,
        customDns: { enabled: false },
      },
      listed: standardStrings,
      right: ["standard"],
    },
    "AWS with custom DNS": {
      context: {
        peer: { ...aws, statusName: "AVAILABLE" },
        container: awsContainer,
        customDns: { enabled: true },
      },
      listed: { ...standardStrings, ...privateStrings },
      right: ["private"],
    },
    Azure: {
      context: { peer: azure, container: azureContainer, customDns: null },
      listed: { ...standardStrings, ...privateStrings },
      right: ["private"],
    },
    "Google Cloud": {
      context: { peer: { ...gcp, status: "AVAILABLE" }, container: gcpContainer, customDns: null },
      listed: { ...standardStrings, ...privateStrings },
      right: ["private"],
    },
  }

function toText(begin: string, needed: string, end: string): string {
  const [path, options] = end.startsWith("/") ? [end, ""] : ["/", end]
  const all = [needed, options].filter((part) => part !== "").join("&")
  return `${begin}${path}${all === "" ? "" : `?${all}`}`
}

const strings = begins.flatMap(([kind, begin, needed]) =>
  [...plainEnds, ...oddEnds].map((end) => ({
    kind,
    text: toText(begin, needed, end),
    isPlain: plainEnds.includes(end),
  })),
)

/** Asks MongoDB's driver, which parses a string without connecting. */
function isRefused(text: string): boolean {
  try {
    void new MongoClient(text).close()
    return false
  } catch {
    return true
  }
}

test.each(Object.entries(contexts))(
  `explainConnectionString judges ${strings.length} strings on %s as the driver and Atlas do`,
  (_name, { context, listed, right }) => {
    expect(strings.length).toBeGreaterThanOrEqual(200)
    const { peer } = context
    const place = { AWS: "US_WEST_1", AZURE: "EUROPE_WEST", GCP: "WESTERN_EUROPE" }[peer.providerName]
    const cluster = createCluster(peer.providerName, place, { connectionStrings: listed })
    const wrong = strings.flatMap(({ kind, text, isPlain }) => {
      const { verdict, says } = explainConnectionString(removeSecrets(text).text, context, [cluster])
      const refused = isRefused(text)
      if (refused)
        return verdict === "works" || verdict === "cannot-be-told" ? [`refused ${text}: ${says}`] : []
      if (!isPlain) return verdict === "works" && !right.includes(kind) ? [`${text}: ${says}`] : []
      const isRight = right.includes(kind)
      return (verdict === "works") === isRight ? [] : [`${text}: ${verdict} ${says}`]
    })
    expect(wrong).toEqual([])
  },
)
