import { readdirSync, readFileSync } from "node:fs"
import { newContainerMark } from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"
import { expected, type Expected } from "#test/pasted-inputs/expected.ts"
import { readInputs } from "#test/pasted-inputs/read-inputs.ts"
import type { Pasted } from "./pasted.ts"
import { readPasted } from "./read-pasted.ts"

const folder = new URL("../../test/pasted-inputs/", import.meta.url)

/** Flattens all that a text fills in. */
function listValues({ fields }: Pasted): Record<string, string> {
  const { region, regions, ...newContainer } = fields.newContainer ?? {}
  const place = region ?? regions?.join(",")
  return {
    ...fields.request,
    ...newContainer,
    ...(place !== undefined && { region: place }),
    ...(fields.networkBlocks !== undefined && { networkBlocks: fields.networkBlocks.join(",") }),
    ...(fields.peeredBlocks !== undefined && { peeredBlocks: fields.peeredBlocks.join(",") }),
  }
}

interface Outcome {
  /** Values that a person would not expect. */
  wrong: string[]
  /** What is expected and not there. */
  missing: string[]
}

function compare(text: string, { choose, says, open = {}, ...values }: Expected): Outcome {
  const whole = readPasted(text)
  const chosen = choose === undefined ? whole : whole.choices.find(({ title }) => title === choose)?.pasted
  const found = chosen === undefined ? {} : listValues(chosen)
  const wanted: Record<string, string> = values
  if (wanted["atlasCidrBlock"] !== undefined) wanted["containerId"] ??= newContainerMark
  const notes = [...whole.notes, ...(chosen?.notes ?? [])].join("\n")
  const offered = Object.fromEntries(
    (whole.open ?? []).map(({ field, candidates }) => [
      field,
      candidates.map(({ value }) => value).join(","),
    ]),
  )
  // What all choices share is filled in before the person chooses.
  const shared = Object.entries(listValues(whole))
  return {
    wrong: [...Object.entries(found), ...shared].flatMap(([name, value]) =>
      wanted[name] === value ? [] : [`${name}=${value}`],
    ),
    missing: [
      ...Object.keys(wanted).filter((name) => found[name] === undefined),
      ...(says === undefined || notes.includes(says) ? [] : [`the note ${says}`]),
      ...(JSON.stringify(offered) === JSON.stringify(open) ? [] : [`the choice ${JSON.stringify(open)}`]),
      ...(choose === undefined && whole.choices.length > 0 ? ["one meaning"] : []),
    ],
  }
}

const ofFiles = Object.entries(expected).flatMap(([group, files]) =>
  Object.entries(files).map(([name, wanted]) => ({
    name: `${group}/${name}`,
    text: readFileSync(new URL(`${group}/${name}.txt`, folder), "utf8"),
    wanted,
  })),
)
const inputs = [
  ...ofFiles,
  ...["messages", "clouds", "code"].flatMap((name) => readInputs(new URL(`${name}.inputs.txt`, folder))),
]
const leastInputs = 250
const leastRight = 0.92

test("readPasted fills in no wrong value from 250 inputs, and all that a person expects from 92 %", ({
  annotate,
}) => {
  const outcomes = inputs.map(({ name, text, wanted }) => ({ name, wanted, ...compare(text, wanted) }))
  const isRight = ({ wrong, missing }: Outcome) => wrong.length === 0 && missing.length === 0
  const wrong = outcomes.filter((one) => one.wrong.length > 0)
  const right = outcomes.filter(isRight)
  const asks = right.filter(({ wanted }) => wanted.open !== undefined || wanted.choose !== undefined)
  const nothing = right.filter(({ wanted }) => Object.keys(wanted).every((name) => name === "says"))
  void annotate(
    [
      `${outcomes.length} inputs: ${right.length} right`,
      `(of them ${asks.length} ask and ${nothing.length} fill in nothing)`,
      `${wrong.length} wrong, ${outcomes.length - right.length - wrong.length} in part`,
    ].join(" "),
  )
  expect(wrong).toEqual([])
  expect(outcomes.length).toBeGreaterThanOrEqual(leastInputs)
  const others = outcomes.filter((one) => !isRight(one)).map(({ name, missing }) => [name, missing])
  void annotate(JSON.stringify(others))
  expect(right.length / outcomes.length).toBeGreaterThanOrEqual(leastRight)
})

test("each file of the pasted inputs has an expectation", () => {
  for (const [group, files] of Object.entries(expected)) {
    const names = readdirSync(new URL(`${group}/`, folder)).map((name) => name.replace(/\.txt$/, ""))
    expect(names.toSorted()).toEqual(Object.keys(files).toSorted())
  }
})
