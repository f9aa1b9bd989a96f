import { findFreePort } from "@peering-desk/test-support/programs"
import {
  answers,
  startProgram,
  waitForProgram,
  type StartedProgram,
} from "@peering-desk/test-support/programs"
import { expectThat } from "#tools/lab/figure.ts"
import { findPrograms, runProgram } from "#tools/lab/programs.ts"

/** An independent EC2 on this machine, seen from one account. */
export interface MotoAccount {
  /** Environment of the AWS CLI. */
  env: Readonly<Record<string, string>>
  /** Calls EC2's API and returns the XML of its answer. Throws when it refuses. */
  ask: (region: string, action: string, parameters: Readonly<Record<string, string>>) => Promise<string>
}

export interface Moto {
  url: string
  openAccount: (account: string) => Promise<MotoAccount>
  stop: StartedProgram["stop"]
}

/** Starts moto's server. Throws when Debian's package is not there. */
export async function startMoto(work: string): Promise<Moto> {
  const port = await findFreePort()
  const url = `http://127.0.0.1:${port}`
  const server = startProgram(
    "/usr/bin/python3",
    ["-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)],
    { HOME: work },
    work,
  )
  await waitForProgram(server, () => answers(`${url}/moto-api/data.json`))
  const base = {
    AWS_ENDPOINT_URL: url,
    AWS_PAGER: "",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "first",
    AWS_SECRET_ACCESS_KEY: "secret",
    HOME: work,
  }
  return {
    url,
    // Moto tells accounts apart by the role that was assumed, and checks no signature.
    openAccount: async (account) => {
      const role = { RoleArn: `arn:aws:iam::${account}:role/owner`, RoleSessionName: "conformance" }
      const given = await askAws(url, "first", "us-east-1", "sts", {
        Action: "AssumeRole",
        Version: "2011-06-15",
        ...role,
      })
      const key = readTag(given, "AccessKeyId")
      const env = {
        ...base,
        AWS_ACCESS_KEY_ID: key,
        AWS_SECRET_ACCESS_KEY: readTag(given, "SecretAccessKey"),
        AWS_SESSION_TOKEN: readTag(given, "SessionToken"),
      }
      return {
        env,
        ask: (region, Action, parameters) =>
          askAws(url, key, region, "ec2", { Action, Version: "2016-11-15", ...parameters }),
      }
    },
    stop: server.stop,
  }
}

/** Returns the text of an answer's first element of a name. Throws without one. */
export function readTag(xml: string, name: string): string {
  const [, text] = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml) ?? []
  expectThat(text !== undefined, `no ${name} in ${xml.slice(0, 300)}`)
  return text
}

async function askAws(
  url: string,
  key: string,
  region: string,
  service: string,
  parameters: Readonly<Record<string, string>>,
): Promise<string> {
  const credential = `${key}/20260101/${region}/${service}/aws4_request`
  const answer = await fetch(url, {
    method: "POST",
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0` },
    body: new URLSearchParams(parameters),
  })
  const text = await answer.text()
  expectThat(answer.ok, `${parameters["Action"]}: ${text}`)
  return text
}

/** Lists the AWS CLIs of this machine by major version, one of each. */
export async function listAwsClis(): Promise<{ version: string; path: string }[]> {
  const found = new Map<string, { version: string; path: string }>()
  for (const path of findPrograms("aws")) {
    const { screen } = await runProgram(path, ["--version"])
    const version = /aws-cli\/((\d+)[\d.]+)/.exec(screen)
    if (version !== null && !found.has(version[2] ?? ""))
      found.set(version[2] ?? "", { version: version[1] ?? "", path })
  }
  return [...found.values()]
}
