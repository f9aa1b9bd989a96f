// Applies the theme that the person chose before the first paint, and one that they choose in another tab.
// `src/features/session/AccountPanel.tsx` stores it.
function applyTheme(theme) {
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme
  else delete document.documentElement.dataset.theme
}
try {
  applyTheme(localStorage.getItem("peering-desk:theme"))
} catch {
  // A browser that stores nothing follows the system.
}
addEventListener("storage", ({ key, newValue }) => {
  if (key === "peering-desk:theme") applyTheme(newValue)
})
