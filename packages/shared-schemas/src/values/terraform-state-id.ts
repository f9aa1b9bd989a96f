const base64Text = /^[A-Za-z0-9+/]{4,400}={0,2}$/

/**
 * Reads the id that MongoDB's Terraform provider keeps in its state: names and values in base64, `name:value` pairs joined by a
 * dash (older versions: base64 of `name:value`). Null for any other text.
 */
export function readTerraformStateId(text: string): Record<string, string> | null {
  if (text.length > 2000) return null
  const pairs: [string, string][] = []
  for (const part of text.trim().split("-")) {
    const pair = readPair(part)
    if (pair === null) return null
    pairs.push(pair)
  }
  return Object.fromEntries(pairs)
}

function readPair(part: string): [string, string] | null {
  const [first = "", second, ...rest] = part.split(":")
  if (rest.length > 0) return null
  const decoded = readBase64(first)
  const pair = second === undefined ? decoded?.split(":") : [decoded, readBase64(second)]
  const [name, value] = pair ?? []
  return name == null || value == null || !/^[a-z_]{2,40}$/.test(name) ? null : [name, value]
}

function readBase64(text: string): string | null {
  if (!base64Text.test(text) || text.length % 4 !== 0) return null
  try {
    const decoded = atob(text)
    return /^[\x20-\x7e]+$/.test(decoded) ? decoded : null
  } catch {
    return null
  }
}
