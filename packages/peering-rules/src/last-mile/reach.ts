import type { ProviderName } from "@peering-desk/shared-schemas"
import { isOverlapping } from "#addresses/cidr-overlap.ts"

/** Tells if applications of one kind of place reach Atlas over a peering. */
export interface ReachAnswer {
  /** Identifies the place within its cloud. */
  id: string
  /** The place, as people name it. */
  from: string
  /** `cannot-be-told`: no documentation settles it, so it has to be tried. */
  verdict: "yes" | "no" | "cannot-be-told"
  says: string
  /** What to do, or to use in place of this peering; null when nothing is needed. */
  next: string | null
}

/** MongoDB's pages behind the answers. */
export const reachLinks = [
  { title: "Private endpoints", url: "https://www.mongodb.com/docs/atlas/security-private-endpoint/" },
  { title: "Network peering", url: "https://www.mongodb.com/docs/atlas/security-vpc-peering/" },
] as const

const endpoint =
  "Use a private endpoint: it is transitive, and MongoDB recommends it where that or one-way trust matters."
const ownConnection = "Give that network its own connection, or use a private endpoint, which is transitive."
const portMapping =
  "Give a private endpoint of Google Cloud port mapping: those without it end on 30 April 2027."
const anyRegion = "A private endpoint works across regions since May 2026."
const eachRegion =
  "Create a connection for each Atlas region that the cluster uses. Atlas limits a project's cross-region network permissions: its pages name 40 and 100."
const tryIt = "Try it with the test script before you rely on it."

type Row = readonly [
  id: string,
  from: string,
  verdict: ReachAnswer["verdict"],
  says: string,
  next: string | null,
]

/**
 * The places that people ask about, by cloud. "Yes" and "no" rest on documentation of the cloud or of MongoDB; what is only
 * deduced "cannot be told".
 */
const places: Readonly<Record<ProviderName, readonly Row[]>> = {
  AWS: [
    ["network", "This VPC", "yes", "The peering is between this VPC and Atlas.", null],
    [
      "other-network",
      "Another VPC, by peering or transit gateway",
      "no",
      "Peering isn't transitive.",
      ownConnection,
    ],
    [
      "on-premises",
      "Own data centre, by VPN or Direct Connect",
      "no",
      "Through a peering, AWS carries no traffic of a VPN or Direct Connect.",
      endpoint,
    ],
    [
      "pods",
      "EKS pods, ECS tasks or Lambda functions in this VPC",
      "cannot-be-told",
      "It depends on their source address: it must be one of this VPC's subnets with the route to Atlas.",
      tryIt,
    ],
    [
      "serverless",
      "Lambda functions outside a VPC",
      "cannot-be-told",
      "They have no address in this VPC. No route of this VPC reaches them.",
      "Attach them to subnets of this VPC, then try it with the test script.",
    ],
    [
      "other-region",
      "An application in another region",
      "no",
      "A VPC belongs to one region, so that is another VPC.",
      `Create a connection from that VPC. It may be in another region than Atlas's. ${anyRegion}`,
    ],
    [
      "atlas-region",
      "A cluster in another Atlas region",
      "no",
      "Each Atlas region has its own container, and each container needs its own connection.",
      `${eachRegion} ${anyRegion}`,
    ],
  ],
  GCP: [
    ["network", "This VPC network", "yes", "The peering is between this network and Atlas.", null],
    [
      "other-network",
      "Another VPC network, by peering",
      "no",
      "Peering isn't transitive.",
      `${ownConnection} ${portMapping}`,
    ],
    [
      "on-premises",
      "Own data centre, by VPN or Interconnect",
      "no",
      "Atlas does not take the custom routes of this network, so it has no way back.",
      `${endpoint} ${portMapping}`,
    ],
    [
      "pods",
      "GKE pods, VPC-native cluster",
      "yes",
      "Their secondary range is exchanged over the peering like any subnet.",
      "Add the pods' range to the IP access list too, unless the nodes translate it.",
    ],
    [
      "routed-pods",
      "GKE pods, routes-based cluster",
      "no",
      "Their ranges are custom routes, which Atlas does not take.",
      `Move to a VPC-native cluster, or use a private endpoint. ${portMapping}`,
    ],
    [
      "services",
      "Cloud SQL and other service networks",
      "cannot-be-told",
      "They are in one more peered network, and peering is not passed on. No documentation names this case.",
      `${endpoint} ${portMapping}`,
    ],
    [
      "serverless",
      "Cloud Run, Cloud Functions or App Engine standard, without a connector",
      "no",
      "They run outside this network.",
      "Use a Serverless VPC Access connector in this network.",
    ],
    [
      "direct-egress",
      "Cloud Run with Direct VPC egress",
      "cannot-be-told",
      "Its traffic enters this network. That it goes on to Atlas is not documented.",
      `${tryIt} A Serverless VPC Access connector is the documented way.`,
    ],
    [
      "other-region",
      "An application in another region",
      "yes",
      "A VPC network is global: one connection serves all its regions.",
      null,
    ],
  ],
  AZURE: [
    [
      "network",
      "This VNet",
      "yes",
      "The peering is between this VNet and Atlas.",
      "If only some subnets reach it, look at the peering in Azure: peerCompleteVnets must not be false, and peeringSyncLevel has to be FullyInSync.",
    ],
    [
      "other-network",
      "Another VNet, by peering or Virtual WAN",
      "cannot-be-told",
      "Peering is not transitive. Only an appliance in this VNet could carry the traffic, and Atlas has no setting for it.",
      ownConnection,
    ],
    [
      "on-premises",
      "Own data centre, by VPN or ExpressRoute",
      "cannot-be-told",
      "Atlas's side of the peering would have to use your gateway. Its API has no such setting.",
      endpoint,
    ],
    [
      "pods",
      "AKS pods",
      "cannot-be-told",
      "It depends on their source address: the node's with kubenet and overlay, their own in the VNet with Azure CNI.",
      tryIt,
    ],
    [
      "serverless",
      "App Service with regional VNet integration",
      "yes",
      "It reaches peered VNets, with an address of the integration subnet. App and VNet must be in one region.",
      "Add the integration subnet to the IP access list.",
    ],
    [
      "other-region",
      "An application in another region",
      "no",
      "A VNet belongs to one region, so that is another VNet.",
      "Create a connection from that VNet. It may be in another region than Atlas's.",
    ],
    [
      "atlas-region",
      "A cluster in another Atlas region",
      "no",
      "Each Atlas region has its own container, and each container needs its own connection.",
      eachRegion,
    ],
  ],
}

/** The default network of Docker on a host. */
const dockerBlock = "172.17.0.0/16"

/**
 * Lists from where the database is reached over a peering, and from where not.
 * @param atlasCidr the container's block; null when it is not known
 */
export function listReach(providerName: ProviderName, atlasCidr: string | null): ReachAnswer[] {
  const isDockers = atlasCidr !== null && isOverlapping(atlasCidr, dockerBlock)
  return [
    ...places[providerName].map(([id, from, verdict, says, next]) => ({ id, from, verdict, says, next })),
    {
      id: "containers",
      from: "Docker containers on a host",
      verdict: "cannot-be-told",
      says: isDockers
        ? `${atlasCidr} overlaps ${dockerBlock}, Docker's default: a host that uses it sends this traffic to Docker.`
        : `A Docker, pod or service range that overlaps ${atlasCidr ?? "the Atlas CIDR"} hides Atlas on that host.`,
      next: isDockers
        ? "Give Docker another range on these hosts."
        : "Run the test script inside a container.",
    },
  ]
}
