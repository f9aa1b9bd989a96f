import { readContainerRegion, type Container } from "@peering-desk/shared-schemas"

/** `1 container`, `3 containers`. */
export function toCount(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`
}

/** Names a container in a sentence: `container 10.8.0.0/21 in US_EAST_1`. */
export function nameContainer(container: Container): string {
  const region = readContainerRegion(container)
  const block = container.atlasCidrBlock ?? container.id
  return region === null ? `container ${block}` : `container ${block} in ${region}`
}

/** Names the first two and counts the rest: `a, b and 3 more`. */
export function nameSome(names: readonly string[]): string {
  const rest = names.length - 2
  return rest > 0 ? `${names.slice(0, 2).join(", ")} and ${rest} more` : names.join(" and ")
}

export function capitalize(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}

/** Shortens what somebody typed for a sentence. */
export function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`
}

/** Shows a value in a sentence: on one line and not long. */
export function quote(text: string): string {
  const line = text
    .slice(0, 400)
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, " ")
    .trim()
  if (line === "") return "something empty"
  return line.length > 80 ? `${line.slice(0, 77)}…` : line
}
