import type { Task } from "#tools/lab/area.ts"
import { buildDiagnoses, readDiagnosis } from "@peering-desk/peering-rules"
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { check, expectThat, notRun, type Figure } from "#tools/lab/figure.ts"
import { findPrograms, runProgram, runWell } from "#tools/lab/programs.ts"
import { networkStates } from "./diagnosis-states.ts"

/** A machine that the script runs on: its shell, and the programs that it has besides its own. */
interface Machine {
  shell: string
  rest: string
  /** Programs that it has under their own names. */
  programs: readonly string[]
}

const usual = "/usr/bin:/bin:/usr/sbin:/sbin"
const basics = ["cut", "dig", "getent", "ip", "nc", "sed", "sleep"]
const machines: Readonly<Record<string, Machine>> = {
  dash: { shell: "dash", rest: usual, programs: [] },
  bash: { shell: "bash", rest: usual, programs: [] },
  zsh: { shell: "zsh", rest: usual, programs: [] },
  "dash without bash and python3": { shell: "dash", rest: "/nowhere", programs: [...basics, "openssl"] },
  "BusyBox with openssl": { shell: "busybox", rest: "/nowhere", programs: ["openssl"] },
  BusyBox: { shell: "busybox", rest: "/nowhere", programs: [] },
}

const place = { providerName: "AWS", atlasCidr: "10.8.0.0/21", networkCidr: "10.71.0.0/16" } as const

/** What a machine without openssl says once TLS began. */
const notFullyChecked = { says: "TLS works, but the certificate was not fully checked", step: null }

/** Runs the test script in real shells over real sockets, in each state of a network, and reads what it prints. */
export async function checkDiagnosisScript({ work }: Task): Promise<Figure[]> {
  const namespaces = await runProgram("/usr/bin/unshare", ["-n", "-m", "ip", "link"])
  if (namespaces.code !== 0)
    return [notRun("every state", `not checked: no network namespaces here: ${namespaces.stderr.trim()}`)]
  await makeCertificates(work)
  for (const [state, { setup = "", hosts = ["shard.example.net:27017"] }] of Object.entries(networkStates)) {
    writeFileSync(join(work, `${state}.script`), buildDiagnoses({ ...place, hosts })[0]?.text ?? "")
    writeFileSync(join(work, `${state}.setup`), setup)
  }
  return (
    await Promise.all(Object.entries(machines).map(([name, machine]) => runMachine(work, name, machine)))
  ).flat()
}

/** Runs the test script on one machine in each state of its own networks. */
async function runMachine(work: string, name: string, machine: Machine): Promise<Figure[]> {
  const bin = join(work, name)
  await makePrograms(bin, machine)
  const folder = fileURLToPath(new URL(".", import.meta.url))
  const program = ["/bin/sh", join(folder, "diagnosis.sh"), folder, work, bin]
  const { stderr } = await runProgram("/usr/bin/unshare", ["-n", "-m", ...program], { timeoutMs: 1_800_000 })
  return Promise.all(
    Object.entries(networkStates).map(([state, { says, step, needsOpenssl }]) =>
      check(`${name}: ${state}`, () => {
        const file = join(bin, `${state}.printed`)
        expectThat(existsSync(file), `the networks were not made: ${stderr}`)
        const printed = readFileSync(file, "utf8")
        const expected = name === "BusyBox" && needsOpenssl === true ? notFullyChecked : { says, step }
        const reading = readDiagnosis(printed, place)
        expectThat(
          reading.says.includes(expected.says) && reading.step === expected.step,
          `it says “${reading.says}” and names the step ${reading.step} of\n${printed}${stderr}`,
        )
      }),
    ),
  )
}

/** Makes a certificate that the machines trust, one that they don't, and one that they trust and that has expired. */
async function makeCertificates(work: string): Promise<void> {
  const subject = "-subj /CN=shard -addext subjectAltName=DNS:shard.example.net,DNS:alias.example.net"
  const create = `req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 ${subject}`
  const times = {
    trusted: "-days 2",
    untrusted: "-days 2",
    expired: "-not_before 20200101000000Z -not_after 20200201000000Z",
  }
  for (const [name, time] of Object.entries(times)) {
    const files = ["-keyout", join(work, `${name}.key`), "-out", join(work, `${name}.crt`)]
    await runWell("openssl", [...`${create} ${time}`.split(" "), ...files])
  }
  const bundle = ["trusted", "expired"]
    .map((name) => readFileSync(join(work, `${name}.crt`), "utf8"))
    .join("")
  writeFileSync(join(work, "trusted.pem"), bundle)
}

async function makePrograms(bin: string, { shell, rest, programs }: Machine): Promise<void> {
  mkdirSync(bin)
  writeFileSync(join(bin, "rest"), rest)
  const [path] = findPrograms(shell)
  expectThat(path !== undefined, `${shell} is not on this machine`)
  symlinkSync(path, join(bin, "sh"))
  if (shell === "busybox") {
    const { stdout } = await runProgram(path, ["--list"])
    for (const applet of stdout.split("\n").filter((one) => one !== "" && one !== "sh"))
      symlinkSync(path, join(bin, applet))
  }
  for (const program of programs) symlinkSync(findPrograms(program)[0] ?? "", join(bin, program))
}
