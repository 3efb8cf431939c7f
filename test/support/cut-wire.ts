import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/**
 * `open`: everything passes. `hold-requests`: what is asked never arrives. `hold-answers`: it arrives, and the answer is
 * never heard of. `down`: nothing listens.
 */
export type Wire = 'open' | 'hold-requests' | 'hold-answers' | 'down'

export interface CutWire {
  readonly url: string
  set(wire: Wire): void
  /** POSTs that were sent into it. */
  posts(): number
  stop(): Promise<void>
}

/** A wire to a server on this machine that can be cut at either end in the middle of a call. */
export async function startCutWire(target: string): Promise<CutWire> {
  let wire: Wire = 'open'
  let posts = 0
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    if (wire === 'down') return void near.destroy()
    const far = connect(Number(new URL(target).port), '127.0.0.1')
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    near.on('data', (bytes) => {
      if (bytes.toString('latin1').startsWith('POST')) posts += 1
      if (wire !== 'hold-requests') far.write(bytes)
    })
    far.on('data', (bytes) => {
      if (wire !== 'hold-answers') near.write(bytes)
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set(next) {
      wire = next
      // What was held is lost, as on a real wire.
      cut()
    },
    posts: () => posts,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        cut()
      }),
  }
}
