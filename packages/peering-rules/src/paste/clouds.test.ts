import { describe, expect, test } from "vitest"
import { readPasted } from "./read-pasted.ts"
import { listNotes } from "#test/pasted.ts"

const vpcId = "vpc-0a1b2c3d4e5f60718"
const awsAccountId = "210987654321"
const subscription = "9f0c1c5e-2f35-4f0d-8b0a-1f2e3d4c5b6a"
const tenant = "35039750-6ebd-4ad5-bcfe-cb4e5fc2d915"

describe("readPasted of AWS output", () => {
  test("takes account, region and id from the ARN of a VPC", () => {
    const pasted = readPasted(` arn:aws:ec2:eu-west-1:${awsAccountId}:vpc/${vpcId}\n`)
    expect(pasted).toMatchObject({ source: "aws-arn", providerName: "AWS", notes: [] })
    expect(pasted.fields.request).toEqual({ vpcId, awsAccountId, accepterRegionName: "eu-west-1" })
  })

  test("reads ARNs of GovCloud", () => {
    const pasted = readPasted(`arn:aws-us-gov:ec2:us-gov-west-1:${awsAccountId}:vpc/${vpcId}`)
    expect(pasted.fields.request).toMatchObject({ accepterRegionName: "us-gov-west-1", vpcId })
  })

  test("explains the ARN of a peering and leaves out its account [D3]", () => {
    const pasted = readPasted(`arn:aws:ec2:eu-west-1:${awsAccountId}:vpc-peering-connection/pcx-0a1b2c3d`)
    expect(pasted.fields.request).toEqual({})
    expect(listNotes(pasted)).toContain("pcx-0a1b2c3d is an AWS peering ID. Atlas assigns it")
  })

  test("takes only account and region from another ARN", () => {
    const pasted = readPasted(`arn:aws:ec2:eu-west-1:${awsAccountId}:subnet/subnet-0a1b2c3d`)
    expect(pasted.fields.request).toEqual({ awsAccountId, accepterRegionName: "eu-west-1" })
    expect(listNotes(pasted)).toContain("Not a VPC's ARN (ec2 subnet): only its account and region are used.")
  })

  test("offers each of several ARNs and fills in what they share", () => {
    const pasted = readPasted(
      `arn:aws:ec2:eu-west-1:${awsAccountId}:vpc/${vpcId}\narn:aws:ec2:eu-west-1:${awsAccountId}:vpc/vpc-11112222`,
    )
    expect(pasted.fields.request).toEqual({ awsAccountId, accepterRegionName: "eu-west-1" })
    expect(pasted.choices.map((one) => one.pasted.fields.request.vpcId)).toEqual([vpcId, "vpc-11112222"])
  })

  const vpc = {
    CidrBlock: "10.15.0.0/16",
    CidrBlockAssociationSet: [
      { CidrBlock: "10.15.0.0/16", CidrBlockState: { State: "associated" } },
      { CidrBlock: "10.16.0.0/16", CidrBlockState: { State: "associated" } },
      { CidrBlock: "10.17.0.0/16", CidrBlockState: { State: "disassociated" } },
    ],
    IsDefault: false,
    OwnerId: awsAccountId,
    State: "available",
    Tags: [{ Key: "Name", Value: "payments" }],
    VpcId: vpcId,
  }

  test("reads aws ec2 describe-vpcs and notes further blocks and the missing region", () => {
    const pasted = readPasted(JSON.stringify({ Vpcs: [vpc] }, null, 2))
    expect(pasted).toMatchObject({ source: "aws-json", providerName: "AWS", choices: [] })
    expect(pasted.fields.request).toEqual({ vpcId, awsAccountId, routeTableCidrBlock: "10.15.0.0/16" })
    expect(listNotes(pasted)).toContain("also has 10.16.0.0/16.")
    expect(listNotes(pasted)).not.toContain("10.17.0.0/16")
    expect(pasted.fields.networkBlocks).toEqual(["10.16.0.0/16"])
    expect(listNotes(pasted)).toContain("No VPC region found")
  })

  test("takes the only block of a VPC as all that it has", () => {
    const CidrBlockAssociationSet = [{ CidrBlock: "10.15.0.0/16", CidrBlockState: { State: "associated" } }]
    const pasted = readPasted(JSON.stringify({ Vpcs: [{ ...vpc, CidrBlockAssociationSet }] }))
    expect(pasted.fields.networkBlocks).toEqual(["10.15.0.0/16"])
    expect(listNotes(pasted)).not.toContain("also has")
  })

  test("reads output below its command, and one VPC out of the list", () => {
    const line = "$ aws ec2 describe-vpcs --region eu-west-1\n"
    expect(readPasted(line + JSON.stringify({ Vpcs: [vpc] }, null, 4)).fields.request.vpcId).toBe(vpcId)
    expect(readPasted(JSON.stringify(vpc)).fields.request.vpcId).toBe(vpcId)
  })

  test.each([
    "$ aws ec2 describe-vpcs --region eu-west-1 --vpc-ids vpc-1",
    "aws --region=eu-west-1 ec2 describe-vpcs",
    "AWS_REGION=eu-west-1 aws ec2 describe-vpcs",
    "PS C:\\> aws ec2 describe-vpcs --region 'eu-west-1'",
  ])("takes the region of the command and says so: %s", (line) => {
    for (const output of [{ Vpcs: [vpc] }, { Vpcs: [vpc, { ...vpc, VpcId: "vpc-11112222" }] }]) {
      const pasted = readPasted(`${line}\n${JSON.stringify(output, null, 4)}`)
      for (const one of [pasted, ...pasted.choices.map((choice) => choice.pasted)])
        expect(one.fields.request.accepterRegionName).toBe("eu-west-1")
      const told = [pasted, ...pasted.choices.map((choice) => choice.pasted)].map(listNotes).join()
      expect(told).toContain("Region eu-west-1 read from the command.")
      expect(told).not.toContain("No VPC region found")
    }
  })

  test("notes a default VPC", () => {
    const pasted = readPasted(
      JSON.stringify({ Vpcs: [{ ...vpc, CidrBlock: "172.31.0.0/16", IsDefault: true }] }),
    )
    expect(listNotes(pasted)).toContain("default VPC uses 172.31.0.0/16")
  })

  test("keeps OwnerId when an ARN contradicts it and says so", () => {
    const arn = `arn:aws:ec2:eu-west-1:111122223333:vpc/${vpcId}`
    const pasted = readPasted(JSON.stringify({ Vpcs: [{ ...vpc, VpcArn: arn }] }))
    expect(pasted.fields.request).toMatchObject({ awsAccountId, accepterRegionName: "eu-west-1" })
    expect(listNotes(pasted)).toContain(`OwnerId has ${awsAccountId},`)
  })

  test("offers each of several VPCs by id, name and block", () => {
    const other = { ...vpc, VpcId: "vpc-11112222", Tags: [], IsDefault: true }
    const pasted = readPasted(JSON.stringify({ Vpcs: [vpc, other] }))
    expect(pasted.choices.map(({ title }) => title)).toEqual([
      `${vpcId}, payments, 10.15.0.0/16`,
      "vpc-11112222, 10.15.0.0/16, default VPC",
    ])
    expect(pasted.fields.request).toEqual({ awsAccountId, routeTableCidrBlock: "10.15.0.0/16" })
  })

  test("takes the accepter's side of a peering", () => {
    const side = {
      CidrBlock: "10.15.0.0/16",
      CidrBlockSet: [{ CidrBlock: "10.15.0.0/16" }, { CidrBlock: "10.16.0.0/16" }],
      OwnerId: awsAccountId,
      VpcId: vpcId,
      Region: "eu-west-1",
    }
    const pasted = readPasted(
      JSON.stringify({
        VpcPeeringConnections: [
          {
            AccepterVpcInfo: side,
            RequesterVpcInfo: { OwnerId: "111122223333", VpcId: "vpc-99998888" },
            VpcPeeringConnectionId: "pcx-0a1b2c3d",
          },
        ],
      }),
    )
    expect(pasted.fields.request).toEqual({
      vpcId,
      awsAccountId,
      routeTableCidrBlock: "10.15.0.0/16",
      accepterRegionName: "eu-west-1",
    })
    expect(pasted.fields.networkBlocks).toEqual(["10.16.0.0/16"])
  })

  test("reads the text of a console page", () => {
    const pasted = readPasted(
      [
        "Details",
        "VPC ID",
        `\u200b${vpcId}`,
        "State\nAvailable",
        "IPv4 CIDR\n10.15.0.0/16",
        `Owner ID\n${awsAccountId}`,
        "Default VPC\nNo",
      ].join("\n"),
    )
    expect(pasted.source).toBe("aws-console")
    expect(pasted.fields.request).toEqual({ vpcId, awsAccountId, routeTableCidrBlock: "10.15.0.0/16" })
  })

  test("takes region and VPC from the address of a console page", () => {
    const pasted = readPasted(
      `https://eu-west-1.console.aws.amazon.com/vpcconsole/home?region=eu-west-1#VpcDetails:VpcId=${vpcId}`,
    )
    expect(pasted).toMatchObject({ source: "aws-console", providerName: "AWS" })
    expect(pasted.fields.request).toEqual({ vpcId, accepterRegionName: "eu-west-1" })
  })

  test("fills in the VPC of a message and offers its account, regions and CIDR", () => {
    const pasted = readPasted(
      `Hi, our VPC is ${vpcId} (10.15.0.0/16) in account 2109-8765-4321, eu-west-1. Not us-east-1!`,
    )
    expect(pasted.fields.request).toEqual({ vpcId })
    const offered = pasted.open?.map(({ field, candidates }) => [field, candidates.map(({ value }) => value)])
    expect(offered).toEqual([
      ["awsAccountId", [awsAccountId]],
      ["accepterRegionName", ["eu-west-1", "us-east-1"]],
      ["routeTableCidrBlock", ["10.15.0.0/16"]],
    ])
  })
})

describe("readPasted of Google Cloud output", () => {
  test.each([
    "https://www.googleapis.com/compute/v1/projects/shop-prod-1/global/networks/main",
    "projects/shop-prod-1/global/networks/main",
    "https://console.cloud.google.com/networking/networks/details/main?project=shop-prod-1&pageTab=SUBNETS",
  ])("takes project and network from %s", (link) => {
    const pasted = readPasted(link)
    expect(pasted).toMatchObject({ source: "gcp-self-link", providerName: "GCP", notes: [] })
    expect(pasted.fields.request).toEqual({ gcpProjectId: "shop-prod-1", networkName: "main" })
  })

  test("offers each of the self-links of gcloud --uri", () => {
    const link = "https://www.googleapis.com/compute/v1/projects/shop-prod-1/global/networks/"
    const pasted = readPasted(`${link}main\n${link}other\n${link}main`)
    expect(pasted).toMatchObject({ source: "gcp-self-link", providerName: "GCP" })
    expect(pasted.choices.map((choice) => choice.pasted.fields.request.networkName)).toEqual([
      "main",
      "other",
    ])
    expect(pasted.fields.request).toEqual({ gcpProjectId: "shop-prod-1" })
  })

  test("takes only the project from a subnetwork's self-link and says so", () => {
    const pasted = readPasted("projects/shop-prod-1/regions/europe-west1/subnetworks/blue")
    expect(pasted.fields.request).toEqual({ gcpProjectId: "shop-prod-1" })
    expect(listNotes(pasted)).toContain("This is a subnetwork")
  })

  const yaml = [
    "autoCreateSubnetworks: true",
    "creationTimestamp: '2024-03-01T02:03:04.000-08:00'",
    "id: '4711471147114711'",
    "kind: compute#network",
    "name: main",
    "routingConfig:",
    "  routingMode: REGIONAL",
    "selfLink: https://www.googleapis.com/compute/v1/projects/shop-prod-1/global/networks/main",
    "subnetworks:",
    "- https://www.googleapis.com/compute/v1/projects/shop-prod-1/regions/us-central1/subnetworks/main",
  ].join("\n")

  test("reads YAML and JSON alike and notes the ranges of an auto-mode network", () => {
    const selfLink = "https://www.googleapis.com/compute/v1/projects/shop-prod-1/global/networks/main"
    const json = JSON.stringify({
      autoCreateSubnetworks: true,
      kind: "compute#network",
      name: "main",
      selfLink,
    })
    for (const text of [yaml, `$ gcloud compute networks describe main\n${yaml}`, json]) {
      const pasted = readPasted(text)
      expect(pasted).toMatchObject({ source: "gcp-network", providerName: "GCP" })
      expect(pasted.fields.request).toEqual({ gcpProjectId: "shop-prod-1", networkName: "main" })
      expect(listNotes(pasted)).toContain("10.128.0.0/9")
      expect(pasted.fields.networkBlocks).toEqual(["10.128.0.0/9"])
    }
    const custom = readPasted(yaml.replace("autoCreateSubnetworks: true", "autoCreateSubnetworks: false"))
    expect(custom.fields).not.toHaveProperty("networkBlocks")
  })

  const subnetOf = (network: string, ipCidrRange: string) => ({
    ipCidrRange,
    kind: "compute#subnetwork",
    name: "blue",
    network: `https://www.googleapis.com/compute/v1/projects/shop-prod-1/global/networks/${network}`,
    secondaryIpRanges: [{ ipCidrRange: "10.4.0.0/14", rangeName: "pods" }],
    selfLink:
      "https://www.googleapis.com/compute/v1/projects/shop-prod-1/regions/us-central1/subnetworks/blue",
  })

  test("takes the network and its ranges from subnets", () => {
    const subnets = [subnetOf("main", "10.40.0.0/20"), subnetOf("main", "10.41.0.0/20")]
    const yamlOfOne = [
      "ipCidrRange: 10.40.0.0/20",
      "kind: compute#subnetwork",
      `network: ${subnets[0]?.network}`,
      "secondaryIpRanges:",
      "- ipCidrRange: 10.4.0.0/14",
      "  rangeName: pods",
    ].join("\n")
    for (const [text, blocks] of [
      [JSON.stringify(subnets), ["10.40.0.0/20", "10.4.0.0/14", "10.41.0.0/20"]],
      [yamlOfOne, ["10.40.0.0/20", "10.4.0.0/14"]],
    ] as const) {
      const pasted = readPasted(text)
      expect(pasted).toMatchObject({ source: "gcp-network", providerName: "GCP", choices: [] })
      expect(pasted.fields.request).toEqual({ gcpProjectId: "shop-prod-1", networkName: "main" })
      expect(pasted.fields.networkBlocks).toEqual(blocks)
    }
    const several = readPasted(JSON.stringify([...subnets, subnetOf("other", "10.42.0.0/20")]))
    expect(several.choices.map(({ title }) => title)).toEqual(["main", "other"])
  })

  test("offers each of several networks", () => {
    const pasted = readPasted(
      `---\n${yaml}\n---\n${yaml.replaceAll("/main", "/other").replace("name: main", "name: other")}\n`,
    )
    expect(pasted.choices.map(({ title }) => title)).toEqual(["main", "other"])
    expect(pasted.fields.request).toEqual({ gcpProjectId: "shop-prod-1" })
  })
})

describe("readPasted of Azure output", () => {
  const id = `/subscriptions/${subscription}/resourceGroups/Net-RG/providers/Microsoft.Network/virtualNetworks/hub`

  test.each([
    id,
    id.slice(1),
    `https://portal.azure.com/#@contoso.com/resource${id}/overview`,
    `https://portal.azure.com/#view/HubsExtension/ResourceMenuBlade/~/overview/id/${encodeURIComponent(id)}`,
  ])("takes all but the tenant from %s and says so", (text) => {
    const pasted = readPasted(text)
    expect(pasted).toMatchObject({ source: "azure-resource-id", providerName: "AZURE" })
    expect(pasted.fields.request).toEqual({
      azureSubscriptionId: subscription,
      resourceGroupName: "Net-RG",
      vnetName: "hub",
    })
    expect(listNotes(pasted)).toContain("No directory (tenant) ID found")
  })

  test("leaves the VNet empty when the id is of something else", () => {
    const pasted = readPasted(
      id.replace("Microsoft.Network/virtualNetworks/hub", "Microsoft.Compute/disks/d"),
    )
    expect(pasted.fields.request.vnetName).toBeUndefined()
    expect(listNotes(pasted)).toContain("has no VNet")
  })

  test("reads az network vnet show with its addresses and Atlas's name of the region", () => {
    const shown = {
      addressSpace: { addressPrefixes: ["10.40.0.0/16", "fd00:1::/48", "10.41.0.0/16"] },
      id,
      location: "eastus2",
      name: "hub",
    }
    const pasted = readPasted(JSON.stringify({ ...shown, resourceGroup: "net-rg" }, null, 2))
    expect(pasted.source).toBe("azure-json")
    expect(pasted.fields.request).toMatchObject({ azureSubscriptionId: subscription, vnetName: "hub" })
    expect(listNotes(pasted)).toContain("10.40.0.0/16")
    expect(listNotes(pasted)).toContain("is in eastus2 (Atlas: US_EAST_2)")
    expect(listNotes(pasted)).not.toContain("contradiction")
    expect(pasted.fields.networkBlocks).toEqual(["10.40.0.0/16", "10.41.0.0/16"])
  })

  test("keeps the first hundred blocks and says how many there are", () => {
    const addressPrefixes = Array.from({ length: 120 }, (_, n) => `10.40.${n}.0/24`)
    const pasted = readPasted(JSON.stringify({ id, name: "hub", addressSpace: { addressPrefixes } }))
    expect(pasted.fields.networkBlocks).toHaveLength(100)
    expect(listNotes(pasted)).toContain("120 CIDRs found. The first 100 are checked")
  })

  const account = { id: subscription, name: "Shop", tenantId: tenant, state: "Enabled" }
  const shown = { id, name: "hub", resourceGroup: "Net-RG" }

  test.each([
    ["one after the other", `${JSON.stringify(shown, null, 2)}\n${JSON.stringify(account, null, 2)}`],
    [
      "the account first",
      `$ az account show\n${JSON.stringify(account)}\n$ az network vnet show\n${JSON.stringify(shown)}`,
    ],
    ["in one list", JSON.stringify([shown, account])],
    [
      "with all accounts",
      `${JSON.stringify(shown)}\n${JSON.stringify([{ ...account, id: tenant }, account])}`,
    ],
  ])("takes the tenant from an account beside the VNet: %s", (_what, text) => {
    const pasted = readPasted(text)
    expect(pasted.fields.request).toEqual({
      azureSubscriptionId: subscription,
      azureDirectoryId: tenant,
      resourceGroupName: "Net-RG",
      vnetName: "hub",
    })
    expect(pasted.choices).toEqual([])
    expect(listNotes(pasted)).not.toContain("tenant")
  })

  test("leaves out the tenant of another subscription and says so", () => {
    const pasted = readPasted(JSON.stringify([shown, { ...account, id: tenant }]))
    expect(pasted.fields.request.azureDirectoryId).toBeUndefined()
    expect(listNotes(pasted)).toContain(`the account belongs to subscription ${tenant}`)
  })

  test("names VNets of one name by their resource groups", () => {
    const other = { ...shown, id: id.replace("Net-RG", "old-rg"), resourceGroup: "old-rg" }
    const pasted = readPasted(JSON.stringify([shown, other, { name: "hub", addressSpace: {} }]))
    expect(pasted.choices.map(({ title }) => title)).toEqual(["hub in Net-RG", "hub in old-rg", "hub"])
    const twins = readPasted(JSON.stringify([shown, shown]))
    expect(twins.choices.map(({ title }) => title)).toEqual(["hub in Net-RG", "hub in Net-RG (2)"])
  })

  test("offers each of several resource ids", () => {
    const pasted = readPasted(`${id}\n${id.replace("/hub", "/spoke")}\n`)
    expect(pasted).toMatchObject({ source: "azure-resource-id", providerName: "AZURE" })
    expect(pasted.choices.map((choice) => choice.pasted.fields.request.vnetName)).toEqual(["hub", "spoke"])
    expect(pasted.fields.request).toEqual({
      azureSubscriptionId: subscription,
      resourceGroupName: "Net-RG",
    })
  })

  test("takes subscription and tenant from az account show", () => {
    const pasted = readPasted(
      JSON.stringify({ id: subscription, name: "Shop", tenantId: tenant, state: "Enabled" }),
    )
    expect(pasted.fields.request).toEqual({ azureSubscriptionId: subscription, azureDirectoryId: tenant })
  })

  test("takes the subscription's own tenant where the person signed in through another one", () => {
    const managing = { ...account, tenantId: "00000000-1111-4222-8333-444444444444", homeTenantId: tenant }
    const texts = [JSON.stringify(managing), JSON.stringify([shown, managing])]
    const tenants = texts.map((text) => readPasted(text).fields.request.azureDirectoryId)
    expect(tenants).toEqual([tenant, tenant])
  })
})
