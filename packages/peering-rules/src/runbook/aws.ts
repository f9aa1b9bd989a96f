import { readVpcRegionId, toAwsRegionId, type AwsPeer, type Container } from "@peering-desk/shared-schemas"
import { toAwsAccepter, toAwsDns, toAwsEgressRule, toAwsRoutes } from "./terraform.ts"
import { atlasPorts, fillIn, type RunbookStep } from "./runbook-step.ts"
import { toShellCommand, toShellOption } from "#formats/shell-words.ts"

/** What the AWS side of a connection needs, in order (Atlas: Set Up a Network Peering Connection, AWS). */
export function toAwsRunbook(peer: AwsPeer, container: Container | null): RunbookStep[] {
  const vpcId = fillIn(peer.vpcId)
  const connectionId = peer.connectionId ?? null
  const atlasCidr = container?.atlasCidrBlock ?? null
  const regionId = fillIn(readVpcRegionId(peer, container))
  const region = toShellOption("--region", regionId)
  const peering = toShellOption("--vpc-peering-connection-id", fillIn(connectionId))
  const destination = toShellOption("--destination-cidr-block", fillIn(atlasCidr))
  const toRoute = (act: string) =>
    toShellCommand([`aws ec2 ${act}`, region, '--route-table-id="$table"', destination, peering])

  return [
    {
      id: "aws-dns",
      title: "Let the VPC resolve names",
      why: "Without DNS hostnames and DNS resolution the cluster's name leads to its public address, past the peering.",
      stage: "before",
      waitsFor: null,
      instructions: [
        {
          tool: "aws",
          text: ["--enable-dns-support", "--enable-dns-hostnames"]
            .map((attribute) =>
              toShellCommand([
                "aws ec2 modify-vpc-attribute",
                region,
                toShellOption("--vpc-id", vpcId),
                `${attribute} '{"Value":true}'`,
              ]),
            )
            .join("\n"),
        },
        { tool: "terraform", text: toAwsDns(peer) },
        {
          tool: "console",
          text: [
            `VPC console, region ${regionId}: Your VPCs`,
            `Choose ${vpcId}, then Actions, Edit VPC settings`,
            "Tick Enable DNS resolution and Enable DNS hostnames, then Save",
          ].join("\n"),
        },
      ],
    },
    {
      id: "aws-accept",
      title: "Accept the peering request",
      why: "Atlas has asked; only the owner of the VPC can accept. AWS drops the request after 7 days.",
      stage: "now",
      waitsFor:
        connectionId === null ? "Atlas is still making the request in AWS; its pcx- id comes next." : null,
      instructions: [
        { tool: "aws", text: toShellCommand(["aws ec2 accept-vpc-peering-connection", region, peering]) },
        { tool: "terraform", text: toAwsAccepter(peer) },
        {
          tool: "console",
          text: [
            `VPC console of account ${fillIn(peer.awsAccountId)}, region ${regionId}: Peering connections`,
            `Choose ${fillIn(connectionId)}, then Actions, Accept request`,
          ].join("\n"),
        },
      ],
    },
    {
      id: "aws-routes",
      title: "Route Atlas's block to the peering",
      why: `Each route table of the subnets that connect needs ${atlasCidr ?? "Atlas's block"} as a destination; AWS adds none by itself. A route that an earlier peering left behind leads nowhere: replace-route turns it to this one. Where there is none, replace-route says so, and create-route makes it.`,
      stage: "after",
      waitsFor:
        connectionId === null || atlasCidr === null
          ? "The pcx- id and Atlas's block have to be known."
          : null,
      instructions: [
        {
          tool: "aws",
          text: [
            `for table in $(${toShellCommand([
              "aws ec2 describe-route-tables",
              region,
              toShellOption("--filters", `Name=vpc-id,Values=${vpcId}`),
              `${toShellOption("--query", "RouteTables[].RouteTableId")} --output=text`,
            ])}); do`,
            `  ${toRoute("replace-route")} ||`,
            `  ${toRoute("create-route")}`,
            "done",
          ].join("\n"),
        },
        { tool: "terraform", text: toAwsRoutes(peer, container) },
        {
          tool: "console",
          text: [
            `VPC console: Route tables of ${vpcId}`,
            "For each one whose subnets connect: Routes, Edit routes, Add route, or change the one that has the destination",
            `Destination ${fillIn(atlasCidr)}, target ${fillIn(connectionId)}, then Save`,
          ].join("\n"),
        },
      ],
    },
    {
      id: "aws-security-group",
      title: `Open ports ${atlasPorts.first}–${atlasPorts.last} outwards`,
      why: "A security group with its own outbound rules has to let the drivers out to Atlas's block. A network ACL too, if yours restricts.",
      stage: "after",
      waitsFor: atlasCidr === null ? "Atlas's block has to be known." : null,
      instructions: [
        {
          tool: "aws",
          text: toShellCommand([
            "aws ec2 authorize-security-group-egress",
            region,
            '--group-id="$SECURITY_GROUP_ID"',
            toShellOption(
              "--ip-permissions",
              `IpProtocol=tcp,FromPort=${atlasPorts.first},ToPort=${atlasPorts.last},IpRanges=[{CidrIp=${fillIn(atlasCidr)}}]`,
            ),
          ]),
        },
        { tool: "terraform", text: toAwsEgressRule(container) },
        {
          tool: "console",
          text: [
            "EC2 console: Security groups, the one of your application, Outbound rules, Edit",
            `Add: Custom TCP, ports ${atlasPorts.first}-${atlasPorts.last}, destination ${fillIn(atlasCidr)}`,
          ].join("\n"),
        },
      ],
    },
  ]
}

/** Whether the VPC lies in another region than the container: then security groups cannot stand in the access list. */
export function isCrossRegion(peer: AwsPeer, container: Container | null): boolean {
  const containerRegion = container?.providerName === "AWS" ? container.regionName : null
  return containerRegion != null && readVpcRegionId(peer, container) !== toAwsRegionId(containerRegion)
}

/** Looks at the request as AWS has it: whose turn it is there, and both ends. */
export function toAwsLook(peer: AwsPeer, container: Container | null): string {
  return toShellCommand([
    "aws ec2 describe-vpc-peering-connections",
    toShellOption("--vpc-peering-connection-ids", fillIn(peer.connectionId)),
    toShellOption("--region", fillIn(readVpcRegionId(peer, container))),
  ])
}
