import { requests } from "./requests.ts"

const { awsAccountId, vpcId } = requests.AWS

/** Prints what the look-up script prints of the VPC of `requests.AWS`, or of another one. */
export function printLookUp(
  at: number,
  { account = awsAccountId, vpc = vpcId, more = {}, ...head }: LookUpChanges = {},
): string {
  const read = {
    vpcs: { Vpcs: [{ VpcId: vpc, OwnerId: account, CidrBlock: "10.50.0.0/16" }] },
    "route-tables": { RouteTables: [printRouteTable(vpc)] },
    ...more,
  }
  const block = {
    peeringDeskLookUp: 1,
    cloud: "AWS",
    asked: { vpcId: vpc },
    at: new Date(at).toISOString().replace(/\.\d+Z$/, "Z"),
    read,
    failed: {},
    ...head,
  }
  const text = JSON.stringify(block, null, 1)
  return `----- BEGIN PEERING DESK LOOK-UP -----\n${text}\n----- END PEERING DESK LOOK-UP -----\n`
}

interface LookUpChanges {
  account?: string
  vpc?: string
  /** Further answers of the cloud's tool, by their names. */
  more?: object
  peeringDeskLookUp?: number
  asked?: object
}

/** Prints a main route table, with a route to Atlas's CIDR or without. */
export function printRouteTable(
  vpc: string = vpcId,
  toAtlas: { DestinationCidrBlock: string; VpcPeeringConnectionId: string } | null = null,
) {
  return {
    RouteTableId: "rtb-0a17",
    VpcId: vpc,
    OwnerId: awsAccountId,
    Associations: [{ Main: true }],
    Routes: [
      { DestinationCidrBlock: "10.50.0.0/16", GatewayId: "local", State: "active" },
      ...(toAtlas === null ? [] : [{ ...toAtlas, State: "active" }]),
    ],
  }
}
