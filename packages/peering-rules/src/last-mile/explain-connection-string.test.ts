import type { Cluster } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { createCluster, privateStrings, standardStrings } from "#test/clusters.ts"
import { aws, awsContainer, azure, azureContainer, gcp, gcpContainer } from "#test/connections.ts"
import type { Reading } from "#runbook/read-outcome.ts"
import type { StringContext } from "./choose-connection-string.ts"
import { explainConnectionString } from "./explain-connection-string.ts"

const endpoint = {
  connectionString: "mongodb://pl-0-us-west-1.k3v9x.mongodb.net:1024",
  srvConnectionString: "mongodb+srv://ledger-pl-0-us-west-1.k3v9x.mongodb.net",
}

interface Situation {
  context: StringContext
  cluster: Cluster
}
const onAws = (enabled: boolean | null, listed: object): Situation => ({
  context: {
    peer: { ...aws, statusName: "AVAILABLE" },
    container: awsContainer,
    customDns: enabled === null ? null : { enabled },
  },
  cluster: createCluster("AWS", "US_WEST_1", {
    connectionStrings: { ...standardStrings, ...listed, privateEndpoint: [endpoint] },
  }),
})
/** The strings that Atlas lists in each situation. */
const situations = {
  aws: onAws(false, {}),
  awsCustomDns: onAws(true, privateStrings),
  azure: {
    context: { peer: azure, container: azureContainer, customDns: null },
    cluster: createCluster("AZURE", "EUROPE_WEST"),
  },
  gcp: {
    context: { peer: { ...gcp, status: "AVAILABLE" }, container: gcpContainer, customDns: null },
    cluster: createCluster("GCP", "WESTERN_EUROPE"),
  },
} satisfies Record<string, Situation>

const explain = (text: string, { context, cluster }: Situation): Reading =>
  explainConnectionString(text, context, [cluster])

const right = "works"
const wrong = "not-yet"
const open = "cannot-be-told"
const oneHost = "ledger-shard-00-00.k3v9x.mongodb.net"
const options = "ssl=true&replicaSet=atlas-a1b2-shard-0"

// What MongoDB's page on connection strings and the driver's rules (URI options, initial DNS seed list) say of each.
test.each<[string, string, Reading["verdict"], Reading["verdict"], Reading["verdict"]]>([
  ["the standard SRV string", standardStrings.standardSrv, right, open, wrong],
  ["the standard string", standardStrings.standard, right, open, wrong],
  ["the private SRV string", privateStrings.privateSrv, wrong, right, right],
  ["the private string", privateStrings.private, wrong, right, right],
  ["the legacy SRV string", "mongodb+srv://ledger-k3v9x.mongodb.net", open, open, open],
  ["the legacy SRV string of Azure", "mongodb+srv://ledger-k3v9x.azure.mongodb.net/shop", open, open, open],
  ["the legacy SRV string of Google Cloud", "mongodb+srv://ledger-k3v9x.gcp.mongodb.net", open, open, open],
  ["a legacy host", `mongodb://ledger-shard-00-00-k3v9x.mongodb.net:27017/?${options}`, open, open, open],
  ["the legacy string of another cluster", "mongodb+srv://foo-ab123.mongodb.net", open, open, open],
  ["a new string of another cluster", "mongodb+srv://foo.ab123.mongodb.net", wrong, wrong, wrong],
  ["an endpoint by zone", "mongodb+srv://pl-0-us-east-1a.ab123.mongodb.net", wrong, wrong, wrong],
  ["an endpoint's host", "mongodb://pl-0-us-east-1a.ab123.mongodb.net:1024", wrong, wrong, wrong],
  ["an endpoint of Azure", "mongodb+srv://pl-0-eastus2.ab123.azure.mongodb.net", wrong, wrong, wrong],
  ["an endpoint by region", "mongodb+srv://cluster0-pl-0-us-west-1.ab123.mongodb.net", wrong, wrong, wrong],
  ["an optimized endpoint", "mongodb+srv://cluster0-pl-0-lb.oq123.mongodb.net", wrong, wrong, wrong],
  ["SRV with directConnection", `${standardStrings.standardSrv}/?directConnection=true`, wrong, wrong, wrong],
  [
    "SRV with directConnection off",
    `${standardStrings.standardSrv}/?directConnection=false`,
    right,
    open,
    wrong,
  ],
  ["hosts with directConnection", `${standardStrings.standard}&directConnection=true`, wrong, wrong, wrong],
  ["one host directly", `mongodb://${oneHost}:27017/?${options}&directConnection=true`, open, open, wrong],
  ["one host", `mongodb://${oneHost}:27017/?${options}`, right, open, wrong],
  ["one host without a port", `mongodb://${oneHost}/?${options}`, right, open, wrong],
  ["a sharded cluster's port", `mongodb://${oneHost}:27016/?${options}`, wrong, wrong, wrong],
  [
    "another replica set",
    `mongodb://${oneHost}/?tls=true&replicaSet=atlas-zz99-shard-0`,
    wrong,
    wrong,
    wrong,
  ],
  ["hosts without TLS by name", `mongodb://${oneHost}:27017`, open, open, wrong],
  ["a load balancer", `${standardStrings.standardSrv}/?loadBalanced=true`, wrong, wrong, wrong],
  [
    "a host of another cluster beside one of this",
    `mongodb://${oneHost}:27017,foo-shard-00-00.ab123.mongodb.net:27017/?${options}`,
    open,
    open,
    wrong,
  ],
])("explainConnectionString judges %s: %s", (_what, text, ...verdicts) => {
  const { aws: plain, awsCustomDns, azure: onAzure, gcp: onGcp } = situations
  const judged = [plain, awsCustomDns, onAzure, onGcp].map((one) => explain(text, one).verdict)
  expect(judged).toEqual([...verdicts, verdicts[2]])
})

describe("explainConnectionString", () => {
  const { aws: plain, awsCustomDns, azure: onAzure } = situations

  test("says that a standard string beside custom DNS depends on the resolver", () => {
    expect(explain(standardStrings.standardSrv, awsCustomDns)).toEqual({
      verdict: "cannot-be-told",
      says: "Can't tell: standardSrv resolves to private addresses only through the VPC's own resolver.",
      next: `It works where applications use that resolver. With your own DNS servers use privateSrv: ${privateStrings.privateSrv}`,
    })
  })

  test("says of a legacy string which cluster it may be, and names today's string", () => {
    const legacy = "mongodb+srv://ledger-k3v9x.mongodb.net"
    expect(explain(legacy, plain)).toMatchObject({
      says: "Can't tell: this may be the string of ledger from before March 2020.",
      next: expect.stringContaining(`Use standardSrv: ${standardStrings.standardSrv}`) as string,
    })
    expect(explain(legacy, onAzure).next).toBe(
      `Names of that time resolve to private addresses only in peering-only mode. Use privateSrv: ${privateStrings.privateSrv}`,
    )
    expect(explain("mongodb+srv://foo-ab123.mongodb.net", plain).says).toBe(
      "Can't tell: the name has the form from before March 2020, which Atlas doesn't list.",
    )
  })

  test.each([
    "mongodb+srv://pl-0-us-east-1a.ab123.mongodb.net",
    "mongodb://pl-0-us-east-1a.ab123.mongodb.net:1024",
    "mongodb+srv://pl-0-eastus2.ab123.azure.mongodb.net",
    "mongodb+srv://cluster0-pl-0-us-west-1.ab123.mongodb.net",
    "mongodb+srv://cluster0-pl-0-lb.oq123.mongodb.net/?loadBalanced=true",
    ...Object.values(endpoint),
  ])("recognises the private endpoint of %s", (text) => {
    expect(explain(text, plain).says).toContain("for a private endpoint")
  })

  test("says which port, replica set or option is wrong", () => {
    expect(explain(`mongodb://${oneHost}:27016/?${options}`, plain).says).toBe(
      `In Atlas's string ${oneHost} has port 27017, not 27016.`,
    )
    expect(explain(`mongodb://${oneHost}/?tls=true&replicaSet=other`, plain).says).toBe(
      "It names the replica set other, but the cluster's is atlas-a1b2-shard-0.",
    )
    expect(explain(`${standardStrings.standardSrv}/?directConnection=true`, plain).says).toBe(
      "Drivers refuse directConnection=true in a mongodb+srv:// string.",
    )
  })

  test("accepts the port of a sharded cluster's hosts", () => {
    const sharded = createCluster("AWS", "US_WEST_1", {
      connectionStrings: { standard: `mongodb://${oneHost}:27016/?ssl=true` },
    })
    const judge = (port: number) =>
      explain(`mongodb://${oneHost}:${port}/?ssl=true`, { ...plain, cluster: sharded }).verdict
    expect([judge(27016), judge(27017)]).toEqual(["works", "not-yet"])
  })

  test("knows a private name that Atlas doesn't list, and why it doesn't work", () => {
    expect(explain(privateStrings.privateSrv, plain).says).toBe(
      "Hostnames with -pri work on AWS only while custom DNS is enabled.",
    )
    expect(explain(privateStrings.privateSrv, onAws(null, {})).verdict).toBe("cannot-be-told")
    expect(explain(privateStrings.privateSrv, onAws(true, {}))).toMatchObject({
      verdict: "not-yet",
      says: "Atlas doesn't list this private name of ledger yet.",
    })
    const cluster = createCluster("AZURE", "EUROPE_WEST", { connectionStrings: standardStrings })
    expect(explain(privateStrings.privateSrv, { ...onAzure, cluster }).says).toContain("no private")
  })

  test("can't tell whether a cluster is behind a connection whose container, or whose region, isn't known", () => {
    const { context, cluster } = plain
    const lost = explain(standardStrings.standardSrv, { context: { ...context, container: null }, cluster })
    const nowhere = explain(standardStrings.standardSrv, { context, cluster: { ...cluster, regions: [] } })
    expect([lost.verdict, nowhere.verdict]).toEqual(["cannot-be-told", "cannot-be-told"])
  })
})
