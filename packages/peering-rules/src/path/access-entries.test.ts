import type { AccessListEntry } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { aws, awsContainer } from "#test/connections.ts"
import { findCovering, pickCovered } from "./access-entries.ts"
import { checkAccessList } from "./atlas-stops.ts"

const ends = "2026-12-03T12:00:00Z"
const low = { cidrBlock: "10.15.0.0/17" }
const high = { cidrBlock: "10.15.128.0/17" }

describe("findCovering", () => {
  test.each<[string, AccessListEntry[], AccessListEntry[]]>([
    ["two halves", [high, { cidrBlock: "10.16.0.0/16" }, low], [high, low]],
    ["a half and an overlapping block", [low, { cidrBlock: "10.15.64.0/18" }], []],
    [
      "halves, one of which ends",
      [low, { ...high, deleteAfterDate: ends }],
      [low, { ...high, deleteAfterDate: ends }],
    ],
    [
      "permanent halves and the block itself for a time",
      [low, high, { cidrBlock: "10.15.0.0/16", deleteAfterDate: ends }],
      [low, high],
    ],
    [
      "halves and a block around both",
      [low, high, { cidrBlock: "10.0.0.0/8" }],
      [{ cidrBlock: "10.0.0.0/8" }],
    ],
  ])("finds what covers 10.15.0.0/16 among %s", (_, entries, covering) => {
    expect(findCovering(entries, "10.15.0.0/16")).toEqual(covering)
  })
})

test("pickCovered counts blocks that permanent entries cover together, and no group", () => {
  const group = { awsSecurityGroup: "sg-0123456789abcdef0" }
  expect(pickCovered([low, high, group], ["10.15.0.0/16", "10.0.0.0/8", ""])).toEqual(["10.15.0.0/16"])
  expect(pickCovered([low, { ...high, deleteAfterDate: ends }], ["10.15.0.0/16"])).toEqual([])
})

describe("the stop of the IP access list", () => {
  const check = (value: AccessListEntry[], regionName = "US_WEST_1") =>
    checkAccessList(
      aws,
      {},
      {
        container: { ...awsContainer, regionName } as typeof awsContainer,
        entries: { value, at: "2026-11-29T11:59:48.000Z" },
        facts: null,
        checkedAt: null,
        now: Date.parse("2026-11-29T12:00:00Z"),
      },
    )

  test("is not checked when an entry has a part of the CIDR, where all applications may be", () => {
    expect(check([{ cidrBlock: "10.15.1.0/24" }])).toMatchObject({
      state: "not-checked",
      says: expect.stringContaining("has 10.15.1.0/24, and not all of 10.15.0.0/16"),
    })
  })

  test("is proven by entries that cover the CIDR together", () => {
    expect(check([high, low])).toMatchObject({ state: "proven" })
  })

  test.each([
    ["ACTIVE", "proven"],
    ["PENDING", "in-progress"],
    ["FAILED", "broken"],
    [null, "proven"],
  ])("follows the entry's status in Atlas: %s is %s", (status, state) => {
    expect(check([{ cidrBlock: "10.15.0.0/16", status }])).toMatchObject({ state })
  })

  test("is not checked where a security group is listed, which applications may use in the container's region", () => {
    const groups = [{ awsSecurityGroup: "sg-0123456789abcdef0" }]
    expect(check(groups)).toMatchObject({
      state: "not-checked",
      says: expect.stringContaining("sg-0123456789abcdef0") as string,
    })
    expect(check(groups, "EU_WEST_1")).toMatchObject({ state: "waiting" })
  })
})
