// Tells the site that somebody looks at this page: once, then not again for some minutes.
const minutes = 5

function check() {
  const { pathname: path } = location
  const key = `visit-check ${path}`
  const nowMs = Date.now()
  const lastMs = Number(localStorage.getItem(key) ?? Number.NaN)
  if (lastMs <= nowMs && nowMs - lastMs < minutes * 60_000) return
  localStorage.setItem(key, String(nowMs))
  const refreshedOn = new Date(document.lastModified).toISOString()
  navigator.sendBeacon('/.visit-check', JSON.stringify({ path, refreshedOn }))
}

try {
  check()
} catch {
  // Without storage visits could not be spaced out, so none is told.
}
