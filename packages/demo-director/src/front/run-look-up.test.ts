import { createSimulator } from "@peering-desk/atlas-simulator"
import { buildLookUpScript, readLookUp } from "@peering-desk/peering-rules"
import { beforeAll, expect, onTestFinished, test } from "vitest"
import { runLookUp } from "./run-look-up.ts"

const ids = { awsAccountId: "482913570264", vpcId: "vpc-05c1d9e87b3a2f406", accepterRegionName: "us-east-1" }
let script = ""

beforeAll(() => {
  script = buildLookUpScript({ providerName: "AWS", ids, atlasCidr: "192.168.248.0/21" }) ?? ""
})

const startAt = Date.parse("2031-04-05T06:07:08Z")

async function startSimulator(): Promise<URL> {
  const simulator = createSimulator({ speed: 0, scenario: "demo", startAt })
  onTestFinished(() => simulator.close())
  return new URL((await simulator.listen()).origin)
}

test("a look-up of the demo reads the simulated network at the simulated time", async () => {
  const output = await runLookUp(`${script}\n`, await startSimulator(), ids.awsAccountId)
  expect(output).toContain('"at":"2031-04-05T06:07:08Z"')
  expect(readLookUp(output, startAt)).toMatchObject({ networks: [{ network: { value: ids.vpcId } }] })
})
