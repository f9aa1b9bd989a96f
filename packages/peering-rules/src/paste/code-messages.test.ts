import { describe, expect, test } from "vitest"
import { summarizePasted } from "#test/pasted.ts"
import { readPasted } from "./read-pasted.ts"

const vpcId = "vpc-0a1b2c3d"
const account = "210987654321"
const id24 = "507f1f77bcf86cd799439011"
const project = "5356823b3794dee37132bb7b"

/** Title, pasted text, and all that is read from it. */
const rows: readonly [string, string, readonly string[]][] = [
  [
    "offers each Terraform peering",
    `resource "mongodbatlas_network_peering" "a" {\n vpc_id = "${vpcId}"\n}\nresource "mongodbatlas_network_peering" "b" {\n vpc_id = "vpc-11112222"\n}`,
    [
      "terraform AWS",
      "- 2 blocks here. Choose one.",
      "> resource mongodbatlas_network_peering a",
      "> resource mongodbatlas_network_peering b",
    ],
  ],
  [
    "offers each Terraform container when there is no peering",
    `resource "mongodbatlas_network_container" "a" {\n region_name = "US_EAST_1"\n}\nresource "mongodbatlas_network_container" "b" {\n region_name = "US_WEST_1"\n}`,
    [
      "terraform AWS",
      "- 2 blocks here. Choose one.",
      "> resource mongodbatlas_network_container a",
      "> resource mongodbatlas_network_container b",
    ],
  ],
  [
    "leaves out atlas_cidr_block of a Terraform peering",
    `resource "mongodbatlas_network_peering" "a" {\n provider_name = "GCP"\n atlas_cidr_block = "10.8.0.0/18"\n network_name = "main"\n}`,
    ["terraform GCP", "networkName=main", "- atlas_cidr_block skipped: it belongs to the container."],
  ],
  [
    "names a Terraform reference and an unknown attribute",
    `resource "mongodbatlas_network_peering" "a" {\n provider_name = var.cloud\n vpc_id = "${vpcId}"\n colour = "red"\n}`,
    [
      "terraform AWS",
      "vpcId=vpc-0a1b2c3d",
      "- provider_name is var.cloud, which only the code knows. Enter the value.",
      "- Not part of a request: colour.",
    ],
  ],
  [
    "reads a Terraform list of regions",
    `resource "mongodbatlas_network_container" "a" {\n provider_name = "GCP"\n atlas_cidr_block = "10.8.0.0/18"\n regions = ["WESTERN_EUROPE", "CENTRAL_US"]\n}`,
    ["terraform GCP", "containerId=new", "atlasCidrBlock=10.8.0.0/18", "regions=WESTERN_EUROPE,CENTRAL_US"],
  ],
  [
    "names a Terraform reference in a container",
    `resource "mongodbatlas_network_container" "a" {\n atlas_cidr_block = var.block\n region_name = "US_EAST_1"\n}`,
    [
      "terraform AWS",
      "containerId=new",
      "region=US_EAST_1",
      "- atlas_cidr_block is var.block, which only the code knows. Enter the value.",
    ],
  ],
  [
    "reads an Azure container of Terraform",
    `resource "mongodbatlas_network_container" "a" {\n provider_name = "azure"\n atlas_cidr_block = "10.8.0.0/21"\n region = "eastus2"\n odd = 1\n}`,
    [
      "terraform AZURE",
      "containerId=new",
      "atlasCidrBlock=10.8.0.0/21",
      "region=US_EAST_2",
      "- eastus2 changed to US_EAST_2.",
      "- Not part of a request: odd.",
    ],
  ],
  [
    "explains the id of terraform import",
    `terraform import mongodbatlas_network_peering.app ${project}-${id24}-AWS`,
    [
      "identifier AWS",
      "- Written for project 5356823b3794dee37132bb7b. This form uses the selected project.",
      "- 507f1f77bcf86cd799439011 is the ID of an existing connection. No field needs it.",
    ],
  ],
  [
    "explains the id of a Terraform import block",
    `import {\n to = mongodbatlas_network_peering.app\n id = "${project}-${id24}-GCP"\n}`,
    [
      "identifier GCP",
      "- Written for project 5356823b3794dee37132bb7b. This form uses the selected project.",
      "- 507f1f77bcf86cd799439011 is the ID of an existing connection. No field needs it.",
    ],
  ],
  [
    "names a Kubernetes container that is not in the text",
    `apiVersion: atlas.mongodb.com/v1\nkind: AtlasNetworkPeering\nmetadata:\n  name: p\nspec:\n  provider: AWS\n  containerRef:\n    name: other\n  awsConfiguration:\n    vpcId: ${vpcId}\n    awsAccountId: "${account}"\n`,
    [
      "kubernetes AWS",
      "vpcId=vpc-0a1b2c3d",
      "awsAccountId=210987654321",
      "- The container comes from the resource other. Choose it in the form.",
    ],
  ],
  [
    "offers each Kubernetes peering",
    `apiVersion: atlas.mongodb.com/v1\nkind: AtlasNetworkPeering\nspec:\n  provider: GCP\n---\napiVersion: atlas.mongodb.com/v1\nkind: AtlasNetworkPeering\nmetadata:\n  name: q\nspec:\n  provider: GCP\n`,
    ["kubernetes GCP", "- 2 resources here. Choose one.", "> a resource without a name", "> q"],
  ],
  [
    "chooses a Kubernetes container that has an id",
    `apiVersion: atlas.mongodb.com/v1\nkind: AtlasNetworkContainer\nspec:\n  provider: AWS\n  id: ${id24}\n  cidrBlock: 10.8.0.0/21\n`,
    ["kubernetes AWS", "containerId=507f1f77bcf86cd799439011"],
  ],
  [
    "reads the regions of a Crossplane container",
    `apiVersion: network.mongodbatlas.crossplane.io/v1alpha1\nkind: Container\nspec:\n  forProvider:\n    providerName: GCP\n    atlasCidrBlock: 10.8.0.0/18\n    regions:\n    - WESTERN_EUROPE\n    - CENTRAL_US\n`,
    ["kubernetes GCP", "containerId=new", "atlasCidrBlock=10.8.0.0/18", "regions=WESTERN_EUROPE,CENTRAL_US"],
  ],
  [
    "names unknown options of the Atlas CLI and its project",
    `atlas networking peering create aws --accountId ${account} --colour red stray --projectId ${project} --vpcId ${vpcId} --region US_EAST_1 -o json`,
    [
      "atlas-cli AWS",
      "awsAccountId=210987654321",
      "vpcId=vpc-0a1b2c3d",
      "accepterRegionName=us-east-1",
      "- --colour isn't a known Atlas CLI option.",
      "- stray isn't a known Atlas CLI option.",
      "- Written for project 5356823b3794dee37132bb7b. This form uses the selected project.",
      "- US_EAST_1 changed to us-east-1.",
      "- The command has no container. The Atlas CLI uses the one of its region. Choose it in the form.",
    ],
  ],
  [
    "splits the regions of the Atlas CLI",
    `mongocli atlas networking peering create gcp --atlasCidrBlock 10.8.0.0/18 --region WESTERN_EUROPE,CENTRAL_US --network main`,
    [
      "atlas-cli GCP",
      "networkName=main",
      "containerId=new",
      "atlasCidrBlock=10.8.0.0/18",
      "regions=WESTERN_EUROPE,CENTRAL_US",
      "- The Atlas CLI uses the project's container if it exists, and creates it with this CIDR otherwise.",
    ],
  ],
  [
    "takes the Atlas CLI's region for Azure's new container",
    `atlas networking peering create azure --atlasCidrBlock 10.8.0.0/21 --region US_EAST_2 --vnet hub`,
    [
      "atlas-cli AZURE",
      "vnetName=hub",
      "containerId=new",
      "atlasCidrBlock=10.8.0.0/21",
      "region=US_EAST_2",
      "- The Atlas CLI uses the container of that region if it exists, and creates it with this CIDR otherwise.",
    ],
  ],
  [
    "closes a missing quote of a command",
    `atlas networking peering create aws --vpcId "${vpcId}`,
    [
      "atlas-cli AWS",
      "vpcId=vpc-0a1b2c3d",
      "- Repaired: the closing double quote is missing.",
      "- The command has no container. The Atlas CLI uses the one of its region. Choose it in the form.",
    ],
  ],
  [
    "says that curl sends no body",
    `curl https://cloud.mongodb.com/api/atlas/v1.0/groups/${project}/peers`,
    [
      "curl (no cloud)",
      "- Written for project 5356823b3794dee37132bb7b. This form uses the selected project.",
      "- The command has no peering in its body.",
    ],
  ],
  [
    "reads --data= and an address without https",
    `curl --data='${JSON.stringify({ providerName: "GCP", gcpProjectId: "shop-prod-1" })}' cloud.mongodb.com/groups/${project}/peers`,
    [
      "curl GCP",
      "gcpProjectId=shop-prod-1",
      "- Written for project 5356823b3794dee37132bb7b. This form uses the selected project.",
    ],
  ],
  [
    "says that curl's body describes no peering",
    `curl -d '{"a": 1}' https://cloud.mongodb.com/x`,
    ["curl (no cloud)", "- The command has no peering in its body."],
  ],
  [
    "offers two curl commands of different clouds",
    `curl -d '${JSON.stringify({ providerName: "AWS", atlasCidrBlock: "10.8.0.0/21", regionName: "US_EAST_1" })}' https://x/a\ncurl -d '${JSON.stringify({ providerName: "GCP", networkName: "main" })}' https://x/b`,
    ["curl (no cloud)", "- 2 commands here. Choose one.", "> AWS, new", "> GCP, main"],
  ],
  [
    "reads curl below sudo",
    `sudo curl -d '${JSON.stringify({ providerName: "GCP", networkName: "main" })}' https://x/b`,
    ["curl GCP", "networkName=main"],
  ],
]

describe("readPasted of Terraform, Kubernetes and commands", () => {
  test.each(rows)("%s", (_title, text, read) => {
    expect(summarizePasted(readPasted(text))).toEqual(read)
  })
})
