import { expect, test } from "vitest"
import { moveStyles } from "./style-rules.ts"

test("a style attribute becomes a rule of an attribute that the policy leaves alone", () => {
  const html =
    '<i class="a" style="--index:3;left:4%">x</i><b style="--index:3;left:4%"></b><u title="a style=1">'
  expect(moveStyles(html)).toEqual({
    html: html.replaceAll(' style="-', ' data-style="-'),
    rules: '[data-style="--index:3;left:4%"]{--index:3!important;left:4%!important}',
  })
})

test.each(["color:red}b{x:y", "background:url(&quot;x&quot;)", "a:b&lt;/style", String.raw`a:\62`])(
  "a style that could end its rule is left out: %s",
  (style) => {
    expect(moveStyles(`<i style="${style}" id="a">`)).toEqual({ html: '<i id="a">', rules: "" })
  },
)
