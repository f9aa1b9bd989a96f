import type { Task } from "#tools/lab/area.ts"
import { buildDiagnoses, readDiagnosis } from "@peering-desk/peering-rules"
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { check, expectThat, type Figure } from "#tools/lab/figure.ts"
import { findPrograms, runProgram } from "#tools/lab/programs.ts"

/** A machine that the script runs on: its shell, and the programs that it has besides its own. */
interface Machine {
  shell: string
  rest: string
  /** Programs that it has under their own names. */
  programs: readonly string[]
}

const usual = "/usr/bin:/bin:/usr/sbin:/sbin"
const machines: Readonly<Record<string, Machine>> = {
  dash: { shell: "dash", rest: usual, programs: [] },
  bash: { shell: "bash", rest: usual, programs: [] },
  zsh: { shell: "zsh", rest: usual, programs: [] },
  // A small container: no bash, python3, getent or dig.
  busybox: { shell: "busybox", rest: "/nowhere", programs: ["openssl"] },
}

const place = { providerName: "AWS", atlasCidr: "10.8.0.0/21", networkCidr: "10.71.0.0/16" } as const

/** By state: the host that is tested, and what the reading must say. */
const states: Readonly<Record<string, readonly [host: string, says: string]>> = {
  works: ["shard.example.net:27017", "Name, route, port and TLS work"],
  closed: ["shard.example.net:27099", "The port is closed"],
  unknown: ["missing.example.net:27017", "The DNS server 10.71.0.1 doesn't know"],
  "not-answered": ["shard.example.com:27017", "The DNS server 10.71.0.1 gave no answer"],
  "dead-resolver": ["shard.example.net:27017", "The DNS server 10.71.0.77 gave no answer"],
  "no-way-to-resolver": ["shard.example.net:27017", "The DNS server 10.255.255.53 gave no answer"],
  public: ["public.example.net:27017", "resolves to the public 52.4.1.9"],
  other: ["other.example.net:27017", "outside the container's 10.8.0.0/21"],
  address: ["10.8.1.17:27017", "is an IP address"],
  "no-route": ["shard.example.net:27017", "This machine has no route"],
  blackhole: ["shard.example.net:27017", "This machine itself discards"],
  prohibit: ["shard.example.net:27017", "This machine itself discards"],
  rejected: ["shard.example.net:27017", "was rejected on the way"],
  dropped: ["shard.example.net:27017", "No port of 10.8.1.17 answers"],
  "one-dropped": ["shard.example.net:27017", "closed on the way"],
}

/** Runs the test script in real shells over real sockets, in each state of a network, and reads what it prints. */
export async function checkDiagnosisScript({ work }: Task): Promise<Figure[]> {
  await runProgram("openssl", [
    ..."req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -days 2 -subj /CN=shard".split(" "),
    ..."-addext subjectAltName=DNS:shard.example.net -keyout".split(" "),
    join(work, "key.pem"),
    "-out",
    join(work, "certificate.pem"),
  ])
  for (const [name, { shell, rest, programs }] of Object.entries(machines)) {
    const bin = join(work, `bin-${name}`)
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
  for (const [state, [host]] of Object.entries(states))
    writeFileSync(join(work, `${state}.script`), buildDiagnoses({ ...place, hosts: [host] })[0]?.text ?? "")
  const program = fileURLToPath(new URL("diagnosis.sh", import.meta.url))
  const { stderr } = await runProgram("/usr/bin/unshare", ["-n", "-m", "/bin/sh", program, work], {
    timeoutMs: 900_000,
  })
  return Promise.all(
    Object.entries(states).flatMap(([state, [, says]]) =>
      Object.keys(machines).map((machine) =>
        check(`${state}, ${machine}`, () => {
          const printed = readFileSync(join(work, `${state}.${machine}`), "utf8")
          const reading = readDiagnosis(printed, place)
          expectThat(reading.says.includes(says), `it says “${reading.says}” of\n${printed}${stderr}`)
        }),
      ),
    ),
  )
}
