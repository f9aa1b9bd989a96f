import type { Task } from "#tools/lab/area.ts"
import { buildCheckCommand, readPasted, toRunbook } from "@peering-desk/peering-rules"
import type { AwsPeer, Container } from "@peering-desk/shared-schemas"
import { mkdtempSync, symlinkSync } from "node:fs"
import { dirname, join } from "node:path"
import { check, expectThat, notRun, type Figure } from "#tools/lab/figure.ts"
import { listAwsClis, readTag, startMoto, type Moto } from "./moto.ts"
import { atlasCidr, buildAwsWorld, container, toAwsPeer, type AwsWorld } from "./world.ts"
import { runProgram, type Ended } from "#tools/lab/programs.ts"

/** Each AWS CLI in a shell or two, so that each shell runs at least one. */
const trials: readonly (readonly [major: string, shell: readonly string[]])[] = [
  ["1", ["dash"]],
  ["1", ["zsh", "-f"]],
  ["2", ["bash"]],
  ["2", ["zsh", "-f"]],
]

/** Runs the literal steps for a request of another account, with each AWS CLI. */
export async function checkAwsRunbook({ work, keep }: Task): Promise<Figure[]> {
  const clis = await listAwsClis()
  const findings = trials.map(async ([major, shell]) => {
    const cli = clis.find(({ version }) => version.startsWith(`${major}.`))
    if (cli === undefined)
      return [
        notRun(`AWS CLI v${major} in ${shell[0]}`, "not on this machine; Debian has a package of v2 only"),
      ]
    const bin = mkdtempSync(join(work, "bin-"))
    symlinkSync(cli.path, join(bin, "aws"))
    const moto = keep(await startMoto(work))
    const trial = await openTrial(moto, shell, `${bin}:${dirname(cli.path)}:/usr/bin:/bin`)
    return await runSteps(trial, `v${cli.version}, ${shell[0]}`)
  })
  return (await Promise.all(findings)).flat()
}

/** A VPC of one account with two route tables, and a request from another. */
interface Trial extends AwsWorld {
  peer: AwsPeer
  tables: string[]
  run: (text: string) => Promise<Ended>
}

async function openTrial(moto: Moto, shell: readonly string[], path: string): Promise<Trial> {
  const world = await buildAwsWorld(moto, { isPending: true })
  const { ask, own, vpcId, groupId, aclId, mainTable } = world
  // A step has to switch them on.
  await ask("ModifyVpcAttribute", { VpcId: vpcId, "EnableDnsHostnames.Value": "false" })
  return {
    ...world,
    peer: toAwsPeer(world, { statusName: "PENDING_ACCEPTANCE" }),
    tables: [mainTable, await world.createTable()],
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

function textOf(stepId: string, peer: AwsPeer, ofAtlas: Container = container): string {
  const step = toRunbook(peer, ofAtlas).find(({ id }) => id === stepId)
  const text = step?.instructions.find(({ tool }) => tool === "aws")?.text
  expectThat(text !== undefined, `there is no ${stepId}`)
  return text
}

async function runSteps(trial: Trial, where: string): Promise<Figure[]> {
  const { ask, peer, connectionId, run, tables, groupId, aclId } = trial
  const step = (stepId: string) => run(textOf(stepId, peer))
  const succeed = async (stepId: string) => {
    const ended = await step(stepId)
    expectThat(ended.code === 0 && ended.stderr === "", `code ${ended.code}: ${ended.screen}`)
    return ended
  }
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
        const answer = await ask("DescribeVpcAttribute", { VpcId: trial.vpcId, Attribute: name })
        expectThat(/<value>true/.test(answer), `${name}: ${answer}`)
      }
    }),
    await check(`${where}: aws-accept makes the connection active`, async () => {
      await succeed("aws-accept")
      const { screen } = await run(buildCheckCommand(peer, container) ?? "")
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
      const other = { ...peer, connectionId: await trial.request(atlasCidr) }
      const { stdout } = await run(textOf("aws-routes", other))
      expectThat(
        stdout.split(/not changed, .*elsewhere: .*active.*pcx-/).length === tables.length + 1,
        stdout,
      )
      await expectRoutes(connectionId)
    }),
    await check(`${where}: aws-routes takes no traffic of a broader route before it is allowed`, async () => {
      const other = await trial.request(atlasCidr)
      for (const [at, table] of tables.entries())
        await trial.route(table, at === 0 ? "10.24.0.0/16" : "10.24.9.0/24", {
          VpcPeeringConnectionId: other,
        })
      const text = textOf("aws-routes", peer, { ...container, atlasCidrBlock: "10.24.8.0/21" })
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
        const text = `unset SECURITY_GROUP_ID NETWORK_ACL_ID RULE_NUMBER\n${textOf(stepId, peer)}`
        const { code, screen } = await run(text)
        expectThat(code !== 0 && /Set it to/.test(screen), screen)
      }
    }),
  ]
}
