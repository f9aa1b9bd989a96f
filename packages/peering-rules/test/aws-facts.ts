import type { AwsPeer, Container, FirewallRule, NetworkFacts } from "@peering-desk/shared-schemas"
import { listStops } from "#facts/stops.ts"
import type { Stop } from "#facts/stop.ts"
import type { FactValues } from "#facts/words.ts"
import { aws, awsContainer } from "./connections.ts"

const now = Date.parse("2026-11-29T12:00:00Z")
export const at = "2026-11-29T11:00:00.000Z"
export const own = "pcx-09859d49147799d71"
export const other = "pcx-0f1e2d3c4b5a69788"
export const cidr = "10.8.0.0/21"

export const rule = (changes: Partial<FirewallRule> = {}): FirewallRule => ({
  number: null,
  allows: true,
  direction: "out",
  protocol: "all",
  from: null,
  to: null,
  cidrs: ["0.0.0.0/0"],
  ...changes,
})
export const group = (id: string, ...rules: FirewallRule[]) => ({ id, name: "apps", subnets: [], rules })
export const acl = (...rules: FirewallRule[]) => ({
  id: "acl-1",
  name: null,
  subnets: ["subnet-a", "subnet-b"],
  rules,
})
export const openAcl = [rule({ number: 100 }), rule({ number: 100, direction: "in" })]
export const to = (destination: string, target: string, state: "active" | "blackhole" = "active") => ({
  to: destination,
  target,
  state,
})
export const main = (...routes: ReturnType<typeof to>[]) => ({
  id: "rtb-main",
  isMain: true,
  subnets: [],
  routes: [to("10.15.0.0/16", "local"), ...routes],
})
export const custom = (subnets: string[], ...routes: ReturnType<typeof to>[]) => ({
  id: "rtb-b",
  isMain: false,
  subnets,
  routes,
})
export const pcx = (id: string, state: string, message: string | null = null) => ({
  id,
  state,
  message,
  network: "vpc-0atlas",
  account: "111111111111",
  ranges: [cidr],
})

/** A VPC in which everything is right. */
export const right: FactValues = {
  account: "123456789012",
  network: "vpc-0c5e7d2b9f1a46083",
  region: "us-west-1",
  addresses: ["10.15.0.0/16"],
  dns: { support: true, hostnames: true },
  subnets: [
    { id: "subnet-a", cidrs: ["10.15.0.0/24"] },
    { id: "subnet-b", cidrs: ["10.15.1.0/24"] },
  ],
  routeTables: [main(to(cidr, own))],
  firewalls: [group("sg-1", rule())],
  networkAcls: [acl(...openAcl)],
  peerings: [pcx(own, "active")],
}

/** Changes of a case to the VPC in which everything is right. */
export interface Case {
  values?: FactValues
  peer?: Partial<AwsPeer>
  container?: Container | null
  time?: string
  /** When Atlas's status was first seen. */
  since?: string
  /** Subnets and groups that the application uses. */
  uses?: readonly string[]
  /** Custom DNS is enabled. */
  customDns?: boolean
}

/** Lists the stops of a case. */
export function list({
  values = {},
  peer = {},
  container = awsContainer,
  time = at,
  since,
  uses = [],
  customDns,
}: Case): Stop[] {
  const facts = Object.entries({ ...right, ...values })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, { value, source: "pasted", at: time }])
  const network: NetworkFacts = { providerName: "AWS", ...Object.fromEntries(facts) }
  const marks = Object.fromEntries(uses.map((id) => [id, {}]))
  return listStops(
    { ...aws, statusName: "AVAILABLE", ...peer },
    container,
    network,
    now,
    marks,
    since,
    customDns,
  )
}

export const find = (stops: readonly Stop[], id: string) => stops.find((one) => one.id === id)
