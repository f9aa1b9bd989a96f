interface Rule {
  text: string
  /** The classes of each of its selectors; null where it holds other rules or stays in any case. */
  needs: readonly (readonly string[])[] | null
  /** The rules in an `@media`, `@supports` or alike. */
  inside: readonly Rule[]
}

/**
 * Picks the rules of a stylesheet that some HTML uses before the whole sheet is there: those whose classes all occur in it, and those
 * without classes. A pointer over it and its print come later.
 */
export type CssPicker = (html: string) => string

/** @param css as a build writes it, without comments */
export function createCssPicker(css: string): CssPicker {
  const rules = parseRules(css)
  return (html) => {
    const used = new Set(
      [...html.matchAll(/ class="([^"]*)"/g)].flatMap(([, classes = ""]) => classes.split(" ")),
    )
    return write(rules, used)
  }
}

function write(rules: readonly Rule[], used: ReadonlySet<string>): string {
  return rules
    .map(({ text, needs, inside }) => {
      if (inside.length > 0) {
        const kept = write(inside, used)
        return kept === "" ? "" : `${text}{${kept}}`
      }
      return needs === null || needs.some((classes) => classes.every((name) => used.has(name))) ? text : ""
    })
    .join("")
}

function parseRules(css: string): Rule[] {
  const rules: Rule[] = []
  let at = 0
  while (at < css.length) {
    const start = at
    const opens = css.indexOf("{", start)
    const ends = css.indexOf(";", start)
    if (ends !== -1 && (ends < opens || opens === -1)) {
      // A statement: `@charset "utf-8";`
      at = ends + 1
      rules.push({ text: css.slice(start, at), needs: null, inside: [] })
      continue
    }
    if (opens === -1) break
    at = findEnd(css, opens) + 1
    rules.push(toRule(css.slice(start, opens).trim(), css.slice(opens + 1, at - 1)))
  }
  return rules
}

/** Returns where a block ends. Strings may hold braces. */
function findEnd(css: string, opens: number): number {
  let depth = 0
  const marks = /["'{}]/g
  marks.lastIndex = opens
  for (let mark = marks.exec(css); mark !== null; mark = marks.exec(css)) {
    const [character] = mark
    if (character === "{") depth += 1
    else if (character === "}") {
      depth -= 1
      if (depth === 0) return mark.index
    } else marks.lastIndex = css.indexOf(character, mark.index + 1) + 1
  }
  return css.length
}

function toRule(head: string, block: string): Rule {
  const text = `${head}{${block}}`
  if (head === "@media print") return { text, needs: [], inside: [] }
  if (/^@(media|supports|container|layer|scope|starting-style)\b/.test(head))
    return { text: head, needs: null, inside: parseRules(block) }
  if (head.startsWith("@")) return { text, needs: null, inside: [] }
  return { text, needs: listSelectors(head).map(listClasses), inside: [] }
}

/** Lists the selectors of a rule without brackets and `:not(…)` and alike, which are no condition that the HTML must have. */
function listSelectors(head: string): string[] {
  let plain = head.replaceAll(/\[[^\]]*\]/g, "")
  while (plain.includes("(")) {
    const next = plain.replaceAll(/\([^()]*\)/g, "")
    if (next === plain) break
    plain = next
  }
  return plain.split(",").filter((selector) => !/:(hover|active)\b/.test(selector))
}

function listClasses(selector: string): string[] {
  return [...selector.matchAll(/\.([\w-]+)/g)].map(([, name = ""]) => name)
}
