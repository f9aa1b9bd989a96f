// The director of the page begins here.
document.documentElement.dataset["demo"] = ""
