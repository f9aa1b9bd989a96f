import type { Cluster } from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { createCluster, privateStrings, standardStrings } from "#test/clusters.ts"
import { aws, awsContainer, azure, azureContainer, gcp, gcpContainer } from "#test/connections.ts"
import { chooseConnectionString, type StringContext } from "./choose-connection-string.ts"
import { explainElsewhere, listClustersBehind } from "./clusters-behind.ts"
import { removeSecrets } from "./connection-string-parts.ts"
import { explainConnectionString } from "./explain-connection-string.ts"
import { listTestHosts } from "./test-hosts.ts"

const onAws: StringContext = {
  peer: { ...aws, statusName: "AVAILABLE" },
  container: awsContainer,
  customDns: { enabled: false },
}
const withCustomDns: StringContext = { ...onAws, customDns: { enabled: true } }
const onGcp: StringContext = {
  peer: { ...gcp, status: "AVAILABLE" },
  container: gcpContainer,
  customDns: null,
}
const onAzure: StringContext = { peer: azure, container: azureContainer, customDns: null }
const places = {
  AWS: { context: onAws, region: "US_WEST_1" },
  GCP: { context: onGcp, region: "WESTERN_EUROPE" },
  AZURE: { context: onAzure, region: "EUROPE_WEST" },
} as const

function choose(context: StringContext, changes: Partial<Cluster> = {}) {
  const cloud = context.peer.providerName
  const cluster = createCluster(cloud, places[cloud].region, changes)
  const [behind] = listClustersBehind(context.peer, context.container, [cluster])
  if (behind === undefined) throw new Error("not behind")
  return chooseConnectionString(context, behind)
}

describe("listClustersBehind", () => {
  test.each(["AWS", "GCP", "AZURE"] as const)(
    "lists a cluster with a region in the container, and its regions outside it, on %s",
    (cloud) => {
      const { context, region } = places[cloud]
      const far = { providerName: cloud === "AWS" ? "GCP" : "AWS", regionName: "AP_SOUTH_1" }
      const cluster = createCluster(cloud, region, {
        regions: [{ providerName: cloud, regionName: region }, far],
      })
      expect(listClustersBehind(context.peer, context.container, [cluster])).toEqual([
        { cluster, within: [region], outside: ["AP_SOUTH_1"] },
      ])
    },
  )

  test("leaves out clusters of other regions, other clouds and shared tiers, and says why", () => {
    const others = [
      createCluster("AWS", "EU_WEST_1"),
      createCluster("GCP", "US_WEST_1"),
      createCluster("AWS", "US_WEST_1", { isDedicated: false, regions: [] }),
    ]
    expect(listClustersBehind(onAws.peer, awsContainer, others)).toEqual([])
    expect(others.map(explainElsewhere)).toEqual([
      "Runs in EU_WEST_1 (AWS), which this connection doesn't reach.",
      "Runs in US_WEST_1 (GCP), which this connection doesn't reach.",
      "Shared, flex and serverless clusters can't be peered. Those of Atlas Core and Atlas Infinite can.",
    ])
  })

  test("leaves out regions that a Google Cloud container was not made for", () => {
    const container = { ...gcpContainer, regions: ["EASTERN_US"] }
    expect(listClustersBehind(gcp, container, [createCluster("GCP", "WESTERN_EUROPE")])).toEqual([])
    expect(listClustersBehind(gcp, container, [createCluster("GCP", "EASTERN_US")])).toHaveLength(1)
  })
})

describe("chooseConnectionString", () => {
  test.each([
    [
      "the standard one on AWS",
      onAws,
      { connectionStrings: standardStrings },
      "standardSrv",
      "With your own DNS servers",
    ],
    [
      "the private one on AWS with custom DNS",
      withCustomDns,
      {},
      "privateSrv",
      "only through the VPC's own resolver",
    ],
    ["the private one on Google Cloud", onGcp, {}, "privateSrv", "public addresses"],
    ["the private one on Azure", onAzure, {}, "privateSrv", "public addresses"],
    [
      "the plain one where SRV is missing",
      onAzure,
      { connectionStrings: { ...standardStrings, private: privateStrings.private } },
      "private",
      "public addresses",
    ],
  ] as const)("takes %s, and names the wrong one [A5] [F3] [I2]", (_title, context, changes, name, wrong) => {
    const choice = choose(context, changes)
    expect(choice).toMatchObject({
      kind: "ready",
      name,
      value: { ...standardStrings, ...privateStrings }[name],
      wrong: { name: "standardSrv", why: expect.stringContaining(wrong) as string },
      warnings: [],
    })
  })

  test.each(["GCP", "AZURE"] as const)("never falls back to the public string on %s [A5]", (cloud) => {
    const choice = choose(places[cloud].context, { connectionStrings: standardStrings })
    expect(choice).toMatchObject({ kind: "not-ready", why: expect.stringContaining("no private") as string })
  })

  test.each([
    ["the cluster is being created", onAws, { stateName: "CREATING" }, "Atlas is creating the cluster."],
    ["the cluster is being deleted", onAzure, { stateName: "DELETING" }, "Atlas is deleting the cluster."],
    ["the peering waits", { ...onAws, peer: aws }, {}, "The connection is PENDING_ACCEPTANCE."],
    ["Atlas has no string", onAws, { connectionStrings: {} }, "Atlas has no connection string"],
  ] as const)("is not ready while %s", (_title, context, changes, why) => {
    const choice = choose(context, changes)
    expect(choice).toMatchObject({ kind: "not-ready", why: expect.stringContaining(why) as string })
  })

  test.each([
    [
      "a region out of reach [I5]",
      onAws,
      {
        regions: [
          { providerName: "AWS", regionName: "US_WEST_1" },
          { providerName: "AWS", regionName: "EU_WEST_1" },
        ],
      },
      "EU_WEST_1 can't be reached",
    ],
    ["a paused cluster", onAws, { paused: true }, "Resume it"],
    [
      "custom DNS that could not be read",
      { ...onAws, customDns: null },
      { connectionStrings: standardStrings },
      "could not be read",
    ],
    [
      "custom DNS without its string yet",
      withCustomDns,
      { connectionStrings: standardStrings },
      "no private string yet",
    ],
    [
      "a VPC in another region",
      { ...onAws, peer: { ...onAws.peer, accepterRegionName: "eu-west-1" } },
      {},
      "The VPC is in another region",
    ],
  ] as const)("warns of %s", (_title, context, changes, warning) => {
    const choice = choose(context as StringContext, changes as Partial<Cluster>)
    expect(choice.kind === "ready" && choice.warnings.join(" ")).toContain(warning)
  })
})

describe("removeSecrets", () => {
  test.each([
    [
      "mongodb+srv://app:s3cret@ledger.k3v9x.mongodb.net/shop?w=majority",
      "mongodb+srv://ledger.k3v9x.mongodb.net/shop",
      true,
    ],
    [
      "mongodb://app:p@ss/w?rd@h1.mongodb.net:27017,h2.mongodb.net:27017/?tls=false",
      "mongodb://h1.mongodb.net:27017,h2.mongodb.net:27017/?tls=false",
      true,
    ],
    [
      "MONGODB_URI='mongodb+srv://app@ledger.k3v9x.mongodb.net' TOKEN=abc",
      "mongodb+srv://ledger.k3v9x.mongodb.net",
      true,
    ],
    [
      "mongodb+srv://h.mongodb.net/?authMechanismProperties=AWS_SESSION_TOKEN:abc",
      "mongodb+srv://h.mongodb.net/",
      true,
    ],
    ["mongodb+srv://<user>:<db_password>@h.mongodb.net/", "mongodb+srv://h.mongodb.net/", false],
    ["mongodb+srv://h.mongodb.net/", "mongodb+srv://h.mongodb.net/", false],
    ["ledger.k3v9x.mongodb.net", "ledger.k3v9x.mongodb.net", false],
  ])("keeps only what tells where %j leads", (pasted, text, hadSecret) => {
    expect(removeSecrets(pasted)).toEqual({ text, hadSecret })
  })
})

test("removeSecrets keeps no part of any password, however it is written", () => {
  const line = fc.string({ unit: "grapheme" }).filter((text) => !/[\r\n\u2028\u2029]/.test(text))
  fc.assert(
    fc.property(line, line, (user, password) => {
      const { text } = removeSecrets(`URI="mongodb+srv://${user}:${password}@ledger.k3v9x.mongodb.net/shop"`)
      expect(text).toBe("mongodb+srv://ledger.k3v9x.mongodb.net/shop")
    }),
  )
})

describe("explainConnectionString", () => {
  const cloudsOwn = Object.values(places).map(({ region, context }) =>
    createCluster(context.peer.providerName, region),
  )
  const endpointString = "mongodb+srv://ledger-pl-0.k3v9x.mongodb.net"
  const explain = (text: string, context: StringContext, clusters: readonly Cluster[] = cloudsOwn) =>
    explainConnectionString(
      text,
      context,
      clusters.filter(({ regions }) => regions[0]?.providerName === context.peer.providerName),
    )

  test.each([
    ["AWS", standardStrings.standardSrv, onAws],
    ["AWS with custom DNS", privateStrings.privateSrv, withCustomDns],
    ["Google Cloud", privateStrings.privateSrv, onGcp],
    ["Azure", privateStrings.private, onAzure],
    ["Azure, in capitals and with a database", "MONGODB+SRV://Ledger-PRI.k3v9x.mongodb.net/shop", onAzure],
  ])("confirms the right string on %s", (_title, text, context) => {
    expect(explain(text, context).verdict).toBe("works")
  })

  test.each([
    [
      "the public string on Azure",
      standardStrings.standardSrv,
      onAzure,
      "public addresses",
      privateStrings.privateSrv,
    ],
    [
      "the public string on Google Cloud",
      standardStrings.standard,
      onGcp,
      "public addresses",
      privateStrings.privateSrv,
    ],
    [
      "a private string without custom DNS",
      privateStrings.privateSrv,
      onAws,
      "-pri",
      standardStrings.standardSrv,
    ],
    ["a private endpoint's string", endpointString, onAws, "private endpoint", "string above"],
    [
      "an unknown cluster",
      "mongodb+srv://other.zz9.mongodb.net",
      onAws,
      "No cluster of this project",
      "Check the project",
    ],
    ["another product", "mongodb://localhost:27017", onAws, "isn't a cluster in Atlas", "mongodb.net"],
    ["an IP address", "mongodb://10.8.1.17:27017", onAws, "certificate", "hostnames"],
    [
      "a port beside SRV",
      "mongodb+srv://ledger.k3v9x.mongodb.net:27017",
      onAws,
      "without a port",
      "as it is",
    ],
    ["TLS switched off", `${standardStrings.standardSrv}/?tls=false`, onAws, "TLS off", "Remove"],
    [
      "an SRV name in a plain string",
      "mongodb://ledger.k3v9x.mongodb.net",
      onAws,
      "no address",
      "mongodb+srv://",
    ],
    [
      "a host in an SRV string",
      "mongodb+srv://ledger-shard-00-00.k3v9x.mongodb.net",
      onAws,
      "no SRV records",
      "Atlas's string",
    ],
  ])("explains %s", (_title, text, context, says, next) => {
    const reading = explain(text, context)
    expect(reading).toMatchObject({ verdict: "not-yet", says: expect.stringContaining(says) as string })
    expect(reading.next).toContain(next)
  })

  test("explains a cluster that is not behind the connection, and one that is not ready", () => {
    const far = [createCluster("AWS", "EU_WEST_1")]
    expect(explain(standardStrings.standardSrv, onAws, far)).toMatchObject({
      says: "It leads to ledger, which isn't behind this connection.",
      next: "Runs in EU_WEST_1 (AWS), which this connection doesn't reach.",
    })
    expect(explain(standardStrings.standardSrv, { ...onAws, peer: aws }).says).toContain("PENDING_ACCEPTANCE")
  })

  test("recognises a private endpoint of a known cluster by its own list", () => {
    const endpoint = {
      connectionString: null,
      srvConnectionString: "mongodb+srv://odd-name.k3v9x.mongodb.net",
    }
    const known = createCluster("AWS", "US_WEST_1", { connectionStrings: { privateEndpoint: [endpoint] } })
    expect(explain("mongodb+srv://odd-name.k3v9x.mongodb.net", onAws, [known]).says).toContain(
      "private endpoint",
    )
  })

  test("calls other text no connection string", () => {
    expect(explain("ledger", onAws).verdict).toBe("unreadable")
  })
})

test("listTestHosts gives the hosts behind a string, SRV or not, and none where Atlas lists none", () => {
  const cluster = createCluster("AZURE", "EUROPE_WEST")
  expect(listTestHosts(cluster, "privateSrv")).toEqual([
    "ledger-shard-00-00-pri.k3v9x.mongodb.net:27017",
    "ledger-shard-00-01-pri.k3v9x.mongodb.net:27017",
  ])
  expect(listTestHosts(cluster, "standardSrv")[0]).toBe("ledger-shard-00-00.k3v9x.mongodb.net:27017")
  expect(listTestHosts({ ...cluster, connectionStrings: {} }, "privateSrv")).toEqual([])
})
