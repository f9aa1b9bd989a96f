import type { Task } from "#tools/lab/area.ts"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { expectThat, holds, type Figure } from "#tools/lab/figure.ts"
import { listTexts } from "./pasting.ts"
import { runProgram } from "#tools/lab/programs.ts"
import { asked } from "./subjects.ts"

interface Parsed {
  code: number
  parsed: number
  said: string
}

/** Commands that azure-cli has to refuse: otherwise its parser checks nothing here. */
const controls = [
  "az network nsg rule create --resource-group=net --nsg-name=apps --name=x --priority=200 --nope=1",
  "az network nsg rule create --resource-group=net --nsg-name=apps --name=x --priority=200 --direction=Inwards",
  "az role assignment list --asignee=x",
  "az network vnet shows --name=x",
]

/** Runs every Azure text in a shell and gives the words that az gets to azure-cli's parser. */
export async function checkAzCommands({ work }: Task): Promise<Figure[]> {
  const bin = join(work, "bin")
  const calls = join(work, "calls")
  mkdirSync(bin)
  writeFileSync(calls, "")
  writeFileSync(join(bin, "az"), `#!/bin/sh\nprintf '%s\\0' $# "$@" >>"$CALLS"\n`)
  chmodSync(join(bin, "az"), 0o755)
  const script = listTexts("plain")
    .map(({ text }) => text)
    .filter((text) => text.startsWith("az "))
    .join("\n")
  await runProgram("/bin/sh", ["-c", script], { env: { ...asked, CALLS: calls, PATH: bin } })
  const words = readFileSync(calls, "utf8").split("\0").slice(0, -1)
  const commands: string[][] = []
  while (words.length > 0) commands.push(words.splice(0, Number(words.shift())))
  expectThat(commands.length >= 10, `only ${commands.length} az commands were found`)

  const wrong = controls.map((line) => line.split(" ").slice(1))
  const program = fileURLToPath(new URL("az_parse.py", import.meta.url))
  const { stdout, stderr } = await runProgram("/usr/bin/python3", ["-W", "ignore", program], {
    env: { HOME: work, AZURE_CORE_COLLECT_TELEMETRY: "0" },
    input: JSON.stringify([...commands, ...wrong]),
    timeoutMs: 300_000,
  })
  expectThat(stdout.startsWith("["), `azure-cli could not be loaded: ${stderr.slice(-500)}`)
  const answers = JSON.parse(stdout) as Parsed[]
  return [...commands, ...wrong].map((command, at) => {
    const { code, parsed, said } = answers[at] ?? { code: -1, parsed: 0, said: "no answer" }
    const isTaken = code === 0 && parsed > 0
    const isControl = at >= commands.length
    const name = `az ${command.join(" ")}`.slice(0, 110)
    return {
      ...holds(isControl ? `refused, as a control: ${name}` : name, isTaken !== isControl),
      detail: isTaken === isControl ? `code ${code}\n${said.slice(0, 600)}` : "",
    }
  })
}
