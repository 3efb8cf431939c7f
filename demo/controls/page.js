const outcome = document.querySelector('#outcome')
const stateLine = document.querySelector('#state')
const lists = document.querySelector('#lists')
const ssrPages = document.querySelector('#ssr-pages')

async function showState() {
  const state = await (await fetch('/api/state')).json()
  const copies = Object.entries(state.edgeCopies)
    .map(([pop, count]) => `${pop} ${count}`)
    .join(', ')
  stateLine.textContent =
    `${state.liveReleaseId ?? 'No release'} is live. ${state.lollies} lollies. Copies at the edge: ${copies}. ` +
    `${state.ssr.entries} rendered pages in the SSR cache, ${state.ssr.expired} of them expired. ` +
    `${state.invalidations} invalidations. The origin ${state.originRunning ? 'runs' : 'is stopped'}. ` +
    `Demo time ${state.now.slice(0, 19).replace('T', ' ')} UTC, speed ${state.clockFactor}.`
  document.querySelector('#site').href = state.zones[0].url
  if (lists.options.length === 0) {
    for (const list of state.lists) lists.add(new Option(list.title, list.slug))
  }
  if (ssrPages.options.length === 0) {
    for (const page of state.ssr.pages) ssrPages.add(new Option(page.title, page.path))
  }
}

function valueOf(field) {
  if (field.dataset.type === 'number') return Number(field.value)
  if (field.dataset.type === 'boolean') return field.value === 'true'
  return field.value
}

async function send(form) {
  const button = form.querySelector('button')
  button.disabled = true
  try {
    const fields = [...form.elements].filter((field) => field.name !== '')
    const body = JSON.stringify(Object.fromEntries(fields.map((field) => [field.name, valueOf(field)])))
    const response = await fetch(form.dataset.action, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    const answer = await response.json()
    outcome.textContent = answer.sentence ?? answer.error
    outcome.classList.toggle('problem', !response.ok)
  } catch {
    outcome.textContent = 'The demo does not answer.'
    outcome.classList.add('problem')
  } finally {
    button.disabled = false
  }
  await showState()
}

document.addEventListener('submit', (event) => {
  event.preventDefault()
  void send(event.target)
})

void showState()
setInterval(() => void showState().catch(() => undefined), 2000)
