import { toAwsRegionId, type AtlasPeer, type Container } from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { buildCheckCommand, toRunbook } from "./runbook.ts"
import { aws, awsContainer, azure, azureContainer, gcp, gcpContainer } from "#test/connections.ts"
import { readCalls, toWords } from "#test/shell.ts"
import { anyText } from "#test/subjects.ts"

/** Any text but an empty one, which counts as not known, and without NUL, which no command can be given. */
const value = anyText.map((text) => text.replaceAll("\0", "")).filter((text) => text !== "")

const flag = (name: string, text: string) => `--${name}=${text}`

/** Variables that the person sets before a command that names them. */
const variables = fc.record({
  SECURITY_GROUP_ID: value,
  NETWORK_SECURITY_GROUP: value,
  PRIORITY: value,
  CLUSTER_HOST: value,
})
type Variables = typeof variables extends fc.Arbitrary<infer Values> ? Values : never

interface Case {
  peer: AtlasPeer
  container: Container
  /** Each text of the runbook by its step and tool, and the words of each call in it. */
  calls: (variables: Variables) => Record<string, string[][]>
  look: string[]
}

const ofAws = fc
  .record({ vpcId: value, connectionId: value, accepterRegionName: value, atlasCidrBlock: value })
  .map(({ atlasCidrBlock, ...fields }): Case => {
    const region = flag("region", toAwsRegionId(fields.accepterRegionName))
    const peering = flag("vpc-peering-connection-id", fields.connectionId)
    const dns = (attribute: string) =>
      toWords(
        "aws ec2 modify-vpc-attribute",
        region,
        flag("vpc-id", fields.vpcId),
        attribute,
        '{"Value":true}',
      )
    const route = (act: string, table: string) =>
      toWords(
        `aws ec2 ${act}`,
        region,
        `--route-table-id=${table}`,
        flag("destination-cidr-block", atlasCidrBlock),
        peering,
      )
    const tables = toWords(
      "aws ec2 describe-route-tables",
      region,
      flag("filters", `Name=vpc-id,Values=${fields.vpcId}`),
      "--query=RouteTables[].RouteTableId",
      "--output=text",
    )
    const permission = `IpProtocol=tcp,FromPort=27015,ToPort=27017,IpRanges=[{CidrIp=${atlasCidrBlock}}]`
    return {
      peer: { ...aws, ...fields },
      container: { ...awsContainer, atlasCidrBlock },
      calls: ({ SECURITY_GROUP_ID }) => ({
        "aws-dns by aws": [dns("--enable-dns-support"), dns("--enable-dns-hostnames")],
        "aws-accept by aws": [toWords("aws ec2 accept-vpc-peering-connection", region, peering)],
        "aws-routes by aws": [
          tables,
          ...["rtb-1", "rtb-2"].flatMap((table) => [
            route("replace-route", table),
            route("create-route", table),
          ]),
        ],
        "aws-security-group by aws": [
          toWords(
            "aws ec2 authorize-security-group-egress",
            region,
            flag("group-id", SECURITY_GROUP_ID),
            flag("ip-permissions", permission),
          ),
        ],
      }),
      look: toWords(
        "aws ec2 describe-vpc-peering-connections",
        flag("vpc-peering-connection-ids", fields.connectionId),
        region,
      ),
    }
  })

const ofGcp = fc
  .record({
    gcpProjectId: value,
    networkName: value,
    atlasProject: value,
    atlasNetwork: value,
    atlasCidrBlock: value,
  })
  .map(({ gcpProjectId, networkName, atlasProject, atlasNetwork, atlasCidrBlock }): Case => {
    const own = [flag("project", gcpProjectId), flag("network", networkName)]
    return {
      peer: { ...gcp, gcpProjectId, networkName },
      container: {
        ...gcpContainer,
        gcpProjectId: atlasProject,
        networkName: atlasNetwork,
        atlasCidrBlock,
      } as Container,
      calls: ({ PRIORITY }) => ({
        "gcp-peer-back by gcloud": [
          toWords(
            "gcloud compute networks peerings create atlas-99439011",
            ...own,
            flag("peer-project", atlasProject),
            flag("peer-network", atlasNetwork),
          ),
        ],
        "gcp-firewall by gcloud": [
          toWords(
            "gcloud compute firewall-rules create allow-atlas-3c4d5e01",
            ...own,
            flag("priority", PRIORITY),
            "--direction=EGRESS",
            "--action=ALLOW",
            "--rules=tcp:27015-27017",
            flag("destination-ranges", atlasCidrBlock),
          ),
        ],
        "gcp-blocks by gcloud": [
          toWords("gcloud compute networks subnets list", ...own, "--format=table(name,region,ipCidrRange)"),
        ],
      }),
      look: toWords("gcloud compute networks peerings list", ...own),
    }
  })

const application = "e90a1407-55c3-432d-9cb1-3638900a9d22"

const ofAzure = fc
  .record({
    azureDirectoryId: value,
    azureSubscriptionId: value,
    resourceGroupName: value,
    vnetName: value,
    atlasCidrBlock: value,
  })
  .map(({ atlasCidrBlock, ...network }): Case => {
    const { azureDirectoryId, azureSubscriptionId, resourceGroupName, vnetName } = network
    const scope = `/subscriptions/${azureSubscriptionId}/resourceGroups/${resourceGroupName}/providers/Microsoft.Network/virtualNetworks/${vnetName}`
    const name = `AtlasPeering/${azureSubscriptionId}/${resourceGroupName}/${vnetName}`
    const subscription = flag("subscription", azureSubscriptionId)
    const group = flag("resource-group", resourceGroupName)
    const role = {
      Name: name,
      IsCustom: true,
      Description: `Lets MongoDB Atlas peer with ${scope}`,
      Actions: [
        "Microsoft.Network/virtualNetworks/virtualNetworkPeerings/read",
        "Microsoft.Network/virtualNetworks/virtualNetworkPeerings/write",
        "Microsoft.Network/virtualNetworks/virtualNetworkPeerings/delete",
        "Microsoft.Network/virtualNetworks/peer/action",
      ],
      NotActions: [],
      AssignableScopes: [scope],
    }
    return {
      peer: { ...azure, ...network },
      container: { ...azureContainer, atlasCidrBlock },
      calls: ({ NETWORK_SECURITY_GROUP, PRIORITY }) => ({
        "azure-service-principal by az": [
          toWords("az login", flag("tenant", azureDirectoryId)),
          toWords("az ad sp create", `--id=${application}`),
        ],
        "azure-role by az": [
          toWords("az role definition create", subscription, flag("role-definition", JSON.stringify(role))),
        ],
        "azure-role-assignment by az": [
          toWords(
            "az role assignment create",
            subscription,
            flag("role", name),
            `--assignee=${application}`,
            flag("scope", scope),
          ),
        ],
        "azure-role-check by az": [
          toWords(
            "az role assignment list",
            subscription,
            `--assignee=${application}`,
            flag("scope", scope),
            "--include-inherited",
            "--output=json",
          ),
        ],
        "azure-network-security-group by az": [
          toWords(
            "az network nsg rule create",
            subscription,
            group,
            flag("nsg-name", NETWORK_SECURITY_GROUP),
            "--name=allow-atlas-99439011",
            flag("priority", PRIORITY),
            "--direction=Outbound",
            "--access=Allow",
            "--protocol=Tcp",
            flag("destination-address-prefixes", atlasCidrBlock),
            "--destination-port-ranges=27015-27017",
          ),
        ],
        "azure-blocks by az": [
          toWords(
            "az network vnet show",
            subscription,
            group,
            flag("name", vnetName),
            "--query=addressSpace.addressPrefixes",
            "--output=tsv",
          ),
        ],
      }),
      look: toWords("az network vnet peering list", subscription, group, flag("vnet-name", vnetName)),
    }
  })

/** AWS answers with two route tables, neither with a route to replace. */
const answers = {
  aws: `case "$2" in describe-route-tables) echo rtb-1 rtb-2;; replace-route) return 1;; esac`,
}

describe.each([
  ["AWS", ofAws],
  ["Google Cloud", ofGcp],
  ["Azure", ofAzure],
])("toRunbook for %s, with any names", (_, cases) => {
  test("gives commands that a shell reads as the intended words, each flag with its value", () => {
    fc.assert(
      fc.property(cases, variables, ({ peer, container, calls, look }, set) => {
        const texts = toRunbook(peer, container).flatMap(({ id, instructions }) =>
          instructions
            .filter(({ tool }) => tool !== "terraform" && tool !== "console")
            .map(({ tool, text }) => `step '${id} by ${tool}'\n${text}\n`),
        )
        const tried = {
          "try-it by shell": [
            toWords("nslookup", set.CLUSTER_HOST),
            toWords("nc -vz -w 5", set.CLUSTER_HOST, "27017"),
          ],
        }
        const expected = Object.entries({ ...calls(set), ...tried }).flatMap(([name, called]) => [
          ["step", name],
          ...called,
        ])
        expect(readCalls(texts.join(""), set, answers)).toEqual(expected)
        expect(readCalls(buildCheckCommand(peer, container) ?? "")).toEqual([look])
      }),
      { numRuns: 40 },
    )
  })
})
