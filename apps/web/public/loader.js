// In a page that the server drew: keeps what the person does before the script is there, and asks for the script after the first paint.
{
  const taken = []
  const types = ["click", "keydown", "input", "change"]
  const take = (event) => {
    // The browser would open its own search.
    if ((event.ctrlKey || event.metaKey) && event.key?.toLowerCase() === "k") event.preventDefault()
    // React would miss some while it takes the page over: all wait until then. What the browser does by itself it does.
    event.stopImmediatePropagation()
    const { value, checked } = event.target
    taken.push({ event, value, isChecked: checked })
  }
  // The press that sends a form is kept. The browser would leave the page with it.
  const stay = (event) => event.preventDefault()
  const stop = () => {
    types.forEach((type) => removeEventListener(type, take, true))
    removeEventListener("submit", stay, true)
  }
  types.forEach((type) => addEventListener(type, take, true))
  addEventListener("submit", stay, true)
  globalThis.earlyEvents = { taken, stop }

  let isStarted = false
  const start = () => {
    if (isStarted) return
    isStarted = true
    const { styles, scripts } = JSON.parse(document.getElementById("page-files").textContent)
    const picked = document.querySelector("style")
    for (const href of styles) {
      const link = document.createElement("link")
      Object.assign(link, { rel: "stylesheet", crossOrigin: "", href })
      // What is picked of it has rules of style attributes besides.
      picked.before(link)
    }
    earlyEvents.loaded = Promise.all(scripts.map((src) => import(src)))
    earlyEvents.loaded.catch(() => {
      // A build that replaced this one has other files.
      const build = scripts.join()
      if (sessionStorage.getItem("peering-desk:reloaded-for") === build) return
      sessionStorage.setItem("peering-desk:reloaded-for", build)
      location.reload()
    })
  }
  if (document.visibilityState === "hidden") start()
  try {
    new PerformanceObserver(start).observe({ type: "paint", buffered: true })
  } catch {
    start()
  }
  setTimeout(start, 3000)
}
