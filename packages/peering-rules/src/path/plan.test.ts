import type { NetworkFacts, PeeringDraft } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { main, right } from "#test/aws-facts.ts"
import { createCluster } from "#test/clusters.ts"
import { aws, awsContainer, azure, azureContainer, gcp, gcpContainer } from "#test/connections.ts"
import type { FactValues } from "#facts/words.ts"
import type { PathKnowledge } from "./path-stop.ts"
import { planPath } from "./plan.ts"

const at = "2026-11-29T11:59:48.000Z"

function toDraft({ providerName, ...peer }: typeof aws | typeof gcp | typeof azure): PeeringDraft {
  const { id: _, ...fields } = peer
  const request = Object.fromEntries(
    Object.entries(fields).filter(([name]) => !/^status|^connection/.test(name)),
  )
  return { providerName, request: request as Record<string, string> }
}
const drafts = { AWS: toDraft(aws), GCP: toDraft(gcp), AZURE: toDraft(azure) }
const containers = { AWS: awsContainer, GCP: gcpContainer, AZURE: azureContainer }

function toAwsFacts(values: FactValues): NetworkFacts {
  const given = Object.entries(values).map(([name, value]) => [
    name,
    { value, source: "read", at, by: "desk" },
  ])
  return { providerName: "AWS", ...Object.fromEntries(given) } as NetworkFacts
}

function plan(draft: PeeringDraft, more: Partial<PathKnowledge> = {}, isSent = false) {
  const known: PathKnowledge = {
    container: draft.newContainer === undefined ? containers[draft.providerName] : null,
    facts: null,
    entries: { value: [], at },
    clusters: { value: [createCluster("AWS", "US_WEST_1")], at },
    checkedAt: null,
    now: Date.parse(at),
    ...more,
  }
  const { path, acts } = planPath(draft, known, { isSent })
  return {
    path,
    acts: acts.map(({ number, by, says }) => `${number} ${by}: ${says}`),
    stops: path.stops.map(({ id, state, number, fact }) =>
      [id, state, number, fact].filter(Boolean).join(" "),
    ),
  }
}

describe("the path of a draft", () => {
  test("has no numbers before the network has its name, and seven empty stops", () => {
    const { path, acts } = plan({ providerName: "AWS", request: { awsAccountId: "123456789012" } })
    expect(path.stops.map(({ state, fact }) => `${state}: ${fact}`)).toEqual(
      Array(7).fill("later: Not planned yet"),
    )
    expect([path.open, acts]).toEqual([null, []])
  })

  test("AWS: Atlas creates, the owner accepts and adds the route, the project adds the entry", () => {
    const { path, stops, acts } = plan(drafts.AWS)
    expect(stops).toEqual([
      "application not-checked 10.15.0.0/16",
      "route planned 3 Owner adds it",
      "firewall not-checked Not checked",
      "dns not-checked Not checked",
      "peering planned 1·2 Created, then accepted",
      "access-list planned 4 10.15.0.0/16 not listed",
      "cluster proven ledger runs",
    ])
    expect(acts).toEqual([
      "1 atlas: Create the peering to vpc-0c5e7d2b9f1a46083.",
      "2 owner: Accept it in account 1234 5678 9012.",
      "3 owner: Add the route in the tables that the application's subnets use.",
      "4 project: Add 10.15.0.0/16 to the IP access list.",
    ])
    expect([path.open, path.isOwnSideUnknown]).toEqual([null, false])
  })

  test("AWS: what is read and listed already needs no act, and DNS that is off needs one", () => {
    const entries = { value: [{ cidrBlock: "10.0.0.0/8" }], at }
    const facts = toAwsFacts({
      ...right,
      peerings: [],
      routeTables: [main()],
      dns: { support: true, hostnames: false },
    })
    const { stops, acts } = plan(drafts.AWS, { facts, entries })
    expect(stops).toEqual([
      "application proven 2 subnets",
      "route planned 3 Owner adds it",
      "firewall proven 27015–27017 out",
      "dns planned 4 Owner switches it on",
      "peering planned 1·2 Created, then accepted",
      "access-list proven 10.15.0.0/16 listed",
      "cluster proven ledger runs",
    ])
    expect(acts).toHaveLength(4)
  })

  test("Google Cloud: the owner peers back, and routes come with the peering", () => {
    const { stops, acts } = plan(drafts.GCP)
    expect(stops[1]).toBe("route later Comes with the peering")
    expect(acts).toEqual([
      "1 atlas: Create the peering to core.",
      "2 owner: Create the peering back from project shop-prod.",
    ])
  })

  test("Azure: the role comes before the peering, which nobody accepts", () => {
    const { stops, acts } = plan(drafts.AZURE)
    expect(stops.slice(3, 5)).toEqual([
      "role planned 1 Owner assigns it",
      "peering planned 2 Atlas creates both sides",
    ])
    expect(acts).toEqual(["1 owner: Assign Atlas's role on hub.", "2 atlas: Create the peering to hub."])
  })

  test("a new container is created first, and has no cluster yet", () => {
    const newContainer = { atlasCidrBlock: "10.9.0.0/21", region: "US_EAST_1" }
    const { stops, acts } = plan({ ...drafts.AWS, newContainer })
    expect(acts.slice(0, 2)).toEqual([
      "1 atlas: Create the container 10.9.0.0/21.",
      "2 atlas: Create the peering to vpc-0c5e7d2b9f1a46083.",
    ])
    expect(stops.slice(4)).toEqual([
      "peering planned 1·2·3 Created, then accepted",
      "access-list planned 5 10.15.0.0/16 not listed",
      "cluster later No cluster here yet",
    ])
  })

  test("a failed connection that it replaces is deleted first", () => {
    expect(plan({ ...drafts.AWS, replaces: aws.id }).acts.slice(0, 2)).toEqual([
      "1 atlas: Delete the failed connection.",
      "2 atlas: Create the peering to vpc-0c5e7d2b9f1a46083.",
    ])
  })

  test("an approval sends what Atlas gets, and leaves the acts of others planned", () => {
    const { stops } = plan(drafts.AWS, {}, true)
    expect(stops.slice(4, 6)).toEqual([
      "peering sent 1 Atlas creates it",
      "access-list planned 4 10.15.0.0/16 not listed",
    ])
  })

  test("an account that isn't filled in yet leaves no gap in a sentence", () => {
    const { awsAccountId: _, ...request } = drafts.AWS.request
    expect(plan({ ...drafts.AWS, request }).acts[1]).toBe("2 owner: Accept it in the account.")
  })
})
