import { execFileSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import {
  isDocComment,
  listComments,
  listParagraphs,
  listStrings,
  listTitles,
  type Prose,
  type SourceFile,
} from "./words-in-files.ts"
import {
  archaicPatterns,
  commentOpeners,
  homeMadeWords,
  titleOpeners,
  type AvoidedWord,
} from "./words-table.ts"

type Area = "comments" | "docs" | "copy" | "titles"

interface Finding {
  path: string
  line: number
  text: string
}

interface WordsReport {
  commentWords: number
  /** Archaic phrases in 1,000 words of comments. */
  per1000: number
  /** Findings that count, by area. */
  findings: Record<Area, Finding[]>
  /** Home-made words and openers in comments: shown, but no reason to fail. */
  hints: Finding[]
}

const areas: Area[] = ["comments", "docs", "copy", "titles"]
const commentLimitPer1000 = 0.5

/** Where sentences for people are written, in strings and JSX. */
const copyFolders = ["apps/web/src/", "packages/peering-rules/src/"]

/** Returns every avoided word in some files. */
export function checkWords(files: SourceFile[]): WordsReport {
  const scripts = files.filter(({ path }) => /\.(ts|tsx|js)$/.test(path))
  const commented = [...scripts, ...files.filter(({ path }) => path.endsWith(".css"))]
  const comments = commented.flatMap((file) => listComments(file).map((prose) => ({ file, prose })))
  const docs = files.filter(({ path }) => path.endsWith(".md")).flatMap(listParagraphs)
  const copy = scripts
    .filter(({ path }) => copyFolders.some((folder) => path.startsWith(folder)) && !isTest(path))
    .flatMap(listStrings)
  const titles = scripts.filter(({ path }) => isTest(path)).flatMap(listTitles)
  const commentWords = comments.reduce((sum, { prose }) => sum + countWords(prose), 0)
  const archaic = comments.flatMap(({ prose }) => findWords(prose, archaicPatterns))
  const everyWord = [...archaicPatterns, ...homeMadeWords]
  return {
    commentWords,
    per1000: commentWords === 0 ? 0 : (archaic.length * 1000) / commentWords,
    findings: {
      comments: archaic,
      docs: docs.flatMap((prose) => findWords(prose, everyWord)),
      copy: copy.flatMap((prose) => findWords(prose, everyWord)),
      titles: titles.flatMap((prose) => findOpener(prose, titleOpeners, "begin with the subject or a verb")),
    },
    hints: comments.flatMap(({ file, prose }) => [
      ...findWords(prose, homeMadeWords),
      ...(isDocComment(file, prose)
        ? findOpener(prose, commentOpeners, "begin with a verb or the name of the thing")
        : []),
    ]),
  }
}

/** Returns the areas over their limit: 0.5 per 1,000 words in comments, nothing elsewhere. */
export function listAreasOverLimit({ per1000, findings }: WordsReport): Area[] {
  return areas.filter((area) =>
    area === "comments" ? per1000 > commentLimitPer1000 : findings[area].length > 0,
  )
}

function findWords({ path, lines }: Prose, words: AvoidedWord[]): Finding[] {
  const joined = lines.map(({ text }) => withoutCode(text)).join(" ")
  return words.flatMap(({ pattern, instead }) =>
    [...joined.matchAll(pattern)].map(({ 0: word, index }) => ({
      path,
      line: lineAtIndex(lines, index),
      text: `“${word}” → ${instead}: ${excerpt(joined, index, word.length)}`,
    })),
  )
}

function findOpener({ path, lines }: Prose, opener: RegExp, instead: string): Finding[] {
  const start = lines.find(({ text }) => text.trim() !== "")
  const text = start?.text.trim() ?? ""
  const [word] = opener.exec(text) ?? []
  if (start === undefined || word === undefined) return []
  return [{ path, line: start.line, text: `“${word.trim()} …” → ${instead}: ${excerpt(text, 0, 60)}` }]
}

/** Blanks what is between backquotes, keeping its length. */
function withoutCode(text: string): string {
  return text.replace(/`[^`]*`/g, (code) => " ".repeat(code.length))
}

function lineAtIndex(lines: Prose["lines"], index: number): number {
  let end = 0
  for (const { line, text } of lines) {
    end += text.length + 1
    if (index < end) return line
  }
  return lines.at(-1)?.line ?? 1
}

function excerpt(text: string, index: number, length: number): string {
  return text
    .slice(Math.max(0, index - 40), index + length + 40)
    .replace(/\s+/g, " ")
    .trim()
}

function countWords({ lines }: Prose): number {
  return lines.reduce((sum, { text }) => sum + (text.match(/[A-Za-z][\w’'-]*/g)?.length ?? 0), 0)
}

function isTest(path: string): boolean {
  return /\.(test|spec)\.tsx?$/.test(path)
}

/** Reads the files that git knows or would add, below some paths or all. */
function readFiles(prefixes: string[]): SourceFile[] {
  const root = fileURLToPath(new URL("..", import.meta.url))
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  })
  return listed
    .split("\n")
    .filter((path) => /\.(ts|tsx|js|css|md)$/.test(path) && existsSync(join(root, path)))
    .filter((path) => prefixes.length === 0 || prefixes.some((prefix) => path.startsWith(prefix)))
    .map((path) => ({ path, content: readFileSync(join(root, path), "utf8") }))
}

function format({ path, line, text }: Finding): string {
  return `${path}:${line}: ${text}\n`
}

/**
 * `check-words.ts [--strict[=comments,docs,copy,titles]] [PATH…]` prints what it finds below the paths, or everywhere.
 * Fails only with `--strict`, for the named areas or for all.
 */
function main(args: string[]): void {
  const prefixes = args.filter((arg) => !arg.startsWith("--")).map((path) => path.replace(/^\.\//, ""))
  const strict = args.find((arg) => /^--strict(=|$)/.test(arg))
  const held = strict === undefined ? [] : (strict.split("=")[1]?.split(",") ?? areas)
  const report = checkWords(readFiles(prefixes))
  const print = (text: string) => void process.stdout.write(text)

  for (const area of areas) {
    print(report.findings[area].length > 0 ? `\n── ${area}\n` : "")
    report.findings[area].forEach((finding) => print(format(finding)))
  }
  print(report.hints.length > 0 ? "\n── hints on comments\n" : "")
  report.hints.forEach((finding) => print(format(finding)))

  const { docs, copy, titles, comments } = report.findings
  print(
    `\n${report.commentWords} words in comments, ${comments.length} archaic phrases: ` +
      `${report.per1000.toFixed(2)} per 1,000 (at most ${commentLimitPer1000}); ${report.hints.length} hints\n` +
      `${docs.length} avoided words in docs, ${copy.length} in UI copy; ${titles.length} test titles that depend on their describe\n`,
  )
  const over = listAreasOverLimit(report).filter((area) => held.includes(area))
  if (over.length > 0) print(`Over the limit: ${over.join(", ")}\n`)
  process.exitCode = over.length > 0 ? 1 : 0
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2))
