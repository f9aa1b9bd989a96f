import { escapeInvisible, type AtlasPeer, type Container } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { toAzurePermissionSteps } from "./azure.ts"
import { buildCheckCommand, toRunbook } from "./runbook.ts"
import { aws, awsContainer, azure, azureContainer, gcp, gcpContainer } from "#test/connections.ts"
import { runScript } from "#test/shell.ts"

const connections: [AtlasPeer, Container][] = [
  [aws, awsContainer],
  [gcp, gcpContainer],
  [azure, azureContainer],
]

function findStep(peer: AtlasPeer, container: Container, stepId: string) {
  const step = toRunbook(peer, container).find(({ id }) => id === stepId)
  if (step === undefined) throw new Error(`no step ${stepId}`)
  return step
}

const textOf = (peer: AtlasPeer, container: Container, stepId: string, tool: string) =>
  findStep(peer, container, stepId).instructions.find((one) => one.tool === tool)?.text ?? ""

describe("the AWS route script", () => {
  const script = textOf(aws, awsContainer, "aws-routes", "aws")
  const refuses = (code: string) =>
    `create-route) echo "An error occurred (${code}) when calling the CreateRoute operation" >&2; return 254;;`
  /** AWS has one table; the first query lists its routes, the second the one to the destination. */
  const tables = `describe-route-tables) case "$*" in
    *--route-table-ids=*TransitGatewayId*) printf '%s\\n' "$live";;
    *--route-table-ids=*) printf '%s\\n' "$present";;
    *) echo rtb-1;;
  esac;;`
  const runIn = (variables: Readonly<Record<string, string>>, answer: string) => {
    const { calls, printed } = runScript(script, variables, { aws: `case "$2" in ${answer} ${tables} esac` })
    return { acts: calls.map(([, , act]) => act).slice(2), calls, printed }
  }
  /** Runs it on one table; AWS knows these answers to its acts. */
  const run = (...answers: string[]) =>
    runIn({ present: answers[1] ?? "", live: answers[1] ?? "" }, answers[0] ?? "")
  const runAmong = (live: readonly string[], variables: Readonly<Record<string, string>> = {}) => {
    const rows = live.map((row) => row.replace(/\t(active|blackhole)\t(?!Enable)/, "\t$1\tCreateRoute\t"))
    return runIn({ present: "", live: rows.join("\n"), ...variables }, "")
  }

  test("lists the routes of a table, then creates the missing one", () => {
    expect(run()).toMatchObject({ acts: ["create-route"], printed: "rtb-1: route created\n" })
  })

  test("tells that AWS lists no route table, as in another account or region", () => {
    const none = `case "$2" in describe-route-tables) ;; esac`
    expect(runScript(script, {}, { aws: none }).printed).toBe(
      "No route table of vpc-0c5e7d2b9f1a46083 in us-west-1: check the account, the region and your rights\n",
    )
  })

  const leftAlone =
    "rtb-1: not changed because of these routes in use. Set ALLOW_OVERLAP=yes and run this again to create the route\n"

  test.each([
    ["10.8.0.0/16", "takes"],
    ["8.0.0.0/5", "takes"],
    ["0.0.0.0/1", "takes"],
    ["10.8.7.0/24", "keeps"],
    ["10.8.7.255/32", "keeps"],
  ])("shows a live route to %s, which overlaps, and leaves the table as it is", (block, which) => {
    const live = `${block}\tactive\ttgw-0a1`
    const says =
      which === "takes"
        ? `rtb-1: ${block} goes to tgw-0a1; a route for 10.8.0.0/21 would take that part of its traffic\n`
        : `rtb-1: ${block} goes to tgw-0a1 and keeps that part of 10.8.0.0/21\n`
    expect(runAmong([live])).toMatchObject({ acts: [], printed: says + leftAlone })
    expect(runAmong([live], { ALLOW_OVERLAP: "yes" })).toMatchObject({
      acts: ["create-route"],
      printed: `${says}rtb-1: route created\n`,
    })
    expect(runAmong([live], { ALLOW_OVERLAP: "no" }).acts).toEqual([])
  })

  test.each([
    ["the default route", "0.0.0.0/0\tactive\tnat-0a1"],
    ["the VPC's own route", "10.15.0.0/16\tactive\tlocal"],
    ["a neighbour", "10.8.8.0/21\tactive\ttgw-0a1"],
    ["a smaller neighbour", "10.7.255.255/32\tactive\ttgw-0a1"],
    ["a broader route that leads nowhere", "10.8.0.0/16\tblackhole\ttgw-0a1"],
    ["a broader route to the same connection", "10.8.0.0/16\tactive\tpcx-09859d49147799d71"],
    ["an IPv6 route", "None\tactive\teigw-0a1"],
    ["the prefix list of a gateway endpoint", "pl-63a5400a\tactive\tvpce-0a1"],
    ["a prefix list that leads nowhere", "pl-0a1\tblackhole\ttgw-0a1"],
    ["a prefix list to the same connection", "pl-0a1\tactive\tpcx-09859d49147799d71"],
    ["a warning of the AWS CLI", "Warning: a[$(date)] is /old/ and /gone/"],
  ])("creates the route beside %s", (_, row) => {
    expect(runAmong([row])).toMatchObject({ acts: ["create-route"], printed: "rtb-1: route created\n" })
  })

  test("shows a prefix list in use, whose CIDRs it can't compare, and leaves the table as it is", () => {
    const live = "pl-0a1\tactive\ttgw-0a1"
    const says =
      "rtb-1: prefix list pl-0a1 goes to tgw-0a1; whether it overlaps 10.8.0.0/21 was not checked\n" +
      leftAlone
    expect(runAmong([live])).toMatchObject({ acts: [], printed: says })
    const core = "arn:aws:networkmanager::1:core-network/core-network-0ab"
    expect(runAmong([`pl-0a1\tactive\t${core}`]).printed).toContain(`goes to ${core};`)
  })

  test.each(["active\tpcx-09859d49147799d71", "active\ttgw-0b1", "blackhole\tpcx-0bbbbbbbbbbbbbbbb"])(
    "asks nothing about overlaps when the table has the block itself: %j",
    (own) => {
      const rows = ["10.8.0.0/16\tactive\ttgw-0a1", `10.8.0.0/21\t${own}`]
      expect(runAmong(rows).acts).toEqual(["create-route"])
    },
  )

  test("shows a route in use that a VPN propagates for the block, and leaves the table as it is", () => {
    const propagated = "10.8.0.0/21\tactive\tEnableVgwRoutePropagation\tvgw-0a1"
    const says =
      "rtb-1: 10.8.0.0/21 goes to vgw-0a1 by propagation; a route for 10.8.0.0/21 would take its traffic\n" +
      leftAlone
    expect(runAmong([propagated])).toMatchObject({ acts: [], printed: says })
    expect(runAmong([propagated.replace("active", "blackhole")]).acts).toEqual(["create-route"])
  })

  test("shows a narrower route in use also where the table has the block itself", () => {
    const rows = ["10.8.1.0/24\tactive\ttgw-0a1", "10.8.0.0/21\tactive\tpcx-09859d49147799d71"]
    expect(runAmong(rows)).toMatchObject({
      acts: ["create-route"],
      printed:
        "rtb-1: 10.8.1.0/24 goes to tgw-0a1 and keeps that part of 10.8.0.0/21\nrtb-1: route created\n",
    })
  })

  test("changes nothing when the routes of a table cannot be listed", () => {
    const refused = `describe-route-tables) case "$*" in *--route-table-ids=*) echo Denied >&2; return 254;; *) echo rtb-1;; esac;;`
    expect(runIn({}, refused)).toMatchObject({
      acts: [],
      printed: "rtb-1: not changed, its routes cannot be listed: Denied\n",
    })
  })

  test("shows a live route to another connection and leaves it as it is", () => {
    // The second begins with this connection's whole id.
    for (const other of ["pcx-0aaaaaaaaaaaaaaaa", "pcx-09859d49147799d710"]) {
      const live = `10.8.0.0/21\tCreateRoute\tactive\t${other}`
      const { acts, printed } = run(refuses("RouteAlreadyExists"), live)
      expect(acts).toEqual(["create-route", "describe-route-tables"])
      expect(printed).toBe(`rtb-1: not changed, a route in use leads elsewhere: ${live}\n`)
    }
  })

  test("replaces only a blackhole, after it has shown its target", () => {
    const stale = "10.8.0.0/21\tCreateRoute\tblackhole\tpcx-0bbbbbbbbbbbbbbbb"
    const { acts, calls, printed } = run(refuses("RouteAlreadyExists"), stale)
    expect(acts).toEqual(["create-route", "describe-route-tables", "replace-route"])
    expect(calls.at(-1)?.slice(-3)).toEqual([
      "--route-table-id=rtb-1",
      "--destination-cidr-block=10.8.0.0/21",
      "--vpc-peering-connection-id=pcx-09859d49147799d71",
    ])
    expect(printed).toBe(`rtb-1: replacing a route that leads nowhere: ${stale}\nrtb-1: route replaced\n`)
  })

  test("says that a second run finds its own route, also while the request is pending", () => {
    for (const state of ["active", "blackhole"]) {
      const own = `10.8.0.0/21\tCreateRoute\t${state}\tpcx-09859d49147799d71`
      const { acts, printed } = run(refuses("RouteAlreadyExists"), own)
      expect(acts).not.toContain("replace-route")
      expect(printed).toBe("rtb-1: already leads to pcx-09859d49147799d71\n")
    }
  })

  test("changes nothing when the present route cannot be read", () => {
    expect(run(refuses("RouteAlreadyExists"))).toMatchObject({
      acts: ["create-route", "describe-route-tables"],
      printed: "rtb-1: not changed, its route cannot be shown\n",
    })
  })

  test("shows any other refusal of AWS", () => {
    const { acts, printed } = run(refuses("UnauthorizedOperation"))
    expect(acts).toEqual(["create-route"])
    expect(printed).toContain("rtb-1: An error occurred (UnauthorizedOperation)")
  })

  test("asks for the route by destination alone, also with a hostile destination", () => {
    const odd = { ...awsContainer, atlasCidrBlock: "`\"'\\]" } as Container
    const { calls } = runScript(
      textOf(aws, odd, "aws-routes", "aws"),
      {},
      {
        aws: `case "$2" in describe-route-tables) echo rtb-1;; *) echo RouteAlreadyExists; return 254;; esac`,
      },
    )
    const query = calls.at(-1)?.find((word) => word.startsWith("--query="))
    expect(query).toBe('--query=RouteTables[].Routes[?DestinationCidrBlock==`"\\u0060\\"\'\\\\]"`][]')
  })

  test("is explained: which routes it creates, replaces and leaves", () => {
    const { why } = findStep(aws, awsContainer, "aws-routes")
    expect(why).toContain("shown and left as it is")
    expect(why).toContain("overlaps")
  })
})

describe("texts to copy", () => {
  const texts = connections.flatMap(([peer, container]) => [
    ...toRunbook(peer, container).flatMap(({ id, why, instructions }) =>
      instructions.map(({ tool, text }) => ({ id, tool, text, why })),
    ),
    { id: "verify", tool: "shell", text: buildCheckCommand(peer, container) ?? "", why: "" },
  ])

  test("have no comment lines, which an interactive zsh executes", () => {
    expect(texts.filter(({ text }) => /^\s*#/m.test(text))).toEqual([])
  })

  test("name each variable in the step's own text", () => {
    const variables = texts.flatMap(({ id, tool, text, why }) =>
      tool === "console" || tool === "terraform"
        ? []
        : [...text.matchAll(/\$\{?\(?\(?([A-Z_]+)/g)].map(([, name = ""]) => ({ id, name, why })),
    )
    expect(new Set(variables.map(({ name }) => name))).toEqual(
      new Set([
        "ALLOW_OVERLAP",
        "CLUSTER_HOST",
        "NETWORK_ACL_ID",
        "NETWORK_SECURITY_GROUP",
        "PRIORITY",
        "RULE_NUMBER",
        "SECURITY_GROUP_ID",
      ]),
    )
    expect(variables.filter(({ name, why }) => !why.includes(name))).toEqual([])
  })

  test("call no tool without a variable's value", () => {
    for (const { id, text } of texts.filter(
      ({ tool, text: one }) => tool !== "terraform" && one.includes(":?"),
    )) {
      const { calls, complained } = runScript(text)
      expect({ id, calls }).toEqual({ id, calls: [] })
      expect(complained).toMatch(/[A-Z_]+: Set it to /)
    }
  })
})

test("steps say which refusal of a second run is fine", () => {
  expect(findStep(aws, awsContainer, "aws-accept").why).toContain("InvalidStateTransition")
  expect(findStep(aws, awsContainer, "aws-security-group").why).toContain("InvalidPermission.Duplicate")
  expect(findStep(gcp, gcpContainer, "gcp-peer-back").why).toContain("already a peering")
  expect(findStep(gcp, gcpContainer, "gcp-firewall").why).toContain("already exists")
  expect(findStep(azure, azureContainer, "azure-service-principal").why).toContain("already")
  expect(findStep(azure, azureContainer, "azure-role").why).toContain("already exists")
})

test("a service principal is created only after the sign-in to its directory", () => {
  const script = textOf(azure, azureContainer, "azure-service-principal", "az")
  const { calls } = runScript(script, {}, { az: '[ "$1" != login ]' })
  expect(calls.map(([tool, command]) => `${tool} ${command}`)).toEqual(["az login"])
})

describe("the step of least reach", () => {
  const run = (peer: AtlasPeer, container: Container, tool: string, answers = {}) =>
    runScript(
      textOf(peer, container, `${peer.providerName.toLowerCase()}-least-reach`, tool),
      { NETWORK_ACL_ID: "acl-1", NETWORK_SECURITY_GROUP: "apps", PRIORITY: "200", RULE_NUMBER: "40" },
      answers,
    )

  test("is optional, last in each cloud, and says when it does harm", () => {
    for (const [peer, container] of connections) {
      const last = toRunbook(peer, container).at(-1)
      expect(last).toMatchObject({ id: `${peer.providerName.toLowerCase()}-least-reach`, isOptional: true })
      expect(last?.why).toContain("LDAP")
    }
  })

  test("allows answers and the database ports before it denies the rest on AWS, where rules keep no state", () => {
    const rules = run(aws, awsContainer, "aws").calls.map((words) =>
      words.filter((word) => /^--(egress|ingress|protocol|port|rule|cidr)/.test(word)).join(" "),
    )
    expect(rules).toEqual([
      "--egress --rule-number=40 --protocol=tcp --port-range=From=27015,To=27017 --cidr-block=10.8.0.0/21 --rule-action=allow",
      "--egress --rule-number=41 --protocol=-1 --cidr-block=10.8.0.0/21 --rule-action=deny",
      "--ingress --rule-number=40 --protocol=tcp --port-range=From=1024,To=65535 --cidr-block=10.8.0.0/21 --rule-action=allow",
      "--ingress --rule-number=41 --protocol=-1 --cidr-block=10.8.0.0/21 --rule-action=deny",
    ])
  })

  test("denies nothing when the allowing rule is refused", () => {
    for (const [peer, container] of connections) {
      const tool = ({ AWS: "aws", GCP: "gcloud", AZURE: "az" } as const)[peer.providerName]
      expect(run(peer, container, tool, { [tool]: "return 1" }).calls).toHaveLength(1)
    }
  })

  test("denies everything else between the two networks on Google Cloud and Azure", () => {
    const google = run(gcp, gcpContainer, "gcloud").calls.map((words) => words.join(" "))
    expect(google).toHaveLength(3)
    expect(google[0]).toContain("--priority=200 --direction=EGRESS --action=ALLOW --rules=tcp:27015-27017")
    expect(google[1]).toContain("--priority=201 --direction=EGRESS --action=DENY --rules=all")
    expect(google[2]).toContain("--priority=200 --direction=INGRESS --action=DENY --rules=all")
    expect(google[2]).toContain("--source-ranges=10.8.0.0/18")
    const azureRules = run(azure, azureContainer, "az").calls.map((words) => words.join(" "))
    expect(azureRules).toHaveLength(3)
    expect(azureRules[0]).toContain("--priority=200 --direction=Outbound --access=Allow --protocol=Tcp")
    expect(azureRules[1]).toContain("--priority=201 --direction=Outbound --access=Deny --protocol=*")
    expect(azureRules[2]).toContain("--priority=200 --direction=Inbound --access=Deny --protocol=*")
    expect(azureRules[2]).toContain("--source-address-prefixes=10.8.0.0/21")
  })
})

describe("Google Cloud's steps", () => {
  test("find secondary ranges too, from which GKE pods connect", () => {
    expect(textOf(gcp, gcpContainer, "gcp-blocks", "gcloud")).toContain(
      "secondaryIpRanges[].ipCidrRange.list()",
    )
    expect(textOf(gcp, gcpContainer, "gcp-blocks", "terraform")).toContain(
      "secondary_ip_range[*].ip_cidr_range",
    )
    expect(findStep(gcp, gcpContainer, "gcp-blocks").why).toContain("GKE pods")
  })

  test("offer the export and import of custom routes, and say that Atlas does not document that it takes them", () => {
    const step = findStep(gcp, gcpContainer, "gcp-custom-routes")
    expect(step.isOptional).toBe(true)
    expect(step.why).toContain("doesn't import custom routes")
    const { calls } = runScript(textOf(gcp, gcpContainer, "gcp-custom-routes", "gcloud"))
    expect(calls).toEqual([
      [
        ..."gcloud compute networks peerings update atlas-99439011".split(" "),
        "--project=shop-prod",
        "--network=core",
        "--export-custom-routes",
        "--import-custom-routes",
      ],
    ])
  })
})

describe("a value with control or invisible characters", () => {
  const hostile = [
    "\u0015;touch PWNED #",
    "\u001b[201~;id\r",
    "a\u0000b",
    "a\nb",
    "a\tb",
    "\u202egnp",
    "a\u200db",
  ]
  const values = hostile.flatMap((value) => [value, escapeInvisible(value)])
  /** The fields whose values commands have, with the words for them. */
  const fields = [
    [aws, "vpcId", "The VPC ID"],
    [aws, "connectionId", "The pcx- ID"],
    [aws, "accepterRegionName", "The VPC region"],
    [gcp, "gcpProjectId", "The project ID"],
    [gcp, "networkName", "The network name"],
    [azure, "azureDirectoryId", "The directory ID"],
    [azure, "azureSubscriptionId", "The subscription ID"],
    [azure, "resourceGroupName", "The resource group name"],
    [azure, "vnetName", "The VNet name"],
  ] as const
  const containers = { AWS: awsContainer, GCP: gcpContainer, AZURE: azureContainer }

  test.each(fields.map(([peer, field, words]) => ({ peer, field, words })))(
    "is in no command: $field",
    ({ peer, field, words }) => {
      for (const value of values) {
        const odd = { ...peer, [field]: value } as AtlasPeer
        const container = containers[peer.providerName]
        const steps = [
          ...toRunbook(odd, container),
          ...(odd.providerName === "AZURE" ? toAzurePermissionSteps(odd) : []),
        ]
        for (const { instructions } of steps)
          expect(instructions.filter(({ tool }) => tool !== "console")).toEqual([])
        expect(buildCheckCommand(odd, container)).toBe(null)
        const explained = steps.filter(({ why }) =>
          why.startsWith(`${words} contains control or invisible characters. No command is shown. `),
        )
        expect(explained.length).toBeGreaterThan(3)
      }
    },
  )

  test("is in no command when the container has it", () => {
    for (const [peer, container] of connections) {
      const odd = { ...container, atlasCidrBlock: "10.8.0.0/21\u0015id #" } as Container
      for (const { instructions } of toRunbook(peer, odd))
        expect(instructions.filter(({ tool }) => tool !== "console")).toEqual([])
    }
  })

  test("leaves the console's buttons, on which nothing runs", () => {
    const steps = toRunbook({ ...aws, vpcId: escapeInvisible("vpc-1\u0015") }, awsContainer)
    expect(steps.find(({ id }) => id === "aws-dns")?.instructions.map(({ tool }) => tool)).toEqual([
      "console",
    ])
  })
})
