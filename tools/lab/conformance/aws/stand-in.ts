import { DescribeVpcPeeringConnectionsCommand, EC2Client } from "@aws-sdk/client-ec2"
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts"
import {
  awsServerCredentials,
  createSimulator,
  ownerKey,
  seededIds,
  type Simulator,
} from "@peering-desk/atlas-simulator"
import { CloudRight } from "@peering-desk/shared-schemas"
import { expectThat } from "#tools/lab/figure.ts"
import type { Clients, Subject } from "./calls.ts"
import { describeNetworks } from "./twin-networks.ts"
import {
  atlasCidr,
  buildAwsWorld,
  createGateway,
  listSubnets,
  ownAccount,
  region,
  routePrefixList,
} from "./world.ts"
import type { Moto } from "./moto.ts"

/** Clients of one side, and the ids that it made up, by what they name. */
interface Side {
  clients: Clients
  names: Readonly<Record<string, string>>
}

/** The same network in moto and in the stand-in. */
export interface Sides {
  subject: Subject
  moto: Side
  standIn: Side
  close: () => Promise<void>
}

/** Builds a VPC with one of everything in moto, and the same in the stand-in. */
export async function openSides(
  moto: Moto,
  shimUrl: string,
  role: Pick<Subject, "roleArn" | "externalId">,
): Promise<Sides> {
  const world = await buildAwsWorld(moto, {})
  const { ask, vpcId } = world
  const [subnetId = ""] = await listSubnets(world)
  const table = await world.createTable(subnetId)
  const gateway = await createGateway(world)
  await world.route(table, "0.0.0.0/0", gateway)
  const prefixListId = await routePrefixList(world, table)
  await ask("AssociateVpcCidrBlock", { VpcId: vpcId, CidrBlock: "10.16.0.0/16" })
  await ask("CreateTags", { "ResourceId.1": vpcId, "Tag.1.Key": "Name", "Tag.1.Value": "orders" })
  await world.addEntry("90", "out", "deny", ["27000", "28000"])
  await world.letOut(atlasCidr, ["27015", "27017"])
  for (const at of [0, 1, 2, 3, 4, 5]) await ask("CreateVpc", { CidrBlock: `10.${100 + at}.0.0/16` })

  const subject = { ...role, vpcId, subnetId, prefixListId }
  const motoSide = await openClients(shimUrl, { accessKeyId: "server", secretAccessKey: "x" }, role)
  const { simulator, url, connectionId } = await startTwin(subject)
  const made = { ...world, ...subject, connectionId, table, gateway: gateway["GatewayId"] ?? "" }
  for (const network of await describeNetworks(motoSide.ec2, made)) simulator.putNetwork(network)
  const standIn = await openClients(url, awsServerCredentials, role)
  return {
    subject,
    moto: { clients: motoSide, names: await nameAtlas(motoSide.ec2, world.connectionId) },
    standIn: { clients: standIn, names: await nameAtlas(standIn.ec2, connectionId) },
    close: () => simulator.close(),
  }
}

/** Names the ids of Atlas's end, which both sides make up. */
async function nameAtlas(ec2: EC2Client, connectionId: string): Promise<Side["names"]> {
  const { VpcPeeringConnections: all = [] } = await ec2.send(new DescribeVpcPeeringConnectionsCommand({}))
  const found = all.find((one) => one.VpcPeeringConnectionId === connectionId)?.RequesterVpcInfo
  return {
    [connectionId]: "pcx",
    [found?.VpcId ?? ""]: "Atlas's VPC",
    [found?.OwnerId ?? ""]: "Atlas's account",
  }
}

/** Starts a simulator with the role, and a peering of Atlas's with the network that the owner accepts. */
async function startTwin({
  vpcId,
  roleArn,
  externalId,
}: Subject): Promise<{ simulator: Simulator; url: string; connectionId: string }> {
  const simulator = createSimulator({ speed: 0 })
  const { awsUrl: url } = await simulator.listen()
  const act = (path: string, body: object) => {
    const { publicKey } = ownerKey
    return simulator.actAs({ publicKey, method: "POST", projectId: seededIds.emptySandbox, path, body })
  }
  const providerName = "AWS"
  const made = act("containers", { providerName, atlasCidrBlock: atlasCidr, regionName: "EU_WEST_1" })
  const { id: containerId } = made as { id: string }
  const target = { accepterRegionName: region, awsAccountId: ownAccount, routeTableCidrBlock: "10.15.0.0/16" }
  act("peers", { providerName, containerId, vpcId, ...target })
  simulator.advance(600)
  const findPeer = () => {
    const peer = simulator
      .state()
      .projects.flatMap(({ peers }) => peers)
      .find((one) => one.containerId === containerId)
    expectThat(peer !== undefined, "no peer")
    return peer
  }
  simulator.cloudSide(findPeer().id, "accept")
  simulator.advance(600)
  const { connectionId } = findPeer()
  expectThat(connectionId !== null, "no connection id")
  const rights = [...CloudRight.options]
  simulator.putReadingRole({
    arn: roleArn,
    account: ownAccount,
    externalIds: [externalId],
    rights,
    isRevoked: false,
  })
  return { simulator, url, connectionId }
}

async function openClients(
  endpoint: string,
  { accessKeyId, secretAccessKey }: { accessKeyId: string; secretAccessKey: string },
  { roleArn, externalId }: Pick<Subject, "roleArn" | "externalId">,
): Promise<Clients> {
  const base = { endpoint, region, maxAttempts: 1 }
  const own = new STSClient({ ...base, credentials: { accessKeyId, secretAccessKey } })
  const { Credentials: given } = await own.send(
    new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: "conformance", ExternalId: externalId }),
  )
  const credentials = {
    accessKeyId: given?.AccessKeyId ?? "",
    secretAccessKey: given?.SecretAccessKey ?? "",
    sessionToken: given?.SessionToken ?? "",
  }
  return { own, sts: new STSClient({ ...base, credentials }), ec2: new EC2Client({ ...base, credentials }) }
}
