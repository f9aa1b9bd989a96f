import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { send } from "#testing-caller.ts"
import { startTestSimulator, type TestSimulator } from "#testing-simulator.ts"

let atlas: TestSimulator
beforeAll(async () => {
  atlas = await startTestSimulator()
})
beforeEach(() => atlas.reset())
afterAll(() => atlas.simulator.close())

const account = "482913570264"
const vpcId = "vpc-05c1d9e87b3a2f406"
const ofVpc = `--filters=Name=vpc-id,Values=${vpcId}`

async function run(tool: string, command: string, as = account) {
  const { status, json } = await send(atlas.origin, "POST", "/simulator/cloud-tools", {
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ tool, args: command.split(" "), account: as }),
  })
  return status === 200 ? (JSON.parse(String(json["output"])) as unknown) : json["error"]
}

describe("the simulated cloud tools", () => {
  it("aws prints a route to a peering that ended as a blackhole", async () => {
    const routes = async () =>
      JSON.stringify(await run("aws", `ec2 describe-route-tables --region=us-east-1 ${ofVpc}`))
    expect(await routes()).toMatch(
      /"VpcPeeringConnectionId":"pcx-\w+","Origin":"CreateRoute","State":"active"/,
    )
    const network = atlas.simulator
      .networks()
      .find((one) => one.providerName === "AWS" && one.vpcId === vpcId)
    atlas.simulator.cloudSide(network?.peerings[0]?.peerId ?? "", "delete-network")
    expect(await routes()).toMatch(
      /"VpcPeeringConnectionId":"pcx-\w+","Origin":"CreateRoute","State":"blackhole"/,
    )
  })

  it("aws prints the attributes, prefix lists and peerings of a VPC", async () => {
    const prefixLists = [{ id: "pl-0a", name: "atlas", cidrs: ["192.168.248.0/21"] }]
    const ids = { providerName: "AWS", awsAccountId: account, vpcId } as const
    atlas.simulator.putNetwork({ ...ids, prefixLists, dnsHostnames: false })
    const ec2 = (call: string) => run("aws", `ec2 ${call} --region us-east-1 --output json`)
    expect(await ec2(`describe-vpc-attribute --vpc-id ${vpcId} --attribute enableDnsHostnames`)).toEqual({
      VpcId: vpcId,
      EnableDnsHostnames: { Value: false },
    })
    expect(await ec2("get-managed-prefix-list-entries --prefix-list-id=pl-0a")).toEqual({
      Entries: [{ Cidr: "192.168.248.0/21" }],
    })
    const filter = (end: string) => `--filters=Name=${end}-vpc-info.vpc-id,Values=${vpcId}`
    expect(await ec2(`describe-vpc-peering-connections ${filter("accepter")}`)).toMatchObject({
      VpcPeeringConnections: [{ Status: { Code: "active" }, AccepterVpcInfo: { VpcId: vpcId } }],
    })
    expect(await ec2(`describe-vpc-peering-connections ${filter("requester")}`)).toEqual({
      VpcPeeringConnections: [],
    })
  })

  it.each<[string, string, string, string, RegExp]>([
    [
      "a VPC in another region",
      "aws",
      `ec2 describe-vpcs --region=us-west-2 --vpc-ids=${vpcId}`,
      account,
      /InvalidVpcID\.NotFound.*DescribeVpcs/,
    ],
    [
      "a VPC of another account",
      "aws",
      `ec2 describe-vpcs --region=us-east-1 --vpc-ids=${vpcId}`,
      "719304826155",
      /InvalidVpcID\.NotFound/,
    ],
    ["a change in AWS", "aws", "ec2 delete-route --region=us-east-1", account, /has no "ec2 delete-route"/],
    [
      "an unknown network of Google Cloud",
      "gcloud",
      "compute networks describe nowhere --project=acme-analytics-330817",
      "",
      /projects\/acme-analytics-330817\/global\/networks\/nowhere' was not found/,
    ],
    [
      "an unknown VNet",
      "az",
      "network vnet show --subscription=1 --resource-group=rg --name=vnet",
      "",
      /ResourceNotFound/,
    ],
    ["a command without its option", "az", "network vnet show --name=vnet", "", /needs --resource-group/],
  ])("refuse %s", async (_name, tool, command, as, sentence) => {
    expect(await run(tool, command, as)).toMatch(sentence)
  })
})
