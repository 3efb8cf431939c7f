/**
 * What goes onto the pages: tells the receiver that somebody looks at a page, once, then not again for some minutes. The
 * same as docs/hooks/visit-check.js, with its two values filled in.
 */
export function visitSnippet(address: string, minutes: number): string {
  return `<script>
(function () {
  var address = ${JSON.stringify(address)}
  var minutes = ${minutes}
  try {
    var path = location.pathname + location.search
    var key = 'visit-check ' + path
    var now = Date.now()
    var last = Number(localStorage.getItem(key) || NaN)
    if (last <= now && now - last < minutes * 60000) return
    localStorage.setItem(key, String(now))
    var meta = document.querySelector('meta[name="build"]')
    var stamp = (meta && meta.content) || new Date(document.lastModified).toISOString()
    navigator.sendBeacon(address, JSON.stringify({ path: path, stamp: stamp }))
  } catch {
    // Without storage visits could not be spaced out, so none is told.
  }
})()
</script>`
}
