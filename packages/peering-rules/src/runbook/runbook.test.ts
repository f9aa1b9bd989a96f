import type { AtlasPeer, AwsPeer, Container } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { toConnectionString, buildCheckCommand, toRunbook } from "./runbook.ts"
import { toAzurePermissionSteps } from "./azure.ts"
import { notYetKnown } from "./runbook-step.ts"
import { aws, awsContainer, azure, azureContainer, gcp, gcpContainer } from "#test/connections.ts"
import { readCalls } from "#test/shell.ts"

function textOf(peer: AtlasPeer, container: Container | null, stepId: string, tool: string): string {
  const step = toRunbook(peer, container).find((one) => one.id === stepId)
  return step?.instructions.find((one) => one.tool === tool)?.text ?? `no ${stepId} by ${tool}`
}

describe("toRunbook for AWS", () => {
  test("accepts the request in the VPC's account and region", () => {
    expect(readCalls(textOf(aws, awsContainer, "aws-accept", "aws"))).toEqual([
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

  test("uses the container's region when Atlas leaves the VPC's out [D8]", () => {
    expect(textOf({ ...aws, accepterRegionName: null }, awsContainer, "aws-accept", "aws")).toContain(
      "--region=us-west-1",
    )
  })

  test("writes a region in AWS's spelling when Atlas gives its own", () => {
    expect(textOf({ ...aws, accepterRegionName: "EU_WEST_1" }, awsContainer, "aws-accept", "aws")).toContain(
      "--region=eu-west-1",
    )
  })

  test("waits for the pcx- id before accepting", () => {
    const [, accept] = toRunbook({ ...aws, connectionId: null }, awsContainer)
    expect(accept).toMatchObject({ id: "aws-accept", waitsFor: expect.stringContaining("pcx-") as string })
  })

  test("enables DNS with two calls, since AWS changes one attribute at a time", () => {
    expect(readCalls(textOf(aws, awsContainer, "aws-dns", "aws")).map((call) => call.slice(-1))).toEqual([
      ['{"Value":true}'],
      ['{"Value":true}'],
    ])
  })

  test("routes Atlas's block in each route table of the VPC [I1]", () => {
    const script = textOf(aws, awsContainer, "aws-routes", "aws")
    const answers = { aws: `case "$2" in describe-route-tables) echo rtb-1 rtb-2;; esac` }
    const routes = readCalls(script, {}, answers).filter(([, , act]) => act === "create-route")
    expect(routes.map((words) => words.slice(-3))).toEqual(
      ["rtb-1", "rtb-2"].map((table) => [
        `--route-table-id=${table}`,
        "--destination-cidr-block=10.8.0.0/21",
        "--vpc-peering-connection-id=pcx-09859d49147799d71",
      ]),
    )
  })

  test("offers security groups only in the container's region [I3]", () => {
    const why = (peer: AwsPeer) =>
      toRunbook(peer, awsContainer).find(({ id: step }) => step === "access-list")?.why
    expect(why(aws)).toContain("works too")
    expect(why({ ...aws, accepterRegionName: "eu-west-1" })).toContain("don't work across regions")
    // An answer may spell the VPC's region as Atlas spells its own.
    expect(why({ ...aws, accepterRegionName: "US_WEST_1" })).toContain("works too")
  })
})

describe("toRunbook for Google Cloud", () => {
  test("names the container's project and network in the other half, not the owner's [A1]", () => {
    expect(readCalls(textOf(gcp, gcpContainer, "gcp-peer-back", "gcloud"))).toEqual([
      [
        "gcloud",
        "compute",
        "networks",
        "peerings",
        "create",
        "atlas-99439011",
        "--project=shop-prod",
        "--network=core",
        "--peer-project=p-xyz",
        "--peer-network=nt-abc",
      ],
    ])
  })

  test("waits until Atlas has made its side [A3]", () => {
    const [back] = toRunbook(gcp, { ...gcpContainer, gcpProjectId: null, networkName: null })
    expect(back?.waitsFor).toContain("creating its side")
    expect(back?.instructions).toEqual([])
  })
})

describe("toRunbook for Azure", () => {
  test("gives Atlas's application four rights on the one VNet [B12]", () => {
    const [definition] = readCalls(textOf(azure, azureContainer, "azure-role", "az"))
    const role = JSON.parse(definition?.at(-1)?.replace("--role-definition=", "") ?? "") as Record<
      string,
      unknown
    >
    const scope =
      "/subscriptions/66666666-7777-8888-9999-000000000000/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/hub"
    expect(role["Actions"]).toHaveLength(4)
    expect(role["AssignableScopes"]).toEqual([scope])
    const [assignment] = readCalls(textOf(azure, azureContainer, "azure-role-assignment", "az"))
    expect(assignment).toContain("--assignee=e90a1407-55c3-432d-9cb1-3638900a9d22")
    expect(assignment).toContain(`--scope=${scope}`)
  })

  test("puts every step but the ports before the request", () => {
    const stages = toRunbook(azure, azureContainer).map(({ id: step, stage }) => [step, stage])
    expect(stages.slice(0, 4).every(([, stage]) => stage === "before")).toBe(true)
  })
})

test("the Google Cloud step says that there is no request to accept [I6]", () => {
  const [first] = toRunbook(gcp, gcpContainer)
  expect(first?.why).toContain("Google Cloud peering must be created from both sides")
})

const connections: [AtlasPeer, Container][] = [
  [aws, awsContainer],
  [gcp, gcpContainer],
  [azure, azureContainer],
]

test("each step has the cloud's command line, Terraform and console, or says why not", () => {
  const untold = connections.flatMap(([peer, container]) =>
    toRunbook(peer, container)
      .filter(({ id }) => id.startsWith(`${peer.providerName.toLowerCase()}-`))
      .flatMap(({ id, why, instructions }) =>
        (["aws", "gcloud", "az", "terraform", "console"] as const)
          .filter((tool) => tool === tools[peer.providerName] || tool === "terraform" || tool === "console")
          .filter((tool) => !instructions.some((one) => one.tool === tool))
          .map((tool) => ({ id, tool, why })),
      ),
  )
  expect(untold).toEqual([
    {
      id: "azure-role-check",
      tool: "terraform",
      why: expect.stringContaining("Terraform's plan shows") as string,
    },
    {
      id: "azure-routes",
      tool: "terraform",
      why: expect.stringContaining("remove it where it was made: in Terraform") as string,
    },
  ])
})

const tools = { AWS: "aws", GCP: "gcloud", AZURE: "az" } as const

test("no two lines of a console's steps are equal", () => {
  for (const [peer, container] of connections)
    for (const { id, instructions } of toRunbook(peer, container)) {
      const lines = instructions.find(({ tool }) => tool === "console")?.text.split("\n") ?? []
      expect({ id, lines }).toEqual({ id, lines: [...new Set(lines)] })
    }
})

test("a step that lacks a value says that it waits, and has nothing to copy", () => {
  const bare: [AtlasPeer, Container | null][] = [
    [{ providerName: "AWS", id: aws.id }, null],
    [{ providerName: "GCP", id: gcp.id }, null],
    [{ providerName: "AZURE", id: azure.id }, null],
  ]
  for (const [peer, container] of [...bare, ...connections]) {
    const steps = toRunbook(peer, container)
    expect(JSON.stringify(steps)).not.toContain(notYetKnown)
    expect(buildCheckCommand(peer, container) ?? "").not.toContain(notYetKnown)
    const waiting = steps.filter(({ waitsFor }) => waitsFor !== null)
    expect(waiting.flatMap(({ instructions }) => instructions)).toEqual([])
  }
  for (const [peer, container] of bare) {
    const [first] = toRunbook(peer, container)
    expect(first?.waitsFor).not.toBeNull()
    expect(buildCheckCommand(peer, container)).toBeNull()
  }
  // A field of a form that is still empty is no value either.
  const draft = toAzurePermissionSteps({ ...azure, vnetName: "" })
  expect(draft.map(({ waitsFor }) => waitsFor === null)).toEqual([true, false, false, false])
})

test("buildCheckCommand lists what the cloud has for the requested network [A4]", () => {
  const commands = connections.map(([peer, container]) => readCalls(buildCheckCommand(peer, container) ?? ""))
  expect(commands.map(([words]) => words?.join(" "))).toEqual([
    "aws ec2 describe-vpc-peering-connections --vpc-peering-connection-ids=pcx-09859d49147799d71 --region=us-west-1",
    "gcloud compute networks peerings list --project=shop-prod --network=core",
    "az network vnet peering list --subscription=66666666-7777-8888-9999-000000000000 --resource-group=net --vnet-name=hub",
  ])
})

test("names that must be unique differ by container, and a firewall's by connection", () => {
  const asked = { PRIORITY: "200", NETWORK_SECURITY_GROUP: "apps" }
  const namesOf = (ids: { id: string; containerId: string }) => [
    readCalls(textOf({ ...gcp, ...ids }, gcpContainer, "gcp-peer-back", "gcloud"))[0]?.[5],
    readCalls(textOf({ ...gcp, ...ids }, gcpContainer, "gcp-firewall", "gcloud"), asked)[0]?.[4],
    readCalls(
      textOf({ ...azure, ...ids }, azureContainer, "azure-network-security-group", "az"),
      asked,
    )[0]?.find((word) => word.startsWith("--name=")),
  ]
  const id = "1a2b3c4d5e6f1a2b3c4d5e01"
  const containerId = "507f1f77bcf86cd799439011"
  expect(namesOf({ id, containerId })).toEqual([
    "atlas-99439011",
    "allow-atlas-3c4d5e01",
    "--name=allow-atlas-99439011",
  ])
  const others = [
    ...namesOf({ id, containerId: "507f1f77bcf86cd799439012" }),
    ...namesOf({ id: "1a2b3c4d5e6f1a2b3c4d5e02", containerId }),
  ]
  expect(new Set([...namesOf({ id, containerId }), ...others]).size).toBe(6)
  for (const hostile of ["'; rm -rf /", "Überführung", "-", "-".repeat(90), "A".repeat(90)])
    for (const name of namesOf({ id: hostile, containerId: hostile }))
      expect(name).toMatch(/^(--name=)?[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/)
})

test("the ports are named in the steps of every cloud [I8]", () => {
  for (const [peer, container] of connections)
    expect(JSON.stringify(toRunbook(peer, container))).toMatch(/27015.{1,12}27017/)
})

test("toConnectionString chooses the string that uses the peering, by cloud [A5] [F3]", () => {
  expect([aws, gcp, azure].map((peer) => toConnectionString(peer).name)).toEqual([
    "standard",
    "private",
    "private",
  ])
})

test("buildCheckCommand asks AWS in the container's region when Atlas leaves the VPC's out", () => {
  expect(buildCheckCommand({ ...aws, accepterRegionName: null }, awsContainer)).toContain(
    "--region=us-west-1",
  )
})
