import { describe, expect, test } from "vitest"
import type * as z from "zod/mini"
import { AddToAccessList } from "#changes/access-list.ts"
import { AuditFilter } from "#people/audit.ts"
import { ChangeReason } from "#requests/create-peering.ts"
import { HandOffDecline, MakeHandOff } from "#connections/hand-off.ts"
import { SetLabel } from "#requests/peering-notes.ts"
import { KeepPreset } from "#requests/preset.ts"
import { SaveView } from "#connections/saved-view.ts"

const draft = { providerName: "AWS", request: {} }
const bodies: [string, z.ZodMiniType, (text: string) => object][] = [
  ["a link's recipient", MakeHandOff, (text) => ({ expiresInHours: 1, for: text })],
  ["a reason to decline", HandOffDecline, (reason) => ({ reason })],
  ["a reason for a change", ChangeReason, (reason) => ({ reason })],
  ["a display name", SetLabel, (label) => ({ label })],
  ["the name of a preset", KeepPreset, (name) => ({ name, draft })],
  ["the name of a saved view", SaveView, (name) => ({ name, query: "" })],
  [
    "the comment of an access list entry",
    AddToAccessList,
    (comment) => ({ entry: { cidrBlock: "10.0.0.0/8", comment }, reason: "x" }),
  ],
]

describe.each(bodies)("%s", (_name, schema, build) => {
  test("takes letters of any script, marks and emoji", () => {
    for (const text of ["Réseau d’Ana", "网络团队 (VPC)", "فريق الشبكة", "Blue 🟦 / ⚠️ old", "a\u00a0b"])
      expect([text, schema.safeParse(build(text)).success]).toEqual([text, true])
  })

  test.each([
    ["NUL", "\0"],
    ["a line feed", "\n"],
    ["CR LF", "\r\n"],
    ["an escape sequence", "\u001b[31m"],
    ["a C1 control", "\u0085"],
    ["a right-to-left override", "\u202e"],
    ["an isolate", "\u2066"],
    ["a right-to-left mark", "\u200f"],
    ["a line separator", "\u2028"],
    ["a zero-width space", "\u200b"],
    ["a zero-width joiner", "\u200d"],
    ["a byte order mark", "\ufeff"],
    ["a soft hyphen", "\u00ad"],
    ["a tag character", "\u{e0041}"],
    ["half a surrogate pair", "\ud83d"],
  ])("refuses %s", (_character, text) => {
    const { error } = schema.safeParse(build(`Net${text}team`))
    expect(error?.issues.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^(Put it on one line|Remove the invisible character U\+[0-9A-F]{4,5} after "Net")$/,
      ),
    ])
  })
})

test("an audit filter refuses NUL, which PostgreSQL can't compare", () => {
  for (const name of ["actor", "projectId", "text"])
    expect([name, AuditFilter.safeParse({ [name]: "a\0b" }).success]).toEqual([name, false])
})
