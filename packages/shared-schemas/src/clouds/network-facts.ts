import * as z from "zod/mini"
import { CloudAccount } from "./cloud-account.ts"
import { ProviderName } from "./provider.ts"
import { isPlainText } from "#values/escape-invisible.ts"

/**
 * Where a fact comes from: Atlas's answers, a reading by a role in the cloud account, a pasted output, what the holder of a share link
 * pasted and nobody signed in has accepted, or what somebody typed.
 */
export const FactSource = z.enum(["atlas", "read", "pasted", "link", "typed"])
export type FactSource = z.infer<typeof FactSource>

/** A name or id of the cloud, without characters that hide or reorder what others read. */
const word = z.string().check(z.maxLength(300), z.refine(isPlainText, "Has invisible characters"))
const words = (most: number) => z.array(word).check(z.maxLength(most))
const port = z.nullable(z.int())

/** What is known of one aspect of a network. A network's aspect that is left out is not known. */
function fact<Value extends z.ZodMiniType>(value: Value) {
  return z.object({
    value,
    source: FactSource,
    /** When the cloud said so: the time printed in the output, ISO 8601. */
    at: z.iso.datetime(),
    /** Who pasted it, the label of the link, or the role that read it; left out for what is being typed. */
    by: z.optional(word),
    /** Read by a role: when the next reading is due, and this one proves nothing any more. */
    until: z.optional(z.iso.datetime()),
  })
}
export interface Fact<Value> {
  value: Value
  source: FactSource
  at: string
  by?: string | undefined
  until?: string | undefined
}

/** A route: the CIDR that it takes, and where to. Routes of a prefix list are one for each of its CIDRs. */
const CloudRoute = z.object({
  to: word,
  /** The target's id: `pcx-…`, `local`, `tgw-…`; the next hop on Azure and Google Cloud. */
  target: word,
  /** `blackhole`: the target is gone, or isn't active yet. */
  state: z.enum(["active", "blackhole"]),
})
export type CloudRoute = z.infer<typeof CloudRoute>

/** A route table. On Google Cloud one table holds the routes of the whole network. */
const CloudRouteTable = z.object({
  id: word,
  /** AWS: used by every subnet without a table of its own. */
  isMain: z.boolean(),
  /** Ids of the subnets that name it. */
  subnets: words(1000),
  routes: z.array(CloudRoute).check(z.maxLength(1000)),
  /** Targets of peerings to which it had an active route when it was known before. */
  led: z.optional(words(50)),
})
export type CloudRouteTable = z.infer<typeof CloudRouteTable>

/** A rule of a security group, network ACL, NSG or firewall. The lower number counts first; groups have no numbers. */
const FirewallRule = z.object({
  number: z.nullable(z.int()),
  allows: z.boolean(),
  direction: z.enum(["in", "out"]),
  /** `tcp`, `udp`, `icmp`, another one's number, or `all`. */
  protocol: word,
  /** First and last port; null for every port. */
  from: port,
  to: port,
  /** CIDRs on the other end; empty when the rule names only groups or tags. */
  cidrs: words(500),
  /** Azure, outbound: true when it counts for some of the addresses or source ports that its group guards. */
  isPartial: z.optional(z.boolean()),
})
export type FirewallRule = z.infer<typeof FirewallRule>

/** A security group, network ACL, NSG or Google Cloud firewall. */
const Firewall = z.object({
  id: word,
  name: z.nullable(word),
  /** Ids of the subnets that it guards; empty where it guards machines. */
  subnets: words(1000),
  rules: z.array(FirewallRule).check(z.maxLength(1000)),
  /** AWS security group: CIDRs to which it let a driver's ports out when it was known before. */
  led: z.optional(words(50)),
})
export type Firewall = z.infer<typeof Firewall>

/** A peering of the network in its own cloud, Atlas's among them. */
const CloudPeering = z.object({
  /** `pcx-…` on AWS, its name elsewhere. */
  id: word,
  /** The cloud's own word: `active`, `pending-acceptance`, `Connected`, `ACTIVE`. */
  state: word,
  /** AWS: the reason beside it. Azure: a doubt that all traffic passes. */
  message: z.nullable(word),
  /** The other network: a VPC's id, a VNet's resource id, a network's link. */
  network: word,
  /** Its account, subscription or project. */
  account: z.nullable(word),
  /** The other network's CIDRs; null when they are not known. */
  ranges: z.nullable(words(500)),
})
export type CloudPeering = z.infer<typeof CloudPeering>

/** What is known of one network in the customer's cloud, and from where. Each list is whole or left out. */
export const NetworkFacts = z.object({
  providerName: ProviderName,
  /** AWS account, Azure subscription, Google Cloud project. */
  account: z.optional(fact(word)),
  /** Azure: the directory. */
  directory: z.optional(fact(word)),
  /** Azure: the resource group. */
  resourceGroup: z.optional(fact(word)),
  /** VPC id, VNet name, name of the Google Cloud network. */
  network: z.optional(fact(word)),
  /** AWS: the VPC's tag Name. */
  name: z.optional(fact(word)),
  /** In the cloud's own spelling. */
  region: z.optional(fact(word)),
  /** Every CIDR: a VPC's blocks, a VNet's prefixes, primary and secondary ranges of the subnets. */
  addresses: z.optional(fact(words(500))),
  /** AWS: the attributes enableDnsSupport and enableDnsHostnames. */
  dns: z.optional(fact(z.object({ support: z.boolean(), hostnames: z.boolean() }))),
  subnets: z.optional(fact(z.array(z.object({ id: word, cidrs: words(100) })).check(z.maxLength(1000)))),
  routeTables: z.optional(fact(z.array(CloudRouteTable).check(z.maxLength(2000)))),
  /** Security groups, NSGs, or the rules of a Google Cloud network. */
  firewalls: z.optional(fact(z.array(Firewall).check(z.maxLength(2000)))),
  /** AWS. */
  networkAcls: z.optional(fact(z.array(Firewall).check(z.maxLength(500)))),
  peerings: z.optional(fact(z.array(CloudPeering).check(z.maxLength(1000)))),
  /** Google Cloud: ranges given to Private Service Access. */
  serviceRanges: z.optional(fact(words(500))),
  /** Azure: the role assignments of Atlas's application that cover the VNet. */
  roles: z.optional(fact(z.array(z.object({ role: word, scope: word })).check(z.maxLength(500)))),
})
export type NetworkFacts = z.infer<typeof NetworkFacts>

/** The aspects of a network, each with its own source and time. */
export type FactName = Exclude<keyof NetworkFacts, "providerName">

/** Two sources that differ in one aspect: the value that counts, and the other one. */
export const FactContradiction = z.object({
  fact: z.string(),
  counts: z.object({ says: z.string(), source: FactSource, at: z.string() }),
  other: z.object({ says: z.string(), source: FactSource, at: z.string() }),
})
export type FactContradiction = z.infer<typeof FactContradiction>

/** `GET /api/projects/{projectId}/peerings/{peeringId}/facts`: what is known of the connection's network in its cloud. */
export const KnownFacts = z.object({
  /** Null until somebody pasted a look-up. */
  facts: z.nullable(NetworkFacts),
  contradictions: z.array(FactContradiction),
  /** What the holder of a share link pasted, until somebody signed in accepts it; null without such facts. */
  waiting: z.nullable(z.object({ by: z.string(), at: z.string() })),
  /** The connected account that has the network; left out without one. */
  account: z.optional(
    z.pick(CloudAccount, {
      id: true,
      name: true,
      state: true,
      problem: true,
      since: true,
      readAt: true,
      missing: true,
    }),
  ),
})
export type KnownFacts = z.infer<typeof KnownFacts>

/** The query of `GET …/peerings/{peeringId}/facts`: somebody views the connection. */
export const FactsQuery = z.object({
  viewing: z.optional(z.literal("true", 'must be "true", or left out')),
})

/** The most characters of a pasted output that are read. */
export const longestLookUp = 5_000_000

/** `GET /api/projects/{projectId}/networks`: the networks that roles read in the project's accounts, without their routes and rules. */
export const NetworkList = z.object({ networks: z.array(NetworkFacts) })
export type NetworkList = z.infer<typeof NetworkList>

/** The body of `POST …/peerings/{peeringId}/facts` and of `POST /api/hand-off/facts`: the output of a look-up, as it was printed. */
export const PasteFacts = z.strictObject({
  text: z.string("Paste the output").check(z.minLength(1, "Paste the output"), z.maxLength(longestLookUp)),
})
export type PasteFacts = z.infer<typeof PasteFacts>
