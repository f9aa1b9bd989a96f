import {
  readVpcRegionId,
  type AtlasPeer,
  type AwsPeer,
  type AzurePeer,
  type Container,
  type GcpPeer,
} from "@peering-desk/shared-schemas"
import { formatHclBlock, hcl } from "#formats/hcl.ts"
import { toLeastReachName } from "./cloud-names.ts"
import {
  askFor,
  atlasPorts,
  buildCommand,
  buildStep,
  fillIn,
  type Given,
  type Instruction,
  type RunbookStep,
} from "./runbook-step.ts"
import { buildBlock, declareVariable, toNetworkPath } from "./terraform.ts"

const ports = `TCP ${atlasPorts.first}–${atlasPorts.last}`

/** Builds the optional step that closes the peering to all but the applications' connections to the database. */
export function toLeastReachStep(peer: AtlasPeer, container: Container | null): RunbookStep {
  const atlasCidr = container?.atlasCidrBlock ?? null
  const { why, tools } = toCloudRules(peer, container, atlasCidr)
  return buildStep({
    id: `${peer.providerName.toLowerCase()}-least-reach`,
    title: `Optional: deny everything but ${ports} out`,
    why: `A peering joins whole networks. These rules deny new connections from ${atlasCidr ?? "the Atlas CIDR"} and everything else to it. Leave it out if Atlas asks your own LDAP server. ${why}`,
    stage: "after",
    isOptional: true,
    waitsFor: atlasCidr === null && "Needs the Atlas CIDR.",
    tools,
  })
}

interface CloudRules {
  why: string
  tools: Partial<Record<Instruction["tool"], readonly string[]>>
}

function toCloudRules(peer: AtlasPeer, container: Container | null, atlasCidr: Given): CloudRules {
  switch (peer.providerName) {
    case "AWS":
      return toAwsRules(peer, container, atlasCidr)
    case "GCP":
      return toGcpRules(peer, atlasCidr)
    case "AZURE":
      return toAzureRules(peer, atlasCidr)
  }
}

/** Chains commands: a rule that denies is never made without the one before it that allows. */
function chain(commands: readonly string[]): string[] {
  return [commands.join(" &&\n")]
}

/** Rules of a network ACL keep no state, so answers need a rule too: clients use ports from 1024 on. */
function toAwsRules(peer: AwsPeer, container: Container | null, atlasCidr: Given): CloudRules {
  const region = fillIn(readVpcRegionId(peer, container))
  const allow = (from: number, to: number) => ({ protocol: "tcp", from, to, action: "allow" })
  const deny = { protocol: "-1", from: 0, to: 0, action: "deny" }
  const rules = [
    { label: "atlas_out", direction: "egress", at: 0, ...allow(atlasPorts.first, atlasPorts.last) },
    { label: "atlas_out_else", direction: "egress", at: 1, ...deny },
    { label: "atlas_answers", direction: "ingress", at: 0, ...allow(1024, 65_535) },
    { label: "atlas_in_else", direction: "ingress", at: 1, ...deny },
  ]
  return {
    why: "NETWORK_ACL_ID is the network ACL of the application's subnets. RULE_NUMBER and the number after it are free in it, below the rules that allow traffic. NetworkAclEntryAlreadyExists means a number is taken, and nothing more is changed. An ACL keeps no state: TCP 1024–65535 stays open for answers, and security groups decide what else comes in there.",
    tools: {
      aws: chain(
        rules.map(({ direction, at, protocol, from, to, action }) =>
          buildCommand(
            "aws ec2 create-network-acl-entry",
            { region },
            askFor("--network-acl-id", "NETWORK_ACL_ID", "the network ACL of the subnets, acl-…"),
            `--${direction} ${toNumber("--rule-number", "RULE_NUMBER", "a free rule number", at)} --protocol=${protocol}`,
            ...(action === "allow" ? [`--port-range=From=${from},To=${to}`] : []),
            { "cidr-block": atlasCidr },
            `--rule-action=${action}`,
          ),
        ),
      ),
      terraform: [
        declareVariable("network_acl_id", "string"),
        declareVariable("rule_number", "number"),
        ...rules.map(({ label, direction, at, protocol, from, to, action }) =>
          buildBlock(
            "resource",
            "aws_network_acl_rule",
            {
              network_acl_id: hcl("var.network_acl_id"),
              rule_number: hcl(at === 0 ? "var.rule_number" : `var.rule_number + ${at}`),
              egress: hcl(`${direction === "egress"}`),
              protocol,
              rule_action: action,
              cidr_block: atlasCidr,
              from_port: hcl(`${from}`),
              to_port: hcl(`${to}`),
            },
            [],
            label,
          ),
        ),
      ],
      console: [
        `VPC console, region ${region}: Network ACLs, the one of the application's subnets`,
        `Outbound rules: allow TCP ${atlasPorts.range} to ${fillIn(atlasCidr)}, and with the next number deny all traffic to it`,
        `Inbound rules: allow TCP 1024-65535 from ${fillIn(atlasCidr)}, and with the next number deny all traffic from it`,
        "Give these rules lower numbers than the rules that allow traffic, then Save",
      ],
    },
  }
}

function toGcpRules(peer: GcpPeer, atlasCidr: Given): CloudRules {
  const project = fillIn(peer.gcpProjectId)
  const network = fillIn(peer.networkName)
  const rules = [
    { end: "out", direction: "EGRESS", at: 0, rules: `tcp:${atlasPorts.range}`, action: "ALLOW" },
    { end: "out-else", direction: "EGRESS", at: 1, rules: "all", action: "DENY" },
    { end: "in", direction: "INGRESS", at: 0, rules: "all", action: "DENY" },
  ].map((rule) => ({ ...rule, name: toLeastReachName(rule.end, peer.id) }))
  return {
    why: `PRIORITY is lower than that of every rule that allows traffic from or to it. "already exists" means that the rule was created before: then run the commands after it.`,
    tools: {
      gcloud: chain(
        rules.map(({ name, direction, at, rules: traffic, action }) =>
          buildCommand(
            `gcloud compute firewall-rules create ${name}`,
            { project, network },
            `${toNumber("--priority", "PRIORITY", "a number from 0 to 65534", at)} --direction=${direction} --action=${action} --rules=${traffic}`,
            { [direction === "EGRESS" ? "destination-ranges" : "source-ranges"]: atlasCidr },
          ),
        ),
      ),
      terraform: [
        declareVariable("least_reach_priority", "number"),
        ...rules.map(({ name, end, direction, at, action }) =>
          buildBlock(
            "resource",
            "google_compute_firewall",
            {
              name,
              project,
              network: toNetworkPath(project, network),
              priority: hcl(at === 0 ? "var.least_reach_priority" : `var.least_reach_priority + ${at}`),
              direction,
              [direction === "EGRESS" ? "destination_ranges" : "source_ranges"]: [fillIn(atlasCidr)],
            },
            [
              action === "ALLOW"
                ? formatHclBlock("allow", [], { protocol: "tcp", ports: [atlasPorts.range] })
                : formatHclBlock("deny", [], { protocol: "all" }),
            ],
            `atlas_${end.replace("-", "_")}`,
          ),
        ),
      ],
      console: [
        `Google Cloud console, project ${project}: VPC network, Firewall, Create firewall rule, network ${network}`,
        `Egress to ${fillIn(atlasCidr)}: allow TCP ${atlasPorts.range}; a second rule with the next priority number denies all`,
        `Ingress from ${fillIn(atlasCidr)}: deny all`,
        "Give these rules lower priority numbers than the rules that allow traffic",
      ],
    },
  }
}

function toAzureRules(peer: AzurePeer, atlasCidr: Given): CloudRules {
  const rules = [
    { end: "out", direction: "Outbound", at: 0, protocol: "Tcp", access: "Allow", port: atlasPorts.range },
    { end: "out-else", direction: "Outbound", at: 1, protocol: "*", access: "Deny", port: "*" },
    { end: "in", direction: "Inbound", at: 0, protocol: "*", access: "Deny", port: "*" },
  ].map((rule) => ({ ...rule, name: toLeastReachName(rule.end, peer.containerId) }))
  const toSides = (direction: string) =>
    direction === "Outbound"
      ? ({ own: "source", other: "destination" } as const)
      : ({ own: "destination", other: "source" } as const)
  return {
    why: "Azure's default rules let peered VNets in. NETWORK_SECURITY_GROUP is that of the application's subnet. The resource group is the VNet's: change it if the security group is in another. PRIORITY and the number after it are free, from 100 to 4095, below the rules that allow traffic. A second run writes the same rules again.",
    tools: {
      az: chain(
        rules.map(({ name, direction, at, protocol, access, port }) =>
          buildCommand(
            "az network nsg rule create",
            { subscription: peer.azureSubscriptionId, "resource-group": peer.resourceGroupName },
            askFor("--nsg-name", "NETWORK_SECURITY_GROUP", "the network security group of the subnet"),
            `--name=${name} ${toNumber("--priority", "PRIORITY", "a free number from 100 to 4095", at)}`,
            `--direction=${direction} --access=${access}`,
            {
              protocol,
              [`${toSides(direction).other}-address-prefixes`]: atlasCidr,
              "destination-port-ranges": port,
            },
          ),
        ),
      ),
      terraform: [
        declareVariable("least_reach_security_group", "string"),
        declareVariable("least_reach_priority", "number"),
        ...rules.map(({ name, end, direction, at, protocol, access, port }) =>
          buildBlock(
            "resource",
            "azurerm_network_security_rule",
            {
              name,
              resource_group_name: peer.resourceGroupName,
              network_security_group_name: hcl("var.least_reach_security_group"),
              priority: hcl(at === 0 ? "var.least_reach_priority" : `var.least_reach_priority + ${at}`),
              direction,
              access,
              protocol,
              source_port_range: "*",
              destination_port_range: port,
              [`${toSides(direction).own}_address_prefix`]: "*",
              [`${toSides(direction).other}_address_prefix`]: atlasCidr,
            },
            [],
            `atlas_${end.replace("-", "_")}`,
          ),
        ),
      ],
      console: [
        "Azure portal: Network security groups, the one of the application's subnet",
        `Outbound security rules: allow TCP ${atlasPorts.range} to ${fillIn(atlasCidr)}, and with the next priority number deny all traffic to it`,
        `Inbound security rules: deny all traffic from ${fillIn(atlasCidr)}`,
        "Give these rules lower priority numbers than the rules that allow traffic",
      ],
    },
  }
}

/** Asks for a number, and counts on from it. The shell computes only what it was asked for. */
function toNumber(option: string, variable: string, meaning: string, at: number): string {
  return at === 0 ? askFor(option, variable, meaning) : `${option}="$((${variable} + ${at}))"`
}
