import { readVpcRegionId, toAwsRegionId, type AwsPeer, type Container } from "@peering-desk/shared-schemas"
import { hcl } from "#formats/hcl.ts"
import { formatAwsRouteScript } from "./aws-route-script.ts"
import { askFor, atlasPorts, buildCommand, buildStep, fillIn, type RunbookStep } from "./runbook-step.ts"
import { buildBlock, declareVariable, toAwsAccepterBlock } from "./terraform.ts"

/** Lists the steps on the AWS side, in order (Atlas: Set Up a Network Peering Connection, AWS). */
export function toAwsRunbook(peer: AwsPeer, container: Container | null): RunbookStep[] {
  const vpcId = fillIn(peer.vpcId)
  const connectionId = fillIn(peer.connectionId)
  const atlasCidr = container?.atlasCidrBlock ?? null
  const region = fillIn(readVpcRegionId(peer, container))
  const peering = { "vpc-peering-connection-id": connectionId }

  return [
    buildStep({
      id: "aws-dns",
      title: "Enable DNS resolution and hostnames",
      why: "Without them, the hostname resolves to the public IP and traffic bypasses the peering. In Terraform, add the two attributes to the VPC's own aws_vpc resource.",
      stage: "before",
      tools: {
        aws: ["--enable-dns-support", "--enable-dns-hostnames"].map((attribute) =>
          buildCommand(
            "aws ec2 modify-vpc-attribute",
            { region, "vpc-id": vpcId },
            `${attribute} '{"Value":true}'`,
          ),
        ),
        // The attributes belong to the resource that makes the VPC: a second one would make another VPC, or take over this one.
        terraform: ["enable_dns_support   = true", "enable_dns_hostnames = true", ""],
        console: [
          `VPC console, region ${region}: Your VPCs`,
          `Choose ${vpcId}, then Actions, Edit VPC settings`,
          "Tick Enable DNS resolution and Enable DNS hostnames, then Save",
        ],
      },
    }),
    buildStep({
      id: "aws-accept",
      title: "Accept the peering request",
      why: "Only the VPC owner can accept. The request expires after 7 days. If AWS answers InvalidStateTransition, it was already accepted or has expired; see the status.",
      stage: "now",
      waitsFor: peer.connectionId == null && "Atlas is creating the request in AWS. Its pcx- ID follows.",
      tools: {
        aws: [buildCommand("aws ec2 accept-vpc-peering-connection", { region }, peering)],
        terraform: [toAwsAccepterBlock("atlas", connectionId)],
        console: [
          `VPC console of account ${fillIn(peer.awsAccountId)}, region ${region}: Peering connections`,
          `Choose ${connectionId}, then Actions, Accept request`,
        ],
      },
    }),
    buildStep({
      id: "aws-routes",
      title: `Route ${atlasCidr ?? "the Atlas CIDR"} to the peering`,
      why: "AWS adds no routes. In each route table of the VPC, the script creates the route where it is missing and replaces only routes without a target (blackhole). A route in use that leads elsewhere is shown and left as it is: it may serve another connection. Change it with aws ec2 replace-route only when nothing needs it. A broader or narrower route in use that overlaps, or a prefix list in use that doesn't lead to an endpoint, is shown first, and its table stays as it is unless ALLOW_OVERLAP=yes is set. Traffic to Atlas no longer passes a firewall that the default route leads to.",
      stage: "after",
      waitsFor: (peer.connectionId == null || atlasCidr === null) && "Needs the pcx- ID and the Atlas CIDR.",
      tools: {
        aws: [formatAwsRouteScript({ region, vpcId, atlasCidr, connectionId })],
        terraform: [
          buildBlock("data", "aws_route_tables", { vpc_id: vpcId }),
          buildBlock("resource", "aws_route", {
            for_each: hcl("toset(data.aws_route_tables.atlas.ids)"),
            route_table_id: hcl("each.value"),
            destination_cidr_block: atlasCidr,
            vpc_peering_connection_id: connectionId,
          }),
        ],
        console: [
          `VPC console: Route tables of ${vpcId}`,
          "For each one whose subnets connect: Routes, Edit routes, Add route. Change one that has the destination only if its status is Blackhole",
          `Look for routes that overlap ${fillIn(atlasCidr)}: a narrower one takes its part of the traffic`,
          `Destination ${fillIn(atlasCidr)}, target ${connectionId}, then Save`,
        ],
      },
    }),
    buildStep({
      id: "aws-security-group",
      title: `Allow TCP ${atlasPorts.first}–${atlasPorts.last} out to ${atlasCidr ?? "the Atlas CIDR"}`,
      why: "Only if your security group restricts outbound traffic. SECURITY_GROUP_ID is the application's security group. On a second run InvalidPermission.Duplicate is fine. A network ACL that restricts traffic needs this rule too, and one that allows TCP 1024–65535 in for the answers. In Terraform, a group with in-line rules takes the rule there: it would remove a separate one.",
      stage: "after",
      waitsFor: atlasCidr === null && "Needs the Atlas CIDR.",
      tools: {
        aws: [
          buildCommand(
            "aws ec2 authorize-security-group-egress",
            { region },
            askFor("--group-id", "SECURITY_GROUP_ID", "the security group of the application, sg-…"),
            {
              "ip-permissions": `IpProtocol=tcp,FromPort=${atlasPorts.first},ToPort=${atlasPorts.last},IpRanges=[{CidrIp=${fillIn(atlasCidr)}}]`,
            },
          ),
        ],
        terraform: [
          declareVariable("security_group_id", "string"),
          buildBlock("resource", "aws_vpc_security_group_egress_rule", {
            security_group_id: hcl("var.security_group_id"),
            cidr_ipv4: atlasCidr,
            ip_protocol: "tcp",
            from_port: hcl(`${atlasPorts.first}`),
            to_port: hcl(`${atlasPorts.last}`),
          }),
        ],
        console: [
          "EC2 console: Security groups, the one of your application, Outbound rules, Edit",
          `Add: Custom TCP, ports ${atlasPorts.range}, destination ${fillIn(atlasCidr)}`,
        ],
      },
    }),
  ]
}

/** Tells if the VPC is in another region than the container; the access list then takes no security groups. */
export function isCrossRegion(peer: AwsPeer, container: Container | null): boolean {
  const containerRegion = container?.providerName === "AWS" ? container.regionName : null
  return containerRegion != null && readVpcRegionId(peer, container) !== toAwsRegionId(containerRegion)
}
