import { toAwsRegionId, type AtlasPeer, type Container } from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { buildCheckCommand, toRunbook } from "./runbook.ts"
import { aws, awsContainer, azure, azureContainer, gcp, gcpContainer } from "#test/connections.ts"
import { readCalls, toWords } from "#test/shell.ts"
import { anyPlain } from "#test/subjects.ts"

/** Any text but an empty one, which counts as not known, and without NUL, which no command can be given. */
const value = anyPlain

const flag = (name: string, text: string) => `--${name}=${text}`

const next = (number: string) => String(Number(number) + 1)

/** Variables that the person sets before a command that names them. */
const variables = fc.record({
  SECURITY_GROUP_ID: value,
  NETWORK_ACL_ID: value,
  NETWORK_SECURITY_GROUP: value,
  PRIORITY: fc.nat(4000).map(String),
  RULE_NUMBER: fc.nat(4000).map(String),
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
    const present = (table: string) =>
      toWords(
        "aws ec2 describe-route-tables",
        region,
        `--route-table-ids=${table}`,
        flag(
          "query",
          `RouteTables[].Routes[?DestinationCidrBlock==\`${JSON.stringify(atlasCidrBlock).replaceAll("`", "\\u0060")}\`][]`,
        ),
        "--output=text",
      )
    const permission = `IpProtocol=tcp,FromPort=27015,ToPort=27017,IpRanges=[{CidrIp=${atlasCidrBlock}}]`
    return {
      peer: { ...aws, ...fields },
      container: { ...awsContainer, atlasCidrBlock },
      calls: ({ SECURITY_GROUP_ID, NETWORK_ACL_ID, RULE_NUMBER }) => ({
        "aws-dns by aws": [dns("--enable-dns-support"), dns("--enable-dns-hostnames")],
        "aws-accept by aws": [toWords("aws ec2 accept-vpc-peering-connection", region, peering)],
        "aws-routes by aws": [
          tables,
          ...["rtb-1", "rtb-2"].flatMap((table) => [
            route("create-route", table),
            present(table),
            route("replace-route", table),
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
        "aws-least-reach by aws": (
          [
            ["--egress", RULE_NUMBER, "tcp", "--port-range=From=27015,To=27017", "allow"],
            ["--egress", next(RULE_NUMBER), "-1", null, "deny"],
            ["--ingress", RULE_NUMBER, "tcp", "--port-range=From=1024,To=65535", "allow"],
            ["--ingress", next(RULE_NUMBER), "-1", null, "deny"],
          ] as const
        ).map(([direction, number, protocol, ports, action]) =>
          toWords(
            "aws ec2 create-network-acl-entry",
            region,
            flag("network-acl-id", NETWORK_ACL_ID),
            direction,
            `--rule-number=${number}`,
            `--protocol=${protocol}`,
            ...(ports === null ? [] : [ports]),
            flag("cidr-block", atlasCidrBlock),
            `--rule-action=${action}`,
          ),
        ),
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
          toWords(
            "gcloud compute networks subnets list",
            ...own,
            "--format=table(name,region,ipCidrRange,secondaryIpRanges[].ipCidrRange.list())",
          ),
        ],
        "gcp-custom-routes by gcloud": [
          toWords(
            "gcloud compute networks peerings update atlas-99439011",
            ...own,
            "--export-custom-routes",
            "--import-custom-routes",
          ),
        ],
        "gcp-least-reach by gcloud": (
          [
            ["out", PRIORITY, "EGRESS", "ALLOW", "tcp:27015-27017", "destination"],
            ["out-else", next(PRIORITY), "EGRESS", "DENY", "all", "destination"],
            ["in", PRIORITY, "INGRESS", "DENY", "all", "source"],
          ] as const
        ).map(([end, number, direction, action, rules, side]) =>
          toWords(
            `gcloud compute firewall-rules create atlas-least-${end}-3c4d5e01`,
            ...own,
            `--priority=${number}`,
            `--direction=${direction}`,
            `--action=${action}`,
            `--rules=${rules}`,
            flag(`${side}-ranges`, atlasCidrBlock),
          ),
        ),
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
        "azure-routes by az": [
          toWords(
            "az network vnet subnet list",
            subscription,
            group,
            flag("vnet-name", vnetName),
            "--query=[].{subnet:name,table:routeTable.id}",
            "--output=json",
          ),
          toWords(
            "az network route-table list",
            subscription,
            "--query=[].{table:id,routes:routes[].{to:addressPrefix,target:nextHopType,id:id}}",
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
        "azure-least-reach by az": (
          [
            ["out", PRIORITY, "Outbound", "Allow", "Tcp", "destination", "27015-27017"],
            ["out-else", next(PRIORITY), "Outbound", "Deny", "*", "destination", "*"],
            ["in", PRIORITY, "Inbound", "Deny", "*", "source", "*"],
          ] as const
        ).map(([end, number, direction, access, protocol, side, ports]) =>
          toWords(
            "az network nsg rule create",
            subscription,
            group,
            flag("nsg-name", NETWORK_SECURITY_GROUP),
            `--name=atlas-least-${end}-99439011`,
            `--priority=${number}`,
            `--direction=${direction}`,
            `--access=${access}`,
            `--protocol=${protocol}`,
            flag(`${side}-address-prefixes`, atlasCidrBlock),
            `--destination-port-ranges=${ports}`,
          ),
        ),
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

/** AWS has two route tables, each with a route that leads nowhere. */
const answers = {
  aws: `case "$2 $*" in
    describe-route-tables*--route-table-ids=*) echo blackhole;;
    describe-route-tables*) echo rtb-1 rtb-2;;
    create-route*) echo RouteAlreadyExists; return 254;;
  esac`,
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
        const expected = Object.entries({ ...calls(set), ...tried })
        const byStep = new Map<string, string[][]>()
        for (const [tool = "", ...words] of readCalls(texts.join(""), set, answers))
          if (tool === "step") byStep.set(words[0] ?? "", [])
          else [...byStep.values()].at(-1)?.push([tool, ...words])
        expect(Object.fromEntries(byStep)).toEqual(Object.fromEntries(expected))
        expect(readCalls(buildCheckCommand(peer, container) ?? "")).toEqual([look])
      }),
      { numRuns: 40 },
    )
  })
})
