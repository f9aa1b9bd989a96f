import { z } from "zod"
import { parseCidr } from "#world/cidr.ts"

// Every field is there, as in the rest of the world: a data file without one is damaged.

const cidr = z.string().refine((text) => parseCidr(text) !== null, "give a CIDR")
const direction = z.enum(["in", "out"])

const awsSubnet = z.strictObject({ id: z.string(), name: z.string(), zone: z.string(), cidr })
const awsRouteTable = z.strictObject({
  id: z.string(),
  name: z.string(),
  isMain: z.boolean(),
  /** Ids of the subnets that name it. The others follow the main table. */
  subnets: z.array(z.string()),
  /** From a CIDR or a prefix list (`pl-…`) to `local`, `igw-…`, `nat-…`, `pcx-…` and so on. */
  routes: z.array(z.strictObject({ to: z.string(), target: z.string() })),
})
const securityGroup = z.strictObject({
  id: z.string(),
  name: z.string(),
  rules: z.array(
    z.strictObject({
      direction,
      /** `-1` for all, `tcp`, `udp`, `icmp`. */
      protocol: z.string(),
      from: z.number().nullable(),
      to: z.number().nullable(),
      cidrs: z.array(cidr),
      prefixLists: z.array(z.string()),
      groups: z.array(z.string()),
    }),
  ),
})
const networkAcl = z.strictObject({
  id: z.string(),
  isDefault: z.boolean(),
  subnets: z.array(z.string()),
  entries: z.array(
    z.strictObject({
      number: z.number(),
      direction,
      allows: z.boolean(),
      /** `-1` for all, else IANA's number: `6` for TCP. */
      protocol: z.string(),
      from: z.number().nullable(),
      to: z.number().nullable(),
      cidr,
    }),
  ),
})
const awsNetwork = z.strictObject({
  providerName: z.literal("AWS"),
  awsAccountId: z.string(),
  vpcId: z.string(),
  /** As AWS spells it: `us-east-1`. */
  region: z.string(),
  /** The tag `Name`; null without one. */
  name: z.string().nullable(),
  /** Other accounts that its subnets are shared with. They see its tables and ACLs, but not its groups and peerings. */
  sharedWith: z.array(z.string()),
  cidrs: z.array(cidr).min(1),
  dnsSupport: z.boolean(),
  dnsHostnames: z.boolean(),
  subnets: z.array(awsSubnet),
  routeTables: z.array(awsRouteTable),
  securityGroups: z.array(securityGroup),
  networkAcls: z.array(networkAcl),
  /** Managed prefix lists of the account that its routes and rules name. */
  prefixLists: z.array(z.strictObject({ id: z.string(), name: z.string(), cidrs: z.array(cidr) })),
})

/** Routes of subnets and of peerings follow from these; `routes` are the static ones. */
const gcpNetwork = z.strictObject({
  providerName: z.literal("GCP"),
  gcpProjectId: z.string(),
  networkName: z.string(),
  isAutoMode: z.boolean(),
  subnets: z.array(
    z.strictObject({
      name: z.string(),
      region: z.string(),
      cidr,
      secondaryCidrs: z.array(cidr),
    }),
  ),
  /** To an IPv4 address or `default-internet-gateway`. */
  routes: z.array(
    z.strictObject({ name: z.string(), to: z.string(), target: z.string(), priority: z.number() }),
  ),
  firewallRules: z.array(
    z.strictObject({
      name: z.string(),
      priority: z.number(),
      direction,
      allows: z.boolean(),
      isDisabled: z.boolean(),
      /** Without ports: all. */
      protocols: z.array(z.strictObject({ protocol: z.string(), ports: z.array(z.string()) })),
      cidrs: z.array(cidr),
      /** Without one it holds for every machine. */
      targetTags: z.array(z.string()),
    }),
  ),
  /** Ranges of Private Service Access. */
  serviceRanges: z.array(z.strictObject({ name: z.string(), cidr })),
})

/** Tables and security groups are of the VNet's resource group. */
const azureNetwork = z.strictObject({
  providerName: z.literal("AZURE"),
  azureDirectoryId: z.string(),
  azureSubscriptionId: z.string(),
  resourceGroupName: z.string(),
  vnetName: z.string(),
  /** As Azure spells it: `eastus2`. */
  region: z.string(),
  cidrs: z.array(cidr).min(1),
  subnets: z.array(
    z.strictObject({
      name: z.string(),
      cidr,
      routeTable: z.string().nullable(),
      securityGroup: z.string().nullable(),
    }),
  ),
  routeTables: z.array(
    z.strictObject({
      name: z.string(),
      /** To `VirtualAppliance 10.0.0.4`, `VnetLocal`, `Internet`, `None`, `VirtualNetworkGateway`. */
      routes: z.array(z.strictObject({ name: z.string(), to: z.string(), target: z.string() })),
    }),
  ),
  /** Azure's default rules are not listed: each group has them. */
  securityGroups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          name: z.string(),
          priority: z.number(),
          direction,
          allows: z.boolean(),
          /** `*`, `Tcp`, `Udp`. */
          protocol: z.string(),
          ports: z.array(z.string()),
          source: z.string(),
          destination: z.string(),
        }),
      ),
    }),
  ),
  /** Roles of Atlas's application that cover the VNet. */
  atlasRoles: z.array(z.strictObject({ role: z.string(), scope: z.string() })),
})

/** A network of the customer's, with what decides whether a peering works. Its peerings follow from the peers of the world. */
export const customerNetworkSchema = z.discriminatedUnion("providerName", [
  awsNetwork,
  gcpNetwork,
  azureNetwork,
])
export type AwsNetwork = z.infer<typeof awsNetwork>
export type GcpNetwork = z.infer<typeof gcpNetwork>
export type AzureNetwork = z.infer<typeof azureNetwork>
export type CustomerNetwork = z.infer<typeof customerNetworkSchema>

/** A network to put into the world: its ids, and what is special about it. */
export const newNetworkSchema = z.discriminatedUnion("providerName", [
  awsNetwork.partial().required({ providerName: true, awsAccountId: true, vpcId: true }),
  gcpNetwork.partial().required({ providerName: true, gcpProjectId: true, networkName: true }),
  azureNetwork.partial().required({
    providerName: true,
    azureDirectoryId: true,
    azureSubscriptionId: true,
    resourceGroupName: true,
    vnetName: true,
  }),
])
export type NewNetwork = z.infer<typeof newNetworkSchema>

/** A role in AWS through which somebody else may read an account. */
export const readingRoleSchema = z.strictObject({
  arn: z.string().regex(/^arn:aws(?:-[a-z]+)*:iam::\d{12}:role\/\S+$/, "give the ARN of a role"),
  account: z.string(),
  /** Those that its trust policy takes, `*` in them for any text; without one it asks for none. */
  externalIds: z.array(z.string()),
  /** Actions that its policy allows, as `ec2:DescribeVpcs`. */
  rights: z.array(z.string()),
  isRevoked: z.boolean(),
})
export type ReadingRole = z.infer<typeof readingRoleSchema>
