import { execFileSync } from "node:child_process"
import { parse as parseHcl } from "@cdktf/hcl2json"
import type { AtlasPeer, AwsPeer, AzurePeer, Container, GcpPeer } from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { toConnectionString, toLimits, toLookCommand, toRunbook } from "./runbook.ts"
import { notYetKnown } from "./runbook-step.ts"

const id = "507f1f77bcf86cd799439011"
const aws: AwsPeer = {
  providerName: "AWS",
  id,
  containerId: id,
  accepterRegionName: "us-west-1",
  awsAccountId: "123456789012",
  connectionId: "pcx-09859d49147799d71",
  routeTableCidrBlock: "10.15.0.0/16",
  statusName: "PENDING_ACCEPTANCE",
  vpcId: "vpc-0c5e7d2b9f1a46083",
}
const awsContainer: Container = {
  providerName: "AWS",
  id,
  atlasCidrBlock: "10.8.0.0/21",
  regionName: "US_WEST_1",
}
const gcp: GcpPeer = {
  providerName: "GCP",
  id,
  containerId: id,
  gcpProjectId: "shop-prod",
  networkName: "core",
  status: "WAITING_FOR_USER",
}
const gcpContainer: Container = {
  providerName: "GCP",
  id,
  atlasCidrBlock: "10.8.0.0/18",
  gcpProjectId: "p-xyz",
  networkName: "nt-abc",
}
const azure: AzurePeer = {
  providerName: "AZURE",
  id,
  containerId: id,
  azureDirectoryId: "11111111-2222-3333-4444-555555555555",
  azureSubscriptionId: "66666666-7777-8888-9999-000000000000",
  resourceGroupName: "net",
  vnetName: "hub",
  status: "AVAILABLE",
}
const azureContainer: Container = {
  providerName: "AZURE",
  id,
  atlasCidrBlock: "10.8.0.0/21",
  region: "EUROPE_WEST",
}

/** The words that a shell makes of a script's calls of the clouds' tools, one list a call. */
function run(script: string): string[][] {
  const tools = ["aws", "gcloud", "az"].map(
    (tool) => `${tool}() { printf '%s\\0' ${tool} "$@"; printf '\\n\\0'; }`,
  )
  const out = execFileSync("sh", ["-c", `${tools.join("\n")}\n${script}`], {
    env: { SECURITY_GROUP_ID: "sg-1", NETWORK_SECURITY_GROUP: "nsg-1" },
  }).toString()
  const calls: string[][] = [[]]
  for (const word of out.split("\0").slice(0, -1)) {
    if (word === "\n") calls.push([])
    else calls.at(-1)?.push(word)
  }
  return calls.slice(0, -1)
}

function textOf(peer: AtlasPeer, container: Container | null, stepId: string, tool: string): string {
  const step = toRunbook(peer, container).find((one) => one.id === stepId)
  return step?.instructions.find((one) => one.tool === tool)?.text ?? `no ${stepId} by ${tool}`
}

describe("on AWS", () => {
  test("the request is accepted in the VPC's account and region", () => {
    expect(run(textOf(aws, awsContainer, "aws-accept", "aws"))).toEqual([
      [
        "aws",
        "ec2",
        "accept-vpc-peering-connection",
        "--region=us-west-1",
        "--vpc-peering-connection-id=pcx-09859d49147799d71",
      ],
    ])
    expect(textOf(aws, awsContainer, "aws-accept", "console")).toContain(
      "account 123456789012, region us-west-1",
    )
  })

  test("a region that Atlas left out is the container's own", () => {
    expect(textOf({ ...aws, accepterRegionName: null }, awsContainer, "aws-accept", "aws")).toContain(
      "--region=us-west-1",
    )
  })

  test("a region in Atlas's spelling is written in AWS's", () => {
    expect(textOf({ ...aws, accepterRegionName: "EU_WEST_1" }, awsContainer, "aws-accept", "aws")).toContain(
      "--region=eu-west-1",
    )
  })

  test("accepting waits for the pcx- id", () => {
    const [, accept] = toRunbook({ ...aws, connectionId: null }, awsContainer)
    expect(accept).toMatchObject({ id: "aws-accept", waitsFor: expect.stringContaining("pcx-") as string })
  })

  test("names are resolved by two calls, since AWS changes one attribute at a time", () => {
    expect(run(textOf(aws, awsContainer, "aws-dns", "aws")).map((call) => call.slice(-1))).toEqual([
      ['{"Value":true}'],
      ['{"Value":true}'],
    ])
  })

  test("each route table of the VPC gets a route to Atlas's block", () => {
    const script = textOf(aws, awsContainer, "aws-routes", "aws")
    const first = `aws() { case "$2" in describe-route-tables) echo rtb-1 rtb-2;; *) printf '%s\\0' aws "$@"; printf '\\n\\0';; esac; }`
    const out = execFileSync("sh", ["-c", `${first}\n${script}`]).toString()
    for (const table of ["rtb-1", "rtb-2"])
      expect(out).toContain(
        `--route-table-id=${table}\0--destination-cidr-block=10.8.0.0/21\0--vpc-peering-connection-id=pcx-09859d49147799d71`,
      )
  })

  test("security groups are offered in the container's region and nowhere else", () => {
    const why = (peer: AwsPeer) =>
      toRunbook(peer, awsContainer).find(({ id: step }) => step === "access-list")?.why
    expect(why(aws)).toContain("can stand in for it")
    expect(why({ ...aws, accepterRegionName: "eu-west-1" })).toContain("cannot stand in for it")
    expect(toLimits(aws, awsContainer)).toEqual([])
    // An answer may spell the VPC's region as Atlas spells its own.
    expect(toLimits({ ...aws, accepterRegionName: "US_WEST_1" }, awsContainer)).toEqual([])
    expect(toLimits({ ...aws, accepterRegionName: "eu-west-1" }, awsContainer)).toHaveLength(1)
  })
})

describe("on Google Cloud", () => {
  test("the other half names the container's project and network, not one's own", () => {
    expect(run(textOf(gcp, gcpContainer, "gcp-peer-back", "gcloud"))).toEqual([
      [
        "gcloud",
        "compute",
        "networks",
        "peerings",
        "create",
        "atlas",
        "--project=shop-prod",
        "--network=core",
        "--peer-project=p-xyz",
        "--peer-network=nt-abc",
      ],
    ])
  })

  test("it waits until Atlas has made its side", () => {
    const [back] = toRunbook(gcp, { ...gcpContainer, gcpProjectId: null, networkName: null })
    expect(back?.waitsFor).toContain("still making its side")
    expect(back?.instructions[0]?.text).toContain(notYetKnown)
  })
})

describe("on Azure", () => {
  test("the role holds four rights on the one VNet, and goes to Atlas's application", () => {
    const [definition] = run(textOf(azure, azureContainer, "azure-role", "az"))
    const role = JSON.parse(definition?.at(-1)?.replace("--role-definition=", "") ?? "") as Record<
      string,
      unknown
    >
    const scope =
      "/subscriptions/66666666-7777-8888-9999-000000000000/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/hub"
    expect(role["Actions"]).toHaveLength(4)
    expect(role["AssignableScopes"]).toEqual([scope])
    const [assignment] = run(textOf(azure, azureContainer, "azure-role-assignment", "az"))
    expect(assignment).toContain("--assignee=e90a1407-55c3-432d-9cb1-3638900a9d22")
    expect(assignment).toContain(`--scope=${scope}`)
  })

  test("everything but the ports comes before the request", () => {
    const stages = toRunbook(azure, azureContainer).map(({ id: step, stage }) => [step, stage])
    expect(stages.slice(0, 4).every(([, stage]) => stage === "before")).toBe(true)
  })
})

test("on Google Cloud there is no request to accept, and the step says so", () => {
  expect(toRunbook(gcp, gcpContainer)[0]?.why).toContain("only when each names the other")
})

test("the ports are named in the steps of every cloud", () => {
  for (const [peer, container] of [
    [aws, awsContainer],
    [gcp, gcpContainer],
    [azure, azureContainer],
  ] as const)
    expect(JSON.stringify(toRunbook(peer, container))).toMatch(/27015.{1,12}27017/)
})

test("the limits of a cloud are named", () => {
  expect(toLimits(gcp, gcpContainer).join()).toContain("Cloud Run")
  expect(toLimits(azure, azureContainer).join()).toContain("one for each Atlas region")
})

test("the connection string that goes over the peering is told by cloud", () => {
  expect([aws, gcp, azure].map((peer) => toConnectionString(peer).name)).toEqual([
    "standard",
    "private",
    "private",
  ])
})

describe("Terraform, read by its own parser", () => {
  const read = async (peer: AtlasPeer, container: Container) => {
    const text = toRunbook(peer, container)
      .flatMap(({ instructions }) => instructions)
      .filter(({ tool }) => tool === "terraform")
      .map((one) => one.text)
      .join("\n")
    return (await parseHcl("runbook.tf", text)) as {
      resource: Record<string, { atlas: Record<string, unknown>[] }>
    }
  }

  test("accepts and routes on AWS, peers back on Google Cloud, and gives the role on Azure", async () => {
    const ofAws = (await read(aws, awsContainer)).resource
    expect(ofAws["aws_vpc_peering_connection_accepter"]?.atlas[0]).toMatchObject({
      auto_accept: true,
      vpc_peering_connection_id: aws.connectionId,
    })
    expect(ofAws["aws_route"]?.atlas[0]).toMatchObject({ destination_cidr_block: "10.8.0.0/21" })
    const ofGcp = (await read(gcp, gcpContainer)).resource
    expect(ofGcp["google_compute_network_peering"]?.atlas[0]).toMatchObject({
      network: "projects/shop-prod/global/networks/core",
      peer_network: "projects/p-xyz/global/networks/nt-abc",
    })
    const ofAzure = (await read(azure, azureContainer)).resource
    expect(ofAzure["azurerm_role_definition"]?.atlas[0]).toMatchObject({
      permissions: [{ actions: { length: 4 } }],
    })
    expect(Object.keys(ofAzure).sort()).toEqual([
      "azuread_service_principal",
      "azurerm_role_assignment",
      "azurerm_role_definition",
    ])
  })

  test("takes any name as a name", async () => {
    const hostileName = '"}\n${file("/etc/passwd")} %{ if true }'
    const { resource } = await read({ ...gcp, networkName: hostileName }, gcpContainer)
    expect(Object.keys(resource)).toEqual(["google_compute_network_peering"])
  })
})

describe("whatever Atlas says a name is", () => {
  const hostile = fc.oneof(
    fc.constantFrom(
      "'; rm -rf /",
      "$(touch x)",
      "`id`",
      "-rf",
      "a b\nc",
      "q\"uo'te",
      "ü\u2028",
      "!x",
      "a\\",
      "--",
    ),
    fc
      .string({ unit: "grapheme", minLength: 1 })
      .map((text) => text.replaceAll("\0", ""))
      .filter((text) => text !== "\n"),
  )

  test("each command is the intended words, whole, when a shell reads it", () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const subjects: [AtlasPeer, Container][] = [
          [
            { ...aws, vpcId: value, connectionId: value, accepterRegionName: value },
            { ...awsContainer, atlasCidrBlock: value },
          ],
          [
            { ...gcp, gcpProjectId: value, networkName: value },
            { ...gcpContainer, gcpProjectId: value, networkName: value, atlasCidrBlock: value },
          ],
          [
            {
              ...azure,
              azureDirectoryId: value,
              azureSubscriptionId: value,
              resourceGroupName: value,
              vnetName: value,
            },
            { ...azureContainer, atlasCidrBlock: value },
          ],
        ]
        for (const [peer, container] of subjects) {
          const scripts = toRunbook(peer, container)
            .flatMap(({ instructions }) => instructions)
            .filter(({ tool }) => tool === "aws" || tool === "gcloud" || tool === "az")
            .map(({ text }) => text)
          const words = run([...scripts, toLookCommand(peer, container) ?? ""].join("\n")).flat()
          const withValue = words.filter(
            (word) => word.includes("=") && word.slice(word.indexOf("=") + 1) === value,
          )
          expect(withValue.length).toBeGreaterThan(2)
          // Nothing of the value became a word of its own.
          expect(
            words.every((word) => /^(--|aws$|gcloud$|az$|[a-z0-9-]+$|\{"Value":true\}$)/.test(word)),
          ).toBe(true)
        }
      }),
      { numRuns: 60 },
    )
  })
})

test("the look at AWS goes to the container's region when Atlas leaves the VPC's out", () => {
  expect(toLookCommand({ ...aws, accepterRegionName: null }, awsContainer)).toContain("--region=us-west-1")
})
