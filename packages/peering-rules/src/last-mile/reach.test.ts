import { providerNames } from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"
import { listReach } from "./reach.ts"

const answers = (cloud: (typeof providerNames)[number]) =>
  Object.fromEntries(listReach(cloud, "10.8.0.0/21").map(({ id, verdict }) => [id, verdict]))

// The documented rules, written a second time: what rests on a deduction cannot be told.
test.each([
  [
    "AWS",
    {
      network: "yes",
      "other-network": "no",
      "on-premises": "no",
      pods: "cannot-be-told",
      serverless: "cannot-be-told",
      "other-region": "no",
      "atlas-region": "no",
      containers: "cannot-be-told",
    },
  ],
  [
    "GCP",
    {
      network: "yes",
      "other-network": "no",
      "on-premises": "no",
      pods: "yes",
      "routed-pods": "no",
      services: "cannot-be-told",
      serverless: "no",
      "direct-egress": "cannot-be-told",
      "other-region": "yes",
      containers: "cannot-be-told",
    },
  ],
  [
    "AZURE",
    {
      network: "yes",
      "other-network": "cannot-be-told",
      "on-premises": "cannot-be-told",
      pods: "cannot-be-told",
      serverless: "yes",
      "other-region": "no",
      "atlas-region": "no",
      containers: "cannot-be-told",
    },
  ],
] as const)(
  "listReach answers for each place on %s as the clouds document it [I4] [I5]",
  (cloud, expected) => {
    expect(answers(cloud)).toEqual(expected)
  },
)

test("listReach gives an alternative for every place that is not reached for sure", () => {
  const unsure = providerNames
    .flatMap((cloud) => listReach(cloud, null))
    .filter(({ verdict }) => verdict !== "yes")
  expect(unsure.filter(({ next }) => next === null)).toEqual([])
})

test("listReach offers a private endpoint where peering is not passed on [I9]", () => {
  for (const cloud of providerNames) {
    const premises = listReach(cloud, null).find(({ id }) => id === "on-premises")
    expect(premises?.next).toContain("private endpoint")
  }
})

test("listReach warns of Docker's own block when the container overlaps it", () => {
  const says = (block: string) => listReach("AWS", block).find(({ id }) => id === "containers")?.says
  expect(says("172.17.8.0/21")).toContain("172.17.0.0/16, Docker's default")
  expect(says("10.8.0.0/21")).not.toContain("Docker's default")
})

test.each(["AWS", "AZURE"] as const)(
  "listReach says on %s that each Atlas region needs a connection, and what a project may have across regions",
  (cloud) => {
    const region = listReach(cloud, null).find(({ id }) => id === "atlas-region")
    expect(region?.next).toContain("a connection for each Atlas region")
    expect(region?.next).toContain("cross-region network permissions: its pages name 40 and 100")
  },
)

test("listReach on AWS offers a private endpoint from another region, which AWS has since May 2026", () => {
  const regions = listReach("AWS", null).filter(({ id }) => id === "atlas-region" || id === "other-region")
  for (const { next } of regions) expect(next).toContain("across regions since May 2026")
})

test("listReach on Google Cloud offers no private endpoint without port mapping, which ends on 30 April 2027", () => {
  const offers = listReach("GCP", null).flatMap(({ next }) =>
    next?.includes("private endpoint") ? [next] : [],
  )
  expect(offers.length).toBeGreaterThan(3)
  for (const next of offers) expect(next).toContain("port mapping: those without it end on 30 April 2027")
})

test("listReach on Azure says that a subnet peering reaches some subnets only", () => {
  const vnet = listReach("AZURE", null).find(({ id }) => id === "network")
  expect(vnet?.next).toMatch(/peerCompleteVnets.*false.*peeringSyncLevel.*FullyInSync/)
})
