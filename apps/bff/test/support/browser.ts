import { createTestingBrowser, type TestingBrowser } from "@peering-desk/demo-identity-provider"
import { apiUrls } from "@peering-desk/shared-schemas"

/** Signs in as a person of the demo provider, from a new browser unless one is given. Returns the browser, before it opens the page. */
export async function signInAt(
  origin: string,
  persona: string,
  { browser = createTestingBrowser(), returnTo = "/" } = {},
): Promise<TestingBrowser> {
  const page = await browser.follow(`${origin}${apiUrls.signIn({ return: returnTo })}`)
  await browser.submit(page, { persona }, (location) => location === `${origin}${returnTo}`)
  return browser
}

/** Returns the product's cookies of a browser as a header. */
export function toCookieHeader({ cookies }: Pick<TestingBrowser, "cookies">): string {
  const own = cookies.filter(({ name }) => !name.startsWith("demo-idp"))
  return own.map(({ name, value }) => `${name}=${value}`).join("; ")
}
