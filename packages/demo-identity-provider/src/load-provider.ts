/* oxlint-disable no-console -- what the package says of itself goes there */
import type { default as ProviderClass } from "oidc-provider"

/**
 * Loads `oidc-provider`. It says on loading that it supports Node 22 and later only; it works on Node 20 for all that is used
 * here (the tests run there), so that one sentence is kept back. Everything else it says is heard.
 */
export async function loadProvider(): Promise<typeof ProviderClass> {
  const warn = console.warn
  console.warn = (...words: unknown[]) => {
    if (!String(words[0]).includes("Unsupported runtime.")) warn(...words)
  }
  try {
    return (await import("oidc-provider")).default
  } finally {
    console.warn = warn
  }
}
