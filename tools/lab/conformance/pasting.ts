import type { Task } from "#tools/lab/area.ts"
import { buildCheckCommand, exports, toRunbook } from "@peering-desk/peering-rules"
import { check, expectThat, type Figure } from "#tools/lab/figure.ts"
import { runProgram } from "#tools/lab/programs.ts"
import { asked, hostile, toConnections, toSubjects } from "./subjects.ts"
import { makeHome, makeTools, modes, pasteAll, terminals } from "./terminal.ts"

const tools = ["aws", "gcloud", "az", "curl", "atlas", "nslookup", "nc", "step"]

/** Answers that lead the route script through its longest way. */
const answers: Readonly<Record<string, string>> = {
  aws: `case "$2 $*" in
  describe-route-tables*--route-table-ids=*) echo "10.8.0.0/21 CreateRoute blackhole pcx-0";;
  describe-route-tables*) echo rtb-1 rtb-2;;
  create-route*) echo "(RouteAlreadyExists)" >&2; exit 254;;
esac`,
}

/** A text to copy, and where it is from. */
interface Text {
  name: string
  text: string
}

/** Lists every text for a shell of connections and drafts whose names are one value. */
export function listTexts(value: string): Text[] {
  const steps = toConnections(value).flatMap(([peer, container]) => [
    ...toRunbook(peer, container).flatMap(({ id, instructions }) =>
      instructions
        .filter(({ tool }) => tool !== "terraform" && tool !== "console")
        .map(({ text }) => ({ name: `${id} of ${peer.providerName}`, text })),
    ),
    { name: `verify ${peer.providerName}`, text: buildCheckCommand(peer, container) ?? "" },
  ])
  const code = toSubjects(value).flatMap((subject) =>
    exports
      .filter(({ language }) => language === "shell")
      .map(({ title, write }) => ({
        name: `${title} of ${subject.draft.providerName}${subject.container === null ? ", new container" : ""}`,
        text: write(subject).text.trimEnd(),
      })),
  )
  return [...steps, ...code]
}

const scripts = [["dash"], ["bash"], ["zsh", "-f"]] as const

/** Compares the words that each tool gets from a script in dash with those from other shells and from pasting. */
export async function checkPasting({ work }: Task): Promise<Figure[]> {
  const bin = makeTools(work, tools, answers)
  const findings: Figure[] = []
  const expected = new Map<string, string>()
  for (const [program, ...args] of scripts)
    findings.push(
      await check(`as a script in ${program}`, async () => {
        let count = 0
        for (const value of hostile)
          for (const { name, text } of listTexts(value)) {
            const home = makeHome(work, bin, asked)
            await runProgram(program, [...args, "-c", text], home.options)
            const key = `${value} ${name}`
            const calls = home.readCalls()
            home.expectClean()
            if (program === "dash") expected.set(key, calls)
            expectThat(calls !== "", `${key} called nothing`)
            expectThat(
              calls === expected.get(key),
              `${key} calls ${show(calls)}\nand not ${show(expected.get(key))}`,
            )
            count += 1
          }
        return `${count} texts`
      }),
    )
  for (const shell of terminals)
    for (const mode of modes) {
      findings.push(
        await check(`pasted into ${shell[0]}, ${mode}`, async () => {
          let count = 0
          for (const value of hostile) {
            const texts = listTexts(value)
            const home = makeHome(work, bin, asked)
            const { screen } = await pasteAll(texts, shell, mode, home)
            const steps = splitSteps(home.readCalls(), texts.length)
            home.expectClean()
            texts.forEach(({ name }, at) => {
              const key = `${value} ${name}`
              expectThat(
                steps[at] === expected.get(key),
                `${key} calls ${show(steps[at])}\nand not ${show(expected.get(key))}\n${screen.slice(-2000)}`,
              )
            })
            count += texts.length
          }
          return `${count} texts`
        }),
        await check(`pasted into ${shell[0]}, ${mode}, without any variable`, async () => {
          const texts = listTexts("plain").filter(({ text }) => text.includes(":?"))
          const home = makeHome(work, bin, {})
          await pasteAll(texts, shell, mode, home)
          const steps = splitSteps(home.readCalls(), texts.length)
          texts.forEach(({ name }, at) => expectThat(steps[at] === "", `${name} calls ${show(steps[at])}`))
          return `${texts.length} texts call nothing`
        }),
      )
    }
  findings.push(
    await check("a comment line, as a control: zsh runs it, and that is seen", async () => {
      const home = makeHome(work, bin, asked)
      await pasteAll([{ text: "# x >$HOME/out" }], ["zsh", "-f", "-i"], "raw", home)
      expectThat(home.listLeft().includes("out"), "nothing was seen")
    }),
  )
  return findings
}

/** Splits the noted calls at the calls of `step`, one part for each text. */
function splitSteps(noted: string, count: number): string[] {
  const words = noted.split("\0").slice(0, -1)
  const steps = Array.from({ length: count }, () => "")
  let kept = ""
  while (words.length > 0) {
    const length = words.shift() ?? ""
    const call = words.splice(0, Number(length))
    if (call[0] !== "step") kept += [length, ...call, ""].join("\0")
    else {
      steps[Number(call[1])] = kept
      kept = ""
    }
  }
  return steps
}

function show(calls: string | undefined): string {
  return JSON.stringify((calls ?? "").split("\0")).slice(0, 1500)
}
