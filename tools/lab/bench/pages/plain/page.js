const form = document.querySelector("form")
const say = document.querySelector("output")

form.addEventListener("change", ({ target }) => {
  if (target.name !== "cloud") return
  for (const part of form.querySelectorAll("[data-cloud]")) {
    part.hidden = part.dataset.cloud !== target.value
    for (const field of part.querySelectorAll("input")) field.required = !part.hidden
  }
})
form.addEventListener("input", () => {
  const missing = form.querySelectorAll(":invalid:not(fieldset)").length
  say.textContent = missing === 0 ? "Ready to create" : `Fill in ${missing} fields`
})
form.addEventListener("submit", (event) => {
  event.preventDefault()
  say.textContent = JSON.stringify(Object.fromEntries(new FormData(form)))
})
