import type { KeyKind } from "@peering-desk/shared-schemas"

/** Returns the word for an Atlas credential within a sentence. */
export function toKeyNoun(kind: KeyKind | undefined): string {
  return kind === "service-account" ? "service account" : "API key"
}

/** Returns a text about an API key as one about a credential of that kind. */
export function toKeyWords(text: string, kind: KeyKind | undefined): string {
  return text.replaceAll("API key", toKeyNoun(kind))
}
