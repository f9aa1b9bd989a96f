import type { Json, Way } from "./exchange.ts"

/** One request to compare. `{project}`, `{peer}` and so on are values that earlier answers gave; without them it is left out. */
export interface Step {
  name: string
  method: "GET" | "POST" | "PATCH" | "DELETE"
  /** Below `/api/atlas/<version>/`. */
  path: string
  /** A text is sent as it is. */
  body?: Json
  headers?: Record<string, string>
  isUnsigned?: boolean
  /** Fields of the answer that later steps use, by their placeholders. */
  keeps?: Record<string, string>
  /** True where values are the project's: only names, types and order are compared. */
  isShape?: boolean
  /** Repeats the request until the answer is in one of these states. */
  until?: RegExp
}

/** Marks by which the clean-up knows its own things. No cloud has this network. */
export const own = {
  vpcStart: "vpc-0bad0bad0bad0bad",
  blockStart: "10.251.",
  entry: "192.0.2.0/24",
  comment: "Written by the doctor of Peering Desk",
} as const

const p = "groups/{project}"
const nowhere = "000000000000000000000000"
const container = { providerName: "AWS", regionName: "US_EAST_1", atlasCidrBlock: `${own.blockStart}0.0/21` }
const peer = {
  accepterRegionName: "us-east-1",
  awsAccountId: "123456789012",
  containerId: "{container}",
  providerName: "AWS",
  routeTableCidrBlock: "10.250.0.0/16",
  vpcId: `${own.vpcStart}0`,
}
/** If Atlas takes a wrong body, this peer is not in the way of the right one. */
const wrongPeer = { ...peer, vpcId: `${own.vpcStart}1`, routeTableCidrBlock: "10.248.0.0/16" }
const wrongContainer = { ...container, regionName: "US_WEST_1", atlasCidrBlock: `${own.blockStart}16.0/21` }

const without = (fields: { [name: string]: Json }, name: string): Json =>
  Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name))
const get = (name: string, path: string, rest: Partial<Step> = {}): Step => ({
  name,
  method: "GET",
  path,
  ...rest,
})
const post = (name: string, path: string, body: Json, rest: Partial<Step> = {}): Step => ({
  name,
  method: "POST",
  path,
  body,
  ...rest,
})
const patch = (name: string, path: string, body: Json): Step => ({ name, method: "PATCH", path, body })
const remove = (name: string, path: string, rest: Partial<Step> = {}): Step => ({
  name,
  method: "DELETE",
  path,
  ...rest,
})

const dated = (date: string) => ({ accept: `application/vnd.atlas.${date}+json` })
const shape = { isShape: true } as const
const latest = { ...shape, headers: dated("2024-08-05") }

const reads: readonly Step[] = [
  get("challenge", p, { isUnsigned: true }),
  get("project", p, { ...shape, keeps: { projectName: "name", org: "orgId" } }),
  get("root", "", shape),
  get("project by name", "groups/byName/{projectName}", shape),
  get("project by an unknown name", "groups/byName/peering-desk-has-no-such-project"),
  get("unknown project", `groups/${nowhere}`),
  get("malformed project id", "groups/not-an-id"),
  get("unknown path", `${p}/peering-desk-has-no-such-path`),
  get("peers: none", `${p}/peers`),
  get("peers: none of Azure", `${p}/peers?providerName=AZURE&itemsPerPage=1`),
  get("peers: of an unknown cloud", `${p}/peers?providerName=NONE`),
  get("peers: wrong page size", `${p}/peers?itemsPerPage=none`),
  get("containers: none", `${p}/containers/all`),
  get("access list", `${p}/accessList`, shape),
  get("clusters: none", `${p}/clusters`),
  get("unknown cluster", `${p}/clusters/peering-desk-has-no-such-cluster`),
  get("custom DNS", `${p}/awsCustomDNS`, { ...shape, keeps: { customDns: "enabled" } }),
  get("private IP mode", `${p}/privateIpMode`, { ...shape, keeps: { privateIpMode: "enabled" } }),
  get("envelope", `${p}/privateIpMode?envelope=true`, shape),
]

const readsOfV2: readonly Step[] = [
  get("clusters: none, latest version", `${p}/clusters`, latest),
  get("rate limits", "rateLimits?groupId={project}", { ...shape, headers: dated("2025-03-12") }),
  get("no version", p, { headers: { accept: "application/json" } }),
  get("date between two versions", p, { ...shape, headers: dated("2024-01-01") }),
  get("resource policies", "orgs/{org}/resourcePolicies", latest),
  get("service account of the organisation", "orgs/{org}/serviceAccounts/{client}", latest),
  get("service account of the project", `${p}/serviceAccounts/{client}`, latest),
  get("access list of the service account", "orgs/{org}/serviceAccounts/{client}/accessList", latest),
]

const containers = `${p}/containers`
const peers = `${p}/peers`
const entry = `${p}/accessList/${encodeURIComponent(own.entry)}`

const writes: readonly Step[] = [
  patch("custom DNS: as it is", `${p}/awsCustomDNS`, { enabled: "{customDns}" }),
  patch("private IP mode: as it is", `${p}/privateIpMode`, { enabled: "{privateIpMode}" }),
  patch("wrong method", peers, {}),
  post("body too large", peers, { vpcId: "x".repeat(300 * 1024) }),
  post("body is no JSON", containers, "{"),
  post("container: block missing", containers, without(wrongContainer, "atlasCidrBlock")),
  post("container: bad block", containers, { ...wrongContainer, atlasCidrBlock: `${own.blockStart}16.0/33` }),
  post("container: public block", containers, { ...wrongContainer, atlasCidrBlock: "8.8.8.0/21" }),
  post("container: unknown region", containers, { ...wrongContainer, regionName: "NOWHERE_1" }),
  post("container: unknown field", containers, { ...wrongContainer, peeringDesk: true }),
  post("container: create", containers, container, { keeps: { container: "id" } }),
  post("container: create again", containers, container),
  get("container: read", `${containers}/{container}`),
  get("container: malformed id", `${containers}/not-an-id`),
  get("containers: one", `${containers}?providerName=AWS`),
  patch("container: change without a region", `${containers}/{container}`, {
    providerName: "AWS",
    atlasCidrBlock: `${own.blockStart}8.0/21`,
  }),
  patch("container: change", `${containers}/{container}`, {
    ...container,
    atlasCidrBlock: `${own.blockStart}8.0/21`,
  }),
  post(
    "second container: create",
    containers,
    { ...wrongContainer, regionName: "US_WEST_2" },
    {
      keeps: { second: "id" },
    },
  ),
  remove("second container: delete at once", `${containers}/{second}`, { until: /^(204|\w+_NOT_FOUND)$/ }),
  post("wrong media type", peers, wrongPeer, { headers: { "content-type": "text/plain" } }),
  post("peer: VPC missing", peers, without(wrongPeer, "vpcId")),
  post("peer: bad block", peers, { ...wrongPeer, routeTableCidrBlock: "10.248.0.0/33" }),
  post("peer: public block", peers, { ...wrongPeer, routeTableCidrBlock: "8.8.8.0/24" }),
  post("peer: unknown field", peers, { ...wrongPeer, peeringDesk: true }),
  post("peer: unknown cloud", peers, { ...wrongPeer, providerName: "aws" }),
  post("peer: malformed container id", peers, { ...wrongPeer, containerId: "not-an-id" }),
  post("peer: unknown container", peers, { ...wrongPeer, containerId: nowhere }),
  post("peer: network of Google Cloud missing", peers, { containerId: "{container}", providerName: "GCP" }),
  post("peer: network of Azure missing", peers, { containerId: "{container}", providerName: "AZURE" }),
  post("peer: create", peers, peer, { keeps: { peer: "id" } }),
  post("peer: create again", peers, peer),
  get("peer: read", `${peers}/{peer}`),
  get("peers: one", `${peers}?providerName=AWS`),
  get("peer: malformed id", `${peers}/not-an-id`),
  get("peer: unknown id", `${peers}/${nowhere}`),
  remove("container: delete in use", `${containers}/{container}`),
  get("peer: until it rests", `${peers}/{peer}`, { until: /^(FAILED|AVAILABLE|\w+_NOT_FOUND)$/ }),
  patch("peer: change as another cloud's", `${peers}/{peer}`, {
    providerName: "GCP",
    networkName: "no-such-net",
  }),
  patch("peer: change an unknown field", `${peers}/{peer}`, { providerName: "AWS", peeringDesk: true }),
  patch("peer: change", `${peers}/{peer}`, { providerName: "AWS", routeTableCidrBlock: "10.249.0.0/16" }),
  patch("peer: start over", `${peers}/{peer}`, {
    providerName: "AWS",
    awsAccountId: peer.awsAccountId,
    vpcId: peer.vpcId,
  }),
  get("peer: until it rests again", `${peers}/{peer}`, { until: /^(FAILED|AVAILABLE|\w+_NOT_FOUND)$/ }),
  post("access list: add", `${p}/accessList`, [{ cidrBlock: own.entry, comment: own.comment }], shape),
  get("access list: read an entry", entry),
  get("access list: state of an entry", `${entry}/status`, shape),
  post("access list: date in the past", `${p}/accessList`, [
    { cidrBlock: own.entry, deleteAfterDate: "2020-01-01T00:00:00Z", comment: own.comment },
  ]),
  post("access list: date too far ahead", `${p}/accessList`, [
    { cidrBlock: own.entry, deleteAfterDate: "2099-01-01T00:00:00Z", comment: own.comment },
  ]),
  post("access list: no address", `${p}/accessList`, [{ cidrBlock: "nowhere", comment: own.comment }]),
  remove("access list: delete", entry),
  get("access list: read a deleted entry", entry),
  remove("peer: delete", `${peers}/{peer}`),
  remove("peer: delete again", `${peers}/{peer}`),
  get("peer: until it is gone", `${peers}/{peer}`, { until: /NOT_FOUND$/ }),
  remove("container: delete", `${containers}/{container}`, { until: /^(204|\w+_NOT_FOUND)$/ }),
  get("container: read once deleted", `${containers}/{container}`),
]

/** Lists the steps of one way, in their order. v1.0 takes no service accounts, which one request is enough to see. */
export function listSteps({ credential, version }: Way): readonly Step[] {
  if (version === "v2") return [...reads, ...readsOfV2, ...writes]
  return credential === "key" ? [...reads, ...writes] : [get("project", p, shape)]
}

/** Everything that steps send, which is no secret. */
export const sentTexts = JSON.stringify([reads, readsOfV2, writes])
