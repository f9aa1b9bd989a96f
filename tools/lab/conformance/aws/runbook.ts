import type { Task } from "#tools/lab/area.ts"
import { buildCheckCommand, readPasted, toRunbook } from "@peering-desk/peering-rules"
import type { AwsPeer, Container } from "@peering-desk/shared-schemas"
import { mkdtempSync, symlinkSync } from "node:fs"
import { dirname, join } from "node:path"
import { check, expectThat, notRun, type Figure } from "#tools/lab/figure.ts"
import { listAwsClis, readTag, startMoto, type Moto, type MotoAccount } from "./moto.ts"
import { runProgram, type Ended } from "#tools/lab/programs.ts"

const atlasAccount = "111111111111"
const ownAccount = "123456789012"
const atlasCidr = "10.8.0.0/21"
const region = "us-west-1"

/** Each AWS CLI in a shell or two, so that each shell runs at least one. */
const trials: readonly (readonly [major: string, shell: readonly string[]])[] = [
  ["1", ["dash"]],
  ["1", ["zsh", "-f"]],
  ["2", ["bash"]],
  ["2", ["zsh", "-f"]],
]

/** Runs the literal steps for a request of another account, with each AWS CLI. */
export async function checkAwsRunbook({ work }: Task): Promise<Figure[]> {
  const clis = await listAwsClis()
  const findings = trials.map(async ([major, shell]) => {
    const cli = clis.find(({ version }) => version.startsWith(`${major}.`))
    if (cli === undefined)
      return [
        notRun(`AWS CLI v${major} in ${shell[0]}`, "not on this machine; Debian has a package of v2 only"),
      ]
    const bin = mkdtempSync(join(work, "bin-"))
    symlinkSync(cli.path, join(bin, "aws"))
    const moto = await startMoto(work)
    try {
      const trial = await openTrial(moto, shell, `${bin}:${dirname(cli.path)}:/usr/bin:/bin`)
      return await runSteps(trial, `v${cli.version}, ${shell[0]}`)
    } finally {
      moto.stop()
    }
  })
  return (await Promise.all(findings)).flat()
}

/** A VPC of one account, with a request from another. */
interface Trial {
  atlas: MotoAccount
  own: MotoAccount
  peer: AwsPeer
  container: Container
  tables: string[]
  groupId: string
  aclId: string
  run: (text: string) => Promise<Ended>
}

async function openTrial(moto: Moto, shell: readonly string[], path: string): Promise<Trial> {
  const atlas = await moto.openAccount(atlasAccount)
  const own = await moto.openAccount(ownAccount)
  const vpcId = readTag(await own.ask(region, "CreateVpc", { CidrBlock: "10.15.0.0/16" }), "vpcId")
  await own.ask(region, "CreateRouteTable", { VpcId: vpcId })
  const group = { GroupName: "apps", GroupDescription: "apps", VpcId: vpcId }
  const groupId = readTag(await own.ask(region, "CreateSecurityGroup", group), "groupId")
  const ofVpc = { "Filter.1.Name": "vpc-id", "Filter.1.Value.1": vpcId }
  const aclId = readTag(await own.ask(region, "DescribeNetworkAcls", ofVpc), "networkAclId")
  const tables = await own.ask(region, "DescribeRouteTables", ofVpc)
  const connectionId = await requestPeering(atlas, vpcId)
  return {
    atlas,
    own,
    peer: {
      providerName: "AWS",
      id: "1a2b3c4d5e6f1a2b3c4d5e01",
      containerId: "507f1f77bcf86cd799439011",
      accepterRegionName: "us-west-1",
      awsAccountId: ownAccount,
      connectionId,
      routeTableCidrBlock: "10.15.0.0/16",
      statusName: "PENDING_ACCEPTANCE",
      vpcId,
    },
    container: {
      providerName: "AWS",
      id: "507f1f77bcf86cd799439011",
      atlasCidrBlock: atlasCidr,
      regionName: "EU_WEST_1",
    },
    tables: [...new Set([...tables.matchAll(/<routeTableId>([^<]+)/g)].map(([, one = ""]) => one))],
    groupId,
    aclId,
    run: (text) => {
      const [program = "", ...args] = shell
      const asked = { SECURITY_GROUP_ID: groupId, NETWORK_ACL_ID: aclId, RULE_NUMBER: "40" }
      return runProgram(program, [...args, "-c", text], {
        env: { ...own.env, ...asked, PATH: path },
        timeoutMs: 600_000,
      })
    },
  }
}

/** Requests a peering from another account and region, as Atlas does. */
async function requestPeering(atlas: MotoAccount, vpcId: string): Promise<string> {
  const side = readTag(await atlas.ask("eu-west-1", "CreateVpc", { CidrBlock: atlasCidr }), "vpcId")
  const request = { VpcId: side, PeerVpcId: vpcId, PeerOwnerId: ownAccount, PeerRegion: region }
  return readTag(
    await atlas.ask("eu-west-1", "CreateVpcPeeringConnection", request),
    "vpcPeeringConnectionId",
  )
}

function textOf({ peer, container }: Pick<Trial, "peer" | "container">, stepId: string): string {
  const step = toRunbook(peer, container).find(({ id }) => id === stepId)
  const text = step?.instructions.find(({ tool }) => tool === "aws")?.text
  expectThat(text !== undefined, `there is no ${stepId}`)
  return text
}

async function runSteps(trial: Trial, where: string): Promise<Figure[]> {
  const { own, peer, run, tables, groupId, aclId } = trial
  const connectionId = peer.connectionId ?? ""
  const step = (stepId: string) => run(textOf(trial, stepId))
  const succeed = async (stepId: string) => {
    const ended = await step(stepId)
    expectThat(ended.code === 0 && ended.stderr === "", `code ${ended.code}: ${ended.screen}`)
    return ended
  }
  const ask = (action: string, parameters: Readonly<Record<string, string>>) =>
    own.ask(region, action, parameters)
  const listTargets = async () => {
    const answers = await Promise.all(
      tables.map((table) => ask("DescribeRouteTables", { "RouteTableId.1": table })),
    )
    const route = new RegExp(`<destinationCidrBlock>${atlasCidr}</destinationCidrBlock>((?!</item>)[^])*`)
    return answers.map((xml) => /pcx-\w+/.exec(route.exec(xml)?.[0] ?? "")?.[0])
  }
  const expectRoutes = async (id: string) => {
    const targets = await listTargets()
    expectThat(
      targets.every((one) => one === id),
      `the routes lead to ${targets.join(", ")}, not to ${id}`,
    )
  }
  return [
    await check(`${where}: aws-dns switches both attributes on`, async () => {
      await succeed("aws-dns")
      for (const name of ["enableDnsSupport", "enableDnsHostnames"]) {
        const answer = await ask("DescribeVpcAttribute", { VpcId: peer.vpcId ?? "", Attribute: name })
        expectThat(/<value>true/.test(answer), `${name}: ${answer}`)
      }
    }),
    await check(`${where}: aws-accept makes the connection active`, async () => {
      await succeed("aws-accept")
      const { screen } = await run(buildCheckCommand(peer, trial.container) ?? "")
      expectThat(screen.includes('"active"'), screen)
      const read = readPasted(screen)
      expectThat(read.providerName === "AWS", "the look's own output cannot be pasted back")
    }),
    await check(`${where}: a second aws-accept answers as the step says`, async () => {
      const { screen } = await step("aws-accept")
      expectThat(screen.includes("InvalidStateTransition"), screen)
    }),
    await check(`${where}: aws-routes makes a route in each table`, async () => {
      const { stdout } = await succeed("aws-routes")
      expectThat(stdout === tables.map((table) => `${table}: route created\n`).join(""), stdout)
      await expectRoutes(connectionId)
    }),
    await check(`${where}: a second aws-routes changes nothing and says so`, async () => {
      const { stdout } = await succeed("aws-routes")
      expectThat(stdout.split(`already leads to ${connectionId}`).length === tables.length + 1, stdout)
      await expectRoutes(connectionId)
    }),
    await check(`${where}: aws-routes of another project leaves these routes and shows them`, async () => {
      const other = { ...peer, connectionId: await requestPeering(trial.atlas, peer.vpcId ?? "") }
      const { stdout } = await run(textOf({ ...trial, peer: other }, "aws-routes"))
      expectThat(
        stdout.split(/not changed, .*elsewhere: .*active.*pcx-/).length === tables.length + 1,
        stdout,
      )
      await expectRoutes(connectionId)
    }),
    await check(`${where}: aws-routes takes no traffic of a broader route before it is allowed`, async () => {
      const container = { ...trial.container, atlasCidrBlock: "10.24.8.0/21" } as Container
      const other = await requestPeering(trial.atlas, peer.vpcId ?? "")
      for (const [at, table] of tables.entries())
        await ask("CreateRoute", {
          RouteTableId: table,
          DestinationCidrBlock: at === 0 ? "10.24.0.0/16" : "10.24.9.0/24",
          VpcPeeringConnectionId: other,
        })
      const text = textOf({ peer, container }, "aws-routes")
      const { stdout } = await run(text)
      expectThat(
        stdout.includes(`10.24.0.0/16 goes to ${other}; a route for 10.24.8.0/21 would take`) &&
          stdout.includes(`10.24.9.0/24 goes to ${other} and keeps`) &&
          !stdout.includes("route created"),
        stdout,
      )
      const allowed = await run(`ALLOW_OVERLAP=yes\n${text}`)
      expectThat(allowed.stdout.split("route created").length === tables.length + 1, allowed.screen)
    }),
    await check(`${where}: aws-security-group allows the ports out`, async () => {
      await succeed("aws-security-group")
      const groups = await ask("DescribeSecurityGroups", { "GroupId.1": groupId })
      expectThat(groups.includes("<fromPort>27015") && groups.includes(atlasCidr), groups)
      const { screen } = await step("aws-security-group")
      expectThat(screen.includes("InvalidPermission.Duplicate"), `a second run: ${screen}`)
    }),
    await check(`${where}: aws-least-reach makes four rules`, async () => {
      await succeed("aws-least-reach")
      const acls = await ask("DescribeNetworkAcls", { "NetworkAclId.1": aclId })
      const rules = acls
        .split("<item>")
        .filter((entry) => entry.includes(`<cidrBlock>${atlasCidr}`))
        .map((entry) =>
          [
            readTag(entry, "egress") === "true" ? "out" : "in",
            readTag(entry, "ruleNumber"),
            readTag(entry, "ruleAction"),
          ].join(" "),
        )
      expectThat(
        rules.toSorted().join() === "in 40 allow,in 41 deny,out 40 allow,out 41 deny",
        `the rules are ${rules.join()}`,
      )
    }),
    await check(`${where}: without variables the steps say which`, async () => {
      for (const stepId of ["aws-security-group", "aws-least-reach"]) {
        const text = `unset SECURITY_GROUP_ID NETWORK_ACL_ID RULE_NUMBER\n${textOf(trial, stepId)}`
        const { code, screen } = await run(text)
        expectThat(code !== 0 && /Set it to/.test(screen), screen)
      }
    }),
  ]
}
