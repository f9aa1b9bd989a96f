/**
 * Undoes what word processors, chats and input methods do to ids and commands: invisible characters, special spaces, curly quotes,
 * hyphens that don't break, a dash for `--`, full-width characters. Also the slashes of an id in Azure's portal.
 */
export function toPlain(text: string): string {
  return text
    .replace(/\p{Cf}/gu, "")
    .replace(/\p{Zs}/gu, " ")
    .replace(/[\u2010\u2011\u2212]/g, "-")
    .replace(/(?<!\S)[–—](?=[a-z])/g, "--")
    .replace(/[\uff0d-\uff1a\uff21-\uff3a\uff3f\uff41-\uff5a]/g, (one) =>
      String.fromCharCode(one.charCodeAt(0) - 0xfee0),
    )
    .replace(/[“”„‟]/g, '"')
    .replace(/[‘’‚‛]/g, "'")
    .replace(/%2f/gi, "/")
    .trim()
}
