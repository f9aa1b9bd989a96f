import { NetworkFacts } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { beginLine, endLine } from "#facts/look-up/look-up-script.ts"
import { readLookUp } from "./read-look-up.ts"

const pastedAt = Date.parse("2026-11-29T12:00:00Z")
const vpc = "vpc-0a1b2c3d4e5f60718"
const vpcs = { Vpcs: [{ VpcId: vpc, OwnerId: "123456789012", CidrBlock: "10.15.0.0/16" }] }

/** Prints a block as the script does. */
function toBlock(read: object, changes: object = {}): string {
  const head = { peeringDeskLookUp: 1, cloud: "AWS", asked: { vpcId: vpc }, at: "2026-11-29T11:00:00Z" }
  return [
    beginLine,
    JSON.stringify({ ...head, read, failed: {}, region: "eu-west-1", ...changes }, null, 1),
    endLine,
  ].join("\n")
}

function readNetworks(text: string): NetworkFacts[] {
  const read = readLookUp(text, pastedAt)
  expect(read).toHaveProperty("networks")
  const networks = read !== null && "networks" in read ? read.networks : []
  for (const one of networks) expect(NetworkFacts.safeParse(one).error?.issues).toBeUndefined()
  return networks
}

const readOne = (text: string) => readNetworks(text)[0]
const toProblem = (text: string) => {
  const read = readLookUp(text, pastedAt)
  return read !== null && "problem" in read ? read.problem : null
}

describe("Output of the script", () => {
  test("Facts have the time that the output names", () => {
    expect(readOne(toBlock({ vpcs }))?.network).toEqual({
      value: vpc,
      source: "pasted",
      at: "2026-11-29T11:00:00.000Z",
    })
  })

  test.each([undefined, "2027-01-01T00:00:00Z", "yesterday", 7])(
    "Facts have the time of the paste for %j",
    (at) => {
      expect(readOne(toBlock({ vpcs }, { at }))?.network?.at).toBe("2026-11-29T12:00:00.000Z")
    },
  )

  test("A VPC has the name of its tag", () => {
    const Tags = [
      { Key: "team", Value: "payments" },
      { Key: "Name", Value: "payments-prod" },
    ]
    const [named] = vpcs.Vpcs.map((one) => ({ ...one, Tags }))
    expect(readOne(toBlock({ vpcs: { Vpcs: [named] } }))?.name?.value).toBe("payments-prod")
    expect(readOne(toBlock({ vpcs }))?.name).toBeUndefined()
  })

  test("A block of an earlier day is read with its own time", () => {
    expect(readOne(toBlock({ vpcs }, { at: "2026-11-01T00:00:00Z" }))?.network?.at).toBe(
      "2026-11-01T00:00:00.000Z",
    )
  })

  test("Prompts, colours, CRLF and wrapped lines of a terminal don't matter", () => {
    const block = toBlock({ vpcs })
    const noisy = `~ $ sh look-up.sh\r\n\u001b[32mIt runs:\u001b[0m\n${block.replaceAll("\n", "\r\n")}\r\n~ $ `
    expect(readOne(noisy)?.addresses?.value).toEqual(["10.15.0.0/16"])
    const wrapped = block
      .split("\n")
      .map((line) => (line.startsWith("-----") ? line : line.replace(/(.{17})/g, "$1\n")))
      .join("\n")
    expect(readOne(wrapped)?.addresses?.value).toEqual(["10.15.0.0/16"])
    expect(readOne(`${toBlock({ vpcs: { Vpcs: [] } })}\n${block}`)?.network?.value).toBe(vpc)
  })

  test.each(["> ", ">", "> > "])("Lines that an e-mail quotes with %j are read", (mark) => {
    const quoted = toBlock({ vpcs }).replace(/^/gm, mark)
    expect(readOne(`On Monday Sam wrote:\n${quoted}\nThanks!`)?.addresses?.value).toEqual(["10.15.0.0/16"])
    expect(toProblem(quoted.slice(0, 200))?.code).toBe("cut-off")
  })

  test("JSON without its first and last line is read too", () => {
    expect(readOne(toBlock({ vpcs }).split("\n").slice(1, -1).join("\n"))?.network?.value).toBe(vpc)
  })

  const block = toBlock({ vpcs })
  test.each([
    ["cut-off", block.slice(0, 200)],
    ["cut-off", block.split("\n").slice(1).join("\n")],
    ["damaged", block.replace('"read": {', "")],
    ["damaged", [beginLine, "[".repeat(4_900_000), endLine].join("\n")],
    ["damaged", "[".repeat(4_900_000)],
    ["newer-format", toBlock({ vpcs }, { peeringDeskLookUp: 2 })],
    [
      "no-network",
      toBlock({ caller: { Account: "123456789012" }, vpcs: null }, { failed: { vpcs: "NotFound" } }),
    ],
    ["no-network", toBlock({ vpcs: { Vpcs: [{ VpcId: "vpc-other" }] } })],
    ["no-network", toBlock({ vpcs }, { cloud: "constructor" })],
    ["not-run", `sh -s <<'LOOK_UP'\nprintf '%s' '{"peeringDeskLookUp":1'\nLOOK_UP`],
    ["too-long", "x".repeat(5_000_001)],
  ])("%s is a problem with a sentence and what to do", (code, text) => {
    expect(toProblem(text)).toEqual({
      code,
      says: expect.stringMatching(/\.$|NotFound/),
      next: expect.stringMatching(/\.$/),
    })
  })

  test("A missing VPC is named with the account and the tool's words", () => {
    const read = { caller: { Account: "123456789012" }, vpcs: null }
    expect(toProblem(toBlock(read, { failed: { vpcs: "InvalidVpcID.NotFound" } }))?.says).toBe(
      `The output has no ${vpc} in account 123456789012. The tool said: InvalidVpcID.NotFound`,
    )
  })

  test("An empty list is a fact, and one that wasn't read isn't", () => {
    const facts = readOne(toBlock({ vpcs, "security-groups": { SecurityGroups: [] }, "network-acls": null }))
    expect(facts?.firewalls?.value).toEqual([])
    expect(facts).not.toHaveProperty("networkAcls")
  })

  test("A VPC that another account shares has no lists, of which AWS shows its account a part", () => {
    const lists = { peerings: { VpcPeeringConnections: [] }, tables: { RouteTables: [] } }
    const read = (Account: string) => readOne(toBlock({ caller: { Account }, vpcs, ...lists }))
    expect(read("123456789012")).toMatchObject({ peerings: { value: [] }, routeTables: { value: [] } })
    expect(Object.keys(read("719304826155") ?? {}).toSorted()).toEqual([
      "account",
      "addresses",
      "network",
      "providerName",
      "region",
    ])
  })

  test("A list of which a part is missing is no fact", () => {
    const part = { SecurityGroups: [{ GroupId: "sg-1", VpcId: vpc }], NextToken: "more" }
    expect(readOne(toBlock({ vpcs, part }))).not.toHaveProperty("firewalls")
    expect(
      readOne(toBlock({ vpcs, peerings: { VpcPeeringConnections: [] }, "peerings-requested": null })),
    ).not.toHaveProperty("peerings")
    const routes = Array.from({ length: 1001 }, (_, at) => ({
      DestinationCidrBlock: `10.${at >> 8}.${at & 255}.0/24`,
    }))
    const tables = { RouteTables: [{ VpcId: vpc, RouteTableId: "rtb-1", Routes: routes }] }
    expect(readOne(toBlock({ vpcs, tables }))).not.toHaveProperty("routeTables")
  })

  test("Hostile text in every value is shown, short and plain", () => {
    const hostile = `\u202e\u001b[2J\\u{202E}${"x".repeat(1000)}`
    const poison = (value: unknown): unknown =>
      typeof value === "string"
        ? hostile
        : Array.isArray(value)
          ? value.map(poison)
          : typeof value === "object" && value !== null
            ? Object.fromEntries(
                Object.entries(value).map(([name, one]) => [name, name === "VpcId" ? one : poison(one)]),
              )
            : value
    const tables = {
      RouteTables: [
        { VpcId: vpc, RouteTableId: "r", Routes: [{ DestinationCidrBlock: "c", GatewayId: "g" }] },
      ],
    }
    const groups = {
      SecurityGroups: [{ VpcId: vpc, GroupId: "g", GroupName: "n", IpPermissions: [{ IpProtocol: "x" }] }],
    }
    const facts = readOne(toBlock({ vpcs: poison(vpcs), a: poison(tables), b: poison(groups) }))
    expect(facts?.account?.value).toMatch(/^\[U\+202E\]\[U\+1B\]\[2J\[U\+202E\]x{200,}$/)
    expect(facts).toHaveProperty("routeTables")
    expect(facts).toHaveProperty("firewalls")
  })

  test("A long run of spaces in a text that is no JSON delays nobody", () => {
    expect(readLookUp(`["${" ".repeat(400_000)}x\n`, pastedAt)).toBe(null)
  })

  test("Values of the wrong kind don't throw", () => {
    for (const odd of [null, 7, "text", [], [[]], {}, true, [null], { a: { b: [] } }])
      for (const kind of [
        "Vpcs",
        "Subnets",
        "RouteTables",
        "VpcPeeringConnections",
        "NetworkAcls",
        "SecurityGroups",
      ])
        expect(() =>
          readLookUp(
            toBlock({
              vpcs,
              odd: {
                [kind]: [
                  {
                    VpcId: vpc,
                    Routes: odd,
                    Entries: odd,
                    Status: odd,
                    IpPermissions: odd,
                    Associations: odd,
                    AccepterVpcInfo: odd,
                  },
                  odd,
                ],
              },
            }),
            pastedAt,
          ),
        ).not.toThrow()
  })

  test("400 VPCs with 2,000 routes are 400 networks", () => {
    const ids = Array.from({ length: 400 }, (_, at) => `vpc-${at.toString(16).padStart(17, "0")}`)
    const all = {
      Vpcs: ids.map((VpcId, at) => ({ VpcId, OwnerId: "123456789012", CidrBlock: `10.${at & 255}.0.0/16` })),
    }
    const Routes = Array.from({ length: 5 }, (_, at) => ({
      DestinationCidrBlock: `10.${at}.0.0/24`,
      GatewayId: "igw-1",
    }))
    const tables = { RouteTables: ids.map((VpcId, at) => ({ VpcId, RouteTableId: `rtb-${at}`, Routes })) }
    const text = toBlock({ vpcs: all, "route-tables": tables }, { asked: {} })
    const networks = readNetworks(text)
    expect(networks).toHaveLength(400)
    expect(
      networks.flatMap((one) => one.routeTables?.value.flatMap(({ routes }) => routes) ?? []),
    ).toHaveLength(2000)
  })
})
