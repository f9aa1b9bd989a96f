/** A declaration that can end neither its rule nor its element. */
const harmless = /^[\w\s.,:;%()+/#-]+$/

/**
 * Turns the `style` attributes of some HTML, which the content security policy refuses, into rules for an attribute that the policy
 * leaves alone: `<i style="left:4%">` becomes `<i data-style="left:4%">` and `[data-style="left:4%"]{left:4%!important}`. The browser's script
 * turns them back.
 */
export function moveStyles(html: string): { html: string; rules: string } {
  const styles = new Set<string>()
  const moved = html.replaceAll(
    /(<[a-z][^<>]*?) style="([^"]*)"/g,
    (_whole, before: string, style: string) => {
      if (!harmless.test(style)) return before
      styles.add(style)
      return `${before} data-style="${style}"`
    },
  )
  const rules = [...styles].map(
    (style) => `[data-style="${style}"]{${style.replaceAll(";", "!important;")}!important}`,
  )
  return { html: moved, rules: rules.join("") }
}
