import { readFileSync } from "node:fs"
import { compareExchanges, type Aspect, type Difference } from "./compare.ts"
import type { Exchange } from "./exchange.ts"

const body = "status code fields types order values"

/**
 * Guesses that a run can see: a row of the stand-in's README by its first cell, the exchanges that show it, and in what. The other rows
 * need more than a project without clusters.
 */
export const guesses: readonly (readonly [row: string, shownBy: RegExp, aspects: string])[] = [
  ["challenge text, body of the 401, a fresh nonce each time", /, challenge: /, `${body} headers`],
  ["error envelope, its key order and compactness, `parameters`", /: [45]\d\d$/, "fields types order"],
  ["error codes and details", /: [45]\d\d$/, "status code text"],
  [
    "201 on POST, 202 `{}` on DELETE of a peer, 204 elsewhere",
    /, (peer|container|access list): (create|add|delete): 2/,
    "status states",
  ],
  ["response headers of both versions", /./, "headers"],
  ["v1.0 peers without `providerName`", /v1.0, peers?: (create|read|one): 2/, "fields"],
  ["list links with all defaults written out", /, (peers|containers): (none|one): /, "values"],
  ["`envelope` of a single object under `content`", /, envelope: /, body],
  ["406 INVALID_VERSION_DATE for v2 without a version", /, no version: /, body],
  ["a date between two versions means the older one", /, date between two versions: /, "status headers"],
  [
    "bodies of 405, 413 and 415; the codes REQUEST_TOO_LARGE and UNSUPPORTED_MEDIA_TYPE; 256 KiB as the limit",
    /, (wrong method|wrong media type|body too large): /,
    body,
  ],
  ["states and their order", /, peer: until /, "states"],
  ["how long each step takes", /, peer: until /, "time"],
  [
    "a FAILED peer starts over when account and VPC are PATCHed",
    /, peer: (start over|until it rests again): /,
    `${body} states`,
  ],
  [
    "one CIDR per peer and container, the same network once a container",
    /, peer: create again: /,
    "status code",
  ],
  [
    "container PATCH on v1.0 without a region answers 500",
    /v1.0, container: change without a region: /,
    "status code",
  ],
  ["a malformed `containerId` answers 400", /, peer: malformed container id: /, "status code"],
  [
    "a container unlocks two minutes after its last peer, and cannot be deleted for five seconds",
    /, (container: delete|second container: delete at once): /,
    "states time",
  ],
  ["`apiKey: null` in the root of a service account", /^service account, v2, root: /, "fields types"],
  ["GROUP_NAME_NOT_FOUND of `groups/byName`", /, project by an unknown name: /, "status code"],
  ["v1.0 refuses Bearer tokens", /^service account, v1.0, /, body],
]

export interface Verdict {
  row: string
  is: "confirmed" | "wrong" | "not seen"
}

const nameOf = ({ credential, version, step }: Exchange) => `${credential}, ${version}, ${step}`

/**
 * Judges every row of the stand-in's README.
 * @param standIn the same exchanges with the stand-in
 * @param whole all that the stand-in answers when nothing is left out
 */
export function judge(atlas: readonly Exchange[], standIn: readonly Exchange[], whole: readonly Exchange[]) {
  const answers = new Map(atlas.map((one) => [nameOf(one), one]))
  const found = new Map<string, Difference[]>()
  for (const its of standIn) {
    const asked = answers.get(nameOf(its))
    const differences = asked === undefined ? null : compareExchanges(asked, its)
    if (differences !== null) found.set(nameOf(its), differences)
  }
  const verdicts = readRows().map((row): Verdict => {
    const [, shownBy, aspects = ""] = guesses.find(([cell]) => cell === row) ?? []
    const shown = whole
      .filter((one) => shownBy?.test(`${nameOf(one)}: ${one.status}`))
      .map((one) => found.get(nameOf(one)))
    const isAbout = (aspect: Aspect) => aspects.split(" ").includes(aspect)
    const isWrong = shown.some((differences) => differences?.some(({ aspect }) => isAbout(aspect)))
    const isWhole = shown.length > 0 && !shown.includes(undefined)
    return { row, is: isWrong ? "wrong" : isWhole ? "confirmed" : "not seen" }
  })
  const notSeen = whole.map(nameOf).filter((name) => !found.has(name))
  return { verdicts, differences: [...found.values()].flat(), notSeen }
}

/** Formats the verdicts as a table, with every difference and what was not seen below. */
export function formatVerdicts({ verdicts, differences, notSeen }: ReturnType<typeof judge>): string {
  const groups = (["wrong", "confirmed", "not seen"] as const).map((is) =>
    verdicts.filter((one) => one.is === is),
  )
  const [wrong = 0, confirmed = 0, unseen = 0] = groups.map(({ length }) => length)
  return [
    ...groups.flat().map(({ row, is }) => `${is.padEnd(10)} ${row}`),
    "",
    `Guesses of the stand-in: ${confirmed} confirmed, ${wrong} wrong, ${unseen} not seen.`,
    `Differences from the stand-in: ${differences.length}.`,
    ...differences.map(
      ({ credential, version, step, aspect, says }) =>
        `  ${credential}, ${version}, ${step} (${aspect}): ${says}`,
    ),
    `Exchanges not seen: ${notSeen.length}.`,
    ...notSeen.map((name) => `  ${name}`),
  ].join("\n")
}

/** Reads the first cells of the table "How far to trust it". */
export function readRows(): string[] {
  const readme = readFileSync(new URL("../../packages/atlas-simulator/README.md", import.meta.url), "utf8")
  const [, table = ""] = /## How far to trust it\n([^]*?)(?=\n## |$)/.exec(readme) ?? []
  return [...table.matchAll(/^\| (.+?) *\|.*\|$/gm)].map(([, row = ""]) => row).slice(2)
}
