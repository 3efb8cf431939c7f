import type { MessagePort } from 'node:worker_threads'
import type { RawData, WebSocket } from 'ws'
import { isFrame } from './frame.ts'

/** Above this the page is too slow for its answers: no more of its calls are read until it has caught up. */
const PAUSE_BYTES = 1024 * 1024
/** Above this the connection is cut; the page connects again and asks for what it still needs. */
const CUT_BYTES = 64 * 1024 * 1024
/** "Try again later", RFC 6455's registry. */
const TRY_AGAIN_LATER = 1013

/** Passes frames between a page and the core as they are. Either end closing closes the other. */
export function relay(socket: WebSocket, port: MessagePort): void {
  port.on('message', (frame: unknown) => {
    if (socket.readyState !== socket.OPEN || !isFrame(frame)) return
    socket.send(frame, () => {
      if (socket.isPaused && socket.bufferedAmount < PAUSE_BYTES) socket.resume()
    })
    if (socket.bufferedAmount > CUT_BYTES) socket.close(TRY_AGAIN_LATER, 'The page does not keep up.')
    else if (socket.bufferedAmount > PAUSE_BYTES) socket.pause()
  })
  socket.on('message', (data, isBinary) => {
    if (isBinary) port.postMessage(bytesOf(data))
    else port.postMessage(textOf(data))
  })
  port.on('close', () => socket.close(1001))
  socket.on('close', () => port.close())
  // A broken frame or a lost peer ends in `close`, which is handled above.
  socket.on('error', () => port.close())
}

function textOf(data: RawData): string {
  return Buffer.from(bytesOf(data)).toString('utf8')
}

/** A copy that owns its memory: small frames are slices of a pool that the socket uses again. */
function bytesOf(data: RawData): ArrayBuffer {
  if (data instanceof ArrayBuffer) return data
  const bytes = Array.isArray(data) ? Buffer.concat(data) : data
  return Uint8Array.from(bytes).buffer
}
