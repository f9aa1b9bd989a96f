import { describe, expect, test } from "vitest"
import { checkWords, listAreasOverLimit } from "./check-words.ts"

/** Returns the findings of one planted file, each as `line: word`. */
function check(path: string, content: string) {
  const report = checkWords([{ path, content }])
  const shorten = (findings: { line: number; text: string }[]) =>
    findings.map(({ line, text }) => `${line}: ${/“(.*?)”/.exec(text)?.[1]}`)
  return {
    ...report,
    comments: shorten(report.findings.comments),
    docs: shorten(report.findings.docs),
    copy: shorten(report.findings.copy),
    titles: shorten(report.findings.titles),
    hints: shorten(report.hints),
    over: listAreasOverLimit(report),
  }
}

describe("comments", () => {
  test.each([
    "The server is told",
    "This stands here",
    "Whoever asks",
    "There is none",
    "A row of its own",
    "It is read anew",
    "For those that wait",
    "One block meets another",
  ])("the check counts the archaic phrase in “%s”", (text) => {
    expect(check("apps/bff/src/a.ts", `// ${text}\n`).comments).toHaveLength(1)
  })

  test("a phrase is found across two line comments, at its own line", () => {
    expect(check("a.ts", "const a = 1\n// One answer is\n// told to the browser.\n").comments).toEqual([
      "2: is told",
    ])
  })

  test("block, JSX and CSS comments are read", () => {
    expect(check("a.ts", "/**\n * Reads.\n * It is read anew.\n */\n").comments).toEqual(["3: anew"])
    expect(check("a.tsx", "export const a = <p>{/* Drawn anew. */}</p>\n").comments).toEqual(["1: anew"])
    expect(check("a.css", "a {\n  /* Drawn anew. */\n}\n").comments).toEqual(["2: anew"])
  })

  test("strings, JSX text, code in backquotes and addresses are not comments", () => {
    const source = 'const a = "// anew"\nconst b = `/* anew */ ${a}`\nconst c = <p>it\'s anew // anew</p>\n'
    expect(check("a.tsx", `${source}// Calls \`anew\`.\n`).comments).toEqual([])
  })

  test("one phrase in 2,000 words is within the limit, and one in 1,000 is over it", () => {
    const words = (count: number) => `// ${"word ".repeat(count - 1)}anew\n`
    expect(check("a.ts", words(2000))).toMatchObject({ commentWords: 2000, per1000: 0.5, over: [] })
    expect(check("a.ts", words(1000))).toMatchObject({ commentWords: 1000, per1000: 1, over: ["comments"] })
  })

  test("home-made words and doc comments without a verb are hints, not failures", () => {
    const report = check("a.ts", "/** What a look showed. The last look counts. */\n// What this does.\n")
    expect(report.hints).toEqual(["1: a look", "1: last look", "1: What …"])
    expect(report.over).toEqual([])
  })
})

describe("docs", () => {
  test("the check finds archaic and home-made words, with what to write instead", () => {
    const report = check("docs/a.md", "# The audit trail\n\n- A poll that is\n  read anew\n")
    expect(report.docs).toEqual(["1: trail", "4: anew"])
    expect(report.findings.docs[0]).toMatchObject({
      path: "docs/a.md",
      text: expect.stringContaining("→ audit log: "),
    })
    expect(report.over).toEqual(["docs"])
  })

  test("code blocks, code in backquotes and targets of links are not prose", () => {
    const report = check("README.md", "`audit-trail.ts` and [log](docs/trail.md)\n\n```sh\ntrail\n```\n")
    expect(report.docs).toEqual([])
  })
})

describe("UI copy", () => {
  test("the check finds avoided words in strings, template literals and JSX text", () => {
    const source =
      'export const a = "Ask anew"\nexport const b = `Look anew ${a}`\nconst c = <p>Whoever</p>\n'
    expect(check("apps/web/src/copy/a.tsx", source)).toMatchObject({
      copy: ["1: anew", "2: anew", "3: Whoever"],
      over: ["copy"],
    })
  })

  test("imports, and strings of other folders, are not UI copy", () => {
    expect(check("apps/web/src/copy/a.ts", 'import { a } from "./trail.ts"\nvoid a\n').copy).toEqual([])
    expect(check("apps/bff/src/base/a.ts", 'export const a = "anew"\n').copy).toEqual([])
  })
})

describe("test titles", () => {
  test.each([
    ["it('of somebody else', () => {})", "of …"],
    ["test.each([1])('whose answer is %s', () => {})", "whose …"],
    ["describe(`without ${a}`, () => {})", "without …"],
    ["test.describe('When signed out', () => {})", "When …"],
    ["test.skip('and fails', () => {})", "and …"],
  ])("the check refuses the title in %s", (source, opener) => {
    expect(check("a.test.ts", source)).toMatchObject({ titles: [`1: ${opener}`], over: ["titles"] })
  })

  test("a title with its subject, a step and a call of something else pass", () => {
    const source =
      "it('returns 409', f)\ntest('toRow keeps ids', f)\ntest.step('to the end', f)\nsay('of us', f)\n"
    expect(check("a.spec.ts", source).titles).toEqual([])
    expect(check("a.ts", "it('of somebody', f)\n").titles).toEqual([])
  })
})
