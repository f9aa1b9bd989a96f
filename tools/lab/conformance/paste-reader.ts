import type { Task } from "#tools/lab/area.ts"
import { mergePasted, readPasted } from "@peering-desk/peering-rules"
import { check, expectThat, type Figure } from "#tools/lab/figure.ts"
import { listAwsClis, startMoto } from "./aws/moto.ts"
import { atlasCidr, buildAwsWorld, ownAccount as account, region } from "./aws/world.ts"
import { runProgram } from "#tools/lab/programs.ts"

const formats = {
  "1": ["json", "table", "text"],
  "2": ["json", "yaml", "yaml-stream", "table", "text"],
} as const

/** Reads live output of the AWS CLI in each format. What the output says must be filled, and right; nothing else may be. */
export async function checkPasteReader({ work, keep }: Task): Promise<Figure[]> {
  const { own, vpcId, ask } = await buildAwsWorld(keep(await startMoto(work)), {})
  await ask("AssociateVpcCidrBlock", { VpcId: vpcId, CidrBlock: "10.16.0.0/16" })
  const whole = {
    vpcId,
    awsAccountId: account,
    routeTableCidrBlock: "10.15.0.0/16",
    accepterRegionName: region,
  }
  const looks: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    // A VPC's own description doesn't name its region.
    [`ec2 describe-vpcs --region=${region} --vpc-ids=${vpcId}`, { ...whole, accepterRegionName: "" }],
    [`ec2 describe-vpc-peering-connections --region=${region}`, whole],
    // Subnets do not say which block the VPC has.
    [
      `ec2 describe-subnets --region=${region} --filters=Name=vpc-id,Values=${vpcId}`,
      { ...whole, routeTableCidrBlock: "" },
    ],
    // Two local routes: a person chooses the block. The route to the peering is none of them.
    [
      `ec2 describe-route-tables --region=${region} --filters=Name=vpc-id,Values=${vpcId}`,
      { vpcId, awsAccountId: account },
    ],
    [
      `ec2 describe-vpcs --region=${region} --vpc-ids=${vpcId} --query=Vpcs[].[VpcId,CidrBlock,OwnerId]`,
      { ...whole, accepterRegionName: "" },
    ],
    ["sts get-caller-identity", { awsAccountId: account }],
  ]
  const clis = await listAwsClis()
  const groups = clis.flatMap(({ version, path }) =>
    looks.map(async ([command, right]) => {
      const findings: Figure[] = []
      for (const format of formats[version.startsWith("1.") ? "1" : "2"])
        findings.push(
          await check(`v${version} aws ${command.replace(/ --.*/, "")}, ${format}`, async () => {
            const { screen } = await runProgram(path, [...command.split(" "), `--output=${format}`], {
              env: own.env,
            })
            return readBack(screen, right)
          }),
        )
      return findings
    }),
  )
  const findings = (await Promise.all(groups)).flat()
  return [...findings, await checkControl()]
}

/** Sees that a reading fails when nothing was read, one field is missing or one is wrong. */
function checkControl(): Promise<Figure> {
  const whole = "Account: 123456789012, VPC: vpc-0a1b2c3d"
  const right = { vpcId: "vpc-0a1b2c3d", awsAccountId: account }
  return check("control: an empty, a partial and a wrong reading are seen", () => {
    readBack(whole, right)
    for (const text of ["", "VPC: vpc-0a1b2c3d", whole.replace("3d", "3e")])
      expectThat(
        isRefused(() => readBack(text, right)),
        `“${text}” passed`,
      )
  })
}

function isRefused(act: () => unknown): boolean {
  try {
    act()
    return false
  } catch {
    return true
  }
}

/** Pastes an output into an empty draft. Throws for a wrong value and for a missing one; returns how many were filled. */
function readBack(screen: string, right: Readonly<Record<string, string>>): string {
  const pasted = readPasted(screen)
  const { request } = mergePasted({ providerName: "AWS", request: {} }, pasted).draft
  const filled = Object.entries(request).filter(([, value]) => value !== "")
  const wrong = filled.filter(([name, value]) => right[name] !== value)
  expectThat(wrong.length === 0, `wrong: ${JSON.stringify(wrong)} of\n${screen.slice(0, 1500)}`)
  const missing = Object.keys(right).filter((name) => right[name] !== "" && !request[name])
  expectThat(missing.length === 0, `left empty: ${missing.join(", ")} of\n${screen.slice(0, 1500)}`)
  const offered = (pasted.open ?? []).flatMap(({ candidates }) => candidates.map(({ value }) => value))
  expectThat(!offered.includes(atlasCidr), `offered the other side's block of\n${screen.slice(0, 1500)}`)
  return `${filled.length} fields filled`
}
