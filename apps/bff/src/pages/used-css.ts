interface Rule {
  text: string
  /** The classes and attributes of each of its selectors; null where it holds other rules or stays in any case. */
  needs: readonly (readonly string[])[] | null
  /** The rules in an `@media`, `@supports` or alike. */
  inside: readonly Rule[]
}

/**
 * Picks the rules of a stylesheet that some HTML uses before the whole sheet is there: those whose classes and attributes all occur in it,
 * and those without any. A pointer over it, its print, the system's own colours, and values that no rule uses come later.
 */
export type CssPicker = (html: string) => string

/** @param css as a build writes it, without comments */
export function createCssPicker(css: string): CssPicker {
  const rules = parseRules(css)
  return (html) => {
    const used = new Set<string>()
    // Most occur in each row.
    for (const one of new Set(html.match(/ (?:class|data-[\w-]+|aria-[\w-]+)="[^"]*"/g))) {
      const [name = "", value = ""] = one.slice(1, -1).split('="')
      if (name === "class") for (const part of value.split(" ")) used.add(`.${part}`)
      else used.add(name).add(`${name}=${value}`)
    }
    return dropUnusedValues(write(rules, used), html)
  }
}

/** Drops the custom properties that nothing uses. */
function dropUnusedValues(css: string, html: string): string {
  const used = new Set([...`${css}${html}`.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name))
  return css.replaceAll(/(?<=[{;])(--[\w-]+):[^;{}]*(?:;|(?=\}))/g, (whole, name: string) =>
    used.has(name) ? whole : "",
  )
}

function write(rules: readonly Rule[], used: ReadonlySet<string>): string {
  return rules
    .map(({ text, needs, inside }) => {
      if (inside.length > 0) {
        const kept = write(inside, used)
        return kept === "" ? "" : `${text}{${kept}}`
      }
      return needs === null || needs.some((names) => names.every((name) => used.has(name))) ? text : ""
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
  if (head === "@media print" || head === "@media (forced-colors:active)")
    return { text, needs: [], inside: [] }
  if (/^@(media|supports|container|layer|scope|starting-style)\b/.test(head))
    return { text: head, needs: null, inside: parseRules(block) }
  if (head.startsWith("@")) return { text, needs: null, inside: [] }
  return { text, needs: listSelectors(head).map(listNeeds), inside: [] }
}

/** Lists the selectors of a rule without `:not(…)` and alike, which are no condition that the HTML must have. */
function listSelectors(head: string): string[] {
  let plain = head
  while (plain.includes("(")) {
    const next = plain.replaceAll(/\([^()]*\)/g, "")
    if (next === plain) break
    plain = next
  }
  return plain.split(",").filter((selector) => !/:(hover|active)\b/.test(selector))
}

/** The theme is an attribute of the document that the browser sets. */
const attribute = /\[((?!data-theme)(?:data|aria)-[\w-]+)(?:=["']?([^"'\]]*)["']?)?[^\]]*\]/g

/** Lists the classes and attributes that the HTML must have for a selector: `.row`, `data-tone`, `data-tone=failed`. */
function listNeeds(selector: string): string[] {
  const attributes = [...selector.matchAll(attribute)].map(([, name = "", value]) =>
    value === undefined ? name : `${name}=${value}`,
  )
  const classes = [...selector.replaceAll(/\[[^\]]*\]/g, "").matchAll(/\.[\w-]+/g)].map(([name]) => name)
  return [...classes, ...attributes]
}
