import type { Task } from "#tools/lab/area.ts"
import { readNameLookup } from "@peering-desk/peering-rules"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { check, expectThat, type Figure } from "#tools/lab/figure.ts"
import { runProgram } from "#tools/lab/programs.ts"

const lookups = [
  "nslookup NAME",
  "dig NAME",
  "host NAME",
  "host NAME 127.0.0.1",
  "nslookup NAME 127.0.0.1",
  "drill NAME",
  "busybox nslookup NAME",
]

const hosts = "_mongodb._tcp.c.example.net"

/** Each command, and what the reading of its output must say. */
const cases: readonly (readonly [command: string, says: string])[] = [
  ...lookups.map((one) => [one.replace("NAME", "private.example.net"), "uses the peering"] as const),
  ["dig +short private.example.net", "uses the peering"],
  ...lookups.map((one) => [one.replace("NAME", "public.example.net"), "a public IP"] as const),
  ...lookups.map((one) => [one.replace("NAME", "missing.example.net"), "doesn't exist"] as const),
  [`nslookup -type=srv ${hosts}`, "without addresses"],
  [`dig ${hosts} SRV`, "without addresses"],
  [`host -t SRV ${hosts} 127.0.0.1`, "without addresses"],
  [`drill ${hosts} SRV`, "without addresses"],
  ["nslookup private.example.net 127.0.0.2", "didn't answer"],
  ["dig +tries=1 +time=1 private.example.net @127.0.0.2", "didn't answer"],
  ["host -W 1 private.example.net 127.0.0.2", "didn't answer"],
]

/** Runs each tool against a name server of this machine and reads what it prints. */
export async function checkNameReader({ work }: Task): Promise<Figure[]> {
  const commands = join(work, "commands")
  writeFileSync(commands, cases.map(([command]) => `${command}\n`).join(""))
  const program = fileURLToPath(new URL("names.sh", import.meta.url))
  const { stdout, stderr } = await runProgram(
    "/usr/bin/unshare",
    ["-n", "-m", "/bin/sh", program, work, commands],
    {
      timeoutMs: 300_000,
    },
  )
  const [, ...parts] = stdout.split(/^=== \d+\n/m)
  expectThat(parts.length === cases.length, `the name server did not run: ${stderr.slice(-500)}`)
  return Promise.all(
    cases.map(([command, says], at) =>
      check(command, () => {
        const screen = parts[at] ?? ""
        const reading = readNameLookup(screen, "GCP", "10.8.0.0/21")
        expectThat(reading.says.includes(says), `it says “${reading.says}” of\n${screen}`)
      }),
    ),
  )
}
