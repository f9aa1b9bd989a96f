import { execFile, execFileSync, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer, type AddressInfo, type Server } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createServer as createTlsServer } from "node:tls"
import { promisify } from "node:util"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { buildDiagnoses } from "./build-diagnosis.ts"
import { readDiagnosis } from "./read-diagnosis.ts"

const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), "diagnosis-"))
const certificate = join(folder, "certificate.pem")
const place = { providerName: "AWS", atlasCidr: "127.0.0.0/8", networkCidr: "10.15.0.0/16" } as const
/** Looks up every name as a machine of the peered network would. */
const local = { getent: "echo 127.0.0.1 STREAM shard" }
const servers: Server[] = []

async function listen(server: Server): Promise<number> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return (server.address() as AddressInfo).port
}

/** Writes programs that go before the machine's own. */
function writeTools(tools: Readonly<Record<string, string>>): string {
  const bin = mkdtempSync(join(folder, "bin-"))
  for (const [name, code] of Object.entries(tools))
    writeFileSync(join(bin, name), `#!/bin/sh\n${code}\n`, { mode: 0o755 })
  return bin
}

function toScript(...hosts: string[]): string {
  return buildDiagnoses({ ...place, hosts })[0]?.text ?? ""
}

/** Runs the script in a shell; with tools in place of the machine's own. */
async function diagnose(
  hosts: readonly string[],
  tools: Readonly<Record<string, string>> = local,
  rest = process.env["PATH"],
): Promise<string> {
  const env = { ...process.env, SSL_CERT_FILE: certificate, PATH: [writeTools(tools), rest].join(":") }
  const { stdout, stderr } = await run("/bin/sh", ["-c", toScript(...hosts)], { env })
  expect(stderr).toBe("")
  return stdout
}

beforeAll(() => {
  execFileSync(
    "openssl",
    [
      "req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -days 2 -subj /CN=shard.test",
      "-addext subjectAltName=DNS:shard.test -keyout key.pem -out certificate.pem",
    ].flatMap((words) => words.split(" ")),
    { cwd: folder, stdio: "ignore" },
  )
})

afterAll(() => {
  for (const server of servers) server.close()
  rmSync(folder, { recursive: true })
})

describe("the test script", () => {
  test("finds nothing wrong with a host whose name, route, port and certificate are right", async () => {
    const tls = createTlsServer({
      cert: readFileSync(certificate),
      key: readFileSync(join(folder, "key.pem")),
    })
    const port = await listen(tls)
    const printed = await diagnose([`shard.test:${port}`])
    expect(printed).toContain(`  tcp ${port}: open\n  tls: valid\nEnd of diagnosis`)
    expect(readDiagnosis(printed, place)).toMatchObject({ verdict: "works", step: null })
    const named = await diagnose([`other.test:${port}`])
    expect(readDiagnosis(named, place).says).toContain("another name")
    // TLS by IP: no certificate has an address.
    const byAddress = await diagnose([`127.0.0.1:${port}`])
    expect(readDiagnosis(byAddress, place)).toMatchObject({
      verdict: "not-yet",
      says: expect.stringContaining("127.0.0.1 is an IP address") as string,
      step: "connection-string",
    })
  })

  test("finds a port that is closed, one that speaks no TLS, and one that answers nothing", async () => {
    const closing = await listen(createServer((socket) => socket.destroy()))
    const closed = await diagnose([`shard.test:${closing}`])
    expect(readDiagnosis(closed, place).says).toContain("closed the connection without TLS")
    const plain = createServer((socket) =>
      socket
        .on("error", () => undefined)
        .end("HTTP/1.0 400 Bad Request\r\n\r\n")
        .destroySoon(),
    )
    const port = await listen(plain)
    const answered = await diagnose([`shard.test:${port}`])
    expect(readDiagnosis(answered, place).says).toContain("The port answers without TLS")
    await new Promise((resolve) => plain.close(resolve))
    expect(readDiagnosis(await diagnose([`shard.test:${port}`]), place).says).toContain("refuses")
    const silent = await diagnose(["shard.test:27017"], { ...local, bash: "exit 143" })
    expect(readDiagnosis(silent, place)).toMatchObject({
      says: "No port of 127.0.0.1 answers.",
      step: "aws-routes",
    })
  })

  test("finds a public address, a name without an address, and a machine without a route", async () => {
    const open = await diagnose(["shard.test:27017"], { getent: "echo 52.4.1.9 STREAM shard" })
    expect(open).toContain("  name: public 52.4.1.9\nEnd")
    const lost = await diagnose(["shard.test:27017"], {
      ...local,
      ip: "echo RTNETLINK answers: Network is unreachable >&2; exit 2",
    })
    expect(readDiagnosis(lost, place)).toMatchObject({
      says: "This machine has no route to 127.0.0.1.",
      step: "aws-routes",
    })
  })

  test.each([
    ["dig", "echo ';; ->>HEADER<<- opcode: QUERY, status: NXDOMAIN, id: 65348'", "doesn't know"],
    ["dig", "echo ';; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 65348'", "doesn't know"],
    ["dig", "echo ';; ->>HEADER<<- opcode: QUERY, status: SERVFAIL, id: 65348'", "answered with an error"],
    ["dig", "echo ';; ->>HEADER<<- opcode: QUERY, status: REFUSED, id: 65348'", "answered with an error"],
    [
      "dig",
      `echo ';; UDP setup with 10.255.255.53#53(10.255.255.53) for shard.test failed: network unreachable.'
      echo ';; 10.255.255.53'
      echo ';; no servers could be reached'
      exit 9`,
      "gave no answer",
    ],
    [
      "nslookup",
      "printf '%s\\n' 'Server: 10.0.0.2' '' '** server can'\"'\"'t find shard.test: NXDOMAIN'",
      "doesn't know",
    ],
    [
      "nslookup",
      "printf '%s\\n' 'Server: 10.0.0.2' '' 'Name: shard.test' 'Address: fd00::1'",
      "doesn't know",
    ],
    ["nslookup", "echo ';; connection timed out; no servers could be reached'; exit 1", "gave no answer"],
    ["bash", "echo 'shard.test: line 1: shard.test: Name or service not known' >&2; exit 1", "doesn't know"],
    ["bash", "echo 'shard.test: Temporary failure in name resolution' >&2; exit 1", "gave no answer"],
    ["bash", "exit 1", "was not resolved"],
  ])(
    "tells a name that is unknown from a DNS server that gives no answer, by %s: %j",
    async (tool, code, says) => {
      const silent = {
        getent: "exit 2",
        dscacheutil: "exit 0",
        dig: "exit 1",
        nslookup: "exit 1",
        bash: "exit 1",
      }
      const printed = await diagnose(["shard.test:27017"], { ...silent, [tool]: code })
      expect(printed).toMatch(/^ {2}name: [a-z-]+$/m)
      expect(readDiagnosis(printed, place).says).toContain(says)
    },
  )

  test.each([
    ["a word of digits, dots and a port", "10.255.255.53#53(10.255.255.53)"],
    ["a version", "1.2.3.4.5"],
    ["an address in brackets", "(10.8.1.17)"],
  ])("takes %s for no address", async (_, word) => {
    const odd = { ...local, getent: `echo '${word}'`, dig: "exit 1", nslookup: "exit 1", bash: "exit 1" }
    expect(await diagnose(["shard.test:27017"], odd)).toContain("  name: unresolved\nEnd")
  })

  test.each([
    ["a blackhole route", "RTNETLINK answers: Invalid argument"],
    ["a prohibit route", "RTNETLINK answers: Permission denied"],
    ["an unreachable route", "RTNETLINK answers: No route to host"],
  ])("finds %s of the machine itself", async (_, error) => {
    const printed = await diagnose(["shard.test:27017"], { ...local, ip: `echo ${error} >&2; exit 2` })
    expect(printed).toContain("  route: blocked\nEnd")
  })

  test("tells a rejection on the way from a machine without a route", async () => {
    const rejected = await diagnose(["shard.test:27017"], {
      ...local,
      ip: "echo 127.0.0.1 via 10.0.0.1 dev eth0 src 10.0.0.9",
      bash: "echo 'bash: connect: No route to host' >&2; exit 1",
    })
    expect(readDiagnosis(rejected, place)).toMatchObject({
      says: "The connection to 127.0.0.1:27017 was rejected on the way.",
      step: "aws-security-group",
    })
  })

  test.each([
    ["Network is unreachable", "no-route", "A router on the way has no route to 127.0.0.1."],
    ["Connection reset by peer", "reset", "The other side closed the connection without TLS."],
    ["Permission denied", "blocked", "This machine itself discards the traffic to 127.0.0.1."],
  ])("tells apart what stops a connection: %s", async (error, outcome, says) => {
    const printed = await diagnose(["shard.test:27017"], {
      ...local,
      ip: "echo 127.0.0.1 via 10.0.0.1 dev eth0 src 10.0.0.9",
      bash: `echo 'bash: connect: ${error}' >&2; exit 1`,
    })
    expect(printed).toContain(`  tcp 27017: ${outcome}\n`)
    expect(readDiagnosis(printed, place).says).toBe(says)
  })

  test.each([
    ["openssl", "silent", "echo 'CONNECTED(00000003)'; exit 143"],
    ["openssl", "closed", "printf '%s\\n' 'write:errno=104' 'no peer certificate available'"],
    ["openssl", "none", "printf '%s\\n' ':unexpected message:' 'no peer certificate available'"],
    ["openssl", "wrong-time", "echo '    Verify return code: 10 (certificate has expired)'"],
    ["openssl", "wrong-time", "echo '    Verify return code: 9 (certificate is not yet valid)'"],
    ["openssl", "not-checked", "echo 'Could not open /dev/urandom' >&2; exit 1"],
    ["ssl_client", "name-not-checked", "exit 0"],
    ["ssl_client", "silent", "exit 143"],
    ["ssl_client", "rejected", "echo 'TLS error from peer (alert code 80): internal error' >&2; exit 1"],
    ["ssl_client", "not-checked", "echo 'TLS error from peer (alert code 70): protocol version' >&2; exit 1"],
    ["ssl_client", "closed", "echo 'short read, have only 0: Connection reset by peer' >&2; exit 1"],
    ["ssl_client", "closed", "echo 'can'\"'\"'t connect: Connection reset by peer' >&2; exit 1"],
    ["ssl_client", "closed", "echo 'short write: Broken pipe' >&2; exit 1"],
    ["ssl_client", "closed", "exit 141"],
    [
      "ssl_client",
      "closed",
      "echo 'got bad TLS record (len:0) while expecting handshake record' >&2; exit 1",
    ],
    ["ssl_client", "none", "echo 'got bad TLS record (len:28) while expecting handshake record' >&2; exit 1"],
    ["ssl_client", "not-checked", "echo 'Usage: ssl_client [-e] -s FD [-r FD] [-n SNI]' >&2; exit 1"],
  ])("learns from %s of a machine that TLS is %s", async (tool, outcome, code) => {
    const bare = {
      ...local,
      ip: "echo 127.0.0.1 dev lo",
      bash: "exit 0",
      [tool]: code,
      sh: 'exec /bin/sh "$@"',
      ...Object.fromEntries(["sleep", "sed", "cut"].map((name) => [name, `exec /bin/${name} "$@"`])),
    }
    expect(await diagnose(["shard.test:27017"], bare, "/nowhere")).toContain(`\n  tls: ${outcome}\n`)
  })

  describe("BusyBox's nc, which knows neither -z nor -v,", () => {
    /** Does for the port what BusyBox prints then; without `-e` where a build lacks it. */
    const nc = (ends: string, knowsProgram: boolean) => `case "$*" in
  *-z*) echo "nc: invalid option -- 'z'" >&2; echo 'Usage: nc [OPTIONS] HOST PORT' >&2; exit 1 ;;
  *-e*) ${knowsProgram ? "" : "echo \"nc: invalid option -- 'e'\" >&2; exit 1"} ;;
esac
ended() { ${ends}; }
ended "$@"`
    const run = (ends: string, knowsProgram: boolean) =>
      diagnose(
        ["shard.test:27017"],
        {
          getent: "echo 127.0.0.1 STREAM shard",
          ip: "echo 127.0.0.1 dev lo",
          nc: nc(ends, knowsProgram),
          sh: 'exec /bin/sh "$@"',
          ...Object.fromEntries(["sleep", "sed", "cut"].map((name) => [name, `exec /bin/${name} "$@"`])),
        },
        "/nowhere",
      )

    test.each([
      ["opens", 'while [ $# -gt 0 ] && [ "$1" != -e ]; do shift; done; shift; exec "$@"', true, "open"],
      [
        "refuses",
        'echo "nc: can\'t connect to remote host (127.0.0.1): Connection refused" >&2; exit 1',
        true,
        "refused",
      ],
      ["answers nothing", "echo 'nc: timed out' >&2; exit 1", true, "timeout"],
      ["opens, without -e", "exit 0", false, "open"],
      [
        "refuses, without -e",
        'echo "nc: can\'t connect to remote host: Connection refused" >&2; exit 1',
        false,
        "refused",
      ],
      ["answers nothing, without -e", "exit 143", false, "timeout"],
    ])("shows that a port %s", async (_, ends, knowsProgram, outcome) => {
      expect(await run(ends, knowsProgram)).toContain(`  tcp 27017: ${outcome}\n`)
    })
  })

  test("says which checks it could not run on a machine without the tools", async () => {
    const bare = { sh: 'exec /bin/sh "$@"', ip: "echo 127.0.0.1 dev lo src 127.0.0.1" }
    const printed = await diagnose(["shard.test:27017", "127.0.0.1:27017"], bare, "/nowhere")
    expect(printed).toContain("host: shard.test:27017\n  name: not-checked\n")
    expect(printed).toContain("  route: via lo\n  tcp 27017: not-checked\n")
    expect(readDiagnosis(printed, place)).toMatchObject({
      verdict: "not-yet",
      says: "The name was not checked.",
    })
  })

  test.each(["bash", "zsh", "dash"])(
    "leaves the interactive %s that it is pasted into open and as it was",
    async (shell) => {
      const bin = writeTools({ ...local, bash: "exit 1" })
      const home = join(folder, `home-${shell}`)
      mkdirSync(home)
      const env = { PATH: `${bin}:${process.env["PATH"]}`, HOME: home, TERM: "dumb" }
      const child = spawn(`/bin/${shell}`, ["-i"], { env, detached: true })
      const printed: string[] = []
      child.stdout.on("data", (data: Buffer) => printed.push(data.toString()))
      child.stdin.end(`false\n${toScript("shard.test:27017")}\necho "still here $- [$host] $PWD"\n`)
      await once(child, "close")
      expect(printed.join("")).toMatch(/^\s*tcp 27017: failed$/m)
      expect(printed.join("")).toContain("still here")
      expect(printed.join("")).toContain(`[] ${process.cwd()}`)
    },
  )

  test("has no comment line, tab, blank line or history mark, which interactive shells stumble over", () => {
    for (const { text } of buildDiagnoses({ ...place, providerName: "AZURE", hosts: [] }))
      expect(text).not.toMatch(/^\s*#|\t|^\s*$|!./m)
  })
})

test("buildDiagnoses quotes hosts, and asks for a host where none is known", () => {
  const [shell, powerShell] = buildDiagnoses({
    providerName: "AZURE",
    atlasCidr: null,
    hosts: ["it's:27017"],
  })
  expect(shell?.text).toMatch(/^sh -s -- AZURE unknown 'it'\\''s:27017' <<'DIAGNOSIS'\n/)
  expect(powerShell?.text).toMatch(/\} AZURE 'unknown' 'it''s:27017'$/)
  const texts = buildDiagnoses({ providerName: "AZURE", atlasCidr: null, hosts: [] }).map(({ text }) => text)
  expect(texts[0]).toContain(' "$CLUSTER_HOST" <<')
  expect(texts[1]).toMatch(/'unknown' \$CLUSTER_HOST$/)
})

test("buildDiagnoses doubles every quote that ends a text of PowerShell", () => {
  const [, powerShell] = buildDiagnoses({
    providerName: "AZURE",
    atlasCidr: null,
    hosts: ["a’;calc;‘b‚c‛d'e"],
  })
  expect(powerShell?.text.endsWith("} AZURE 'unknown' 'a’’;calc;‘‘b‚‚c‛‛d''e'")).toBe(true)
})

test("buildDiagnoses writes no script for a host or block with control or invisible characters", () => {
  for (const odd of ["shard\u0015;id #:27017", "shard\u202e", "shard\\u{202E}", "a\nDIAGNOSIS\nid"]) {
    expect(buildDiagnoses({ providerName: "AZURE", atlasCidr: null, hosts: ["shard:27017", odd] })).toEqual(
      [],
    )
    expect(buildDiagnoses({ providerName: "AZURE", atlasCidr: odd, hosts: [] })).toEqual([])
  }
})
